//! What can be wrong with a project folder and with the script files in it. Every message names the file, and the line
//! where there is one.

use std::path::{Path, PathBuf};

/// Why a project or one of its files cannot be used.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The folder that was named is not there, or is a file.
    #[error("there is no folder {}", .path.display())]
    NoFolder {
        /// What was named.
        path: PathBuf,
    },
    /// Neither `SLUICE_HOME` nor `XDG_CONFIG_HOME` nor `HOME` says where the user's own folder is.
    #[error("it is not known where the configuration folder of the user is")]
    NoUserFolder,
    /// A file cannot be read.
    #[error("cannot read {}: {reason}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
    },
    /// A file cannot be written.
    #[error("cannot write {}: {reason}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
    },
    /// `sluice.toml` cannot be understood.
    #[error("{place}: {problem}")]
    InvalidFile {
        /// File and line.
        place: String,
        /// What is wrong.
        problem: String,
        /// What to do.
        help: String,
    },
    /// `sluice.toml` has a key that means nothing.
    #[error("{place}: unknown key `{key}`")]
    UnknownKey {
        /// File and line.
        place: String,
        /// The key with the table it stands in.
        key: String,
        /// The nearest key that exists.
        suggestion: Option<String>,
        /// Every key that exists there.
        known: Vec<String>,
    },
}

impl Error {
    /// The stable code, `project::kebab-case`.
    pub fn code(&self) -> &'static str {
        match self {
            Error::NoFolder { .. } => "project::no-folder",
            Error::NoUserFolder => "project::no-user-folder",
            Error::File { .. } => "project::file",
            Error::Write { .. } => "project::write",
            Error::InvalidFile { .. } => "project::invalid-file",
            Error::UnknownKey { .. } => "project::unknown-key",
        }
    }

    /// What the reader can do about it.
    pub fn help(&self) -> String {
        match self {
            Error::NoFolder { .. } => "name a folder that exists".to_owned(),
            Error::NoUserFolder => "set SLUICE_HOME to a folder of yours".to_owned(),
            Error::File { .. } => "check the path, and that the file is yours to read".to_owned(),
            Error::Write { .. } => "check that the file and its folder are yours to write".to_owned(),
            Error::InvalidFile { help, .. } => help.clone(),
            Error::UnknownKey { suggestion, known, .. } => {
                let near = suggestion.as_ref().map(|name| format!("did you mean `{name}`? ")).unwrap_or_default();
                format!("{near}keys here: {}", known.join(", "))
            }
        }
    }

    /// A file error in the operating system's words.
    pub(super) fn file(path: &Path, error: &std::io::Error) -> Self {
        Error::File { path: path.to_owned(), reason: error.to_string() }
    }
}
