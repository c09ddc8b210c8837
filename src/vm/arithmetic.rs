//! Arithmetic and comparisons of anything but whole numbers, which the run loop does itself. The verifier has proved the
//! numbers of registers and constants, so they are used as they come.
#![allow(clippy::indexing_slicing)]

use super::meter::Meter;
use super::registers::{operand, put};
use super::steps;
use crate::program::op::{CONSTANT, Op, Operand, Register};
use crate::value::{Decimal, Failure, Value};

/// `into = into + … + …` of whole numbers with a whole result; false for everything else, which has not begun then.
#[inline(never)]
pub(super) fn add_all(op: Op, registers: &mut [Value]) -> bool {
    let Op::Append { into, first, count } = op else { return false };
    let (into, first) = (usize::from(into), usize::from(first));
    let Value::Number(sum) = &registers[into] else { return false };
    let sum = registers[first..first + usize::from(count)].iter().try_fold(*sum, |sum, part| match part {
        Value::Number(part) => sum.checked_add(*part),
        _ => None,
    });
    sum.map(|sum| registers[into].set_number(sum)).is_some()
}

/// Arithmetic on what is not two whole numbers with a whole result.
#[cold]
#[inline(never)]
pub(super) fn general(op: Op, registers: &mut [Value], constants: &[Value], meter: &mut Meter) -> Result<(), Failure> {
    let Some((into, left, right)) = arithmetic_operands(op) else {
        return Err(Failure::internal("an instruction that is no arithmetic"));
    };
    let (a, b) = (&registers[usize::from(left)], operand(registers, constants, right));
    match exact(op, a, b) {
        Some(result) => {
            registers[usize::from(into)].set_decimal(result);
            Ok(())
        }
        None => inexact(op, registers, constants, meter),
    }
}

fn arithmetic_operands(op: Op) -> Option<(Register, Register, Operand)> {
    match op {
        Op::Add { into, left, right }
        | Op::Subtract { into, left, right }
        | Op::Multiply { into, left, right }
        | Op::Remainder { into, left, right } => Some((into, left, right)),
        Op::AddConstant { into, left, constant }
        | Op::SubtractConstant { into, left, constant }
        | Op::MultiplyConstant { into, left, constant }
        | Op::RemainderConstant { into, left, constant } => Some((into, left, constant | CONSTANT)),
        _ => None,
    }
}

/// Arithmetic on what are not two numbers, and on numbers that do not fit.
#[inline(never)]
fn inexact(op: Op, registers: &mut [Value], constants: &[Value], meter: &mut Meter) -> Result<(), Failure> {
    let Some((into, left, right)) = arithmetic_operands(op) else { return Ok(()) };
    let place = usize::from(into);
    let is_sum = matches!(op, Op::Add { .. } | Op::AddConstant { .. });
    if is_sum && into == left && matches!(registers[place], Value::Text(_)) {
        // `x = x + y`: a text that only this register holds grows in place.
        let is_done = match registers.get_disjoint_mut([place, usize::from(right)]) {
            Ok([grown, part]) => steps::append_in_place(grown, part, meter),
            // The same register, or a constant.
            Err(_) => {
                right & CONSTANT != 0
                    && steps::append_in_place(&mut registers[place], operand(&[], constants, right), meter)
            }
        };
        if is_done {
            return Ok(());
        }
        let more = operand(registers, constants, right).clone();
        return steps::append(&mut registers[place], &mut [more], meter);
    }
    let (a, b) = (&registers[usize::from(left)], operand(registers, constants, right));
    let value = match op {
        Op::Add { .. } | Op::AddConstant { .. } => steps::add(a, b, meter)?,
        Op::Subtract { .. } | Op::SubtractConstant { .. } => a.subtract(b)?,
        Op::Multiply { .. } | Op::MultiplyConstant { .. } => a.multiply(b)?,
        _ => a.remainder(b)?,
    };
    put(value, &mut registers[place]);
    Ok(())
}

/// The exact result for numbers of which one is a DECIMAL; nothing for other kinds, and for what does not fit. It is handed
/// on in processor registers, where a value would go through memory.
fn exact(op: Op, left: &Value, right: &Value) -> Option<Decimal> {
    if let (Value::Number(_), Value::Number(_)) = (left, right) {
        return None;
    }
    let (left, right) = (left.as_decimal()?, right.as_decimal()?);
    match op {
        Op::Add { .. } | Op::AddConstant { .. } => left.plus(right),
        Op::Subtract { .. } | Op::SubtractConstant { .. } => left.minus(right),
        Op::Multiply { .. } | Op::MultiplyConstant { .. } => left.times(right),
        _ => left.remainder(right),
    }
}

/// Whether a comparison of any two values holds.
#[cold]
#[inline(never)]
pub(super) fn holds(op: Op, left: &Value, right: &Value, meter: &mut Meter) -> Result<bool, Failure> {
    match op {
        Op::Equal { .. } | Op::JumpUnlessEqual { .. } | Op::JumpUnlessEqualConstant { .. } => {
            meter.effort(std::slice::from_ref(left));
            left.loosely_equals(right)
        }
        Op::NotEqual { .. } | Op::JumpUnlessNotEqual { .. } | Op::JumpUnlessNotEqualConstant { .. } => {
            meter.effort(std::slice::from_ref(left));
            Ok(!left.loosely_equals(right)?)
        }
        Op::Less { .. } | Op::JumpUnlessLess { .. } | Op::JumpUnlessLessConstant { .. } => {
            Ok(left.compare(right)?.is_lt())
        }
        Op::LessOrEqual { .. } | Op::JumpUnlessLessOrEqual { .. } | Op::JumpUnlessLessOrEqualConstant { .. } => {
            Ok(left.compare(right)?.is_le())
        }
        Op::JumpUnlessGreaterConstant { .. } => Ok(left.compare(right)?.is_gt()),
        Op::JumpUnlessGreaterOrEqualConstant { .. } => Ok(left.compare(right)?.is_ge()),
        _ => Err(Failure::internal("an instruction that is no comparison")),
    }
}
