//! Statements for the person before the form (help pages "client functions"): a verb, a field, a message.

use super::super::Resolver;
use super::super::scope::Scope;
use crate::program::bound::Expression;
use crate::program::error::Error;
use crate::source::Span;
use crate::syntax::ast::{self, Link, Name};

impl<'s> Resolver<'s> {
    /// `alert "…"`, `alert(Field, "…")`, `hide Field`, `cancel submit`, `success message "…"`, `reload`
    pub(in crate::program::resolve) fn client<'b>(
        &mut self,
        verb: &Name<'_>,
        arguments: &[ast::Expression<'_>],
        span: Span,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        let words: Vec<String> = verb.text.split_whitespace().map(str::to_lowercase).collect();
        let name = words.join(" ");
        let mut given = vec![("verb", scope.text(&name, verb.span))];
        match (name.as_str(), arguments) {
            ("alert", [field, message]) => {
                given.push(("field", self.field_path(field, scope)));
                given.push(("value", self.expression(message, scope)));
            }
            ("alert" | "success message", [message]) => given.push(("value", self.expression(message, scope))),
            ("reload" | "cancel submit" | "cancel delete", []) => {}
            ("show" | "hide" | "enable" | "disable" | "clear" | "focus", [field]) => {
                given.push(("field", self.field_path(field, scope)));
            }
            (_, arguments) => {
                let wanted = wanted(&name).to_owned();
                self.report(Error::ArgumentCount { name: &name, given: arguments.len(), wanted }.at(verb.span));
            }
        }
        self.creator_task(scope, "client statement", given, span)
    }

    /// `input.Field:ui.add("x")`; nothing when the links are something else.
    pub(in crate::program::resolve) fn field_choices<'b>(
        &mut self,
        head: &ast::Expression<'_>,
        links: &[Link<'_>],
        scope: &mut Scope<'b>,
    ) -> Option<Expression<'b>> {
        let (call, path) = links.split_last()?;
        let (ui, path) = path.split_last()?;
        let arguments = call.arguments?;
        if !ui.name.text.eq_ignore_ascii_case("ui")
            || ui.arguments.is_some()
            || path.iter().any(|l| l.arguments.is_some())
        {
            return None;
        }
        let first = match &head.kind {
            ast::ExpressionKind::Name(name) => *name,
            _ => return None,
        };
        let span = head.span.to(call.span);
        let field = path.iter().fold(first.to_owned(), |name, link| name + "." + link.name.text);
        let verb = format!("ui.{}", call.name.text.to_lowercase());
        if !["ui.add", "ui.append"].contains(&verb.as_str()) {
            self.report(
                Error::UnknownFunction { name: call.name.text, help: Some("did you mean `ui.add`?".into()) }
                    .at(call.name.span),
            );
        }
        let mut given = vec![("verb", scope.text(&verb, span)), ("field", scope.text(&field, head.span))];
        match arguments {
            [choice] => given.push(("value", self.expression(&choice.value, scope))),
            _ => {
                let wanted = "one argument: a text or a list".to_owned();
                self.report(Error::ArgumentCount { name: &verb, given: arguments.len(), wanted }.at(call.name.span));
            }
        }
        Some(self.creator_task(scope, "client statement", given, span))
    }
}

fn wanted(verb: &str) -> &'static str {
    match verb {
        "alert" => "a message, or a field and a message",
        "success message" => "a message",
        "show" | "hide" | "enable" | "disable" | "clear" | "focus" => "a field",
        _ => "nothing behind it",
    }
}
