//! FILE: bytes with a name and a type. Files come from answers of servers and from functions that make them; a script
//! can pass them on, ask for name, type and size, and print the name.

use bytes::Bytes;

/// A file's content and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name, without folders.
    pub name: String,
    /// The media type, for example `image/png`.
    pub content_type: String,
    /// The content.
    pub bytes: Bytes,
}
