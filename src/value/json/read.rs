//! JSON text as values. Valid JSON is read to the letter; what that refuses gets a second reading by the lenient reader
//! where Zoho is lenient (help page "toMap": `{company:Zoho}` is read).

use std::cell::Cell;

use memchr::memchr_iter;

use super::{lenient, strict};
use crate::value::{Decimal, Failure, Value};

/// Reads strict JSON. Lists print as JSON arrays from then on. Numbers keep their digits.
pub fn parse(text: &str) -> Result<Value, Failure> {
    strict::parse(text).map_err(|refused| strict::refusal(text, refused))
}

/// Reads JSON, and what people write for JSON: names and texts without quotes or in single quotes, trailing commas, line
/// ends inside texts, a byte-order mark before all.
pub fn parse_lenient(text: &str) -> Result<Value, Failure> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    strict::parse(text).or_else(|refused| lenient::parse(text).ok_or_else(|| strict::refusal(text, refused)))
}

/// The most memory that the values of a JSON text can take, roughly: told by its punctuation, without reading it.
pub fn heft(text: &[u8]) -> usize {
    /// Texts below this are not worth looking at.
    const SMALL: usize = 1_000_000;
    if text.len() < SMALL {
        return 0;
    }
    let count = |byte: u8| memchr_iter(byte, text).count();
    let containers = count(b'[') + count(b'{');
    text.len() + containers * 200 + count(b',') * 96 + count(b':') * 120
}

/// What one JSON text may still make. `[{},{},…]` takes fifty times its length in memory, so the parts are counted, each by
/// about sixteen bytes.
pub(super) struct Room(Cell<usize>);

impl Room {
    /// A number, a truth value or null.
    pub(super) const SCALAR: usize = 1;
    /// A text beside its characters.
    pub(super) const TEXT: usize = 4;
    /// A key and its place in a map.
    pub(super) const KEY: usize = 4;
    /// A list or map beside its contents.
    pub(super) const CONTAINER: usize = 8;

    /// Takes room for one part; `None` when there is no more.
    pub(super) fn take(&self, size: usize) -> Option<()> {
        self.0.set(self.0.get().checked_sub(size)?);
        Some(())
    }
}

impl Default for Room {
    fn default() -> Self {
        Self(Cell::new(MAX_PARTS))
    }
}

/// The parts of one text: some 500 megabytes.
const MAX_PARTS: usize = 30_000_000;

/// Under this name serde_json hands over a number's digits, which is how they stay exact.
pub(in crate::value) const NUMBER_TOKEN: &str = "$serde_json::private::Number";

/// A NUMBER when it is a whole number of 64 bits, else a DECIMAL. A number beyond both keeps its digits as TEXT: nothing is
/// lost, and one odd number does not make a whole reply unreadable. `None` for what is no number.
pub(in crate::value) fn number(digits: &str) -> Option<Value> {
    if let Ok(number) = digits.parse::<i64>() {
        return Some(Value::Number(number));
    }
    // A `_` between digits is Rust's.
    let decimal = Decimal::parse(digits).filter(|_| !digits.contains('_'));
    if let Some(decimal) = decimal
        && !decimal.is_zero()
    {
        return Some(Value::decimal(decimal));
    }
    let nearest = digits.parse::<f64>().ok()?;
    // What is too small for a DECIMAL reads as zero.
    match decimal.or_else(|| Decimal::from_double(nearest)).filter(|decimal| !decimal.is_zero() || nearest == 0.0) {
        Some(decimal) => Some(Value::decimal(decimal)),
        None => Some(Value::text(digits)),
    }
}
