//! Bracket tasks: attributes are matched with the task's row, bare words such as `GET` stand for themselves.

use super::Resolver;
use super::scope::Scope;
use crate::catalogue::Form;
use crate::diagnostic::suggest;
use crate::program::bound::{Constant, Expression, ExpressionKind as Bound};
use crate::program::error::Error;
use crate::source::Span;
use crate::syntax::ast::{Attribute, ExpressionKind, Name};

impl<'s> Resolver<'s> {
    pub(super) fn bracket_task<'b>(
        &mut self,
        name: &Name<'_>,
        attributes: &[Attribute<'_>],
        span: Span,
        scope: &mut Scope<'b>,
    ) -> Expression<'b> {
        let (task, known) = match scope.catalogue.task(name.text) {
            Some(task) => match &task.form {
                Form::Bracket(known) => (task, *known),
                Form::Call(_) | Form::Statement(_) => return self.unknown_task(name, span),
            },
            None => return self.unknown_task(name, span),
        };
        let mut slots: Vec<u16> = Vec::new();
        let mut values = Vec::new();
        for attribute in attributes {
            let given = attribute.name.text;
            let Some(slot) = known.iter().position(|row| same_attribute(row.name, given)) else {
                let near = suggest(given, known.iter().map(|row| row.name)).map(str::to_owned);
                let list = known.iter().map(|row| row.name).collect::<Vec<_>>().join(", ");
                let error = Error::UnknownAttribute { task: &task.name, name: given, near, known: list };
                self.report(error.at(attribute.name.span));
                // A bare word may be meant as one; what it means is settled when the attribute is right.
                if !matches!(attribute.value.kind, ExpressionKind::Name(_)) {
                    self.expression(&attribute.value, scope);
                }
                continue;
            };
            if slots.contains(&(slot as u16)) {
                self.report(Error::RepeatedAttribute { name: given }.at(attribute.name.span));
            }
            slots.push(slot as u16);
            let is_word = known.get(slot).is_some_and(|row| row.word);
            values.push(match &attribute.value.kind {
                ExpressionKind::Name(word) if is_word && scope.slot(word).is_none() => {
                    scope.text(word, attribute.value.span)
                }
                _ => self.expression(&attribute.value, scope),
            });
        }
        for (slot, row) in known.iter().enumerate() {
            if row.required && !slots.contains(&(slot as u16)) {
                self.report(Error::MissingAttribute { task: &task.name, name: row.name }.at(name.span));
            }
        }
        if let Some(absent) = task.absent {
            self.report(Error::NotAvailable { name: &task.name, absent }.at(name.span));
        }
        let (slots, values) = (scope.arena.alloc_slice_copy(&slots), scope.arena.alloc_slice_copy(&values));
        Expression { kind: Bound::Task(task, slots, values), span }
    }

    fn unknown_task(&mut self, name: &Name<'_>, span: Span) -> Expression<'static> {
        self.report(Error::UnknownBracketTask { name: name.text }.at(name.span));
        Expression { kind: Bound::Constant(Constant::Null), span }
    }
}

/// Attribute names compare without regard to case and to how their words are joined: `content-type`, `content type`.
fn same_attribute(known: &str, given: &str) -> bool {
    let plain = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    plain(known) == plain(given)
}
