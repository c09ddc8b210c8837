//! Where the keys of a map of many pairs are. The keys themselves stand in the slots of the map alone, so every question comes
//! with the slots.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::hash_table::{Entry, HashTable};

use super::{Key, Slot, Sought, holds};

/// The places of keys in the slots of a map.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    places: HashTable<usize>,
    /// Seeded per process, so that nobody can choose keys that collide.
    hasher: RandomState,
    /// How many slots are empty. Moving all later pairs up at each removal would take quadratic time for a map from which
    /// pair after pair is removed.
    removed: usize,
}

impl Index {
    /// An index of slots that are all filled, with room for as many more.
    pub(super) fn of(slots: &[Slot]) -> Self {
        let mut places = HashTable::with_capacity(slots.len() * 2);
        let hasher = RandomState::default();
        for place in 0..slots.len() {
            let hash = |place: &usize| hash_at(slots, &hasher, *place);
            places.insert_unique(hash(&place), place, hash);
        }
        Self { places, hasher, removed: 0 }
    }

    /// Where a key is.
    pub(super) fn position<K: Sought + ?Sized>(&self, slots: &[Slot], key: &K) -> Option<usize> {
        self.places.find(self.hasher.hash_one(key), |place| holds_at(slots, *place, key)).copied()
    }

    /// Where a key is. One that is nowhere is noted as being in the slot that comes next.
    pub(super) fn place(&mut self, slots: &[Slot], key: &Key) -> Option<usize> {
        let Self { places, hasher, .. } = self;
        let is_it = |place: &usize| holds_at(slots, *place, key);
        match places.entry(hasher.hash_one(key), is_it, |place| hash_at(slots, hasher, *place)) {
            Entry::Occupied(entry) => Some(*entry.get()),
            Entry::Vacant(entry) => {
                entry.insert(slots.len());
                None
            }
        }
    }

    /// Where a key was, whose slot is then to be emptied.
    pub(super) fn forget<K: Sought + ?Sized>(&mut self, slots: &[Slot], key: &K) -> Option<usize> {
        let is_it = |place: &usize| holds_at(slots, *place, key);
        let (place, _) = self.places.find_entry(self.hasher.hash_one(key), is_it).ok()?.remove();
        self.removed += 1;
        Some(place)
    }

    /// How many slots are empty.
    #[inline]
    pub(super) fn removed(&self) -> usize {
        self.removed
    }

    /// The memory that it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>() + self.places.allocation_size()
    }
}

fn holds_at<K: Sought + ?Sized>(slots: &[Slot], place: usize, key: &K) -> bool {
    slots.get(place).is_some_and(|slot| holds(slot, key))
}

fn hash_at(slots: &[Slot], hasher: &RandomState, place: usize) -> u64 {
    // Every place of the index is that of a pair.
    slots.get(place).and_then(Option::as_ref).map_or(0, |(key, _)| hasher.hash_one(key))
}
