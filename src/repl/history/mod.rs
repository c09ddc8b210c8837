//! The inputs of earlier prompts. In memory an input stays as it was typed; in the file secrets are masked, and the file
//! is written at each input, so that a prompt that is killed has lost nothing. An input that is typed again moves to the
//! end. What is wrong with the file is a note for the person, never a failure.

mod file;
mod mask;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use rustyline::Result;
use rustyline::history::{MemHistory, SearchDirection, SearchResult};

use crate::secret::Redactor;
use file::HistoryFile;

/// How many inputs are kept.
pub const MOST_ENTRIES: usize = 10_000;

/// The name of the file, in the user's own folder.
pub const FILE: &str = "repl_history";

/// The history of a prompt: what rustyline searches and steps through, and the file behind it.
pub struct History {
    memory: MemHistory,
    file: Option<HistoryFile>,
    note: Option<String>,
}

impl History {
    /// A history that ends with its prompt.
    pub fn in_memory() -> Self {
        let mut memory = MemHistory::new();
        // Neither can fail in memory.
        let _ = rustyline::history::History::set_max_len(&mut memory, MOST_ENTRIES);
        rustyline::history::History::ignore_space(&mut memory, true);
        Self { memory, file: None, note: None }
    }

    /// The history kept in this file, which need not be there yet. What `redactor` knows, and what stands under a telling
    /// name, is masked before it is written. Never fails: see [`History::take_note`].
    pub fn open(path: &Path, redactor: Arc<Redactor>) -> Self {
        let mut history = Self::in_memory();
        let opened = HistoryFile::open(path, redactor);
        history.note = opened.note;
        history.file = opened.file;
        for entry in opened.entries {
            let _ = rustyline::history::History::add_owned(&mut history.memory, entry);
        }
        history
    }

    /// What the person should know of the file, once: that it is damaged, cannot be read, or cannot be written.
    pub fn take_note(&mut self) -> Option<String> {
        self.note.take()
    }

    /// Masks in the file what became known as a secret after its input was written, such as a value that the input itself
    /// put into a header. To be called when an input has run.
    pub fn settle(&mut self) {
        if let Some(file) = &mut self.file
            && let Err(note) = file.settle()
        {
            self.note.get_or_insert(note);
        }
    }

    /// Puts an input at the end, and takes it away from where it stood before.
    fn push(&mut self, line: String) -> Result<bool> {
        use rustyline::history::History as _;
        if line.trim().is_empty() || line.starts_with(char::is_whitespace) {
            return Ok(false);
        }
        if self.memory.into_iter().any(|entry| *entry == line) {
            let others: Vec<String> = self.memory.into_iter().filter(|entry| **entry != line).cloned().collect();
            self.memory.clear()?;
            for entry in others {
                self.memory.add_owned(entry)?;
            }
        }
        if let Some(file) = &mut self.file
            && let Err(note) = file.add(&line)
        {
            self.note.get_or_insert(note);
        }
        self.memory.add_owned(line)
    }
}

impl rustyline::history::History for History {
    fn get(&self, index: usize, direction: SearchDirection) -> Result<Option<SearchResult<'_>>> {
        self.memory.get(index, direction)
    }

    fn add(&mut self, line: &str) -> Result<bool> {
        self.push(line.to_owned())
    }

    fn add_owned(&mut self, line: String) -> Result<bool> {
        self.push(line)
    }

    fn len(&self) -> usize {
        self.memory.len()
    }

    fn is_empty(&self) -> bool {
        self.memory.is_empty()
    }

    fn set_max_len(&mut self, length: usize) -> Result<()> {
        self.memory.set_max_len(length.min(MOST_ENTRIES))
    }

    /// Without effect: an input stands in the history once, whatever the editor is set to.
    fn ignore_dups(&mut self, _yes: bool) -> Result<()> {
        Ok(())
    }

    /// Without effect: an input that begins with a space is never kept.
    fn ignore_space(&mut self, _yes: bool) {}

    /// Without effect: each input is written when it is added.
    fn save(&mut self, _path: &Path) -> Result<()> {
        Ok(())
    }

    /// Without effect, like `save`.
    fn append(&mut self, _path: &Path) -> Result<()> {
        Ok(())
    }

    /// Without effect: the file is read when the history is opened.
    fn load(&mut self, _path: &Path) -> Result<()> {
        Ok(())
    }

    fn clear(&mut self) -> Result<()> {
        self.memory.clear()
    }

    fn search(&self, term: &str, start: usize, direction: SearchDirection) -> Result<Option<SearchResult<'_>>> {
        self.memory.search(term, start, direction)
    }

    fn starts_with(&self, term: &str, start: usize, direction: SearchDirection) -> Result<Option<SearchResult<'_>>> {
        self.memory.starts_with(term, start, direction)
    }
}
