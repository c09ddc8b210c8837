//! What could be typed next. The tokens before the cursor say what stands there; everything that is offered comes from the
//! one place that has it: the catalogue, the session, the vocabulary, the table of commands.

mod argument;
mod attribute;
mod before;
mod candidate;
mod commands;
mod files;
mod member;
mod names;
mod receiver;
mod scope;

#[cfg(test)]
mod tests;

use std::path::Path;

pub use candidate::{Candidate, menu};
pub use scope::{Function, Named, Scope, Seen, Step, Variable, seen};

use before::{Before, End};
use candidate::Candidates;

use crate::catalogue::Catalogue;

/// In longer texts, in bytes, nothing is offered.
const MOST_BYTES: usize = 1_000_000;

/// What completion may use.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    /// Built-ins, tasks and system variables.
    pub catalogue: &'k Catalogue,
    /// The session.
    pub scope: &'k dyn Scope,
    /// The folder against which names of files are read.
    pub folder: &'k Path,
}

/// The candidates at a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where the text begins that a candidate takes the place of; it ends at the cursor.
    pub start: usize,
    /// In the order in which they are shown.
    pub candidates: Vec<Candidate>,
}

/// What can stand at `cursor`, a byte of `text`; nothing within comments and ordinary texts.
pub fn complete(text: &str, cursor: usize, known: &Known<'_>) -> Completion {
    let nothing = Completion { start: cursor, candidates: Vec::new() };
    let Some((before, after)) = text.split_at_checked(cursor) else {
        return Completion { start: 0, ..nothing };
    };
    if text.len() > MOST_BYTES {
        return nothing;
    }
    let mut found = Candidates::default();
    let start = match before.trim_start().strip_prefix(':') {
        Some(command) => commands::complete(command, after, known, &mut found).map(|start| cursor - start),
        None => deluge(before, after, known, &mut found),
    };
    match start {
        Some(start) => Completion { start, candidates: found.finish() },
        None => nothing,
    }
}

/// Adds what can stand between `text` and `after`, and says where what was typed of it begins.
fn deluge(text: &str, after: &str, known: &Known<'_>, found: &mut Candidates) -> Option<usize> {
    let (pieces, end) = before::read(text);
    let before = Before::new(text, &pieces);
    let site = |start: usize| Site { before, typed: text.get(start..).unwrap_or_default(), start, after, known };
    match end {
        End::Closed => None,
        End::Text(start) => {
            let site = site(start);
            let quote = text.get(..start)?.chars().next_back()?;
            argument::in_text(&site, quote, found).then_some(start)
        }
        End::Name(start) => {
            if let Some(site) = typed_list(before, start).map(site) {
                names::complete(&site, found);
                return Some(site.start);
            }
            let site = site(start);
            if before.last(1) == "." {
                member::complete(&site, found);
                return Some(start);
            }
            if let Some(start) = attribute::complete(&site, found) {
                return Some(start);
            }
            argument::bare(&site, found);
            if found.is_empty() {
                names::complete(&site, found);
            }
            Some(start)
        }
    }
}

/// Where `List:` begins when it stands right before the name at `start`: the names of typed lists have a colon.
fn typed_list(before: Before<'_>, start: usize) -> Option<usize> {
    let colon = before.len().checked_sub(1).filter(|at| before.written(*at) == ":")?;
    let word = colon.checked_sub(1).filter(|at| before.written(*at).eq_ignore_ascii_case("list"))?;
    let touches = before.touches(word) && before.piece(colon)?.span.end as usize == start;
    touches.then_some(before.piece(word)?.span.start as usize)
}

/// A place at which something is being typed.
struct Site<'t> {
    /// The tokens before it.
    before: Before<'t>,
    /// What was typed of it.
    typed: &'t str,
    /// Where that begins.
    start: usize,
    /// What stands behind the cursor.
    after: &'t str,
    known: &'t Known<'t>,
}

impl Site<'_> {
    /// Whether a name begins with what was typed, in any case.
    fn fits(&self, name: &str) -> bool {
        begins(name, self.typed)
    }

    /// A name that is called: with its opening bracket, unless one follows; with both where it takes nothing.
    fn call(&self, name: &str, takes_nothing: bool) -> String {
        match (self.after.starts_with('('), takes_nothing) {
            (true, _) => name.to_owned(),
            (false, true) => format!("{name}()"),
            (false, false) => format!("{name}("),
        }
    }

    /// Whether nothing else stands on the rest of the line.
    fn ends_line(&self) -> bool {
        self.after.lines().next().unwrap_or_default().trim().is_empty()
    }
}

/// Whether `name` begins with `typed`, in any case.
fn begins(name: &str, typed: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|letter| letters.next() == Some(letter))
}
