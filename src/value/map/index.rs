//! Where the keys of a map of many pairs are. The keys themselves stand in the slots of the map alone, so every question comes
//! with the slots.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::hash_table::{Entry, HashTable};

use super::table::{Slot, holds};
use super::{Key, Sought};

/// The places of keys in the slots of a map.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// In 32 bits: four billion pairs would take 170 GB.
    places: HashTable<u32>,
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
        for place in 0..slots.len() as u32 {
            let hash = |place: &u32| hash_at(slots, &hasher, *place);
            places.insert_unique(hash(&place), place, hash);
        }
        Self { places, hasher, removed: 0 }
    }

    /// Where a key is.
    pub(super) fn position<K: Sought + ?Sized>(&self, slots: &[Slot], key: &K) -> Option<usize> {
        let place = self.places.find(self.hasher.hash_one(key), |place| holds_at(slots, *place, key))?;
        Some(*place as usize)
    }

    /// Where a key is. One that is nowhere is noted as being in the slot that comes next.
    pub(super) fn place(&mut self, slots: &[Slot], key: &Key) -> Option<usize> {
        let Self { places, hasher, .. } = self;
        let is_it = |place: &u32| holds_at(slots, *place, key);
        match places.entry(hasher.hash_one(key), is_it, |place| hash_at(slots, hasher, *place)) {
            Entry::Occupied(entry) => Some(*entry.get() as usize),
            Entry::Vacant(entry) => {
                entry.insert(slots.len() as u32);
                None
            }
        }
    }

    /// Forgets where a key is, whose slot is then to be emptied.
    pub(super) fn forget<K: Sought + ?Sized>(&mut self, slots: &[Slot], key: &K) {
        let is_it = |place: &u32| holds_at(slots, *place, key);
        if let Ok(entry) = self.places.find_entry(self.hasher.hash_one(key), is_it) {
            entry.remove();
            self.removed += 1;
        }
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

fn holds_at<K: Sought + ?Sized>(slots: &[Slot], place: u32, key: &K) -> bool {
    slots.get(place as usize).is_some_and(|slot| holds(slot, key))
}

fn hash_at(slots: &[Slot], hasher: &RandomState, place: u32) -> u64 {
    // Every place of the index is that of a pair.
    slots.get(place as usize).and_then(Option::as_ref).map_or(0, |(key, _)| hasher.hash_one(key))
}
