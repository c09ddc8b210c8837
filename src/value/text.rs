//! TEXT. Scripts build long texts by adding to them in loops, so a text that nobody else holds grows in place; they ask
//! for `length()` in loops, which counts characters, so the count is kept once made; and they walk texts character by
//! character, so the place that was looked for last is kept, too.

use std::cell::Cell;
use std::ops::Range;

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
    /// The index of the character that was looked for last, and the byte at which it begins.
    visited: Cell<(u32, u32)>,
}

const UNCOUNTED: usize = usize::MAX;
/// The count of the empty text that is `''`.
const EMPTY_DATE: usize = usize::MAX - 1;

/// The memory of a text without characters, its counters included.
const OWN_BYTES: usize = 16 + size_of::<Inner>();

impl Text {
    /// Takes the text over.
    pub fn new(text: impl Into<CompactString>) -> Self {
        Self::counted(text.into(), UNCOUNTED)
    }

    /// What `''` is: an empty text everywhere but in type checks, which see a date without a value (help page "isText").
    pub fn empty_date() -> Self {
        Self::counted(CompactString::default(), EMPTY_DATE)
    }

    fn counted(text: CompactString, characters: usize) -> Self {
        Self(Shared::new(Inner { text, characters: Cell::new(characters), visited: Cell::default() }))
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

    /// The characters from a position up to another, the length being the last position; `None` where there are not so
    /// many, or none in this order. At once where each character is one byte, and nearly so where a script walks on from
    /// the part that it took before.
    pub fn part(&self, characters: Range<usize>) -> Option<Text> {
        let bytes = self.offset(characters.start)?..self.offset(characters.end)?;
        self.piece(bytes)
    }

    /// The text between two bytes; `None` where no character begins.
    #[inline]
    pub fn piece(&self, bytes: Range<usize>) -> Option<Text> {
        // What was cut from a text of single bytes need not be counted.
        let count = if self.0.characters.get() == self.0.text.len() { bytes.len() } else { UNCOUNTED };
        self.get(bytes).map(|piece| Self::counted(CompactString::new(piece), count))
    }

    /// The byte offset of a character index; the index may be the length itself. `None` beyond.
    pub(super) fn offset(&self, index: usize) -> Option<usize> {
        let length = self.length();
        if length == self.0.text.len() {
            return (index <= length).then_some(index);
        }
        if index >= length {
            return (index == length).then_some(self.0.text.len());
        }
        let (place, byte) = self.0.visited.get();
        let (place, byte) = (place as usize, byte as usize);
        let (before, after) = self.0.text.split_at_checked(byte)?;
        let offset = match index.checked_sub(place) {
            Some(on) => byte + bytes_of_first(after, on),
            None if index < place / 2 => bytes_of_first(before, index),
            None => byte - bytes_of_last(before, place - index),
        };
        if let (Ok(index), Ok(offset)) = (u32::try_from(index), u32::try_from(offset)) {
            self.0.visited.set((index, offset));
        }
        Some(offset)
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

    /// Adds a text at the end if that takes no memory: when this is the only holder, and has the room. False, and nothing is
    /// added, otherwise.
    pub fn append_in_place(&mut self, more: &str) -> bool {
        let Some(inner) = Shared::get_mut(&mut self.0) else { return false };
        if inner.text.len() + more.len() > inner.text.capacity() {
            return false;
        }
        inner.text.push_str(more);
        inner.count_added(more);
        true
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
                if let Err(failure) = write(&mut inner.text) {
                    inner.text.truncate(before);
                    return Err(failure);
                }
                inner.count_added(inner.text.get(before..).unwrap_or_default());
                Ok((inner.text.len() - before) * 2)
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

impl Inner {
    /// What was counted need not be counted again: scripts ask a growing text for its length in a loop.
    #[inline]
    fn count_added(&self, added: &str) {
        match self.characters.get() {
            UNCOUNTED => {}
            EMPTY_DATE => self.characters.set(added.chars().count()),
            known => self.characters.set(known + added.chars().count()),
        }
    }
}

/// The bytes of the first so many characters.
fn bytes_of_first(text: &str, count: usize) -> usize {
    let mut characters = text.chars();
    if let Some(others) = count.checked_sub(1) {
        characters.nth(others);
    }
    text.len() - characters.as_str().len()
}

/// The bytes of the last so many characters.
fn bytes_of_last(text: &str, count: usize) -> usize {
    let mut characters = text.chars();
    if let Some(others) = count.checked_sub(1) {
        characters.nth_back(others);
    }
    text.len() - characters.as_str().len()
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn parts_are_those_of_the_characters_in_whatever_order_they_are_asked_for(
            text in "[a-c]{0,40}|[aé€😀]{0,80}",
            ranges in prop::collection::vec((0_usize..90, 0_usize..90), 1..30),
            more in "[aé]{0,3}",
        ) {
            let mut long = Text::new(text.as_str());
            for (at, (start, end)) in ranges.into_iter().enumerate() {
                if at % 8 == 3 {
                    long.append_in_place(&more);
                }
                if at % 8 == 7 {
                    long.append(more.len(), 1_000, |text| { text.push_str(&more); Ok(()) }).unwrap();
                }
                let signs: Vec<char> = long.chars().collect();
                let expected = signs.get(start..end).map(|signs| signs.iter().collect::<String>());
                let part = long.part(start..end);
                prop_assert_eq!(part.as_ref().map(Text::as_str), expected.as_deref());
                prop_assert_eq!(part.map(|part| part.length()), expected.map(|part| part.chars().count()));
            }
        }
    }

    #[test]
    fn a_failed_append_leaves_the_text_and_the_empty_date_counts() {
        let mut text = Text::new("abc");
        let failed = text.append(1, 10, |text| {
            text.push('d');
            Err(Failure::too_large())
        });
        assert!(failed.is_err());
        assert_eq!((text.as_str(), text.length()), ("abc", 3));
        let mut empty = Text::empty_date();
        empty
            .append(2, 10, |text| {
                text.push('é');
                Ok(())
            })
            .unwrap();
        assert_eq!((empty.length(), empty.is_empty_date()), (1, false));
    }
}
