//! What the line editor asks while a person types, in one object: candidates, hints, colours, and whether an input is over.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use rustyline::completion::Completer;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Context};

use super::complete::{Known, Scope, complete, menu};
use super::highlight::{highlight, touches_bracket};
use super::hint::hint;
use super::input::{gives_up, needs_more};
use super::paging::{Listed, Paging};
use crate::catalogue::Catalogue;

/// The helper of the line editor.
pub struct Helper {
    /// The session. While it is borrowed elsewhere, nothing is offered of it.
    pub scope: Rc<RefCell<dyn Scope>>,
    /// What the engine has.
    pub catalogue: Arc<Catalogue>,
    /// The folder against which names of files are read.
    pub folder: PathBuf,
    /// Whether colours, and hints, which cannot be told from what was typed without them, are shown.
    pub colour: bool,
    /// Says how many columns the terminal has at this moment.
    pub width: Box<dyn Fn() -> usize>,
    /// Whether the pair of brackets at the cursor stands out; not in what stays on the screen.
    pub is_editing: Cell<bool>,
    /// What of the last list is drawn.
    pub paging: Paging,
}

impl rustyline::Helper for Helper {}

impl Completer for Helper {
    type Candidate = Listed;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Listed>)> {
        let Ok(scope) = self.scope.try_borrow() else { return Ok((pos, Vec::new())) };
        let known = Known { catalogue: &self.catalogue, scope: &*scope, folder: &self.folder };
        let completion = complete(line, pos, &known);
        let lines = menu(&completion.candidates, (self.width)());
        self.paging.begin(lines.len());
        let listed = completion.candidates.into_iter().zip(lines).map(|(candidate, display)| Listed {
            display,
            replacement: candidate.insert,
            paging: self.paging.clone(),
        });
        Ok((completion.start, listed.collect()))
    }
}

impl Hinter for Helper {
    type Hint = String;

    fn hint(&self, line: &str, pos: usize, context: &Context<'_>) -> Option<String> {
        self.paging.end();
        if !self.colour || pos < line.len() {
            return None;
        }
        hint(line, context.history(), context.history_index())
    }
}

impl Highlighter for Helper {
    fn highlight<'l>(&self, line: &'l str, pos: usize) -> Cow<'l, str> {
        self.paging.end();
        if !self.colour || line.is_empty() {
            return Cow::Borrowed(line);
        }
        Cow::Owned(highlight(line, self.is_editing.get().then_some(pos), &self.catalogue))
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(format!("\x1b[2m{hint}\x1b[0m"))
    }

    /// The line about a name is fainter than the name.
    fn highlight_candidate<'c>(&self, candidate: &'c str, _: CompletionType) -> Cow<'c, str> {
        match candidate.split_once("  ").filter(|(_, about)| self.colour && !about.trim().is_empty()) {
            Some((name, about)) => Cow::Owned(format!("{name}  \x1b[2m{about}\x1b[0m")),
            None => Cow::Borrowed(candidate),
        }
    }

    fn highlight_char(&self, line: &str, pos: usize, kind: CmdKind) -> bool {
        self.is_editing.set(kind != CmdKind::ForcedRefresh);
        match kind {
            _ if !self.colour => false,
            CmdKind::MoveCursor => touches_bracket(line, pos),
            CmdKind::Other => true,
            CmdKind::ForcedRefresh => false,
        }
    }
}

impl Validator for Helper {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let text = context.input();
        Ok(match needs_more(text) && !gives_up(text) {
            true => ValidationResult::Incomplete,
            false => ValidationResult::Valid(None),
        })
    }
}

impl std::fmt::Debug for Helper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Helper").field("folder", &self.folder).finish_non_exhaustive()
    }
}
