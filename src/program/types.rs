//! Declared types of parameters and results. Zoho's editors write them in several ways (`Int`, `long`, `number`); a name
//! that is none of them is a form of a Creator application and takes any value.

use std::sync::Arc;

use crate::value::{DateSettings, DateTime, Kind, Value};

/// A declared type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Not declared, or a type that is not checked.
    Any,
    /// `void`
    Void,
    /// `string`, `text`
    Text,
    /// `int`, `long`, `number`, `bigint`
    Number,
    /// `float`, `decimal`, `double`
    Decimal,
    /// `bool`, `boolean`
    Boolean,
    /// `date`, `datetime`, `timestamp`
    Date,
    /// `map`, `key-value`
    Map,
    /// `list`
    List,
    /// `collection`
    Collection,
}

impl Type {
    /// The type of a name written in any case.
    pub fn parse(name: &str) -> Type {
        const NAMES: [(&[&str], Type); 9] = [
            (&["void"], Type::Void),
            (&["string", "text"], Type::Text),
            (&["int", "integer", "long", "number", "bigint"], Type::Number),
            (&["float", "decimal", "double"], Type::Decimal),
            (&["bool", "boolean"], Type::Boolean),
            (&["date", "datetime", "date-time", "timestamp"], Type::Date),
            (&["map"], Type::Map),
            (&["list"], Type::List),
            (&["collection"], Type::Collection),
        ];
        let is_named = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        NAMES.iter().find(|(names, _)| is_named(names)).map_or(Type::Any, |(_, of)| *of)
    }

    /// Whether the name of a type is none that the language has, and so that of a form.
    pub fn is_form(name: &str) -> bool {
        const OTHERS: [&str; 5] = ["file", "time", "key-value", "var", "object"];
        Type::parse(name) == Type::Any && !OTHERS.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// The name in Zoho's messages.
    pub fn name(self) -> &'static str {
        match self {
            Type::Any => "ANY",
            Type::Void => "VOID",
            Type::Text => "STRING",
            Type::Number => "BIGINT",
            Type::Decimal => "DECIMAL",
            Type::Boolean => "BOOLEAN",
            Type::Date => "DATE",
            Type::Map => "MAP",
            Type::List => "LIST",
            Type::Collection => "COLLECTION",
        }
    }

    /// Whether a value is of this type as it is: what almost every call passes.
    #[inline(always)]
    pub fn is_plain(self, value: &Value) -> bool {
        matches!(
            (self, value),
            (Type::Any | Type::Void, _) | (Type::Number, Value::Number(_)) | (Type::Text, Value::Text(_))
        )
    }

    /// A value as one of this type, or nothing when it may not stand where the type is declared. `null` may stand
    /// everywhere; a number passed as TEXT becomes its digits; a DECIMAL without fraction passed as NUMBER becomes a
    /// whole number, since every division gives a DECIMAL; a TEXT passed as DATE becomes the date that it names; a list or
    /// map passed as COLLECTION becomes one, a copy.
    pub fn admit(self, value: &Value, dates: &Arc<DateSettings>) -> Option<Value> {
        let fits = match self {
            Type::Any | Type::Void => true,
            _ if value.is_null() => true,
            Type::Text => match value {
                Value::Text(_) => true,
                scalar if !scalar.is_aggregate() => return scalar.print().ok().map(Value::text),
                _ => false,
            },
            Type::Number => match value {
                Value::Number(_) => true,
                other => {
                    let decimal = other.as_decimal()?;
                    return decimal.to_number().filter(|whole| decimal.eq_number(*whole)).map(Value::Number);
                }
            },
            Type::Decimal => matches!(value, Value::Number(_) | Value::Decimal { .. }),
            Type::Boolean => matches!(value, Value::Boolean(_)),
            Type::Date => match value {
                Value::Text(text) => return DateTime::read(text, dates).ok().map(Value::date),
                other => matches!(other, Value::DateTime(_)),
            },
            Type::Map => matches!(value.kind(), Kind::Map | Kind::Braces),
            Type::List => matches!(value.kind(), Kind::List | Kind::Braces),
            // `{…}` is written for a collection, too.
            Type::Collection => match value {
                Value::Aggregate(aggregate) if aggregate.is_collection() => true,
                Value::Aggregate(aggregate) => return Some(Value::collection(aggregate.borrow().clone())),
                _ => false,
            },
        };
        fits.then(|| value.clone())
    }

    /// The NUMBER, DECIMAL or BOOLEAN that a TEXT from outside the scripts names, where ids and amounts often are texts. Between
    /// functions of scripts such a TEXT is refused.
    pub fn named_by(self, text: &str) -> Option<Value> {
        let text = text.trim();
        match self {
            Type::Number => text.parse().ok().map(Value::Number),
            Type::Decimal => Value::text(text).to_decimal().map(Value::decimal),
            Type::Boolean if text.eq_ignore_ascii_case("true") => Some(Value::Boolean(true)),
            Type::Boolean if text.eq_ignore_ascii_case("false") => Some(Value::Boolean(false)),
            _ => None,
        }
    }
}
