//! The prompt of a person: rustyline reads keys, and what was typed goes to the prompt.

use rustyline::error::ReadlineError;

use super::super::{Error, Exit};
use super::prompt::{Next, Prompt};
use crate::repl::Error as Problem;

/// What stands before an input.
const MARK: &str = "> ";

/// Reads inputs until the person leaves.
pub(super) fn read(prompt: &mut Prompt<'_>) -> Result<Exit, Error> {
    let fail = |error: ReadlineError| Problem::Terminal { reason: error.to_string() };
    let mut editor = rustyline::DefaultEditor::new().map_err(fail)?;
    loop {
        match editor.readline(MARK) {
            Ok(text) => {
                if prompt.input(&text) == Next::Quit {
                    return Ok(Exit::Ok);
                }
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => return Ok(Exit::Ok),
            Err(error) => return Err(fail(error).into()),
        }
    }
}
