//! Proves, once after compilation, that no instruction can reach outside: every register, constant, jump, built-in,
//! function and task number is in range and the last instruction returns. The machine reads and writes its registers
//! without further checks of its own because of this proof.

use std::sync::Arc;

use super::code::{Code, Constant};
use super::op::{CONSTANT, Op};
use crate::catalogue::Catalogue;

/// Checks every function; the error says which instruction of which function is wrong.
pub fn verify(codes: &[Arc<Code>], catalogue: &Catalogue) -> Result<(), String> {
    for code in codes {
        let checker = Checker { code, functions: codes, catalogue };
        checker.shape().map_err(|problem| format!("function `{}`: {problem}", code.name))?;
        for (at, op) in code.ops.iter().enumerate() {
            checker
                .op(*op)
                .ok_or_else(|| format!("function `{}`, instruction {at}: {op:?} is out of range", code.name))?;
        }
    }
    Ok(())
}

struct Checker<'c> {
    code: &'c Code,
    functions: &'c [Arc<Code>],
    catalogue: &'c Catalogue,
}

impl Checker<'_> {
    fn shape(&self) -> Result<(), String> {
        let code = self.code;
        if !matches!(code.ops.last(), Some(Op::Return { .. })) {
            return Err("does not end with a return".to_owned());
        }
        if code.body >= code.ops.len() {
            return Err("begins behind its end".to_owned());
        }
        if code.spans.len() != code.ops.len() {
            return Err("has places for other instructions than its own".to_owned());
        }
        if code.registers >= usize::from(CONSTANT) || code.parameters.len() > code.variables.len() {
            return Err("has too many registers or parameters".to_owned());
        }
        if code.variables.len() > code.registers || code.input.is_some_and(|input| self.register(input).is_none()) {
            return Err("has variables without registers".to_owned());
        }
        Ok(())
    }

    /// `None` when a number of the instruction is out of range.
    fn op(&self, op: Op) -> Option<()> {
        match op {
            Op::Move { into, from } | Op::Negate { into, from } | Op::Not { into, from } => {
                self.register(into)?;
                self.operand(from)
            }
            Op::LoadWide { into, constant } => {
                self.register(into)?;
                self.code.constants.get(constant as usize).map(|_| ())
            }
            Op::System { into, name } | Op::Date { into, text: name } => {
                self.register(into)?;
                self.name(name)
            }
            Op::Add { into, left, right }
            | Op::Subtract { into, left, right }
            | Op::Multiply { into, left, right }
            | Op::Remainder { into, left, right } => {
                self.register(into)?;
                self.register(left)?;
                self.register(right)
            }
            Op::AddConstant { into, left, constant }
            | Op::SubtractConstant { into, left, constant }
            | Op::MultiplyConstant { into, left, constant }
            | Op::RemainderConstant { into, left, constant } => {
                self.register(into)?;
                self.register(left)?;
                self.constant(constant)
            }
            Op::Divide { into, left, right }
            | Op::Equal { into, left, right }
            | Op::NotEqual { into, left, right }
            | Op::Less { into, left, right }
            | Op::LessOrEqual { into, left, right }
            | Op::In { into, left, right }
            | Op::NotIn { into, left, right } => {
                self.register(into)?;
                self.operand(left)?;
                self.operand(right)
            }
            Op::Append { into, first, count }
            | Op::Concat { into, first, count }
            | Op::NewList { into, first, count }
            | Op::ExtendList { list: into, first, count } => {
                self.register(into)?;
                self.window(first, usize::from(count))
            }
            Op::NewMap { into, first, count } | Op::ExtendMap { map: into, first, count } => {
                self.register(into)?;
                self.window(first, usize::from(count) * 2)
            }
            Op::NewRecord { into, first, names, guess } => {
                self.guess(guess)?;
                self.register(into)?;
                let names = self.code.names.get(usize::from(names))?;
                names.iter().try_for_each(|name| self.name(*name))?;
                self.window(first, names.len())
            }
            Op::NewBraces { into } => self.register(into),
            Op::Jump { to } => self.goal(to),
            Op::JumpIf { test, to } | Op::JumpUnless { test, to } | Op::JumpUnlessNull { test, to } => {
                self.operand(test)?;
                self.goal(to)
            }
            Op::JumpUnlessEqual { left, right, to }
            | Op::JumpUnlessNotEqual { left, right, to }
            | Op::JumpUnlessLess { left, right, to }
            | Op::JumpUnlessLessOrEqual { left, right, to } => {
                self.register(left)?;
                self.register(right)?;
                self.goal(u32::from(to))
            }
            Op::JumpUnlessEqualConstant { left, constant, to }
            | Op::JumpUnlessNotEqualConstant { left, constant, to }
            | Op::JumpUnlessLessConstant { left, constant, to }
            | Op::JumpUnlessLessOrEqualConstant { left, constant, to }
            | Op::JumpUnlessGreaterConstant { left, constant, to }
            | Op::JumpUnlessGreaterOrEqualConstant { left, constant, to } => {
                self.register(left)?;
                self.constant(constant)?;
                self.goal(u32::from(to))
            }
            Op::EachItem { of } | Op::EachIndex { of } => self.operand(of),
            Op::Next { into, to, .. } | Op::Try { into, to } => {
                self.register(into)?;
                self.goal(to)
            }
            Op::EndEach | Op::EndTry | Op::Statements { .. } => Some(()),
            Op::Builtin { into, group, first, count } => {
                self.register(into)?;
                self.catalogue.group(group)?;
                self.window(first, usize::from(count))
            }
            Op::Method { into, group, first, count } => {
                self.register(into)?;
                self.catalogue.group(group)?;
                self.window(first, usize::from(count.max(1)))
            }
            Op::Get { into, of, key } => {
                self.register(into)?;
                self.register(of)?;
                self.operand(key)
            }
            Op::GetNamed { into, of, name, guess } => {
                self.register(into)?;
                self.register(of)?;
                self.name(name)?;
                self.guess(guess)
            }
            Op::Put { of, key, value } => {
                self.register(of)?;
                self.operand(key)?;
                self.operand(value)
            }
            Op::PutNamed { of, name, value, guess } => {
                self.register(of)?;
                self.name(name)?;
                self.operand(value)?;
                self.guess(guess)
            }
            Op::AddItem { of, item } => {
                self.register(of)?;
                self.operand(item)
            }
            Op::Call { into, function, first } => {
                self.register(into)?;
                let called = self.functions.get(usize::from(function))?;
                self.window(first, called.parameters.len())
            }
            Op::Task { into, site, first } => {
                self.register(into)?;
                let site = self.code.sites.get(usize::from(site))?;
                self.window(first, site.slots.len())
            }
            Op::Missing { message } => self.name(message),
            Op::Field { into, of, name } => {
                self.register(into)?;
                self.operand(of)?;
                self.name(name)
            }
            Op::SetField { of, name, from } => {
                self.register(of)?;
                self.operand(from)?;
                self.name(name)
            }
            Op::Info { from } | Op::Throw { from } | Op::Return { from, .. } => self.operand(from),
            Op::CheckParameter { parameter } => self.code.parameters.get(usize::from(parameter)).map(|_| ()),
        }
    }

    fn register(&self, register: u16) -> Option<()> {
        (usize::from(register) < self.code.registers).then_some(())
    }

    fn guess(&self, guess: u8) -> Option<()> {
        (usize::from(guess) < self.code.guesses).then_some(())
    }

    fn operand(&self, operand: u16) -> Option<()> {
        if operand & CONSTANT == 0 {
            return self.register(operand);
        }
        self.constant(operand & !CONSTANT)
    }

    fn constant(&self, constant: u16) -> Option<()> {
        self.code.constants.get(usize::from(constant)).map(|_| ())
    }

    fn window(&self, first: u16, count: usize) -> Option<()> {
        (usize::from(first) + count <= self.code.registers).then_some(())
    }

    fn goal(&self, to: u32) -> Option<()> {
        ((to as usize) < self.code.ops.len()).then_some(())
    }

    fn name(&self, name: u16) -> Option<()> {
        matches!(self.code.constants.get(usize::from(name)), Some(Constant::Text(_))).then_some(())
    }
}
