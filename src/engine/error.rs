//! What goes wrong before a script runs.

use std::fmt;

use crate::diagnostic::{Colour, Diagnostic, render};
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
}

/// A script that does not compile. Printing it draws every problem with its place.
pub struct Refused {
    /// The script.
    pub source: Source,
    /// What was found, warnings included.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostics.iter().try_for_each(|found| f.write_str(&render(found, &self.source, Colour::Off)))
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Refused {}
