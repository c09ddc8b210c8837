//! What a miss says: the recorded exchange that is most like what was asked, and where the two differ.

use serde_json::Value;

use super::parts::{Parts, fits, same};

/// How many differences are told.
const MOST_TOLD: usize = 6;

/// The longest part of a value that is shown, in characters.
const LONGEST_SHOWN: usize = 60;

/// How much of a request a recorded one has in common; more is nearer. The kind of effect counts most, then the place,
/// then the rest.
pub(super) fn likeness(recorded: &Parts, asked: &Parts) -> usize {
    let points = |holds: bool, points: usize| if holds { points } else { 0 };
    let steps = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (a, b) = (steps(&recorded.path), steps(&asked.path));
    let common = a.iter().zip(&b).take_while(|(a, b)| a == b).count().min(9);
    points(recorded.kind == asked.kind, 1000)
        + points(fits(&recorded.host, &asked.host), 100)
        + points(fits(&recorded.path, &asked.path), 60)
        + common * 5
        + points(recorded.method == asked.method, 40)
        + 20usize.saturating_sub(query_differences(recorded, asked).len() * 5)
        + 20usize.saturating_sub(body_differences(recorded, asked).len() * 3)
}

/// Where a recorded request and a new one differ, in sentences.
pub(super) fn differences(recorded: &Parts, asked: &Parts) -> Vec<String> {
    let mut found = Vec::new();
    let mut differ = |what: &str, recorded: &str, asked: &str| {
        if !fits(recorded, asked) {
            found.push(told(what, &text(recorded), &text(asked)));
        }
    };
    differ("kind", &recorded.kind, &asked.kind);
    differ("method", &recorded.method, &asked.method);
    differ("host", &recorded.host, &asked.host);
    differ("path", &recorded.path, &asked.path);
    for (name, value) in &asked.headers {
        differ(&format!("header `{name}`"), recorded.headers.get(name).map_or("", String::as_str), value);
    }
    found.extend(query_differences(recorded, asked));
    found.extend(body_differences(recorded, asked));
    let more = found.len().saturating_sub(MOST_TOLD);
    found.truncate(MOST_TOLD);
    if more > 0 {
        found.push(format!("and {more} more"));
    }
    found
}

fn query_differences(recorded: &Parts, asked: &Parts) -> Vec<String> {
    let mut found = Vec::new();
    let value = |query: &[(String, String)], name: &str| {
        let values: Vec<&str> =
            query.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    };
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in recorded.query.iter().chain(&asked.query) {
        if names.contains(&name.as_str()) || names.len() > 50 {
            continue;
        }
        names.push(name);
        match (value(&recorded.query, name), value(&asked.query, name)) {
            (Some(a), Some(b)) if fits(&a, &b) => {}
            (a, b) => {
                let shown = |value: Option<String>| value.map_or_else(|| "nothing".to_owned(), |value| text(&value));
                found.push(told(&format!("query `{name}`"), &shown(a), &shown(b)));
            }
        }
    }
    let order = |query: &[(String, String)]| query.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    if found.is_empty() && order(&recorded.query) != order(&asked.query) {
        found.push("query: the parameters come in another order (`unordered-query` allows that)".to_owned());
    }
    found
}

fn body_differences(recorded: &Parts, asked: &Parts) -> Vec<String> {
    let mut found = Vec::new();
    walk("", &recorded.body, &asked.body, &mut found);
    found
}

fn walk(path: &str, recorded: &Value, asked: &Value, found: &mut Vec<String>) {
    if found.len() > MOST_TOLD || same(recorded, asked) {
        return;
    }
    match (recorded, asked) {
        (Value::Object(a), Value::Object(b)) => {
            let step = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
            for (key, a) in a {
                match b.get(key) {
                    Some(b) => walk(&step(key), a, b, found),
                    None => found.push(told(&format!("body `{}`", step(key)), &shown(a), "nothing")),
                }
            }
            for (key, b) in b.iter().filter(|(key, _)| !a.contains_key(*key)) {
                found.push(told(&format!("body `{}`", step(key)), "nothing", &shown(b)));
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                walk(&format!("{path}[{at}]"), a, b, found);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            let place = if path.is_empty() { "body".to_owned() } else { format!("body `{path}`") };
            found.push(told(&place, &format!("{} elements", a.len()), &format!("{} elements", b.len())));
        }
        (a, b) if path.is_empty() => found.push(told("body", &shown(a), &shown(b))),
        (a, b) => found.push(told(&format!("body `{path}`"), &shown(a), &shown(b))),
    }
}

fn told(what: &str, recorded: &str, asked: &str) -> String {
    format!("{what}: recorded {recorded}, asked {asked}")
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(value) => text(value),
        other => cut(&other.to_string()),
    }
}

fn text(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { format!("\"{}\"", cut(text)) }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
