//! What `parameters` and `body` put on the wire. They differ for a map: `parameters` makes a form of it, `body`, which
//! came later, a multipart body, unless the content type says otherwise (help page "invokeUrl task").

use bytes::Bytes;
use serde::de::IgnoredAny;

use super::{fields, files};
use crate::http::{Body, Part};
use crate::value::{Aggregate, Failure, Kinds, Value, json};

/// What the script wants to send, by the attribute that says so.
#[derive(Clone, Copy)]
pub(super) enum Content<'a> {
    /// Neither attribute, or parameters that went to the query.
    Nothing,
    /// `parameters` of a request that is no GET.
    Parameters(&'a Value),
    /// `body`
    Body(&'a Value),
}

/// The body of a request.
pub(super) struct Encoder<'a> {
    /// The task, for messages.
    pub task: &'a str,
    /// The content type that the script gave, by attribute or header.
    pub content_type: Option<&'a str>,
    /// Whether a text that is JSON is called so when the script gave no content type.
    pub label_json: bool,
}

impl Encoder<'_> {
    /// The body for the content and the value of `files`.
    pub(super) fn encode(&self, content: Content<'_>, files: Option<&Value>) -> Result<Body, Failure> {
        if let Some(files) = files {
            let mut parts = self.parts_before_files(content)?;
            parts.extend(files::parts(self.task, files)?);
            return Ok(Body::Multipart(parts));
        }
        let (value, is_body) = match content {
            Content::Nothing => return Ok(Body::Empty),
            Content::Parameters(value) => (value, false),
            Content::Body(value) => (value, true),
        };
        match (value, fields::as_map(value)) {
            (_, Some(map)) => self.map(map, is_body),
            (Value::Text(text), _) => Ok(self.raw(self.text_type(text), Bytes::copy_from_slice(text.as_bytes()))),
            (Value::File(file), _) => Ok(self.raw("application/octet-stream", file.borrow().sent_bytes())),
            (other, _) => Err(Failure::argument(self.task, Kinds::TEXT.or(Kinds::MAP).or(Kinds::FILE), other.kind())),
        }
    }

    /// With `files`, a map of the other attribute becomes the parts before them.
    fn parts_before_files(&self, content: Content<'_>) -> Result<Vec<Part>, Failure> {
        let (Content::Parameters(value) | Content::Body(value)) = content else { return Ok(Vec::new()) };
        match fields::as_map(value) {
            Some(map) => files::parts_of_map(map),
            None => Err(Failure::argument(self.task, Kinds::MAP, value.kind())
                .help("together with files, text is sent as a map of part names and texts")),
        }
    }

    fn map(&self, map: &Aggregate, is_body: bool) -> Result<Body, Failure> {
        let given = self.content_type.map(media_type);
        let multipart = match given.as_deref() {
            Some(given) => given.starts_with("multipart/"),
            // A form cannot carry a file, so parameters with one are sent as if multipart had been asked for.
            None => is_body || fields::pairs(map)?.iter().any(|(_, value)| matches!(value, Value::File(_))),
        };
        if multipart {
            return Ok(Body::Multipart(files::parts_of_map(map)?));
        }
        // The page knows only forms and multipart for a map, but neither is what such a label promises.
        if is_body && given.is_some_and(|given| is_json_type(&given)) {
            let mut text = String::new();
            json::write_aggregate(map, &mut text)?;
            return Ok(self.raw("application/json", Bytes::from(text)));
        }
        Ok(Body::Form(fields::texts(map)?))
    }

    fn raw(&self, default_type: &str, bytes: Bytes) -> Body {
        Body::Raw { content_type: self.content_type.unwrap_or(default_type).to_owned(), bytes }
    }

    fn text_type(&self, text: &str) -> &'static str {
        if self.label_json && is_json(text) { "application/json" } else { "text/plain" }
    }
}

/// The media type of a `Content-Type`, without parameters and in lower case.
pub(super) fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// `application/json` and its relatives (RFC 6839, section 3.1).
pub(super) fn is_json_type(media_type: &str) -> bool {
    matches!(media_type, "application/json" | "text/json" | "application/x-json") || media_type.ends_with("+json")
}

/// Whether the text is a JSON object or array.
fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<IgnoredAny>(text).is_ok()
}
