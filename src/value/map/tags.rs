//! How keys are found among few: a number has four bits for each of them, which are compared all at once. One key in sixteen
//! has the same four bits by chance, so what agrees is looked at.

use super::{Slot, Sought, holds};

/// The lowest bit of each tag.
const LOWEST: u64 = 0x1111_1111_1111_1111;
/// The highest bit of each tag.
const HIGHEST: u64 = LOWEST << 3;

/// The [tags](Sought::tag) of the keys in the slots of a map, the first in the lowest bits. Behind the last one stand zeros.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tags(u64);

impl Tags {
    /// The tags of slots that are all filled.
    pub(super) fn of(slots: &[Slot]) -> Self {
        let tags = slots.iter().flatten().rev().fold(0, |tags, (key, _)| tags << 4 | key.tag());
        Self(tags)
    }

    /// Where a key is.
    #[inline]
    pub(super) fn position<K: Sought + ?Sized>(self, slots: &[Slot], key: &K) -> Option<usize> {
        self.position_with(slots, key, key.tag())
    }

    /// Where a key is. One that is nowhere is noted as being in the slot that comes next.
    #[inline]
    pub(super) fn place<K: Sought + ?Sized>(&mut self, slots: &[Slot], key: &K) -> Option<usize> {
        let tag = key.tag();
        let place = self.position_with(slots, key, tag);
        if place.is_none() {
            // One too many has no room, and makes the map large.
            self.0 |= tag.checked_shl(4 * slots.len() as u32).unwrap_or_default();
        }
        place
    }

    /// Moves up what is behind a slot that is removed.
    pub(super) fn remove(&mut self, place: usize) {
        let before = (1 << (4 * place)) - 1;
        self.0 = self.0 & before | self.0 >> 4 & !before;
    }

    #[inline]
    fn position_with<K: Sought + ?Sized>(self, slots: &[Slot], key: &K, tag: u64) -> Option<usize> {
        let differing = self.0 ^ (LOWEST * tag);
        // Zeros, and now and then what stands behind one.
        let mut same = differing.wrapping_sub(LOWEST) & !differing & HIGHEST;
        while same != 0 {
            let place = (same.trailing_zeros() / 4) as usize;
            if holds(slots.get(place)?, key) {
                return Some(place);
            }
            same &= same - 1;
        }
        None
    }
}
