//! Values taken as another kind where that is certain: numbers as decimals, indexes, texts.

use std::borrow::Cow;

use super::{Decimal, Failure, Value};

impl Value {
    /// NUMBER and DECIMAL as a decimal; `None` for every other kind.
    #[inline]
    pub fn as_decimal(&self) -> Option<Decimal> {
        match self {
            Value::Number(number) => Some(Decimal::from(*number)),
            Value::Decimal { flags, high, low } => Some(Decimal::from_parts(*flags, *high, *low)),
            _ => None,
        }
    }

    /// A number, or a text that holds one, as a decimal.
    pub fn to_decimal(&self) -> Option<Decimal> {
        match self {
            Value::Text(text) => numeric(text.as_str()),
            other => other.as_decimal(),
        }
    }

    /// A number, or a text that holds one, cut to a whole number of 64 bits.
    #[inline]
    pub fn to_number(&self) -> Option<i64> {
        match self {
            Value::Number(number) => Some(*number),
            Value::Text(text) => number_in(text.as_str()),
            other => other.as_decimal()?.to_number(),
        }
    }

    /// The text of a TEXT without copying, the printed form of anything else.
    pub fn to_text(&self) -> Result<Cow<'_, str>, Failure> {
        match self {
            Value::Text(text) => Ok(Cow::Borrowed(text.as_str())),
            other => other.print().map(Cow::Owned),
        }
    }
}

fn number_in(text: &str) -> Option<i64> {
    let digits = text.trim();
    digits.parse().ok().or_else(|| numeric(digits)?.to_number())
}

/// Digits with an optional sign and point, blanks around them allowed; no exponent, no separators.
fn numeric(text: &str) -> Option<Decimal> {
    let digits = text.trim();
    let plain = digits.strip_prefix(['-', '+']).unwrap_or(digits);
    let is_number = plain.bytes().any(|byte| byte.is_ascii_digit())
        && plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && plain.bytes().filter(|byte| *byte == b'.').count() <= 1;
    is_number.then(|| Decimal::parse(digits)).flatten()
}
