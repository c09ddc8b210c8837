//! KEY-VALUE. Maps in scripts are records: a few pairs under short keys, which are found sooner by comparing keys one after
//! the other than by hashing them. Only a map of more pairs gets an index. Pairs keep the order of insertion.

mod index;
mod pairs;
#[cfg(test)]
mod tests;

use self::index::Index;
pub use self::pairs::Pairs;
use super::key::Sought;
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
    finder: Finder,
}

/// How keys are found.
#[derive(Clone, Debug)]
enum Finder {
    /// One after the other: the pairs are few, and no slot is empty. `marks` are those of all keys, see [`Sought::mark`]: a
    /// key whose mark is not among them is in none of the slots, which nearly all new keys are known by.
    Few { marks: u64 },
    /// By their hashes.
    Many(Box<Index>),
}

impl Default for Finder {
    fn default() -> Self {
        Finder::Few { marks: 0 }
    }
}

impl Map {
    /// An empty map with room for so many pairs.
    pub fn with_capacity(pairs: usize) -> Self {
        Self { slots: Vec::with_capacity(pairs), finder: Finder::default() }
    }

    /// How many pairs there are.
    #[inline]
    pub fn len(&self) -> usize {
        match &self.finder {
            Finder::Few { .. } => self.slots.len(),
            Finder::Many(index) => self.slots.len() - index.removed(),
        }
    }

    /// Whether there is no pair.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key.
    #[inline]
    pub fn get<K: Sought + ?Sized>(&self, key: &K) -> Option<&Value> {
        Some(self.get_index(self.position(key)?)?.1)
    }

    /// The value of a key, to change.
    #[inline]
    pub fn get_mut<K: Sought + ?Sized>(&mut self, key: &K) -> Option<&mut Value> {
        Some(self.get_index_mut(self.position(key)?)?.1)
    }

    /// Whether there is such a key.
    pub fn contains_key<K: Sought + ?Sized>(&self, key: &K) -> bool {
        self.position(key).is_some()
    }

    /// Where a key is. It stays there until a pair is removed, and after that only [`Map::get_index`] tells whether it still
    /// is there.
    #[inline]
    pub fn position<K: Sought + ?Sized>(&self, key: &K) -> Option<usize> {
        match &self.finder {
            Finder::Few { marks } if marks & key.mark() == 0 => None,
            Finder::Few { .. } => self.slots.iter().position(|slot| holds(slot, key)),
            Finder::Many(index) => index.position(&self.slots, key),
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
        let at = self.place(&key).unwrap_or(self.slots.len());
        if let Some(Some((_, known))) = self.slots.get_mut(at) {
            return (at, Some(std::mem::replace(known, value)));
        }
        self.slots.push(Some((key, value)));
        if self.slots.len() > FEW && matches!(self.finder, Finder::Few { .. }) {
            self.finder = Finder::of(&self.slots);
        }
        (at, None)
    }

    /// Where a key is. One that is nowhere is noted as being in the slot that comes next.
    fn place(&mut self, key: &Key) -> Option<usize> {
        match &mut self.finder {
            Finder::Few { marks } => {
                let mark = key.mark();
                let is_new = *marks & mark == 0;
                *marks |= mark;
                if is_new { None } else { self.slots.iter().position(|slot| holds(slot, key)) }
            }
            Finder::Many(index) => index.place(&self.slots, key),
        }
    }

    /// Removes a key and gives its value; the others keep their order.
    pub fn shift_remove<K: Sought + ?Sized>(&mut self, key: &K) -> Option<Value> {
        let Finder::Many(index) = &mut self.finder else {
            let place = self.position(key)?;
            return self.slots.remove(place).map(|(_, value)| value);
        };
        let place = index.forget(&self.slots, key)?;
        let (_, value) = self.slots.get_mut(place)?.take()?;
        if index.removed() * 2 > self.slots.len() {
            self.slots.retain(Option::is_some);
            self.finder = Finder::of(&self.slots);
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

    /// Hands out all values, those among the keys too, to take out of them what is to be dropped in another way.
    pub(super) fn for_each_held(&mut self, mut take: impl FnMut(&mut Value)) {
        for (key, value) in self.slots.iter_mut().flatten() {
            take(value);
            if let Key::Other(other) = key {
                take(&mut other.value);
            }
        }
    }

    /// The bytes that it takes beside what its keys and values hold.
    pub fn bytes(&self) -> usize {
        let index = match &self.finder {
            Finder::Few { .. } => 0,
            Finder::Many(index) => index.bytes(),
        };
        self.slots.capacity() * size_of::<Slot>() + index
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

impl Finder {
    /// The one for slots that are all filled.
    fn of(slots: &[Slot]) -> Self {
        match slots.len() > FEW {
            true => Finder::Many(Box::new(Index::of(slots))),
            false => Finder::Few { marks: slots.iter().flatten().fold(0, |marks, (key, _)| marks | key.mark()) },
        }
    }
}

/// Whether the pair in a slot has this key.
#[inline]
fn holds<K: Sought + ?Sized>(slot: &Slot, key: &K) -> bool {
    matches!(slot, Some((held, _)) if key.equivalent(held))
}
