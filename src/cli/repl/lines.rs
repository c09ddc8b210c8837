//! `sluice repl < file`: the prompt without a person. Inputs are put together from lines as at a terminal, nothing is echoed,
//! and an error does not end the session, since the next input may be about it; the first one decides the exit code.

use std::io::BufRead;

use super::super::{Error, Exit};
use super::prompt::Prompt;
use super::turn::{Next, take};
use crate::repl::input::Gathering;

/// A longer line ends the session; nobody types it, and it would all be held at once.
const LONGEST_LINE: u64 = 64_000_000;

/// Reads standard input to its end.
pub(super) fn read(prompt: &mut Prompt<'_>) -> Exit {
    let mut first = Exit::Ok;
    let mut gathering = Gathering::default();
    let mut input = std::io::stdin().lock();
    loop {
        let inputs = match next_line(&mut input) {
            Ok(Some(line)) => gathering.line(&line),
            Ok(None) => match gathering.finish() {
                Some(rest) => vec![rest],
                None => return first,
            },
            Err(error) => return prompt.output.problem(&error, false),
        };
        for text in inputs {
            match take(prompt, &text) {
                Next::Quit => return first,
                Next::On(Exit::Interrupted) => return Exit::Interrupted,
                Next::On(exit) if first == Exit::Ok => first = exit,
                Next::On(_) => {}
            }
            if prompt.output.is_closed() {
                return first;
            }
        }
    }
}

/// The next line without its end; nothing when there is none.
fn next_line(input: &mut impl BufRead) -> Result<Option<String>, Error> {
    let fail = |reason: String| Error::Read { what: "standard input".to_owned(), reason };
    let mut bytes = Vec::new();
    let read = std::io::Read::take(&mut *input, LONGEST_LINE).read_until(b'\n', &mut bytes);
    if read.map_err(|error| fail(error.to_string()))? == 0 {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if bytes.len() as u64 == LONGEST_LINE {
        return Err(fail(format!("a line is longer than {LONGEST_LINE} bytes")));
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    String::from_utf8(bytes).map(Some).map_err(|_| fail("it is no UTF-8 text".to_owned()))
}
