//! How values stand in forms, queries and headers: texts as they are, null as nothing, and a list or map as its JSON
//! text, so that a map under `JSONString` and the same map's `toString()` are the same on the wire (help page
//! "invokeUrl task", example 2).

use crate::value::{Aggregate, Contents, Failure, Key, Kind, Value, json};

/// The text of one value.
pub(super) fn text(value: &Value) -> Result<String, Failure> {
    match value {
        Value::Null => Ok(String::new()),
        Value::Aggregate(aggregate) => {
            let mut out = String::new();
            json::write_aggregate(aggregate, &mut out)?;
            Ok(out)
        }
        other => other.print(),
    }
}

/// The pairs of a map, their keys as texts; none for `{}` and anything that is no map. `{"":""}`, with which scripts skip
/// an argument, counts as no pair.
pub(super) fn pairs(map: &Aggregate) -> Result<Vec<(String, Value)>, Failure> {
    let contents = map.borrow();
    let Contents::Map(map) = &*contents else { return Ok(Vec::new()) };
    let mut pairs = Vec::with_capacity(map.len());
    for (key, value) in map {
        let key = match key {
            Key::Text(key) => key.to_string(),
            Key::Number(number) => number.to_string(),
            Key::Other(other) => text(&other.value)?,
        };
        if !(key.is_empty() && is_blank(value)) {
            pairs.push((key, value.clone()));
        }
    }
    Ok(pairs)
}

/// The pairs of a map with their values as texts.
pub(super) fn texts(map: &Aggregate) -> Result<Vec<(String, String)>, Failure> {
    pairs(map)?.into_iter().map(|(key, value)| Ok((key, text(&value)?))).collect()
}

/// Whether this is null or a text of blanks.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.as_str().trim().is_empty(),
        _ => false,
    }
}

/// The aggregate, when the value is a map, a collection of pairs or `{}`.
pub(super) fn as_map(value: &Value) -> Option<&Aggregate> {
    match value {
        Value::Aggregate(aggregate) if aggregate.contents_kind() != Kind::List => Some(aggregate),
        _ => None,
    }
}

/// The elements, when the value is a list or a collection of elements.
pub(super) fn as_list(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Aggregate(aggregate) if aggregate.contents_kind() == Kind::List => aggregate.items(),
        _ => None,
    }
}
