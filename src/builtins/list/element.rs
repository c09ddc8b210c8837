//! What a typed list such as `List:Int()` takes: the one place where elements are converted before they are stored
//! (help page "create list").

use crate::catalogue::Call;
use crate::value::{Aggregate, DateTime, Element, Failure, Kinds, Value};

/// The value as an element of the list: converted when the list is typed, refused when it cannot be. `null` is always
/// taken.
pub(in crate::builtins) fn admitted(
    call: &Call<'_>,
    function: &str,
    list: &Aggregate,
    value: &Value,
) -> Result<Value, Failure> {
    let Some(element) = list.element() else { return Ok(value.clone()) };
    if value.is_null() {
        return Ok(Value::Null);
    }
    convert(call, element, value).ok_or_else(|| Failure::argument(function, kinds(element), value.kind()))
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
        Element::Date => Kinds::DATE,
        Element::Boolean => Kinds::BOOLEAN,
    }
}

fn convert(call: &Call<'_>, element: Element, value: &Value) -> Option<Value> {
    match element {
        Element::Text => match value {
            Value::Text(_) => Some(value.clone()),
            Value::Boolean(_) | Value::Number(_) | Value::Decimal { .. } | Value::DateTime(_) => {
                value.print().ok().map(Value::text)
            }
            _ => None,
        },
        Element::Number => {
            let decimal = value.to_decimal()?;
            decimal.fraction().is_zero().then(|| value.to_number()).flatten().map(Value::Number)
        }
        Element::Decimal => match value {
            Value::Decimal { .. } => Some(value.clone()),
            Value::DateTime(date) => Some(Value::Number(date.milliseconds())),
            _ => value.to_decimal().map(Value::decimal),
        },
        Element::Date => match value {
            Value::DateTime(date) => Some(with_time(date)),
            Value::Number(number) => DateTime::at_milliseconds(*number, &call.environment.dates).map(Value::date),
            Value::Text(text) => DateTime::read(text, &call.environment.dates).ok().map(|date| with_time(&date)),
            _ => None,
        },
        Element::Boolean => match value {
            Value::Boolean(_) => Some(value.clone()),
            Value::Text(text) if text.eq_ignore_ascii_case("true") => Some(Value::Boolean(true)),
            Value::Text(text) if text.eq_ignore_ascii_case("false") => Some(Value::Boolean(false)),
            _ => None,
        },
    }
}

/// A date in a typed list has a time, midnight when it was given none.
fn with_time(date: &DateTime) -> Value {
    Value::date(DateTime::new(date.civil(), true, date.settings()))
}
