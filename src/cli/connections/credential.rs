//! Where the values of credentials come from: `KEY=-`, `KEY=env:NAME`, `KEY=file:PATH`. A value on the command line would
//! be in the shell's history and in the list of processes, so it is refused, and nothing of it is repeated.

use std::io::{IsTerminal, Read};
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::super::Error;
use super::prompt;
use crate::secret::Secret;

/// The longest value, in bytes; the redactor masks none that is longer.
const LONGEST: u64 = 64 * 1_024;

/// One `--credential`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Argument {
    /// The key that the service asks for.
    pub(super) key: String,
    source: Source,
}

#[derive(Debug, PartialEq, Eq)]
enum Source {
    Input,
    Environment(String),
    File(PathBuf),
}

impl Argument {
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let (key, source) = text.split_once('=').ok_or(Error::BareCredential)?;
        let source = match (source, source.split_once(':')) {
            ("-", _) => Source::Input,
            (_, Some(("env", name))) if !name.is_empty() => Source::Environment(name.to_owned()),
            (_, Some(("file", path))) if !path.is_empty() => Source::File(PathBuf::from(path)),
            _ => return Err(Error::BareCredential),
        };
        Ok(Self { key: key.trim().to_owned(), source })
    }
}

/// Reads credentials in the order in which they are named: each `-` takes one line.
#[derive(Default)]
pub(super) struct Reader {
    lines: u32,
}

impl Reader {
    pub(super) fn read(&mut self, argument: &Argument) -> Result<Secret, Error> {
        let key = &argument.key;
        let fail = |problem: String| Error::Credential { key: key.clone(), problem };
        let value = match &argument.source {
            Source::Input if std::io::stdin().is_terminal() => return Self::ask(key, &format!("{key}: ")),
            Source::Input => {
                self.lines += 1;
                let line = read_line(&mut std::io::stdin().lock()).map_err(|error| fail(error.to_string()))?;
                line.ok_or_else(|| fail(format!("standard input has no line {}", self.lines)))?
            }
            Source::Environment(name) => match std::env::var(name) {
                Ok(value) => Zeroizing::new(value),
                Err(std::env::VarError::NotPresent) => {
                    return Err(fail(format!("the environment variable {name} is not set")));
                }
                Err(std::env::VarError::NotUnicode(_)) => {
                    return Err(fail(format!("the environment variable {name} is no text")));
                }
            },
            Source::File(path) => {
                let fail = |error: std::io::Error| fail(format!("{}: {error}", path.display()));
                let mut text = Zeroizing::new(String::new());
                let file = std::fs::File::open(path).map_err(fail)?;
                file.take(LONGEST + 1).read_to_string(&mut text).map_err(fail)?;
                text
            }
        };
        let value = value.strip_suffix('\n').unwrap_or(&value);
        let value = value.strip_suffix('\r').unwrap_or(value);
        match value {
            long if long.len() as u64 > LONGEST => Err(fail(format!("it is longer than {LONGEST} bytes"))),
            value => Ok(Secret::new(value)),
        }
    }

    /// Asks on the terminal, without echo.
    pub(super) fn ask(key: &str, question: &str) -> Result<Secret, Error> {
        prompt::hidden(question)
            .map(Secret::new)
            .map_err(|error| Error::Credential { key: key.to_owned(), problem: error.to_string() })
    }
}

/// One line with its end; `None` at the end of the input. Byte by byte, so that nothing of the next line is lost.
fn read_line(input: &mut impl Read) -> std::io::Result<Option<Zeroizing<String>>> {
    let mut line = Zeroizing::new(Vec::new());
    let mut byte = [0];
    while line.len() as u64 <= LONGEST && input.read(&mut byte)? == 1 {
        line.push(byte[0]);
        if byte == [b'\n'] {
            break;
        }
    }
    let text = std::str::from_utf8(&line).map_err(|_| std::io::Error::other("it is no text in UTF-8"))?;
    Ok((!text.is_empty()).then(|| Zeroizing::new(text.to_owned())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn sources_are_told_apart() {
        let source = |text: &str| Argument::parse(text).unwrap();
        assert_eq!(source("client_secret=-"), Argument { key: "client_secret".into(), source: Source::Input });
        assert_eq!(source("a=env:NAME").source, Source::Environment("NAME".into()));
        assert_eq!(source("a=file:x:y=z").source, Source::File("x:y=z".into()));
    }

    #[test]
    fn a_bare_value_is_refused_without_repeating_it() {
        for bare in ["password=hunter2", "hunter2", "hunter2=", "password=env:", "password=file:", "hunter2==", "a=--"]
        {
            let error = Argument::parse(bare).unwrap_err();
            assert_eq!(error.code(), "cli::bare-credential");
            assert!(!format!("{error} {:?}", error.help()).contains("hunter2"));
        }
    }

    #[test]
    fn lines_are_taken_one_at_a_time() {
        let mut input = "one\r\ntwo".as_bytes();
        assert_eq!(read_line(&mut input).unwrap().unwrap().as_str(), "one\r\n");
        assert_eq!(read_line(&mut input).unwrap().unwrap().as_str(), "two");
        assert!(read_line(&mut input).unwrap().is_none());
    }

    #[test]
    fn files_lose_their_line_end_and_nothing_else() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), " s3cret \r\n").unwrap();
        let read = |path: &std::path::Path| {
            let argument = Argument { key: "password".into(), source: Source::File(path.to_owned()) };
            Reader::default().read(&argument)
        };
        assert_eq!(read(file.path()).unwrap().open(), " s3cret ");
        std::fs::write(file.path(), "\n").unwrap();
        assert!(read(file.path()).unwrap().is_empty());
        assert!(read(std::path::Path::new("/no/such/file")).unwrap_err().to_string().contains("/no/such/file"));
    }
}
