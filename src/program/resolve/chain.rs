//! Dotted expressions. `a.b(c)` may be a method of the variable `a`, the function `a.b` of this script, a function that
//! only the platform has, an integration task or a system variable; a variable of that name always wins.

use std::sync::Arc;

use super::scope::Scope;
use super::{Resolver, calls};
use crate::catalogue::{Form, SystemVariable, Task};
use crate::diagnostic::suggest;
use crate::program::bound::{Constant, Expression, ExpressionKind as Bound, Step, StepKind};
use crate::program::error::Error;
use crate::source::Span;
use crate::syntax::Dialect;
use crate::syntax::ast::{Argument, Expression as Tree, ExpressionKind, Link, Name};

/// The namespaces under which the platform keeps functions (help page "function categories") and, with `thisapp`, the
/// application's own.
const CATEGORIES: &[&str] =
    &["standalone", "automation", "button", "schedule", "related_list", "validation_rule", "thisapp"];

impl<'s> Resolver<'s> {
    pub(super) fn chain<'b>(
        &mut self,
        head: &Tree<'_>,
        links: &[Link<'_>],
        used: bool,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        if let Some(choices) = self.field_choices(head, links, scope) {
            return choices;
        }
        let (value, rest) = match &head.kind {
            ExpressionKind::Fetch(form, criteria) => {
                let (value, taken) = self.fetch(form, *criteria, links, scope);
                (value, links.get(taken..).unwrap_or_default())
            }
            ExpressionKind::Name(name) if scope.slot(name).is_none() && *name != "input" => {
                match self.dotted(name, head.span, links, used, scope) {
                    Some(found) => found,
                    None => (self.expression(head, scope), links),
                }
            }
            _ => (self.expression(head, scope), links),
        };
        if rest.is_empty() {
            return value;
        }
        let mut steps = bumpalo::collections::Vec::with_capacity_in(rest.len(), scope.arena);
        for (at, link) in rest.iter().enumerate() {
            let used = used || at + 1 < rest.len();
            steps.extend(self.step(value.span, link, used, scope));
        }
        let span = steps.last().map_or(value.span, |last| last.span);
        Expression { kind: Bound::Chain(scope.arena.alloc(value), steps.into_bump_slice()), span }
    }

    fn step<'b>(&mut self, head: Span, link: &Link<'_>, used: bool, scope: &mut Scope<'b>) -> Option<Step<'b>> {
        let span = head.to(link.span);
        let Some(arguments) = &link.arguments else {
            return Some(Step { kind: StepKind::Field(scope.arena.alloc_str(link.name.text)), span });
        };
        match self.catalogue.find(link.name.text) {
            Some(group) => {
                let values = self.builtin_arguments(group, link.name.text, true, arguments, scope);
                self.check_builtin(group, &link.name, true, values.len(), used);
                Some(Step { kind: StepKind::Method(group, values), span })
            }
            None => {
                self.arguments(link.name.text, arguments, scope);
                self.unknown_method(&link.name);
                None
            }
        }
    }

    /// What a dotted name that does not begin with a variable stands for, and the links that are left.
    fn dotted<'b, 'l>(
        &mut self,
        first: &str,
        span: Span,
        links: &'l [Link<'l>],
        used: bool,
        scope: &mut Scope<'b>,
    ) -> Option<(Expression<'b>, &'l [Link<'l>])> {
        let called = links.iter().position(|link| link.arguments.is_some());
        if first.eq_ignore_ascii_case("zoho") {
            return Some(self.zoho(span, links, called, used, scope));
        }
        if let Some(constant) = self.dotted_constant(first, span, links, scope) {
            return Some(constant);
        }
        if called.is_none()
            && let Some(unknown) = self.unknown_constant(first, span, links)
        {
            return Some(unknown);
        }
        let Some(at) = called else { return self.of_application(first, span, links, None, scope) };
        let (path, rest) = links.split_at_checked(at + 1)?;
        let last = path.last()?;
        let arguments = last.arguments.unwrap_or_default();
        let used = used || !rest.is_empty();
        let name = joined(first, path);
        let whole = span.to(last.span);
        if let Some(known) = self.declared(&name, span.to(last.name.span)) {
            return Some((self.function_call(&known, span.to(last.name.span), arguments, whole, used, scope), rest));
        }
        if let Some(task) = scope.catalogue.application().function(&name).map(|function| &function.task) {
            return Some((self.called_task(task, span.to(last.name.span), arguments, whole, scope), rest));
        }
        if self.namespaces.contains(first) || CATEGORIES.iter().any(|category| category.eq_ignore_ascii_case(first)) {
            self.report(Error::MissingFunction { name: &name }.at(span.to(last.name.span)));
            let arguments = self.arguments(&name, arguments, scope);
            let message = scope.arena.alloc_str(&format!("Not able to find '{name}' function"));
            return Some((Expression { kind: Bound::Missing(message, arguments), span: whole }, rest));
        }
        if self.unknown_of_application(first, &name, span.to(last.name.span)) {
            self.arguments(&name, arguments, scope);
            return Some((Expression { kind: Bound::Constant(Constant::Null), span: whole }, rest));
        }
        // `console.log(x)` and `JSON.parse(x)`: the dotted name is the name, and what is before the dot no variable.
        if self.catalogue.translate(&name).is_some() {
            self.unknown_function(&name, span.to(last.name.span), None);
            self.arguments(&name, arguments, scope);
            return Some((Expression { kind: Bound::Constant(Constant::Null), span: whole }, rest));
        }
        self.of_application(first, span, links, called, scope)
    }

    /// A dotted name of a Creator application that only the platform knows: a function of another namespace, a new row of
    /// a subform (`Orders.Items()`), a variable of the application.
    fn of_application<'b, 'l>(
        &mut self,
        first: &str,
        span: Span,
        links: &'l [Link<'l>],
        called: Option<usize>,
        scope: &mut Scope<'b>,
    ) -> Option<(Expression<'b>, &'l [Link<'l>])> {
        let variable = first.eq_ignore_ascii_case("thisapp");
        let taken = match called {
            Some(at) if self.dialect == Dialect::Creator => at + 1,
            None if variable => links.len(),
            _ => return None,
        };
        let (path, rest) = links.split_at_checked(taken)?;
        let last = path.last()?;
        if !variable && self.catalogue.find(last.name.text).is_some() {
            return None;
        }
        let name = joined(first, path);
        self.report(Error::MissingFunction { name: &name }.at(span.to(last.name.span)));
        let arguments = self.arguments(&name, last.arguments.unwrap_or_default(), scope);
        let message = scope.arena.alloc_str(&format!("Not able to find '{name}' function"));
        Some((Expression { kind: Bound::Missing(message, arguments), span: span.to(last.span) }, rest))
    }

    /// `zoho.…`: a task or built-in when a call follows, else a system variable.
    fn zoho<'b, 'l>(
        &mut self,
        span: Span,
        links: &'l [Link<'l>],
        called: Option<usize>,
        used: bool,
        scope: &mut Scope<'b>,
    ) -> (Expression<'b>, &'l [Link<'l>]) {
        if let Some((variable, taken)) = self.system_variable(links) {
            let (path, rest) = links.split_at(taken);
            let span = path.last().map_or(span, |last| span.to(last.span));
            if let Some(group) = variable.function.and_then(|function| self.catalogue.find(function)) {
                return (Expression { kind: Bound::Builtin(group, &[]), span }, rest);
            }
            return (Expression { kind: Bound::System(variable.name), span }, rest);
        }
        if links.first().is_some_and(|link| link.name.text.eq_ignore_ascii_case("appvariable"))
            && let Some((path, rest)) = links.split_at_checked(2)
        {
            let span = path.last().map_or(span, |last| span.to(last.span));
            let name = joined("zoho", path);
            self.report(Error::MissingFunction { name: &name }.at(span));
            let message = scope.arena.alloc_str(&format!("Variable '{name}' is not defined"));
            return (Expression { kind: Bound::Missing(message, &[]), span }, rest);
        }
        let taken = called.map_or(links.len(), |at| at + 1);
        let (path, rest) = links.split_at(taken);
        let name = joined("zoho", path);
        let name_span = path.last().map_or(span, |last| span.to(last.name.span));
        let whole = path.last().map_or(span, |last| span.to(last.span));
        let unknown = Expression { kind: Bound::Constant(Constant::Null), span: whole };
        let Some(arguments) = path.last().and_then(|last| last.arguments) else {
            let near = suggest(&name, self.catalogue.system_variables().iter().map(|variable| variable.name));
            let near = near.map(|near| format!("zoho.{near}"));
            self.report(Error::UnknownSystemVariable { name: &name, near }.at(name_span));
            return (unknown, rest);
        };
        let used = used || !rest.is_empty();
        if let Some(task) = scope.catalogue.task(&name)
            && let Form::Call(_) = task.form
        {
            return (self.called_task(task, name_span, arguments, whole, scope), rest);
        }
        if let Some(group) = self.catalogue.find(&name) {
            let name = Name { text: path.last().map_or("zoho", |last| last.name.text), span: name_span };
            return (self.builtin(group, &name, arguments, whole, used, scope), rest);
        }
        self.unknown_zoho(&name, name_span);
        self.arguments(&name, arguments, scope);
        (unknown, rest)
    }

    /// A `zoho.…` call that is neither a task nor a built-in. Below `zoho.encryption` only the names there are meant.
    fn unknown_zoho(&mut self, name: &str, span: Span) {
        let namespace = name.rsplit_once('.').map_or("", |(namespace, _)| namespace);
        let beside: Vec<&str> = self.catalogue.names_below(namespace).collect();
        if beside.is_empty() {
            let near = self.proposes().then(|| suggest(name, self.catalogue.task_names()).map(str::to_owned)).flatten();
            self.report(Error::UnknownTask { name, near }.at(span));
        } else {
            let near = suggest(name, beside.iter().copied()).map(str::to_owned);
            let last = |name: &&str| name.rsplit('.').next().unwrap_or_default().to_owned();
            let known = beside.iter().map(last).collect::<Vec<_>>().join(", ");
            self.report(Error::UnknownNamed { name, namespace, near, known }.at(span));
        }
    }

    /// A system variable at the beginning of the links and how many links it takes. Old pages write it with empty
    /// parentheses, `zoho.loginuser()`.
    fn system_variable(&self, links: &[Link<'_>]) -> Option<(&'static SystemVariable, usize)> {
        (1..=links.len().min(2)).rev().find_map(|taken| {
            let path = links.get(..taken)?;
            let (last, before) = path.split_last()?;
            let plain = before.iter().all(|link| link.arguments.is_none());
            let empty = last.arguments.is_none_or(<[_]>::is_empty);
            let name = path.iter().map(|link| link.name.text).collect::<Vec<_>>().join(".");
            let variable = self.catalogue.system_variable(&name)?;
            (plain && empty).then_some((variable, taken))
        })
    }

    /// A call of a task, whatever its name begins with.
    pub(super) fn called_task<'b>(
        &mut self,
        task: &'b Arc<Task>,
        name_span: Span,
        arguments: &[Argument<'_>],
        span: Span,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        let values = self.arguments(&task.name, arguments, scope);
        let (least, most) = task.arity();
        if !(least..=most).contains(&values.len()) {
            let wanted = calls::count(least, most);
            self.report(Error::ArgumentCount { name: &task.name, given: values.len(), wanted }.at(name_span));
        }
        if let Some(absent) = task.absent {
            self.report(Error::NotAvailable { name: &task.name, absent }.at(name_span));
        }
        self.use_of_application(task);
        let slots = scope.arena.alloc_slice_fill_with(values.len(), |at| at as u16);
        Expression { kind: Bound::Task(task, slots, values), span }
    }
}

pub(super) fn joined(first: &str, links: &[Link<'_>]) -> String {
    links.iter().fold(first.to_owned(), |name, link| name + "." + link.name.text)
}
