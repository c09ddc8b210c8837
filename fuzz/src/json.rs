//! What is read as JSON can be written, is JSON to everybody else, and is read as what it was.

use sluice::value::{Value, json};

use super::in_time;

/// Reads the bytes as JSON, strictly and leniently.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let strict = in_time(|| json::parse(&text)).ok();
    let lenient = in_time(|| json::parse_lenient(&text)).ok();
    if let Some(strict) = strict {
        keeps(&strict);
        let lenient = lenient.as_ref().unwrap_or_else(|| panic!("JSON is refused by the lenient reader"));
        assert!(lenient.strictly_equals(&strict), "the readers do not agree");
    }
    if let Some(lenient) = lenient {
        keeps(&lenient);
    }
}

fn keeps(value: &Value) {
    let text = written(value);
    let others: Result<serde_json::Value, _> = serde_json::from_str(&text);
    assert!(others.is_ok(), "what was written is no JSON: {text}");
    let again = json::parse(&text).unwrap_or_else(|failure| panic!("{failure:?}: {text}"));
    assert!(again.strictly_equals(value), "what was written is something else: {text}");
    assert_eq!(written(&again), text);
    let _ = value.print();
}

fn written(value: &Value) -> String {
    let mut out = String::new();
    json::write(value, &mut out).unwrap_or_else(|failure| panic!("what was read cannot be written: {failure:?}"));
    out
}
