//! What goes wrong before a script runs.

use std::fmt;

use crate::diagnostic::{Colour, Diagnostic, render};
use crate::host::cassette;
use crate::source::Source;
use crate::{connections, http};

/// An engine that cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A connection that was added is not right.
    #[error(transparent)]
    Connection(#[from] connections::Error),
    /// A function or constant of the application that cannot be registered.
    #[error("`{name}` cannot be registered: {problem}")]
    Application {
        /// Its name.
        name: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The network options are not right.
    #[error(transparent)]
    Network(#[from] http::Error),
    /// The recording that is to be replayed cannot be read.
    #[error(transparent)]
    Replay(#[from] cassette::Error),
    /// No time zone has this name.
    #[error("there is no time zone \"{name}\"")]
    TimeZone {
        /// What was given.
        name: String,
    },
    /// No system variable has this name.
    #[error("there is no system variable `zoho.{name}` whose value can be given")]
    SystemVariable {
        /// What was given.
        name: String,
    },
}

impl Error {
    /// The stable code, `room::kebab-case`.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Connection(error) => error.code(),
            Error::Network(error) => error.code(),
            Error::Replay(error) => error.code(),
            Error::Application { .. } => "engine::host-name",
            Error::TimeZone { .. } => "engine::time-zone",
            Error::SystemVariable { .. } => "engine::system-variable",
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Error::Connection(error) => error.help(),
            Error::Network(error) => error.help(),
            Error::Replay(error) => error.help(),
            Error::Application { .. } => "declare it under another name".to_owned(),
            Error::TimeZone { .. } => "write a name of the time zone database, such as Europe/Dublin".to_owned(),
            Error::SystemVariable { .. } => {
                "write the name after `zoho.`, such as loginuserid; dates and times come from the clock".to_owned()
            }
        }
    }
}

/// Files that do not compile. Printing it draws every problem with its place.
pub struct Refused {
    pub(super) problems: Vec<(Source, Vec<Diagnostic>)>,
}

impl Refused {
    /// Each file and what was found in it, warnings included, in the order in which they were given.
    pub fn files(&self) -> &[(Source, Vec<Diagnostic>)] {
        &self.problems
    }

    /// Everything that was found.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems.iter().flat_map(|(_, found)| found)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (source, found) in &self.problems {
            found.iter().try_for_each(|found| f.write_str(&render(found, source, Colour::Off)))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Refused {}
