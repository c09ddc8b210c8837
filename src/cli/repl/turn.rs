//! One input: a command is performed, anything else is Deluge.

use super::super::Exit;
use super::commands;
use super::prompt::Prompt;
use crate::repl::command::Typed;

/// How a session goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// With the next input.
    On(Exit),
    /// Not at all.
    Quit,
}

/// Does what an input says.
pub(super) fn take(prompt: &mut Prompt<'_>, text: &str) -> Next {
    if text.trim().is_empty() {
        return Next::On(Exit::Ok);
    }
    let Some(typed) = Typed::read(text) else { return Next::On(prompt.deluge(text)) };
    match commands::perform(prompt, &typed) {
        Ok(Some(exit)) => Next::On(exit),
        Ok(None) => Next::Quit,
        Err(error) => Next::On(prompt.output.problem(&error, false)),
    }
}
