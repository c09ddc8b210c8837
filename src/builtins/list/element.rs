//! What a typed list such as `List:Int()` takes: the one place where elements are converted before they are stored
//! (help page "create list").

use crate::value::{Aggregate, Element, Failure, Kind, Kinds, Value};

/// The value as an element of the list: converted when the list is typed, refused when it cannot be. `null` is always
/// taken.
pub(in crate::builtins) fn admitted(function: &str, list: &Aggregate, value: &Value) -> Result<Value, Failure> {
    let Some(element) = list.element() else { return Ok(value.clone()) };
    if value.is_null() {
        return Ok(Value::Null);
    }
    convert(element, value).ok_or_else(|| Failure::argument(function, kinds(element), value.kind()))
}

/// Fails when the value is of another type than the elements; a list that is not typed has no such type.
pub(super) fn same_type(function: &str, list: &Aggregate, value: &Value) -> Result<(), Failure> {
    match list.element().map(kinds) {
        Some(kinds) if !kinds.has(value.kind()) && !value.is_null() => {
            Err(Failure::argument(function, kinds, value.kind()))
        }
        _ => Ok(()),
    }
}

fn kinds(element: Element) -> Kinds {
    match element {
        Element::Text => Kinds::TEXT,
        Element::Number => Kinds::NUMBER,
        Element::Decimal => Kinds::DECIMAL.or(Kinds::NUMBER),
        Element::Boolean => Kinds::BOOLEAN,
    }
}

fn convert(element: Element, value: &Value) -> Option<Value> {
    match element {
        Element::Text => match value {
            Value::Text(_) => Some(value.clone()),
            Value::Boolean(_) | Value::Number(_) | Value::Decimal(_) => value.print().ok().map(Value::text),
            _ => None,
        },
        Element::Number => {
            let decimal = value.to_decimal()?;
            decimal.fraction().is_zero().then(|| value.to_number()).flatten().map(Value::Number)
        }
        Element::Decimal => match value.kind() {
            Kind::Decimal => Some(value.clone()),
            _ => value.to_decimal().map(Value::decimal),
        },
        Element::Boolean => match value {
            Value::Boolean(_) => Some(value.clone()),
            Value::Text(text) if text.eq_ignore_ascii_case("true") => Some(Value::Boolean(true)),
            Value::Text(text) if text.eq_ignore_ascii_case("false") => Some(Value::Boolean(false)),
            _ => None,
        },
    }
}
