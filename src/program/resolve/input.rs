//! What is typed at a prompt. Its last statement, when it is only an expression, is what the person wants to see; null is
//! shown only where a value was asked for, not after a call that was made for what it does.

use super::scope::Scope;
use super::{Resolver, bound};
use crate::catalogue::Gives;
use crate::program::types::Type;
use crate::syntax::ast::{Statement, StatementKind};

impl<'s> Resolver<'s> {
    /// The statements of an input, and whether they end with an expression that stands for a value.
    pub(super) fn input<'b>(
        &mut self,
        before: &[Statement<'_>],
        last: &Statement<'_>,
        scope: &mut Scope<'b>,
    ) -> (&'b [bound::Statement<'b>], bool) {
        let mut statements = self.statements(before, scope).to_vec();
        let StatementKind::Expression(expression) = &last.kind else {
            statements.extend(self.statements(std::slice::from_ref(last), scope));
            return (scope.arena.alloc_slice_copy(&statements), false);
        };
        self.is_answer = true;
        let value = self.effect(expression, scope);
        self.is_answer = false;
        let asks = self.stands_for_value(&value);
        statements.push(bound::Statement { kind: bound::StatementKind::Return(Some(value)), span: last.span });
        (scope.arena.alloc_slice_copy(&statements), asks)
    }

    fn stands_for_value(&self, value: &bound::Expression) -> bool {
        use bound::{ExpressionKind as Kind, StepKind};
        let gives = |group: u16| {
            let group = self.catalogue.group(group);
            group.is_some_and(|group| group.rows().iter().any(|row| row.gives == Gives::Value))
        };
        match &value.kind {
            Kind::Builtin(group, _) => gives(*group),
            Kind::Chain(_, steps) => match steps.last().map(|step| &step.kind) {
                Some(StepKind::Method(group, _)) => gives(*group),
                _ => true,
            },
            Kind::Call(number, _) => {
                let own = self.functions.values().find(|declared| declared.number == *number);
                own.map(|declared| declared.returns).or_else(|| self.reached_returns(*number)) != Some(Type::Void)
            }
            Kind::Task(..) | Kind::Missing(..) => false,
            _ => true,
        }
    }
}
