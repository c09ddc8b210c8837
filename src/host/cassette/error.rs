//! Why a cassette cannot be opened or written. What a script meets while it runs is a `Problem` instead: the effect that
//! no recorded exchange answers.

use std::path::PathBuf;

/// A problem with a cassette.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is nothing to replay.
    #[error("there is no cassette in {}", path.display())]
    NoCassette {
        /// The folder.
        path: PathBuf,
    },
    /// A file is no part of a cassette.
    #[error("{} cannot be read: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The cassette has another format.
    #[error("the cassette {} has format {format}, and this version of Sluice reads format {known}", path.display())]
    Format {
        /// The folder.
        path: PathBuf,
        /// The format that it says it has.
        format: u64,
        /// The format that is read.
        known: u64,
    },
    /// The content of a body is not what its name says.
    #[error("{} was changed: its name is not the hash of its content", path.display())]
    ChangedBody {
        /// The file.
        path: PathBuf,
    },
    /// More than is read or recorded.
    #[error("{} is too large: {reason}", path.display())]
    TooLarge {
        /// The file or folder.
        path: PathBuf,
        /// The limit.
        reason: String,
    },
    /// What was recorded could not be written.
    #[error("the cassette could not be written to {}: {reason}; {written} of {all} exchanges are there", path.display())]
    Write {
        /// The folder.
        path: PathBuf,
        /// What the operating system said.
        reason: String,
        /// How many new exchanges are in the folder now.
        written: usize,
        /// How many were recorded.
        all: usize,
    },
    /// A word that is no part to match by.
    #[error("`{word}` is nothing to match by")]
    Matcher {
        /// The word.
        word: String,
    },
    /// A pattern that cannot be used. It may be what it hides, so it is not shown.
    #[error("a pattern of what is to be redacted cannot be used: {reason}")]
    Pattern {
        /// What is wrong with it.
        reason: String,
    },
}

impl Error {
    /// The stable code, `replay::kebab-case`.
    pub fn code(&self) -> &'static str {
        match self {
            Error::NoCassette { .. } => "replay::no-cassette",
            Error::Damaged { .. } => "replay::damaged",
            Error::Format { .. } => "replay::format",
            Error::ChangedBody { .. } => "replay::changed-body",
            Error::TooLarge { .. } => "replay::too-large",
            Error::Write { .. } => "replay::write",
            Error::Matcher { .. } => "replay::matcher",
            Error::Pattern { .. } => "replay::pattern",
        }
    }

    /// What the reader can do about it.
    pub fn help(&self) -> String {
        match self {
            Error::NoCassette { path } => {
                format!("record one with --record {}, or name the folder that holds a cassette.json", path.display())
            }
            Error::Damaged { .. } => "mend the file, take it from an older commit, or record it again".to_owned(),
            Error::Format { .. } => {
                "record it again, or replay it with the version of Sluice that recorded it".to_owned()
            }
            Error::ChangedBody { .. } => {
                "take the file from an older commit, or record the cassette again; the files in `bodies` are not edited"
                    .to_owned()
            }
            Error::TooLarge { .. } => "split the recording: a cassette for each script".to_owned(),
            Error::Write { .. } => {
                "check that the disk is not full and the folder is yours, then run it again; the run itself is done"
                    .to_owned()
            }
            Error::Matcher { .. } => {
                "write words from method, url, host, path, query, unordered-query, body, headers:NAME and repeat, with \
                 commas between them; what is left out is written as body.FIELD, query.NAME or headers.NAME"
                    .to_owned()
            }
            Error::Pattern { .. } => {
                "write a regular expression that matches at least one character, such as 'cust-[0-9]+'".to_owned()
            }
        }
    }
}
