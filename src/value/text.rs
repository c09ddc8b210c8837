//! TEXT. Scripts build long texts by adding to them in loops, so a text that nobody else holds grows in place; and
//! scripts ask for `length()` in loops, which counts characters, so the count is kept once made.

use std::cell::Cell;

use super::Shared;

/// A text, shared until someone adds to it.
#[derive(Clone)]
pub struct Text(Shared<Inner>);

#[derive(Clone)]
pub(super) struct Inner {
    text: String,
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
    pub fn new(text: impl Into<String>) -> Self {
        Self(Shared::new(Inner { text: text.into(), characters: Cell::new(UNCOUNTED) }))
    }

    /// What `''` is: an empty text everywhere but in type checks, which see a date without a value (help page "isText").
    pub fn empty_date() -> Self {
        Self(Shared::new(Inner { text: String::new(), characters: Cell::new(EMPTY_DATE) }))
    }

    /// Whether this was written `''`.
    pub fn is_empty_date(&self) -> bool {
        self.0.characters.get() == EMPTY_DATE
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
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

    /// Adds `more` at the end: in place when this is the only holder, else on a copy. Its room doubles where it is too small,
    /// but grows by no more than `step` bytes at a time. Gives a rough number of the bytes that this took.
    pub fn append(&mut self, more: &str, step: usize) -> usize {
        match Shared::get_mut(&mut self.0) {
            Some(inner) => {
                let text = &mut inner.text;
                if text.capacity() > step && text.capacity() - text.len() < more.len() {
                    text.reserve_exact(more.len().max(step));
                }
                text.push_str(more);
                inner.characters.set(UNCOUNTED);
                more.len() * 2
            }
            None => {
                let length = self.0.text.len() + more.len();
                let room = length + length.min(step);
                let mut text = String::with_capacity(room);
                text.push_str(&self.0.text);
                text.push_str(more);
                *self = Text::new(text);
                room
            }
        }
    }

    /// The memory that the text holds.
    pub(super) fn bytes(&self) -> usize {
        OWN_BYTES + self.0.text.capacity()
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
