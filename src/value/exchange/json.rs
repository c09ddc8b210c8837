//! `serde_json::Value`, for programs that have one. The rules are those of the view; here nothing can fail.

use serde_json::Value as Json;

use super::view::{iso, key_text};
use crate::value::Data;
use crate::value::json::number;
use crate::value::print::MAX_DEPTH;

/// Numbers keep their digits; those that not even a DECIMAL holds become TEXT. Lists print as JSON. What is nested deeper
/// than 200 levels becomes null.
impl From<Json> for Data {
    fn from(json: Json) -> Self {
        data_of(json, 0)
    }
}

/// As [`Data`] says: decimals are numbers with their digits, dates texts of RFC 3339, files `{name, type, size}`, keys their
/// printed form. What is nested deeper than 200 levels becomes null.
impl From<&Data> for Json {
    fn from(data: &Data) -> Self {
        json_of(data, 0)
    }
}

/// As for a reference.
impl From<Data> for Json {
    fn from(data: Data) -> Self {
        json_of(&data, 0)
    }
}

fn data_of(json: Json, depth: usize) -> Data {
    match json {
        Json::Null => Data::Null,
        Json::Bool(value) => Data::Boolean(value),
        Json::Number(digits) => {
            number(&digits.to_string()).and_then(|value| Data::from_value(&value).ok()).unwrap_or_default()
        }
        Json::String(text) => Data::Text(text),
        Json::Array(_) | Json::Object(_) if depth >= MAX_DEPTH => Data::Null,
        Json::Array(items) => {
            Data::List { items: items.into_iter().map(|item| data_of(item, depth + 1)).collect(), from_json: true }
        }
        Json::Object(pairs) => {
            Data::Map(pairs.into_iter().map(|(key, value)| (Data::Text(key), data_of(value, depth + 1))).collect())
        }
    }
}

fn json_of(data: &Data, depth: usize) -> Json {
    match data {
        Data::Null => Json::Null,
        Data::Boolean(value) => Json::Bool(*value),
        Data::Number(number) => Json::from(*number),
        Data::Decimal(decimal) => decimal.to_string().parse().map_or(Json::Null, Json::Number),
        Data::Text(text) => Json::String(text.clone()),
        Data::DateTime(date) => Json::String(iso(date)),
        Data::Time(time) => Json::String(time.print()),
        Data::Braces => Json::Object(serde_json::Map::new()),
        Data::File(file) => {
            serde_json::json!({"name": file.name, "type": file.content_type, "size": file.bytes.len()})
        }
        _ if depth >= MAX_DEPTH => Json::Null,
        Data::List { items, .. } | Data::Elements(items) => {
            Json::Array(items.iter().map(|item| json_of(item, depth + 1)).collect())
        }
        Data::Map(pairs) | Data::Pairs(pairs) => {
            Json::Object(pairs.iter().map(|(key, value)| (key_text(key), json_of(value, depth + 1))).collect())
        }
    }
}
