//! Secrets and what keeps them out of sight. A [`Secret`] cannot be printed or serialised; only `connections` opens
//! one. The [`Redactor`] knows the values of the secrets in use and masks them, in every usual encoding, in whatever
//! leaves the program.

mod redactor;

pub use redactor::{RedactingWriter, Redactor};

use zeroize::Zeroizing;

/// A value nobody may see: a password, a key, a token. Printing gives `[redacted]`; memory is wiped on drop.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The secret itself. Call this where a request is signed or a vault record is sealed, nowhere else.
    pub fn open(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}

impl PartialEq for Secret {
    /// Compares every byte whatever the first difference, so that the time taken tells nothing.
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (self.0.as_bytes(), other.0.as_bytes());
        a.len() == b.len() && a.iter().zip(b).fold(0, |differs, (x, y)| differs | (x ^ y)) == 0
    }
}
