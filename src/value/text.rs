//! TEXT. Scripts build long texts by adding to them in loops, so a text that nobody else holds grows in place; and
//! scripts ask for `length()` in loops, which counts characters, so the count is kept once made.

use std::cell::Cell;

use compact_str::CompactString;

use super::{Failure, Shared};

/// A text, shared until someone adds to it.
#[derive(Clone)]
pub struct Text(Shared<Inner>);

#[derive(Clone)]
pub(super) struct Inner {
    /// Up to 24 bytes stand here, which most texts of scripts are; more have memory of their own.
    text: CompactString,
    /// Number of characters, [`UNCOUNTED`] or [`EMPTY_DATE`].
    characters: Cell<usize>,
}

const UNCOUNTED: usize = usize::MAX;
/// The count of the empty text that is `''`.
const EMPTY_DATE: usize = usize::MAX - 1;

/// The memory of a text without characters, its counters included.
const OWN_BYTES: usize = 16 + size_of::<Inner>();

impl Text {
    /// Takes the text over.
    pub fn new(text: impl Into<CompactString>) -> Self {
        Self(Shared::new(Inner { text: text.into(), characters: Cell::new(UNCOUNTED) }))
    }

    /// What `''` is: an empty text everywhere but in type checks, which see a date without a value (help page "isText").
    pub fn empty_date() -> Self {
        Self(Shared::new(Inner { text: CompactString::default(), characters: Cell::new(EMPTY_DATE) }))
    }

    /// Whether this was written `''`.
    pub fn is_empty_date(&self) -> bool {
        self.0.characters.get() == EMPTY_DATE
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// The characters as they are kept, for making a key of them.
    pub(super) fn compact(&self) -> &CompactString {
        &self.0.text
    }

    /// The number of characters (Unicode scalar values), counted at most once per text.
    pub fn length(&self) -> usize {
        match self.0.characters.get() {
            EMPTY_DATE => 0,
            UNCOUNTED => {
                let counted = self.0.text.chars().count();
                self.0.characters.set(counted);
                counted
            }
            known => known,
        }
    }

    /// The byte offset of a character index; the index may be the length itself. `None` beyond. At once for texts of
    /// one byte a character.
    pub fn offset(&self, index: usize) -> Option<usize> {
        let length = self.length();
        if index >= length {
            return (index == length).then_some(self.0.text.len());
        }
        if length == self.0.text.len() {
            return Some(index);
        }
        self.0.text.char_indices().nth(index).map(|(offset, _)| offset)
    }

    /// The bytes that [`Text::append`] takes: what is shared is copied, and room that is too small grows by half.
    pub fn growth(&self, more: usize, step: usize) -> usize {
        let length = self.len() + more;
        match self.is_sole() {
            true if length <= self.0.text.capacity() => 0,
            true => more.max(self.len() / 2),
            false => length + length.min(step),
        }
    }

    /// Adds what `write` writes at the end: in place when this is the only holder, else on a copy. `more` is about how many
    /// bytes that will be; a copy gets room for as many again as it has, but for no more than `step`. Gives a rough number of
    /// the bytes that this took. On an error the text is as before.
    pub fn append(
        &mut self,
        more: usize,
        step: usize,
        write: impl FnOnce(&mut CompactString) -> Result<(), Failure>,
    ) -> Result<usize, Failure> {
        let before = self.0.text.len();
        match Shared::get_mut(&mut self.0) {
            Some(inner) => {
                let written = write(&mut inner.text);
                if written.is_err() {
                    inner.text.truncate(before);
                }
                written?;
                let added = inner.text.get(before..).unwrap_or_default();
                // What was counted need not be counted again: scripts ask a growing text for its length in a loop.
                let counted = match inner.characters.get() {
                    UNCOUNTED => UNCOUNTED,
                    EMPTY_DATE => added.chars().count(),
                    known => known + added.chars().count(),
                };
                inner.characters.set(counted);
                Ok(added.len() * 2)
            }
            None => {
                let length = before + more;
                let mut text = CompactString::with_capacity(length + length.min(step));
                text.push_str(&self.0.text);
                write(&mut text)?;
                let made = text.capacity();
                *self = Text::new(text);
                Ok(made)
            }
        }
    }

    /// The memory that the text holds.
    pub(super) fn bytes(&self) -> usize {
        OWN_BYTES + heap_bytes(&self.0.text)
    }

    /// The memory that the text holds if nobody else has it: when a function gave it, whether it is new.
    pub fn new_bytes(&self) -> usize {
        if self.is_sole() { self.bytes() } else { 0 }
    }

    /// Whether nobody else holds the text.
    pub(super) fn is_sole(&self) -> bool {
        Shared::strong_count(&self.0) == 1
    }

    pub(super) fn downgrade(&self) -> std::rc::Weak<Inner> {
        Shared::downgrade(&self.0)
    }

    /// Where the text is, the same for all that share it.
    pub(super) fn address(&self) -> usize {
        Shared::as_ptr(&self.0) as usize
    }
}

/// The memory that the characters have of their own.
pub(super) fn heap_bytes(text: &CompactString) -> usize {
    if text.is_heap_allocated() { text.capacity() } else { 0 }
}

impl std::ops::Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_str().fmt(f)
    }
}
