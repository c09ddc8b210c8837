//! Conditions: comparisons become jumps without making a BOOLEAN first, `&&` and `||` become jumps by their nature.

use super::{CONSTANT, Compiler, Op, Register, Span};
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
        let (registers, with_constant): (RegistersJump, ConstantJump) = match operator {
            Operator::Equal => (
                |left, right| Op::JumpUnlessEqual { left, right, to: 0 },
                |left, constant| Op::JumpUnlessEqualConstant { left, constant, to: 0 },
            ),
            Operator::NotEqual => (
                |left, right| Op::JumpUnlessNotEqual { left, right, to: 0 },
                |left, constant| Op::JumpUnlessNotEqualConstant { left, constant, to: 0 },
            ),
            Operator::Less => (
                |left, right| Op::JumpUnlessLess { left, right, to: 0 },
                |left, constant| Op::JumpUnlessLessConstant { left, constant, to: 0 },
            ),
            Operator::LessOrEqual => (
                |left, right| Op::JumpUnlessLessOrEqual { left, right, to: 0 },
                |left, constant| Op::JumpUnlessLessOrEqualConstant { left, constant, to: 0 },
            ),
            Operator::Greater => (
                |left, right| Op::JumpUnlessLess { left: right, right: left, to: 0 },
                |left, constant| Op::JumpUnlessGreaterConstant { left, constant, to: 0 },
            ),
            Operator::GreaterOrEqual => (
                |left, right| Op::JumpUnlessLessOrEqual { left: right, right: left, to: 0 },
                |left, constant| Op::JumpUnlessGreaterOrEqualConstant { left, constant, to: 0 },
            ),
            _ => return None,
        };
        let keep = self.top;
        let (left, right) = (self.operand(left), self.operand(right));
        let left = self.register(left, span);
        self.top = keep;
        let jump = match right & CONSTANT {
            0 => registers(left, right),
            _ => with_constant(left, right & !CONSTANT),
        };
        Some(self.emit(jump, span))
    }
}

type RegistersJump = fn(Register, Register) -> Op;
type ConstantJump = fn(Register, u16) -> Op;
