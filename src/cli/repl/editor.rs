//! The prompt of a person: rustyline reads keys, and what was typed goes to the prompt.

use std::sync::Arc;

use rustyline::error::ReadlineError;
use rustyline::{Config, EditMode, Editor};

use super::super::{Error, Exit};
use super::EditingMode;
use super::prompt::{Next, Prompt};
use crate::repl::Error as Problem;
use crate::repl::history::{self, History};

/// What stands before an input.
const MARK: &str = "> ";

/// Reads inputs until the person leaves.
pub(super) fn read(prompt: &mut Prompt<'_>) -> Result<Exit, Error> {
    let fail = |error: ReadlineError| Problem::Terminal { reason: error.to_string() };
    let mode = match prompt.options.editing_mode {
        EditingMode::Emacs => EditMode::Emacs,
        EditingMode::Vi => EditMode::Vi,
    };
    let config = Config::builder().edit_mode(mode).auto_add_history(true).build();
    let mut editor = Editor::<(), History>::with_history(config, history(prompt)).map_err(fail)?;
    loop {
        if let Some(note) = editor.history_mut().take_note() {
            prompt.output.note(&note);
        }
        match editor.readline(MARK) {
            Ok(text) => {
                let next = prompt.input(&text);
                editor.history_mut().settle();
                if next == Next::Quit {
                    return Ok(Exit::Ok);
                }
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => return Ok(Exit::Ok),
            Err(error) => return Err(fail(error).into()),
        }
    }
}

/// The inputs of earlier sessions; without a user's folder, only those of this one.
fn history(prompt: &Prompt<'_>) -> History {
    match prompt.world.workspace.user_folder() {
        Ok(folder) if !prompt.options.no_history => {
            History::open(&folder.join(history::FILE), Arc::clone(prompt.output.redactor()))
        }
        _ => History::in_memory(),
    }
}
