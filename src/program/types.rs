//! Declared types of parameters and results. Zoho's editors write them in several ways (`Int`, `long`, `number`); a name
//! that is none of them is a form of a Creator application and takes any value.

use crate::value::{Kind, Value};

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
    /// `map`, `key-value`
    Map,
    /// `list`
    List,
}

impl Type {
    /// The type of a name written in any case.
    pub fn parse(name: &str) -> Type {
        match name.to_ascii_lowercase().as_str() {
            "void" => Type::Void,
            "string" | "text" => Type::Text,
            "int" | "integer" | "long" | "number" | "bigint" => Type::Number,
            "float" | "decimal" | "double" => Type::Decimal,
            "bool" | "boolean" => Type::Boolean,
            "map" => Type::Map,
            "list" => Type::List,
            _ => Type::Any,
        }
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
            Type::Map => "MAP",
            Type::List => "LIST",
        }
    }

    /// Whether a value may stand where this type is declared. `null` may stand everywhere; a DECIMAL without fraction
    /// is a whole number, since every division gives a DECIMAL; anything that prints as one line may be a text.
    #[inline]
    pub fn takes(self, value: &Value) -> bool {
        matches!((self, value), (Type::Number, Value::Number(_)) | (Type::Any | Type::Void, _)) || self.accepts(value)
    }

    /// The value as a value of this type, when that is another one: a number passed as TEXT becomes its digits, a DECIMAL
    /// without fraction passed as NUMBER a whole number. `None` when the value stays as it is.
    pub fn convert(self, value: &Value) -> Option<Value> {
        match (self, value) {
            (_, Value::Null) | (Type::Text, Value::Text(_)) => None,
            (Type::Text, scalar) if !scalar.is_aggregate() => scalar.print().ok().map(Value::text),
            (Type::Number, Value::Decimal(decimal)) => decimal.to_number().map(Value::Number),
            _ => None,
        }
    }

    fn accepts(self, value: &Value) -> bool {
        match self {
            Type::Any | Type::Void => true,
            _ if value.is_null() => true,
            Type::Text => !value.is_aggregate(),
            Type::Number => match value {
                Value::Number(_) => true,
                Value::Decimal(decimal) => decimal.to_number().is_some_and(|whole| decimal.eq_number(whole)),
                _ => false,
            },
            Type::Decimal => matches!(value, Value::Number(_) | Value::Decimal(_)),
            Type::Boolean => matches!(value, Value::Boolean(_)),
            Type::Map => matches!(value.kind(), Kind::Map | Kind::Braces),
            Type::List => matches!(value.kind(), Kind::List | Kind::Braces),
        }
    }
}
