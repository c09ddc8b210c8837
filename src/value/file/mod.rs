//! FILE: bytes with a name and a type. Like a list, a file is one object that several variables can hold: `setFileName`
//! and its siblings give nothing back and change the file itself, so every variable sees the new name (help page
//! "setFileName"). What is set for sending (type, charset, name of the form field) never touches the content.

mod charset;
mod media_type;
mod rows;

use std::cell::{Ref, RefCell};

use bytes::Bytes;

use super::Shared;
pub use charset::{decode_text, encode_text, is_charset};
pub use media_type::media_type_of;

/// A file's content, what it is called, and how it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name, without folders.
    pub name: String,
    /// The media type, for example `image/png`, or what a script set instead: `pdf`.
    pub content_type: String,
    /// The content.
    pub bytes: Bytes,
    /// The charset that the content is written in, if a server named one; UTF-8 otherwise.
    pub charset: Option<String>,
    /// The charset that a text is sent in, set by the script. The content stays as it is.
    pub sent_charset: Option<String>,
    /// The form field that the file is sent as, set by the script.
    pub parameter_name: Option<String>,
}

impl File {
    /// A file of which nothing more is known.
    pub fn new(name: impl Into<String>, content_type: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            name: name.into(),
            content_type: content_type.into(),
            bytes: bytes.into(),
            charset: None,
            sent_charset: None,
            parameter_name: None,
        }
    }

    /// A file whose type is told by the ending of its name; without a known ending, text and other bytes are told apart
    /// by whether the content is UTF-8.
    pub fn named(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        let (name, bytes) = (name.into(), bytes.into());
        let otherwise = if std::str::from_utf8(&bytes).is_ok() { "text/plain" } else { "application/octet-stream" };
        let content_type = ending(&name).and_then(media_type_of).unwrap_or(otherwise);
        Self::new(name, content_type, bytes)
    }

    /// The content as text in the charset that the server named, else in the one that its first bytes tell, else UTF-8;
    /// bytes that are no text become replacement characters (help page "getFileContent": images give junk).
    pub fn text(&self) -> String {
        charset::decode(&self.bytes, self.charset.as_deref())
    }

    /// The bytes that are sent: the content, or a text written anew in the charset that was set (help page
    /// "setCharset"). Content that is no text is sent as it is whatever was set.
    pub fn sent_bytes(&self) -> Bytes {
        let encoded = self.sent_charset.as_deref().filter(|_| self.is_text()).and_then(|wanted| {
            let text = charset::decode_exactly(&self.bytes, self.charset.as_deref())?;
            charset::encode(&text, wanted)
        });
        encoded.map_or_else(|| self.bytes.clone(), Bytes::from)
    }

    /// The media type that the file is sent as, with the charset that was set for a text; `None` when there is none.
    /// A type such as `pdf` is sent as `application/pdf` (help page "setFileType").
    pub fn sent_type(&self) -> Option<String> {
        let media_type = self.media_type()?;
        Some(match &self.sent_charset {
            Some(charset) if self.is_text() => format!("{media_type}; charset={charset}"),
            _ => media_type,
        })
    }

    /// Whether the file counts as CSV, which `for each` walks row by row.
    pub fn is_csv(&self) -> bool {
        ending(&self.name).is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
            || self.media_type().is_some_and(|media_type| media_type == "text/csv")
    }

    fn media_type(&self) -> Option<String> {
        let set = self.content_type.trim();
        if set.is_empty() {
            return None;
        }
        if set.contains('/') {
            return Some(set.to_owned());
        }
        Some(media_type_of(set.trim_start_matches('.')).unwrap_or("application/octet-stream").to_owned())
    }

    /// Whether the content can be written in another charset: a text, and not an image that happens to be called one.
    fn is_text(&self) -> bool {
        let is_text_type = self.media_type().is_none_or(|media_type| {
            media_type.starts_with("text/")
                || matches!(media_type.as_str(), "application/json" | "application/xml" | "application/octet-stream")
        });
        is_text_type && charset::decode_exactly(&self.bytes, self.charset.as_deref()).is_some()
    }
}

fn ending(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, ending)| ending)
}

/// A file as scripts hold it: one object behind every variable.
#[derive(Clone, Debug)]
pub struct SharedFile(Shared<RefCell<File>>);

impl SharedFile {
    /// A new object.
    pub fn new(file: File) -> Self {
        Self(Shared::new(RefCell::new(file)))
    }

    /// Whether nobody else holds it.
    pub(super) fn is_sole(&self) -> bool {
        Shared::strong_count(&self.0) == 1
    }

    /// Where it is, the same for all that share it.
    pub(super) fn address(&self) -> usize {
        Shared::as_ptr(&self.0) as usize
    }

    pub(super) fn downgrade(&self) -> std::rc::Weak<RefCell<File>> {
        Shared::downgrade(&self.0)
    }

    /// The file to read.
    pub fn borrow(&self) -> Ref<'_, File> {
        self.0.borrow()
    }

    /// Changes the file for every variable that holds it. The change must not look at other values.
    pub fn change(&self, change: impl FnOnce(&mut File)) {
        change(&mut self.0.borrow_mut());
    }
}

impl PartialEq for SharedFile {
    /// Equal name, content and settings.
    fn eq(&self, other: &Self) -> bool {
        Shared::ptr_eq(&self.0, &other.0) || *self.borrow() == *other.borrow()
    }
}

#[cfg(test)]
mod tests;
