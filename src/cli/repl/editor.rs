//! The prompt of a person: rustyline reads keys, and what was typed goes to the prompt.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use rustyline::error::ReadlineError;
use rustyline::{ColorMode, CompletionType, Config, EditMode, Editor};

use super::super::workspace::Workspace;
use super::super::{Error, Exit};
use super::EditingMode;
use super::prompt::Prompt;
use super::scope::Live;
use super::turn::{Next, take};
use crate::repl::Error as Problem;
use crate::repl::helper::Helper;
use crate::repl::hint;
use crate::repl::history::{self, History};
use crate::repl::paging::Paging;

/// What stands before an input.
const MARK: &str = "> ";

/// Reads inputs until the person leaves.
pub(super) fn read(prompt: &mut Prompt<'_>) -> Result<Exit, Error> {
    let fail = |error: ReadlineError| Problem::Terminal { reason: error.to_string() };
    let mut editor = Editor::with_history(config(prompt), history(prompt)).map_err(fail)?;
    let helper = helper(prompt);
    let bindings = hint::bindings().into_iter().chain(helper.paging.bindings());
    editor.set_helper(Some(helper));
    for (key, handler) in bindings {
        editor.bind_sequence(key, handler);
    }
    prompt.output.result(&format!("Sluice {}. :help lists the commands, Ctrl-D leaves.", env!("CARGO_PKG_VERSION")));
    let mut was_interrupted = false;
    loop {
        if let Some(note) = editor.history_mut().take_note() {
            prompt.output.note(&note);
        }
        match editor.readline(MARK) {
            Ok(text) => {
                let next = take(prompt, &text);
                editor.history_mut().settle();
                if next == Next::Quit {
                    return Ok(Exit::Ok);
                }
                was_interrupted = false;
            }
            Err(ReadlineError::Interrupted) => {
                if std::mem::replace(&mut was_interrupted, true) {
                    prompt.output.note("Ctrl-D or :quit ends the session");
                }
            }
            Err(ReadlineError::Eof) => return Ok(Exit::Ok),
            Err(error) => return Err(fail(error).into()),
        }
    }
}

fn config(prompt: &Prompt<'_>) -> Config {
    let mode = match prompt.options.editing_mode {
        EditingMode::Emacs => EditMode::Emacs,
        EditingMode::Vi => EditMode::Vi,
    };
    let colour = if prompt.output.colours_results() { ColorMode::Enabled } else { ColorMode::Disabled };
    Config::builder()
        .edit_mode(mode)
        .auto_add_history(true)
        .color_mode(colour)
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        // A long list is shown a screen at a time, and can be left there.
        .completion_prompt_limit(usize::MAX)
        .bracketed_paste(true)
        .build()
}

fn helper(prompt: &Prompt<'_>) -> Helper {
    // A workspace of its own, since the prompt's changes while completion looks at it.
    let workspace = Workspace::open(prompt.shared).ok();
    let output = Arc::clone(&prompt.output);
    Helper {
        scope: Rc::new(RefCell::new(Live::new(&prompt.session, workspace))),
        catalogue: Arc::clone(prompt.world.engine().catalogue()),
        folder: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
        colour: prompt.output.colours_results(),
        width: Box::new(move || output.width().unwrap_or(80)),
        is_editing: Cell::new(true),
        paging: Paging::default(),
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
