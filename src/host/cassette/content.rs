//! The content of a body as a cassette keeps it: a JSON body as JSON, a short text as its lines, everything else as a file
//! beside, named by the hash of its bytes, so that the same content is kept once and a changed one is noticed.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::clean::{Cleaner, MASK};
use super::layout::Layout;

/// Longer texts are kept as files.
const LONGEST_INLINE: usize = 64 * 1024;

/// The content of a body, cleaned.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    /// A text; empty for no body.
    Text(String),
    /// A JSON object or array.
    Json(Value, Layout),
    /// Bytes in a file of their own.
    Stored {
        /// SHA-256 in hexadecimal.
        hash: String,
        /// The bytes.
        bytes: Bytes,
        /// The media type, for readers.
        media_type: String,
    },
}

/// Bodies in files of their own, by hash.
pub(super) type Bodies = BTreeMap<String, Bytes>;

impl Content {
    /// Cleans a body.
    pub(super) fn of(bytes: &Bytes, media_type: &str, cleaner: &Cleaner) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => Self::of_clean_text(cleaner.body(text), media_type),
            _ => Self::stored(Bytes::from(cleaner.bytes(bytes)), media_type),
        }
    }

    /// Cleans the value of a field.
    pub(super) fn of_field(name: &str, value: &str, cleaner: &Cleaner) -> Self {
        Self::of_clean_text(cleaner.named(name, value), "text/plain")
    }

    /// A mask in place of a whole body.
    pub(super) fn masked() -> Self {
        Content::Text(MASK.to_owned())
    }

    fn of_clean_text(text: String, media_type: &str) -> Self {
        if text.len() > LONGEST_INLINE {
            return Self::stored(Bytes::from(text), media_type);
        }
        match Layout::of(&text) {
            Some((value, layout)) => Content::Json(value, layout),
            None => Content::Text(text),
        }
    }

    fn stored(bytes: Bytes, media_type: &str) -> Self {
        Content::Stored { hash: hash(&bytes), bytes, media_type: media_type.to_owned() }
    }

    /// The bytes.
    pub(super) fn bytes(&self) -> Bytes {
        match self {
            Content::Text(text) => Bytes::from(text.clone()),
            Content::Json(value, layout) => Bytes::from(layout.write(value)),
            Content::Stored { bytes, .. } => bytes.clone(),
        }
    }

    /// The bytes as text, where they are one.
    pub(super) fn text(&self) -> Option<String> {
        String::from_utf8(self.bytes().to_vec()).ok()
    }

    /// As it stands in a file; bytes of their own join `bodies`.
    pub(super) fn write(&self, bodies: &mut Bodies) -> Value {
        match self {
            Content::Text(text) if !text.contains('\n') => json!(text),
            Content::Text(text) => json!({"text": text.split('\n').collect::<Vec<_>>()}),
            Content::Json(value, layout) => json!({"layout": layout.name(), "json": value}),
            Content::Stored { hash, bytes, media_type } => {
                bodies.insert(hash.clone(), bytes.clone());
                json!({"sha256": hash, "bytes": bytes.len(), "type": media_type})
            }
        }
    }

    /// Reads what [`Content::write`] wrote, or a person changed. The error is a sentence.
    pub(super) fn read(value: &Value, bodies: &Bodies) -> Result<Self, String> {
        match value {
            Value::String(text) => Ok(Content::Text(text.clone())),
            Value::Object(fields) if fields.contains_key("json") => read_json(fields),
            Value::Object(fields) if fields.contains_key("text") => {
                known_keys(fields, &["text"])?;
                let lines =
                    fields.get("text").and_then(Value::as_array).ok_or("`text` of a body is a list of lines")?;
                let lines: Option<Vec<&str>> = lines.iter().map(Value::as_str).collect();
                Ok(Content::Text(lines.ok_or("each line of a body is a text")?.join("\n")))
            }
            Value::Object(fields) if fields.contains_key("sha256") => {
                known_keys(fields, &["sha256", "bytes", "type"])?;
                let hash = fields.get("sha256").and_then(Value::as_str).unwrap_or_default();
                let bytes = bodies.get(hash).ok_or("a body names no file of the folder `bodies`")?;
                let media_type = fields.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
                Ok(Content::Stored { hash: hash.to_owned(), bytes: bytes.clone(), media_type })
            }
            _ => Err("a body is a text, or has `json`, `text` or `sha256`".to_owned()),
        }
    }
}

fn read_json(fields: &Map<String, Value>) -> Result<Content, String> {
    known_keys(fields, &["json", "layout"])?;
    let layout = match fields.get("layout") {
        None => Layout::named("compact"),
        Some(name) => name.as_str().and_then(Layout::named),
    };
    let layout = layout.ok_or("the `layout` of a body is not known")?;
    Ok(Content::Json(fields.get("json").cloned().unwrap_or_default(), layout))
}

/// The hash by which a body is named.
pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every hash that a document names, so that its files can be read before the document is.
pub(super) fn hashes(document: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut left = vec![document];
    while let Some(value) = left.pop() {
        match value {
            Value::Object(fields) => {
                let is_reference = fields.contains_key("bytes") && fields.len() <= 3;
                found.extend(fields.get("sha256").filter(|_| is_reference).and_then(Value::as_str));
                left.extend(fields.values());
            }
            Value::Array(items) => left.extend(items),
            _ => {}
        }
    }
    found
}

fn known_keys(fields: &Map<String, Value>, known: &[&str]) -> Result<(), String> {
    match fields.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(format!("a body has no `{key}`")),
        None => Ok(()),
    }
}
