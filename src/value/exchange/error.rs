//! Why data and a Rust type do not fit, and where. The place is built on the way out, from the innermost part.

use std::fmt::{self, Display};

use serde::de::{Expected, Unexpected};

use crate::value::Data;

/// Data and a Rust type that do not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversionError {
    path: String,
    message: String,
}

impl ConversionError {
    pub(in crate::value) fn new(message: impl Into<String>) -> Self {
        Self { path: String::new(), message: message.into() }
    }

    /// What was wanted, and what is there.
    pub(in crate::value) fn mismatch(expected: impl Display, found: &Data) -> Self {
        Self::new(format!("expected {expected}, found {}", described(found)))
    }

    pub(super) fn too_deep() -> Self {
        Self::new("it is nested deeper than 200 levels")
    }

    pub(super) fn at_index(self, index: usize) -> Self {
        Self { path: format!("[{index}]{}", self.path), ..self }
    }

    pub(super) fn at_key(self, key: &str) -> Self {
        let is_plain = !key.is_empty() && key.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        let step = if is_plain { format!(".{key}") } else { format!("[{:?}]", shortened(key)) };
        Self { path: step + &self.path, ..self }
    }

    /// Where: `lines[3].price`; empty for the whole.
    pub fn path(&self) -> &str {
        self.path.strip_prefix('.').unwrap_or(&self.path)
    }

    /// What is wrong there.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl Display for ConversionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path() {
            "" => f.write_str(&self.message),
            path => write!(f, "{path}: {}", self.message),
        }
    }
}

impl std::error::Error for ConversionError {}

impl serde::ser::Error for ConversionError {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}

impl serde::de::Error for ConversionError {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}, found {}", unexpected(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }
}

/// What serde's generated code met, in the language's words.
fn unexpected(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => described(&Data::Boolean(value)),
        Unexpected::Unsigned(number) => format!("NUMBER {number}"),
        Unexpected::Signed(number) => format!("NUMBER {number}"),
        Unexpected::Float(number) => format!("DECIMAL {number}"),
        Unexpected::Str(text) => format!("TEXT {:?}", shortened(text)),
        Unexpected::Unit | Unexpected::Option => "null".to_owned(),
        Unexpected::Seq => "a LIST".to_owned(),
        Unexpected::Map => "a KEY-VALUE".to_owned(),
        Unexpected::Bytes(_) => "a FILE".to_owned(),
        other => other.to_string(),
    }
}

fn described(data: &Data) -> String {
    let print = || data.print().unwrap_or_default();
    match data {
        Data::Null => "null".to_owned(),
        Data::Boolean(value) => format!("BOOLEAN {value}"),
        Data::Number(number) => format!("NUMBER {number}"),
        Data::Decimal(decimal) => format!("DECIMAL {decimal}"),
        Data::Text(text) => format!("TEXT {:?}", shortened(text)),
        Data::DateTime(_) => format!("DATE-TIME {}", print()),
        Data::Time(_) => format!("TIME {}", print()),
        Data::List { .. } => "a LIST".to_owned(),
        Data::Map(_) => "a KEY-VALUE".to_owned(),
        Data::Braces => "an empty `{}`".to_owned(),
        Data::Elements(_) | Data::Pairs(_) => "a COLLECTION".to_owned(),
        Data::File(file) => format!("the FILE {:?}", shortened(&file.name)),
    }
}

/// Enough of a text to know it again.
fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        None => text.to_owned(),
    }
}
