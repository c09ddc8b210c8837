//! The parts of a multipart body: from the `files` attribute in its documented forms, and from maps whose values may be
//! files (help page "invokeUrl task").

use bytes::Bytes;

use super::error::{Error, shown};
use super::fields;
use crate::http::Part;
use crate::value::{Aggregate, Failure, File, Kinds, Value, encode_text};

/// The name of a part that was given none, neither by a map nor by `setParamName`; the page does not say which one Zoho uses.
const DEFAULT_NAME: &str = "file";

/// What an element of `files` may be.
const ELEMENT: Kinds = Kinds::FILE.or(Kinds::TEXT).or(Kinds::MAP);

/// The parts that the value of `files` describes.
pub(super) fn parts(task: &str, value: &Value) -> Result<Vec<Part>, Failure> {
    let mut parts = Vec::new();
    match fields::as_list(value) {
        Some(elements) => {
            for element in &elements {
                add(task, element, ELEMENT, &mut parts)?;
            }
        }
        None => add(task, value, ELEMENT.or(Kinds::LIST), &mut parts)?,
    }
    Ok(parts)
}

/// A part for each pair of a map: files as files, everything else as text.
pub(super) fn parts_of_map(map: &Aggregate) -> Result<Vec<Part>, Failure> {
    fields::pairs(map)?.into_iter().map(|(name, value)| part(name, &value)).collect()
}

fn add(task: &str, element: &Value, allowed: Kinds, parts: &mut Vec<Part>) -> Result<(), Failure> {
    match element {
        Value::File(file) => {
            let file = file.borrow();
            let name = file.parameter_name.clone().unwrap_or_else(|| DEFAULT_NAME.to_owned());
            parts.push(file_part(name, &file));
        }
        Value::Text(_) => parts.push(part(DEFAULT_NAME.to_owned(), element)?),
        other => {
            let map = fields::as_map(other).ok_or_else(|| Failure::argument(task, allowed, other.kind()))?;
            match described(map)? {
                Some(part) => parts.push(part),
                None => parts.extend(parts_of_map(map)?),
            }
        }
    }
    Ok(())
}

/// The part of a map with `paramName` and `content`, or with `param-name` and `param-value` as `invokeapi` writes them.
/// `stringPart` needs no look: the content's kind tells the same.
fn described(map: &Aggregate) -> Result<Option<Part>, Failure> {
    let pairs = fields::pairs(map)?;
    let find = |wanted: &str| pairs.iter().find(|(key, _)| key.eq_ignore_ascii_case(wanted)).map(|(_, value)| value);
    let given = |wanted: &str| find(wanted).filter(|value| !fields::is_blank(value)).map(fields::text).transpose();
    if let Some(name) = find("paramName") {
        return part(fields::text(name)?, find("content").unwrap_or(&Value::Null)).map(Some);
    }
    let Some(name) = find("param-name") else { return Ok(None) };
    let mut part = part(fields::text(name)?, find("param-value").unwrap_or(&Value::Null))?;
    let content_type = given("content-type")?;
    if part.file_name.is_some() {
        part.content_type = content_type.or(part.content_type);
        return Ok(Some(part));
    }
    // Both have their defaults from the help page "invokeAPI task".
    let charset = given("encoding-type")?.unwrap_or_else(|| "UTF-8".to_owned());
    let text = String::from_utf8_lossy(&part.bytes).into_owned();
    let bytes = encode_text(&text, &charset).ok_or_else(|| Error::Charset { given: shown(&charset) })?;
    let content_type = content_type.unwrap_or_else(|| "text/plain".to_owned());
    let names_charset = content_type.to_ascii_lowercase().contains("charset=");
    part.content_type =
        Some(if names_charset { content_type } else { format!("{content_type}; charset={}", charset.trim()) });
    part.bytes = Bytes::from(bytes);
    Ok(Some(part))
}

fn part(name: String, value: &Value) -> Result<Part, Failure> {
    Ok(match value {
        Value::File(file) => file_part(name, &file.borrow()),
        other => Part { name, file_name: None, content_type: None, bytes: Bytes::from(fields::text(other)?) },
    })
}

fn file_part(name: String, file: &File) -> Part {
    Part { name, file_name: Some(file.name.clone()), content_type: file.sent_type(), bytes: file.sent_bytes() }
}
