//! What of a request is compared, taken apart: JSON bodies as JSON, forms by their fields, addresses by host, path and
//! query. A mask stands for whatever was there: the recorded secret is gone, and the new one may be another.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::asked::{Asked, AskedBody, AskedPart};
use super::clean::{MASK, is_json};
use super::content::Content;
use super::matchers::{Ignored, Matchers, Query};

/// The compared parts of a request; what is not compared is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parts {
    pub kind: String,
    pub method: String,
    /// Scheme, host and port.
    pub host: String,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub headers: BTreeMap<String, String>,
    pub body: Value,
}

impl Parts {
    /// Takes apart what was asked.
    pub(super) fn of(asked: &Asked, matchers: &Matchers) -> Self {
        let mut parts = Parts { kind: asked.kind().to_owned(), ..Parts::default() };
        match asked {
            Asked::Other(_, what) if matchers.body => parts.body = what.clone(),
            Asked::Other(..) => {}
            Asked::Request(request) => {
                if matchers.method {
                    parts.method.clone_from(&request.method);
                }
                let (host, path, query) = split(&request.url);
                if matchers.host {
                    parts.host = host;
                }
                if matchers.path {
                    parts.path = path;
                }
                parts.query = query_of(&query, matchers);
                for name in &matchers.headers {
                    let values: Vec<&str> = request
                        .headers
                        .iter()
                        .filter(|(known, _)| known.eq_ignore_ascii_case(name))
                        .map(|(_, value)| value.as_str())
                        .collect();
                    parts.headers.insert(name.clone(), values.join(", "));
                }
                if matchers.body {
                    let content_type =
                        request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
                    parts.body = body_of(&request.body, content_type.map_or("", |(_, value)| value));
                }
            }
        }
        for ignored in &matchers.ignored {
            match ignored {
                Ignored::Query(_) => {}
                Ignored::Header(name) => drop(parts.headers.remove(name)),
                Ignored::Body(path) => leave_out(&mut parts.body, path),
            }
        }
        parts
    }

    /// The same text for the same parts, to find them by.
    pub(super) fn key(&self) -> String {
        let sorted = sorted(&self.body);
        json!([self.kind, self.method, self.host, self.path, self.query, self.headers, sorted]).to_string()
    }

    /// Whether a recorded request answers a new one.
    pub(super) fn answers(&self, asked: &Parts) -> bool {
        self.kind == asked.kind
            && self.method == asked.method
            && fits(&self.host, &asked.host)
            && fits(&self.path, &asked.path)
            && self.query.len() == asked.query.len()
            && self.query.iter().zip(&asked.query).all(|(a, b)| fits(&a.0, &b.0) && fits(&a.1, &b.1))
            && self.headers.len() == asked.headers.len()
            && self.headers.iter().zip(&asked.headers).all(|(a, b)| a.0 == b.0 && fits(a.1, b.1))
            && same(&self.body, &asked.body)
    }
}

/// Whether two texts are equal where neither has a mask, and whatever stands at masks.
pub(super) fn fits(recorded: &str, asked: &str) -> bool {
    recorded == asked || covers(recorded, asked) || covers(asked, recorded)
}

/// Whether two values are equal but for masks. As deep as JSON is read, which is limited.
pub(super) fn same(recorded: &Value, asked: &Value) -> bool {
    match (recorded, asked) {
        (Value::String(a), Value::String(b)) => fits(a, b),
        // A secret number leaves a text behind.
        (Value::String(text), Value::Number(_)) | (Value::Number(_), Value::String(text)) => text == MASK,
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}

/// Whether a text is the pattern with each mask in it replaced by something.
fn covers(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split(MASK);
    let Some(rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, between)) = pieces.split_last() else { return rest.is_empty() };
    let mut rest = rest;
    for piece in between {
        match rest.find(piece) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Host, path and query of an address as text. User name and password are left out, and so is what stands behind `#`,
/// which is never sent.
fn split(url: &str) -> (String, String, String) {
    let url = url.split('#').next().unwrap_or_default();
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let host = authority.rsplit('@').next().unwrap_or_default();
    (format!("{scheme}://{host}"), path.to_owned(), query.to_owned())
}

fn query_of(query: &str, matchers: &Matchers) -> Vec<(String, String)> {
    if matchers.query == Query::Free {
        return Vec::new();
    }
    let is_ignored =
        |name: &str| matchers.ignored.iter().any(|one| matches!(one, Ignored::Query(known) if known == name));
    let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
    let mut pairs: Vec<(String, String)> = pairs.filter(|(name, _)| !is_ignored(name)).collect();
    if matchers.query == Query::Unordered {
        pairs.sort();
    }
    pairs
}

fn body_of(body: &AskedBody, header: &str) -> Value {
    match body {
        AskedBody::Empty => Value::Null,
        AskedBody::Raw(content_type, content) => {
            let media_type = if header.is_empty() { content_type } else { header };
            let is_form = media_type.trim_start().to_ascii_lowercase().starts_with("application/x-www-form-urlencoded");
            match content.text() {
                Some(text) if is_form => fields(
                    url::form_urlencoded::parse(text.as_bytes()).map(|(name, value)| (name.into(), value_of(&value))),
                ),
                _ => content_of(content),
            }
        }
        AskedBody::Form(form) => fields(form.iter().map(|(name, content)| (name.clone(), content_of(content)))),
        AskedBody::Parts(parts) => fields(parts.iter().map(|part| (part.name.clone(), part_of(part)))),
    }
}

fn part_of(part: &AskedPart) -> Value {
    match &part.file_name {
        None => content_of(&part.content),
        Some(name) => json!({"file": name, "type": part.content_type, "content": content_of(&part.content)}),
    }
}

/// Fields by name; one that comes several times has a list of its values in order.
fn fields(all: impl Iterator<Item = (String, Value)>) -> Value {
    let mut object = Map::new();
    let mut repeated: Vec<String> = Vec::new();
    for (name, value) in all {
        match object.get_mut(&name) {
            None => drop(object.insert(name, value)),
            Some(Value::Array(values)) if repeated.contains(&name) => values.push(value),
            Some(known) => {
                *known = json!([known.take(), value]);
                repeated.push(name);
            }
        }
    }
    Value::Object(object)
}

fn content_of(content: &Content) -> Value {
    match content {
        Content::Json(value, _) => value.clone(),
        Content::Text(text) => value_of(text),
        Content::Stored { hash, bytes, .. } => match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => value_of(text),
            _ => json!({"sha256": hash}),
        },
    }
}

/// JSON as JSON, every other text as itself.
fn value_of(text: &str) -> Value {
    let parsed = if is_json(text) { serde_json::from_str(text).ok() } else { None };
    parsed.unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Removes the field of a path, at every place that it leads to.
fn leave_out(value: &mut Value, path: &[String]) {
    let Some((step, rest)) = path.split_first() else { return };
    match value {
        Value::Object(fields) if rest.is_empty() && step == "*" => fields.clear(),
        Value::Object(fields) if rest.is_empty() => drop(fields.shift_remove(step)),
        Value::Object(fields) if step == "*" => fields.values_mut().for_each(|value| leave_out(value, rest)),
        Value::Object(fields) => fields.get_mut(step).into_iter().for_each(|value| leave_out(value, rest)),
        Value::Array(items) if step == "*" && rest.is_empty() => items.clear(),
        Value::Array(items) if step == "*" => items.iter_mut().for_each(|item| leave_out(item, rest)),
        Value::Array(items) => {
            let item = step.parse::<usize>().ok().and_then(|at| items.get_mut(at));
            match item {
                // An element keeps its place, so that those behind it keep theirs.
                Some(item) if rest.is_empty() => *item = Value::Null,
                Some(item) => leave_out(item, rest),
                None => {}
            }
        }
        _ => {}
    }
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut pairs: Vec<(&String, &Value)> = fields.iter().collect();
            pairs.sort_by_key(|(key, _)| *key);
            Value::Object(pairs.into_iter().map(|(key, value)| (key.clone(), sorted(value))).collect())
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}
