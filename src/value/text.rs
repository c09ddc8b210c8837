//! TEXT. Scripts build long texts by adding to them in loops, so a text that nobody else holds grows in place; they ask
//! for `length()` in loops, which counts characters, so the count is kept once made; and they walk texts character by
//! character, so the place that was looked for last is kept, too. Short texts have neither count nor place: they are many.

use std::cell::Cell;
use std::ops::Range;

use compact_str::CompactString;

use super::{Failure, Shared};

/// A text, shared until someone adds to it.
#[derive(Clone)]
pub struct Text(Shared<Inner>);

/// Three words, so that a text and its counters are 40 bytes: scripts hold texts by the hundred thousand, and what they
/// touch first is what costs.
#[derive(Clone)]
pub(super) enum Inner {
    /// Up to 24 bytes stand here, which most texts of scripts are; more have memory of their own.
    Plain(CompactString),
    /// More than [`PLAIN_BYTES`], with what is known of its characters. Also `''`.
    Known(Box<Known>),
}

#[derive(Clone)]
pub(super) struct Known {
    text: CompactString,
    /// Number of characters, [`UNCOUNTED`] or [`EMPTY_DATE`].
    characters: Cell<usize>,
    /// The index of the character that was looked for last, and the byte at which it begins.
    visited: Cell<(u32, u32)>,
}

const UNCOUNTED: usize = usize::MAX;
/// The count of the empty text that is `''`.
const EMPTY_DATE: usize = usize::MAX - 1;

/// So many bytes are counted as quickly as a count is looked up.
const PLAIN_BYTES: usize = 128;

/// The memory of a text without characters, its counters included.
const OWN_BYTES: usize = 16 + size_of::<Inner>();

impl Text {
    /// Takes the text over.
    #[inline]
    pub fn new(text: impl Into<CompactString>) -> Self {
        let text = text.into();
        match text.len() {
            ..=PLAIN_BYTES => Self::plain(text),
            _ => Self::known(text, UNCOUNTED),
        }
    }

    /// What `''` is: an empty text everywhere but in type checks, which see a date without a value (help page "isText").
    pub fn empty_date() -> Self {
        Self::known(CompactString::default(), EMPTY_DATE)
    }

    #[inline]
    fn plain(text: CompactString) -> Self {
        Self(Shared::new(Inner::Plain(text)))
    }

    fn known(text: CompactString, characters: usize) -> Self {
        Self(Shared::new(Inner::Known(Box::new(Known::new(text, characters)))))
    }

    /// Whether this was written `''`.
    pub fn is_empty_date(&self) -> bool {
        matches!(&*self.0, Inner::Known(known) if known.characters.get() == EMPTY_DATE)
    }

    /// The characters.
    #[inline]
    pub fn as_str(&self) -> &str {
        self.compact()
    }

    /// The characters as they are kept, for making a key of them.
    #[inline]
    pub(super) fn compact(&self) -> &CompactString {
        match &*self.0 {
            Inner::Plain(text) => text,
            Inner::Known(known) => &known.text,
        }
    }

    /// The number of characters (Unicode scalar values), counted at most once per text that is long.
    pub fn length(&self) -> usize {
        match &*self.0 {
            Inner::Plain(text) if text.is_ascii() => text.len(),
            Inner::Plain(text) => text.chars().count(),
            Inner::Known(known) => known.length(),
        }
    }

    /// The characters from a position up to another, the length being the last position; `None` where there are not so
    /// many, or none in this order. At once where each character is one byte, and nearly so where a script walks on from
    /// the part that it took before.
    pub fn part(&self, characters: Range<usize>) -> Option<Text> {
        let bytes = match &*self.0 {
            Inner::Plain(text) if text.is_ascii() => characters,
            _ => self.offset(characters.start)?..self.offset(characters.end)?,
        };
        self.piece(bytes)
    }

    /// The characters from a position to the end; `None` where there are not so many.
    pub fn rest(&self, start: usize) -> Option<Text> {
        match &*self.0 {
            Inner::Plain(text) if text.is_ascii() => self.piece(start..text.len()),
            _ => self.piece(self.offset(start)?..self.len()),
        }
    }

    /// The text between two bytes; `None` where no character begins.
    #[inline]
    pub fn piece(&self, bytes: Range<usize>) -> Option<Text> {
        let piece = self.get(bytes)?;
        if piece.len() <= PLAIN_BYTES {
            return Some(Self::plain(CompactString::new(piece)));
        }
        // What was cut from a text of single bytes need not be counted.
        let is_single = matches!(&*self.0, Inner::Known(known) if known.characters.get() == known.text.len());
        Some(Self::known(CompactString::new(piece), if is_single { piece.len() } else { UNCOUNTED }))
    }

    /// The byte offset of a character index; the index may be the length itself. `None` beyond.
    pub(super) fn offset(&self, index: usize) -> Option<usize> {
        match &*self.0 {
            Inner::Plain(text) => (index <= text.chars().count()).then(|| bytes_of_first(text, index)),
            Inner::Known(known) => known.offset(index),
        }
    }

    /// The bytes that [`Text::append`] takes: what is shared is copied, and room that is too small grows by half.
    pub fn growth(&self, more: usize, step: usize) -> usize {
        let length = self.len() + more;
        match self.is_sole() {
            true if length <= self.compact().capacity() => 0,
            true => more.max(self.len() / 2),
            false => length + length.min(step),
        }
    }

    /// Adds a text at the end if that takes no memory: when this is the only holder, and has the room. Gives the new length
    /// in bytes; `None`, and nothing is added, otherwise, and when there would be more than `most`.
    pub fn append_in_place(&mut self, more: &str, most: usize) -> Option<usize> {
        let inner = Shared::get_mut(&mut self.0)?;
        let text = inner.text_mut();
        let length = text.len() + more.len();
        if length > text.capacity().min(most) {
            return None;
        }
        text.push_str(more);
        inner.count_added(more.len());
        Some(length)
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
        let before = self.len();
        match Shared::get_mut(&mut self.0) {
            Some(inner) => {
                let text = inner.text_mut();
                if let Err(failure) = write(text) {
                    text.truncate(before);
                    return Err(failure);
                }
                let added = text.len() - before;
                inner.count_added(added);
                Ok(added * 2)
            }
            None => {
                let length = before + more;
                let mut text = CompactString::with_capacity(length + length.min(step));
                text.push_str(self);
                write(&mut text)?;
                let made = text.capacity();
                *self = Text::new(text);
                Ok(made)
            }
        }
    }

    /// The memory that the text holds.
    pub(super) fn bytes(&self) -> usize {
        match &*self.0 {
            Inner::Plain(text) => OWN_BYTES + heap_bytes(text),
            Inner::Known(known) => OWN_BYTES + size_of::<Known>() + heap_bytes(&known.text),
        }
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
    #[inline]
    fn text_mut(&mut self) -> &mut CompactString {
        match self {
            Inner::Plain(text) => text,
            Inner::Known(known) => &mut known.text,
        }
    }

    /// After so many bytes were added at the end.
    #[inline]
    fn count_added(&mut self, bytes: usize) {
        match self {
            Inner::Plain(text) if text.len() <= PLAIN_BYTES => {}
            Inner::Plain(text) => *self = Inner::Known(Box::new(Known::new(std::mem::take(text), UNCOUNTED))),
            Inner::Known(known) => known.count_added(bytes),
        }
    }
}

impl Known {
    fn new(text: CompactString, characters: usize) -> Self {
        Self { text, characters: Cell::new(characters), visited: Cell::default() }
    }

    /// What was counted need not be counted again: scripts ask a growing text for its length in a loop.
    #[inline]
    fn count_added(&self, bytes: usize) {
        let added = || self.text.get(self.text.len() - bytes..).unwrap_or_default().chars().count();
        match self.characters.get() {
            UNCOUNTED => {}
            EMPTY_DATE => self.characters.set(added()),
            known => self.characters.set(known + added()),
        }
    }

    fn length(&self) -> usize {
        match self.characters.get() {
            EMPTY_DATE => 0,
            UNCOUNTED => {
                let counted = self.text.chars().count();
                self.characters.set(counted);
                counted
            }
            known => known,
        }
    }

    /// The byte offset of a character index, looked for from the one that was looked for last.
    fn offset(&self, index: usize) -> Option<usize> {
        let length = self.length();
        if length == self.text.len() {
            return (index <= length).then_some(index);
        }
        if index >= length {
            return (index == length).then_some(self.text.len());
        }
        let (place, byte) = self.visited.get();
        let (place, byte) = (place as usize, byte as usize);
        let (before, after) = self.text.split_at_checked(byte)?;
        let offset = match index.checked_sub(place) {
            Some(on) => byte + bytes_of_first(after, on),
            None if index < place / 2 => bytes_of_first(before, index),
            None => byte - bytes_of_last(before, place - index),
        };
        if let (Ok(index), Ok(offset)) = (u32::try_from(index), u32::try_from(offset)) {
            self.visited.set((index, offset));
        }
        Some(offset)
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
            text in "[a-c]{0,40}|[a-c]{120,150}|[aé€😀]{0,80}",
            ranges in prop::collection::vec((0_usize..160, 0_usize..160), 1..30),
            more in "[aé]{0,3}",
        ) {
            let mut long = Text::new(text.as_str());
            for (at, (start, end)) in ranges.into_iter().enumerate() {
                if at % 8 == 3 {
                    long.append_in_place(&more, usize::MAX);
                }
                if at % 8 == 7 {
                    long.append(more.len(), 1_000, |text| { text.push_str(&more); Ok(()) }).unwrap();
                }
                let signs: Vec<char> = long.chars().collect();
                let expected = signs.get(start..end).map(|signs| signs.iter().collect::<String>());
                let part = long.part(start..end);
                prop_assert_eq!(part.as_ref().map(Text::as_str), expected.as_deref());
                prop_assert_eq!(part.map(|part| part.length()), expected.map(|part| part.chars().count()));
                let rest = signs.get(start..).map(|signs| signs.iter().collect::<String>());
                let found = long.rest(start);
                prop_assert_eq!(found.as_deref(), rest.as_deref());
            }
        }
    }

    #[test]
    fn a_text_has_three_words_beside_its_counters() {
        assert_eq!(size_of::<Inner>(), 24);
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
