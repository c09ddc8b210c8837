//! What a function of the application answers when it has no value. Scripts catch it as any other error.

use std::fmt;

/// The code of an error that names none.
const CODE: &str = "run::host-error";

/// Rooms of Sluice, whose codes have meanings that an application must not borrow.
const ROOMS: &[&str] = &[
    "check",
    "cli",
    "connections",
    "http",
    "limits",
    "mail",
    "project",
    "repl",
    "replay",
    "run",
    "services",
    "syntax",
];

/// An error that scripts can catch. Its message is what they read as `e.message`.
///
/// ```
/// use sluice::host::Error;
///
/// let error = Error::new("there is no order 7").code("shop::no-such-order").help("look the number up in the list of orders");
/// assert_eq!(error.to_string(), "there is no order 7");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    message: String,
    code: Option<String>,
    help: Option<String>,
    /// The place of the argument that does not convert, from 0.
    argument: Option<usize>,
}

impl Error {
    /// An error with this message. It is shown to whoever wrote the script: leave out what they must not see.
    pub fn new(message: impl fmt::Display) -> Self {
        Self { message: message.to_string(), code: None, help: None, argument: None }
    }

    /// Names the error for programs: `shop::no-such-order`. Codes of Sluice's own rooms, such as `run::…`, are not taken.
    #[must_use]
    pub fn code(mut self, code: &str) -> Self {
        let room = code.split("::").next().unwrap_or_default();
        if !ROOMS.contains(&room) {
            self.code = Some(code.to_owned());
        }
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(self, help: &str) -> Self {
        Self { help: Some(help.to_owned()), ..self }
    }

    /// The same about a part of a value.
    pub(super) fn within(self, part: impl fmt::Display) -> Self {
        Self { message: format!("{part}: {}", self.message), ..self }
    }

    /// Blames an argument.
    pub(super) fn of_argument(self, at: usize) -> Self {
        Self { argument: Some(at), ..self }
    }

    /// The code, the message and the help; the message says which argument of `function` does not convert, if one does not.
    pub(crate) fn told(self, function: &str, parameter: impl Fn(usize) -> String) -> (String, String, Option<String>) {
        let Some(at) = self.argument else {
            return (self.code.unwrap_or_else(|| CODE.to_owned()), self.message, self.help);
        };
        let message = format!("argument '{}' of the function '{function}': {}", parameter(at), self.message);
        ("run::argument-type".to_owned(), message, self.help)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<String> for Error {
    fn from(message: String) -> Self {
        Self::new(message)
    }
}

impl From<&str> for Error {
    fn from(message: &str) -> Self {
        Self::new(message)
    }
}
