//! The passphrase of a bundle: a line of a file or of standard input, or what a person at a terminal types without echo.

use std::io::IsTerminal;

use super::super::Error;
use super::credential::{Argument, Reader};
use super::prompt;
use crate::secret::Secret;

/// The shortest one that a bundle is encrypted with, in characters.
const SHORTEST: usize = 8;
/// How messages name it.
const NAME: &str = "passphrase";

/// A passphrase to encrypt with; at a terminal it is typed twice.
pub(super) fn new(file: &str) -> Result<Secret, Error> {
    let wrong = |problem: &str| Error::Credential { key: NAME.to_owned(), problem: problem.to_owned() };
    let given = match file {
        "-" if std::io::stdin().is_terminal() => {
            let first = ask("New passphrase of the bundle: ")?;
            if ask("The same again: ")? != first {
                return Err(wrong("the two are not the same"));
            }
            first
        }
        file => read(file)?,
    };
    match given.open().chars().count() {
        ..SHORTEST => Err(wrong("it is shorter than eight characters")),
        _ => Ok(given),
    }
}

/// The passphrase that opens a bundle; none when there is neither a file nor anybody to ask.
pub(super) fn known(file: Option<&str>) -> Result<Option<Secret>, Error> {
    let may_ask = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    match file {
        Some(file) => read(file).map(Some),
        None if may_ask => ask("Passphrase of the bundle: ").map(Some),
        None => Ok(None),
    }
}

fn read(file: &str) -> Result<Secret, Error> {
    let source = if file == "-" { "-".to_owned() } else { format!("file:{file}") };
    Reader::default().read(&Argument::parse(&format!("{NAME}={source}"))?)
}

fn ask(question: &str) -> Result<Secret, Error> {
    let fail = |error: std::io::Error| Error::Credential { key: NAME.to_owned(), problem: error.to_string() };
    prompt::hidden(question).map(Secret::new).map_err(fail)
}
