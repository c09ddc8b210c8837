//! What bodies of all tables share: sets of kinds, reading arguments, and the size limit. The machine has checked kind
//! and number of the arguments, so a missing one reads as null.

use std::borrow::Cow;

use crate::catalogue::{Builtin, Call, Category, Evaluate, Gives};
use crate::value::{Aggregate, Data, Failure, Key, Kind, Kinds, Text, Value, json};

/// What is text or has an obvious text.
pub(super) const SCALAR: Kinds = Kinds::TEXT.or(Kinds::NUMBER).or(Kinds::DECIMAL).or(Kinds::BOOLEAN);
/// What text functions take as receiver. Scripts search caught errors as texts.
pub(super) const TEXTUAL: Kinds = SCALAR.or(Kinds::CAUGHT);
/// NUMBER and DECIMAL.
pub(super) const NUMERIC: Kinds = Kinds::NUMBER.or(Kinds::DECIMAL);
/// What counts and positions are given as: quotients are DECIMAL, and scripts use numbers in quotes as indexes.
pub(super) const INDEX: Kinds = NUMERIC.or(Kinds::TEXT);
/// Everything but null.
pub(super) const PRESENT: Kinds = Kinds::ANY.except(Kinds::NULL);
/// LIST without `{}`.
pub(super) const LIST_ONLY: Kinds = Kinds::of(Kind::List);
/// KEY-VALUE without `{}`.
pub(super) const MAP_ONLY: Kinds = Kinds::of(Kind::Map);

/// What most rows have in common; a table names its category, and a row what differs.
pub(super) const ROW: Builtin = Builtin {
    name: "",
    aliases: &[],
    elsewhere: &[],
    category: Category::Text,
    page: "",
    on: Kinds::NONE,
    parameters: &[],
    gathers: false,
    gives: Gives::Value,
    evaluate: Evaluate::Eagerly,
    bare: false,
    about: "",
    examples: &[],
    services: &[],
    absent: None,
    differs: &[],
    not_in_creator: &[],
    see: &[],
    run: without_body,
};

fn without_body(_call: &mut Call<'_>, _arguments: &[Value]) -> Result<Value, Failure> {
    Err(Failure::internal("a built-in has no body"))
}

/// The argument at a position, the receiver being 0; null when it was not given.
pub(super) fn at(arguments: &[Value], position: usize) -> &Value {
    arguments.get(position).unwrap_or(&Value::Null)
}

/// The argument as text.
pub(super) fn text(arguments: &[Value], position: usize) -> Result<Cow<'_, str>, Failure> {
    at(arguments, position).to_text()
}

/// The receiver as a TEXT, which knows its characters.
pub(super) fn receiver_text(arguments: &[Value]) -> Result<Cow<'_, Text>, Failure> {
    match at(arguments, 0) {
        Value::Text(text) => Ok(Cow::Borrowed(text)),
        other => other.printed().map(Cow::Owned),
    }
}

/// The argument as a whole number; decimals are cut.
pub(super) fn whole(function: &str, arguments: &[Value], position: usize) -> Result<i64, Failure> {
    at(arguments, position).to_number().ok_or_else(|| Failure::not_a_number(function))
}

/// Like [`whole`], for an argument that may be left out.
pub(super) fn optional_whole(function: &str, arguments: &[Value], position: usize) -> Result<Option<i64>, Failure> {
    match at(arguments, position) {
        Value::Null => Ok(None),
        _ => whole(function, arguments, position).map(Some),
    }
}

/// The argument as a switch: true, or the text "true", as some pages write it.
pub(super) fn flag(arguments: &[Value], position: usize) -> Option<bool> {
    match at(arguments, position) {
        Value::Boolean(value) => Some(*value),
        Value::Text(text) => Some(text.eq_ignore_ascii_case("true")),
        _ => None,
    }
}

/// The argument as a list, a map, a collection or `{}`.
pub(super) fn aggregate<'a>(function: &str, arguments: &'a [Value], position: usize) -> Result<&'a Aggregate, Failure> {
    match at(arguments, position) {
        Value::Aggregate(aggregate) => Ok(aggregate),
        other => Err(Failure::argument(function, Kinds::LIST.or(Kinds::MAP).or(Kinds::COLLECTION), other.kind())),
    }
}

/// The elements of a list, or the elements or values of a collection, copied.
pub(super) fn items(function: &str, arguments: &[Value], position: usize) -> Result<Vec<Value>, Failure> {
    let list = aggregate(function, arguments, position)?;
    list.items().ok_or_else(|| Failure::argument(function, Kinds::LIST, Kind::Map))
}

/// A list index that must be inside a list of `size` elements.
pub(super) fn inside(index: i64, size: usize) -> Result<usize, Failure> {
    usize::try_from(index).ok().filter(|index| *index < size).ok_or_else(|| Failure::index(index))
}

/// A key to be stored. A container is copied into its key: a map that reached itself through a key could not be printed.
pub(super) fn key_to_store(value: &Value) -> Result<Key, Failure> {
    match value {
        Value::Aggregate(_) => Key::new(&Data::from_value(value)?.to_value()),
        other => Key::new(other),
    }
}

/// Fails when a text of so many bytes is more than a call may make.
pub(super) fn fits(call: &Call<'_>, bytes: usize) -> Result<(), Failure> {
    if bytes > call.largest { Err(Failure::limit_of_texts(call.largest)) } else { Ok(()) }
}

/// Fails when a list or map of so many elements is more than a call may make.
pub(super) fn holds(call: &Call<'_>, elements: usize) -> Result<(), Failure> {
    if elements > call.elements { Err(Failure::limit_of_elements(call.elements)) } else { Ok(()) }
}

/// Fails when so many more elements could take more memory than a call may.
pub(super) fn room(call: &Call<'_>, elements: usize) -> Result<(), Failure> {
    let bytes = elements.saturating_mul(size_of::<Value>());
    if bytes > call.memory { Err(Failure::limit_of_memory(call.memory)) } else { Ok(()) }
}

/// Fails when the values of a JSON text could take more memory than a call may: a short text can hold many empty lists.
pub(super) fn json_fits(call: &Call<'_>, text: &str) -> Result<(), Failure> {
    if json::heft(text.as_bytes()) > call.memory { Err(Failure::limit_of_memory(call.memory)) } else { Ok(()) }
}

/// A text as result, if it is not too large.
pub(super) fn text_result(call: &Call<'_>, text: impl Into<String>) -> Result<Value, Failure> {
    let text = text.into();
    fits(call, text.len())?;
    Ok(Value::text(text))
}

/// The printed form of a value as result, if it is not too large.
pub(super) fn printed(call: &Call<'_>, value: &Value) -> Result<Value, Failure> {
    let text = value.printed()?;
    fits(call, text.len())?;
    Ok(Value::Text(text))
}

/// The number of something counted in memory.
pub(super) fn count(size: usize) -> Value {
    Value::Number(i64::try_from(size).unwrap_or(i64::MAX))
}

/// Letters without the difference between upper and lower case.
pub(super) fn without_case(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}
