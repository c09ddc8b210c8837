//! Reading operands, writing results, and letting go of what registers hold. The verifier has proved the numbers of registers
//! and constants, so they are used as they come.
#![allow(clippy::indexing_slicing)]

use crate::program::Code;
use crate::program::op::{CONSTANT, Operand};
use crate::value::Value;

/// The value of an operand.
#[inline(always)]
pub(super) fn operand<'v>(registers: &'v [Value], constants: &'v [Value], operand: Operand) -> &'v Value {
    if operand & CONSTANT == 0 {
        &registers[usize::from(operand)]
    } else {
        &constants[usize::from(operand & !CONSTANT)]
    }
}

/// Lets go of what registers hold that others could share; plain values may stay, nobody reads them again.
#[inline(always)]
pub(super) fn release(registers: &mut [Value]) {
    for register in registers {
        if !register.is_plain() {
            *register = Value::Null;
        }
    }
}

/// Whether an operand is a register that is read once.
#[inline(always)]
pub(super) fn is_temporary(operand: Operand, variables: usize) -> bool {
    operand & CONSTANT == 0 && usize::from(operand) >= variables
}

/// Lets go of what temporaries among the operands of an instruction hold: nobody reads them again.
#[inline(always)]
pub(super) fn forget<const COUNT: usize>(registers: &mut [Value], code: &Code, operands: [Operand; COUNT]) {
    for operand in operands {
        let register = usize::from(operand);
        if is_temporary(operand, code.variables.len()) && !registers[register].is_plain() {
            registers[register] = Value::Null;
        }
    }
}

/// Puts a value in the place of another.
#[inline(always)]
pub(super) fn put(value: Value, place: &mut Value) {
    place.becomes(value);
}

/// Puts what a call gave in the place of another value. What is known to be of one kind is written where it belongs: the
/// body of a built-in has just stored tag and content, and to load both as a whole would wait for that.
#[inline(always)]
pub(super) fn put_result(value: Value, place: &mut Value) {
    match value {
        Value::Number(number) => {
            place.set_number(number);
            // Nothing is to be let go of.
            std::mem::forget(value);
        }
        Value::Text(text) => place.becomes(Value::Text(text)),
        Value::Boolean(truth) => place.becomes(Value::Boolean(truth)),
        Value::Aggregate(container) => place.becomes(Value::Aggregate(container)),
        other => place.becomes(other),
    }
}
