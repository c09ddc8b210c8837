//! Why XML or a path could not be read. Zoho has one text for all of it; which of both was wrong is told by the help.

use crate::value::Failure;

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The text is no XML that is read here; the detail is a sentence.
    #[error("the text is not XML: {0}")]
    Xml(String),
    /// The path is no XPath 1.0; the detail is a sentence.
    #[error("the path is not XPath: {0}")]
    Path(String),
    /// The path needs more steps on this text than one call may take.
    #[error("the path takes too many steps on this text")]
    Steps,
    /// The result is larger than one call may make.
    #[error("the result is too large")]
    Size,
    /// A value that cannot be printed.
    #[error("the value cannot be written")]
    Value(Failure),
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Problem::Value(failure)
    }
}
