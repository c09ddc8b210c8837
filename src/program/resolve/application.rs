//! Names of the application's functions and constants. They are found where a variable of the name is not, as the
//! platform's are; a name below one of the application's namespaces that is no row of it is surely misspelt.

use super::Resolver;
use super::chain::joined;
use super::scope::Scope;
use crate::catalogue::{Constant, Task};
use crate::diagnostic::suggest;
use crate::program::bound::{self, Expression, ExpressionKind as Bound};
use crate::program::error::Error;
use crate::source::Span;
use crate::syntax::ast::{Expression as Tree, ExpressionKind, Link, Name};
use crate::value::Data;

impl<'s> Resolver<'s> {
    /// The constant at the beginning of a dotted name, and the links that are left.
    pub(super) fn dotted_constant<'b, 'l>(
        &mut self,
        first: &str,
        span: Span,
        links: &'l [Link<'l>],
        scope: &Scope<'b>,
    ) -> Option<(Expression<'b>, &'l [Link<'l>])> {
        let catalogue = scope.catalogue;
        if catalogue.application().constants().is_empty() {
            return None;
        }
        let plain = links.iter().take_while(|link| link.arguments.is_none()).count();
        let (taken, constant) = (0..=plain).rev().find_map(|taken| {
            let name = joined(first, links.get(..taken)?);
            Some((taken, catalogue.application().constant(&name)?))
        })?;
        let (path, rest) = links.split_at_checked(taken)?;
        let span = path.last().map_or(span, |last| span.to(last.span));
        Some((self.constant(constant, span), rest))
    }

    /// The constant that a name without dots stands for.
    pub(super) fn bare_constant<'b>(&mut self, name: &str, span: Span, scope: &Scope<'b>) -> Option<Expression<'b>> {
        let constant = scope.catalogue.application().constant(name)?;
        Some(self.constant(constant, span))
    }

    /// The name of the constant that a field of a value really is, when it is assigned.
    pub(super) fn assigned_constant(&self, of: &Tree<'_>, field: &Name<'_>, scope: &Scope<'_>) -> Option<String> {
        let path = match &of.kind {
            ExpressionKind::Name(first) if scope.slot(first).is_none() => format!("{first}.{}", field.text),
            ExpressionKind::Chain(head, links) => match &head.kind {
                ExpressionKind::Name(first) if scope.slot(first).is_none() => {
                    if links.iter().any(|link| link.arguments.is_some()) {
                        return None;
                    }
                    format!("{}.{}", joined(first, links), field.text)
                }
                _ => return None,
            },
            _ => return None,
        };
        self.catalogue.application().constant(&path).map(|constant| constant.name.clone())
    }

    /// Reports a dotted name without a call that begins with a namespace of the application and is no constant.
    pub(super) fn unknown_constant<'l>(
        &mut self,
        first: &str,
        span: Span,
        links: &'l [Link<'l>],
    ) -> Option<(Expression<'static>, &'l [Link<'l>])> {
        let application = self.catalogue.application();
        if application.is_empty() || !application.has_namespace(first) {
            return None;
        }
        let name = joined(first, links);
        let near = match application.function(&name) {
            Some(function) => Some(function.task.signature()),
            None => application.suggest(&name).map(str::to_owned),
        };
        let span = links.last().map_or(span, |last| span.to(last.span));
        self.report(Error::UndefinedVariable { name: &name, near }.at(span));
        Some((Expression { kind: Bound::Constant(bound::Constant::Null), span }, &[]))
    }

    /// Reports a call below a namespace of the application that is no function of it. False when it is no such call.
    pub(super) fn unknown_of_application(&mut self, first: &str, name: &str, span: Span) -> bool {
        let application = self.catalogue.application();
        if application.is_empty() || !application.has_namespace(first) {
            return false;
        }
        let functions = || application.functions().iter().map(|function| function.task.name.as_ref());
        let near = suggest(name, functions()).map(str::to_owned);
        let below = |known: &&str| known.split('.').next().is_some_and(|above| above.eq_ignore_ascii_case(first));
        let known: Vec<&str> = functions().filter(below).take(SHOWN).collect();
        let known = if known.is_empty() { "no functions".to_owned() } else { known.join(", ") };
        self.report(Error::UnknownNamed { name, namespace: first, near, known }.at(span));
        true
    }

    /// Notes that the program uses a task, if it is a function of the application.
    pub(super) fn use_of_application(&mut self, task: &Task) {
        if task.is_of_application() {
            self.of_application.insert(task.signature());
        }
    }

    fn constant<'b>(&mut self, constant: &'b Constant, span: Span) -> Expression<'b> {
        self.of_application.insert(format!("{} {:?}", constant.name, constant.value));
        let kind = match &constant.value {
            Data::List { .. } | Data::Map(_) | Data::Braces | Data::Elements(_) | Data::Pairs(_) | Data::File(_) => {
                Bound::Task(&constant.fresh, &[], &[])
            }
            plain => Bound::Constant(plain.into()),
        };
        Expression { kind, span }
    }
}

/// How many functions a message lists.
const SHOWN: usize = 12;
