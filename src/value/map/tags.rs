//! How keys are found among few: a number has four bits for each of them, which are compared all at once. One key in sixteen
//! has the same four bits by chance, so what agrees is looked at.

use super::Sought;
use crate::value::Key;

/// The lowest bit of each tag.
const LOWEST: u64 = 0x1111_1111_1111_1111;
/// The highest bit of each tag.
const HIGHEST: u64 = LOWEST << 3;

/// The [tags](Sought::tag) of up to sixteen keys, the first in the lowest bits. Behind the last one stand zeros.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tags(u64);

impl Tags {
    /// The tags of these keys.
    pub(super) fn of<'k>(keys: impl DoubleEndedIterator<Item = &'k Key>) -> Self {
        Self(keys.rev().fold(0, |tags, key| tags << 4 | key.tag()))
    }

    /// The place of a key with this tag, `holds` being whether it is at a place, which may be behind the last one.
    #[inline]
    pub(super) fn position(self, tag: u64, holds: impl Fn(usize) -> bool) -> Option<usize> {
        let differing = self.0 ^ (LOWEST * tag);
        // Zeros, and now and then what stands behind one.
        let mut same = differing.wrapping_sub(LOWEST) & !differing & HIGHEST;
        while same != 0 {
            let place = (same.trailing_zeros() / 4) as usize;
            if holds(place) {
                return Some(place);
            }
            same &= same - 1;
        }
        None
    }

    /// Notes the tag of the key that comes next. One too many has no room.
    #[inline]
    pub(super) fn push(&mut self, keys: usize, tag: u64) {
        self.0 |= tag.checked_shl(4 * keys as u32).unwrap_or_default();
    }

    /// Moves up what is behind a place that is removed.
    pub(super) fn remove(&mut self, place: usize) {
        let before = (1 << (4 * place)) - 1;
        self.0 = self.0 & before | self.0 >> 4 & !before;
    }
}
