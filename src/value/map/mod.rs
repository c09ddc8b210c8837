//! KEY-VALUE. Maps in scripts are records: a few pairs under short keys, which are found sooner by comparing keys one after
//! the other than by hashing them. Only a map of more pairs gets an index. Pairs keep the order of insertion.

mod index;
mod pairs;
#[cfg(test)]
mod tests;

use std::hash::Hash;

use hashbrown::Equivalent;

use self::index::Index;
pub use self::pairs::Pairs;
use super::{Key, Value};

/// Maps of more pairs have an index. Where searching and hashing take equally long depends on the keys; for texts of ten
/// letters it is between 12 and 24.
const FEW: usize = 16;

/// A pair, or the place of one that was removed from a map with an index.
type Slot = Option<(Key, Value)>;

/// Pairs in the order in which their keys were put first.
#[derive(Clone, Debug, Default)]
pub struct Map {
    slots: Vec<Slot>,
    /// Where each key is. There is none as long as the pairs are few, and then no slot is empty either.
    index: Option<Box<Index>>,
}

impl Map {
    /// An empty map with room for so many pairs.
    pub fn with_capacity(pairs: usize) -> Self {
        Self { slots: Vec::with_capacity(pairs), index: None }
    }

    /// How many pairs there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.slots.len() - self.index.as_deref().map_or(0, Index::removed)
    }

    /// Whether there is no pair.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key.
    #[inline]
    pub fn get<K: Equivalent<Key> + Hash + ?Sized>(&self, key: &K) -> Option<&Value> {
        Some(self.get_index(self.position(key)?)?.1)
    }

    /// The value of a key, to change.
    #[inline]
    pub fn get_mut<K: Equivalent<Key> + Hash + ?Sized>(&mut self, key: &K) -> Option<&mut Value> {
        Some(self.get_index_mut(self.position(key)?)?.1)
    }

    /// Whether there is such a key.
    pub fn contains_key<K: Equivalent<Key> + Hash + ?Sized>(&self, key: &K) -> bool {
        self.position(key).is_some()
    }

    /// Where a key is. It stays there until a pair is removed, and after that only [`Map::get_index`] tells whether it still
    /// is there.
    #[inline]
    pub fn position<K: Equivalent<Key> + Hash + ?Sized>(&self, key: &K) -> Option<usize> {
        match &self.index {
            None => self.slots.iter().position(|slot| holds(slot, key)),
            Some(index) => index.position(&self.slots, key),
        }
    }

    /// The pair at a [position](Map::position); `None` beyond the end and where one was removed.
    #[inline]
    pub fn get_index(&self, position: usize) -> Option<(&Key, &Value)> {
        self.slots.get(position)?.as_ref().map(|(key, value)| (key, value))
    }

    /// The pair at a [position](Map::position), whose value may be changed.
    #[inline]
    pub fn get_index_mut(&mut self, position: usize) -> Option<(&Key, &mut Value)> {
        self.slots.get_mut(position)?.as_mut().map(|(key, value)| (&*key, value))
    }

    /// Puts a value under a key and gives the one that was there. A key that is there already keeps its place.
    #[inline]
    pub fn insert(&mut self, key: Key, value: Value) -> Option<Value> {
        self.insert_full(key, value).1
    }

    /// Puts a value under a key and gives its [position](Map::position) and the value that was there.
    pub fn insert_full(&mut self, key: Key, value: Value) -> (usize, Option<Value>) {
        let place = match &mut self.index {
            None => self.slots.iter().position(|slot| holds(slot, &key)),
            Some(index) => index.place(&self.slots, &key),
        };
        let at = place.unwrap_or(self.slots.len());
        if let Some(Some((_, known))) = self.slots.get_mut(at) {
            return (at, Some(std::mem::replace(known, value)));
        }
        self.slots.push(Some((key, value)));
        if self.index.is_none() && self.slots.len() > FEW {
            self.index = Some(Box::new(Index::of(&self.slots)));
        }
        (at, None)
    }

    /// Removes a key and gives its value; the others keep their order.
    pub fn shift_remove<K: Equivalent<Key> + Hash + ?Sized>(&mut self, key: &K) -> Option<Value> {
        let Some(index) = &mut self.index else {
            let place = self.slots.iter().position(|slot| holds(slot, key))?;
            return self.slots.remove(place).map(|(_, value)| value);
        };
        let place = index.forget(&self.slots, key)?;
        let (_, value) = self.slots.get_mut(place)?.take()?;
        if index.removed() * 2 > self.slots.len() {
            self.slots.retain(Option::is_some);
            self.index = (self.slots.len() > FEW).then(|| Box::new(Index::of(&self.slots)));
        }
        Some(value)
    }

    /// Removes every pair.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The pairs in order.
    pub fn iter(&self) -> Pairs<'_> {
        Pairs::new(&self.slots, self.len())
    }

    /// The keys in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Key> {
        self.iter().map(|(key, _)| key)
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Value> {
        self.iter().map(|(_, value)| value)
    }

    /// The values, to change.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.slots.iter_mut().flatten().map(|(_, value)| value)
    }

    /// The bytes that it takes beside what its keys and values hold.
    pub fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<Slot>() + self.index.as_deref().map_or(0, Index::bytes)
    }

    /// How many pairs can be put before it needs more memory.
    pub fn room(&self) -> usize {
        self.slots.capacity() - self.slots.len()
    }

    /// Makes room for so many pairs more, and for none beyond.
    pub fn reserve_exact(&mut self, pairs: usize) {
        self.slots.reserve_exact(pairs);
    }
}

/// Whether the pair in a slot has this key.
#[inline]
fn holds<K: Equivalent<Key> + ?Sized>(slot: &Slot, key: &K) -> bool {
    matches!(slot, Some((held, _)) if key.equivalent(held))
}
