//! Conditions: comparisons become jumps without making a BOOLEAN first, `&&` and `||` become jumps by their nature.

use super::{Compiler, Op, Span};
use crate::program::bound::{Expression, ExpressionKind};
use crate::syntax::ast::Operator;

impl<'f> Compiler<'f> {
    /// Compiles a condition; the jumps given back are taken when it is false.
    pub(super) fn jumps_when_false(&mut self, condition: &'f Expression) -> Vec<usize> {
        match &condition.kind {
            ExpressionKind::And(operands) => {
                operands.iter().flat_map(|operand| self.jumps_when_false(operand)).collect()
            }
            ExpressionKind::Or(operands) => {
                let Some((last, before)) = operands.split_last() else { return Vec::new() };
                let holds: Vec<usize> = before.iter().flat_map(|operand| self.jumps_when_true(operand)).collect();
                let fails = self.jumps_when_false(last);
                self.land_all(holds);
                fails
            }
            ExpressionKind::Not(operand) => self.jumps_when_true(operand),
            ExpressionKind::Operators(left, rest) if !self.wide => match rest.as_slice() {
                [(operator, right)] => match self.fused(*operator, left, right, condition.span) {
                    Some(jump) => vec![jump],
                    None => self.plain_jump(condition),
                },
                _ => self.plain_jump(condition),
            },
            _ => self.plain_jump(condition),
        }
    }

    /// Compiles a condition; the jumps given back are taken when it is true.
    fn jumps_when_true(&mut self, condition: &'f Expression) -> Vec<usize> {
        match &condition.kind {
            ExpressionKind::Or(operands) => operands.iter().flat_map(|operand| self.jumps_when_true(operand)).collect(),
            ExpressionKind::And(operands) => {
                let Some((last, before)) = operands.split_last() else { return Vec::new() };
                let fails: Vec<usize> = before.iter().flat_map(|operand| self.jumps_when_false(operand)).collect();
                let holds = self.jumps_when_true(last);
                self.land_all(fails);
                holds
            }
            ExpressionKind::Not(operand) => self.jumps_when_false(operand),
            _ => {
                let keep = self.top;
                let test = self.operand(condition);
                self.top = keep;
                vec![self.emit(Op::JumpIf { test, to: 0 }, condition.span)]
            }
        }
    }

    fn plain_jump(&mut self, condition: &'f Expression) -> Vec<usize> {
        let keep = self.top;
        let test = self.operand(condition);
        self.top = keep;
        vec![self.emit(Op::JumpUnless { test, to: 0 }, condition.span)]
    }

    fn fused(&mut self, operator: Operator, left: &'f Expression, right: &'f Expression, span: Span) -> Option<usize> {
        let is_comparison = matches!(
            operator,
            Operator::Equal
                | Operator::NotEqual
                | Operator::Less
                | Operator::LessOrEqual
                | Operator::Greater
                | Operator::GreaterOrEqual
        );
        if !is_comparison {
            return None;
        }
        let keep = self.top;
        let (left, right) = (self.operand(left), self.operand(right));
        self.top = keep;
        let op = match operator {
            Operator::Equal => Op::JumpUnlessEqual { left, right, to: 0 },
            Operator::NotEqual => Op::JumpUnlessNotEqual { left, right, to: 0 },
            Operator::Less => Op::JumpUnlessLess { left, right, to: 0 },
            Operator::LessOrEqual => Op::JumpUnlessLessOrEqual { left, right, to: 0 },
            Operator::Greater => Op::JumpUnlessLess { left: right, right: left, to: 0 },
            _ => Op::JumpUnlessLessOrEqual { left: right, right: left, to: 0 },
        };
        Some(self.emit(op, span))
    }
}
