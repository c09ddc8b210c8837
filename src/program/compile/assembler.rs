//! Registers, constants and jumps. Numbers that outgrow an instruction are noted, not cut: the function is then refused
//! or compiled again in the wide form.

use super::{CONSTANT, Compiler, Constant, Op, Operand, Register, Span, Stretch};

impl<'f> Compiler<'f> {
    /// Adds an instruction and gives its number.
    pub(super) fn emit(&mut self, op: Op, span: Span) -> usize {
        self.code.ops.push(op);
        self.code.spans.push(span);
        self.code.ops.len() - 1
    }

    /// The number of the next instruction, as the goal of a jump: what comes there begins a new stretch.
    pub(super) fn label(&mut self) -> usize {
        self.counting = None;
        self.code.ops.len()
    }

    /// Counts one statement in the present stretch.
    pub(super) fn count_statement(&mut self, span: Span) {
        match self.counting {
            Some(Stretch::Entry) => {
                self.code.statements = self.code.statements.saturating_add(1);
                return;
            }
            Some(Stretch::Turn) => {
                if let Some(innermost) = self.loops.last_mut()
                    && let Some(more) = innermost.statements.checked_add(1)
                {
                    innermost.statements = more;
                    return;
                }
            }
            Some(Stretch::From(at)) => {
                if let Some(Op::Statements { count }) = self.code.ops.get_mut(at) {
                    *count = count.saturating_add(1);
                    return;
                }
            }
            None => {}
        }
        self.counting = Some(Stretch::From(self.emit(Op::Statements { count: 1 }, span)));
    }

    /// A new temporary above all others.
    pub(super) fn temporary(&mut self) -> Register {
        let register = self.top;
        self.top += 1;
        self.code.registers = self.code.registers.max(self.top);
        if register >= usize::from(CONSTANT) {
            self.overflow = Some("temporary values");
        }
        (register & usize::from(CONSTANT - 1)) as Register
    }

    /// Where a result goes: the wanted register or a new temporary.
    pub(super) fn target(&mut self, into: Option<Register>) -> Register {
        into.unwrap_or_else(|| self.temporary())
    }

    /// The operand of a constant, loading it into a temporary when its number does not fit.
    pub(super) fn constant(&mut self, constant: Constant<'f>, span: Span) -> Operand {
        self.constant_in(constant, None, span)
    }

    /// The operand of a constant; one whose number does not fit is loaded into the wanted register or a temporary.
    pub(super) fn constant_in(&mut self, constant: Constant<'f>, into: Option<Register>, span: Span) -> Operand {
        let number = self.constants.number(constant);
        match u16::try_from(number) {
            Ok(number) if number < CONSTANT => number | CONSTANT,
            _ => {
                let into = self.target(into);
                self.emit(Op::LoadWide { into, constant: number }, span);
                into
            }
        }
    }

    /// An operand as a register: a constant is loaded into a temporary.
    pub(super) fn register(&mut self, operand: Operand, span: Span) -> Register {
        if operand & CONSTANT == 0 {
            return operand;
        }
        let into = self.temporary();
        self.emit(Op::Move { into, from: operand }, span);
        into
    }

    /// The number of a name or message that an instruction holds in 16 bits.
    pub(super) fn name(&mut self, name: &'f str) -> u16 {
        let number = self.constants.number(Constant::Text(name));
        u16::try_from(number).unwrap_or_else(|_| {
            self.overflow = Some("names");
            0
        })
    }

    /// A place of its own for what an instruction remembers about a map; there are only so many.
    pub(super) fn guess(&mut self) -> Option<u8> {
        let guess = u8::try_from(self.code.guesses).ok()?;
        self.code.guesses += 1;
        Some(guess)
    }

    /// Lets the jump at `at` go to the next instruction.
    pub(super) fn land(&mut self, at: usize) {
        let goal = self.label();
        self.set_jump(at, goal);
    }

    /// Lets every jump of a list go to the next instruction.
    pub(super) fn land_all(&mut self, jumps: Vec<usize>) {
        for at in jumps {
            self.land(at);
        }
    }

    /// Lets the jump at `at` go to `goal`.
    pub(super) fn set_jump(&mut self, at: usize, goal: usize) {
        let far = goal as u32;
        let near = u16::try_from(goal).unwrap_or_else(|_| {
            self.too_far |= !self.wide;
            0
        });
        let Some(op) = self.code.ops.get_mut(at) else { return };
        match op {
            Op::Jump { to }
            | Op::JumpIf { to, .. }
            | Op::JumpUnless { to, .. }
            | Op::JumpUnlessNull { to, .. }
            | Op::Next { to, .. }
            | Op::Try { to, .. } => *to = far,
            Op::JumpUnlessEqual { to, .. }
            | Op::JumpUnlessNotEqual { to, .. }
            | Op::JumpUnlessLess { to, .. }
            | Op::JumpUnlessLessOrEqual { to, .. }
            | Op::JumpUnlessEqualConstant { to, .. }
            | Op::JumpUnlessNotEqualConstant { to, .. }
            | Op::JumpUnlessLessConstant { to, .. }
            | Op::JumpUnlessLessOrEqualConstant { to, .. }
            | Op::JumpUnlessGreaterConstant { to, .. }
            | Op::JumpUnlessGreaterOrEqualConstant { to, .. } => *to = near,
            _ => {}
        }
    }
}
