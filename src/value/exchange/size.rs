//! What goes into a NUMBER, a DECIMAL or neither.

use std::fmt::Display;

use super::ConversionError;
use crate::value::{Data, Decimal};

/// A whole number of any size; an error beyond 28 digits.
pub(super) fn whole<N: TryInto<i64> + Display + Copy>(number: N) -> Result<Data, ConversionError> {
    match number.try_into() {
        Ok(number) => Ok(Data::Number(number)),
        Err(_) => Decimal::parse(&number.to_string())
            .filter(|decimal| decimal.to_string() == number.to_string())
            .map(Data::Decimal)
            .ok_or_else(|| ConversionError::new(format!("{number} has more digits than a DECIMAL can hold"))),
    }
}

/// A floating-point number by its shortest digits, which differ for the two widths.
pub(super) fn float<N: Into<f64> + Display + Copy>(number: N) -> Result<Data, ConversionError> {
    if !number.into().is_finite() {
        return Err(ConversionError::new(format!("{number} is no number that a DECIMAL can hold")));
    }
    Decimal::parse(&number.to_string())
        .map(Data::Decimal)
        .ok_or_else(|| ConversionError::new(format!("{:e} is beyond what a DECIMAL can hold", number.into())))
}
