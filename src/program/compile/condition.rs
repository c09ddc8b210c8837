//! Conditions: comparisons become jumps without making a BOOLEAN first, `&&` and `||` become jumps by their nature.

use super::{CONSTANT, Compiler, Op, Register, Span};
use crate::program::bound::{Expression, ExpressionKind};
use crate::syntax::ast::Operator;

impl<'f> Compiler<'f> {
    /// Compiles a condition; the jumps given back are taken when it is false.
    pub(super) fn jumps_when_false(&mut self, condition: &'f Expression<'f>) -> Vec<usize> {
        let mut jumps = Vec::new();
        self.jumps_when(false, condition, &mut jumps);
        jumps
    }

    /// Compiles a condition; the jumps that are added are taken when it gives `outcome`.
    fn jumps_when(&mut self, outcome: bool, condition: &'f Expression<'f>, jumps: &mut Vec<usize>) {
        match (&condition.kind, outcome) {
            (ExpressionKind::And(operands), false) | (ExpressionKind::Or(operands), true) => {
                for operand in operands.iter() {
                    self.jumps_when(outcome, operand, jumps);
                }
            }
            (ExpressionKind::And(operands), true) | (ExpressionKind::Or(operands), false) => {
                let Some((last, before)) = operands.split_last() else { return };
                let mut others = Vec::new();
                for operand in before {
                    self.jumps_when(!outcome, operand, &mut others);
                }
                self.jumps_when(outcome, last, jumps);
                self.land_all(others);
            }
            (ExpressionKind::Not(operand), _) => self.jumps_when(!outcome, operand, jumps),
            _ => jumps.push(self.jump(outcome, condition)),
        }
    }

    fn jump(&mut self, outcome: bool, condition: &'f Expression<'f>) -> usize {
        if let (ExpressionKind::Operators(left, rest), false, false) = (&condition.kind, outcome, self.wide)
            && let [(operator, right)] = rest
            && let Some(jump) = self.fused(*operator, left, right, condition.span)
        {
            return jump;
        }
        let keep = self.top;
        let test = self.operand(condition);
        self.top = keep;
        let op = if outcome { Op::JumpIf { test, to: 0 } } else { Op::JumpUnless { test, to: 0 } };
        self.emit(op, condition.span)
    }

    fn fused(
        &mut self,
        operator: Operator,
        left: &'f Expression<'f>,
        right: &'f Expression<'f>,
        span: Span,
    ) -> Option<usize> {
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
