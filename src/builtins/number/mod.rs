//! Functions of NUMBER and DECIMAL, and of lists of them. What can be done on decimal digits is done there, so that no
//! binary noise appears; the rest goes through a double, as on the platform.
//!
//! A double that is the result prints with its `.0` where the page of the function shows so (`sqrt`, `cosh`, `signum`
//! and their like), and without it elsewhere (`power`, `degrees`). No result is infinite or no number: what is not
//! defined is null (help pages "sqrt", "log"), what is too large for a DECIMAL is an error.

pub(super) mod arithmetic;
pub(super) mod format;
pub(super) mod power;
pub(super) mod random;
pub(super) mod statistics;
pub(super) mod trigonometry;
pub(super) mod words;

use super::support::{NUMERIC, at};
use crate::value::{Decimal, Failure, Value};

/// The argument at a position, a number.
fn decimal(function: &str, arguments: &[Value], position: usize) -> Result<Decimal, Failure> {
    let number = at(arguments, position);
    number.as_decimal().ok_or_else(|| Failure::argument(function, NUMERIC, number.kind()))
}

/// The receiver through a function of doubles; the result keeps its `.0`.
fn through(function: &str, arguments: &[Value], compute: fn(f64) -> f64) -> Result<Value, Failure> {
    let result = computed(function, compute(decimal(function, arguments, 0)?.to_double()))?;
    Ok(result.map_or(Value::Null, |decimal| Value::decimal(decimal.with_point())))
}

/// A computed double: nothing when it is not defined.
fn computed(function: &str, double: f64) -> Result<Option<Decimal>, Failure> {
    if double.is_nan() {
        return Ok(None);
    }
    Decimal::from_double(double).map(|decimal| Some(decimal.stripped())).ok_or_else(|| Failure::overflow(function))
}
