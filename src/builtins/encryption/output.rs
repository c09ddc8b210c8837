//! How a hash is written. "binary" is not raw bytes but a text of the digits 0 and 1 (help page "SHA256").

use super::error::unknown_output;
use crate::builtins::encoding::hex;
use crate::builtins::support::{at, text};
use crate::value::{Failure, Value};
use ::base64::Engine;
use ::base64::engine::general_purpose::STANDARD;

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Output {
    /// Base64 with padding.
    Base64,
    /// Hexadecimal digits in lower case.
    Hex,
    /// Eight digits 0 or 1 for each byte.
    Binary,
}

impl Output {
    /// The form that an argument names, in any case; the first of `known` when it was left out.
    pub(super) fn of(function: &str, known: &[Self], arguments: &[Value], position: usize) -> Result<Self, Failure> {
        let wanted = match at(arguments, position) {
            Value::Null => known.first().copied(),
            _ => {
                let name = text(arguments, position)?;
                known.iter().copied().find(|output| output.name().eq_ignore_ascii_case(name.trim()))
            }
        };
        wanted.ok_or_else(|| unknown_output(function, &known.iter().map(|output| output.name()).collect::<Vec<_>>()))
    }

    /// Writes a hash.
    pub(super) fn write(self, hash: &[u8]) -> Value {
        Value::text(match self {
            Output::Base64 => STANDARD.encode(hash),
            Output::Hex => hex::digits(hash),
            Output::Binary => hash.iter().map(|byte| format!("{byte:08b}")).collect(),
        })
    }

    fn name(self) -> &'static str {
        match self {
            Output::Base64 => "base64",
            Output::Hex => "hex",
            Output::Binary => "binary",
        }
    }
}
