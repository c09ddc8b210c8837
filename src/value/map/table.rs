//! A map with keys of its own: any values, of any number. Few are found by their tags, many by an index.

use super::index::Index;
use super::tags::Tags;
use super::{FEW, Pairs, Sought};
use crate::value::{Key, Value};

/// A pair, or the place of one that was removed from a map with an index.
pub(super) type Slot = Option<(Key, Value)>;

/// Pairs in the order in which their keys were put first.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    slots: Vec<Slot>,
    finder: Finder,
}

/// How keys are found.
#[derive(Clone, Debug)]
enum Finder {
    /// The pairs are few, and no slot is empty: by the tags of their keys.
    Few(Tags),
    /// By their hashes.
    Many(Box<Index>),
}

impl Default for Finder {
    fn default() -> Self {
        Finder::Few(Tags::default())
    }
}

impl Table {
    /// An empty map with room for so many pairs.
    pub(super) fn with_capacity(pairs: usize) -> Self {
        Self { slots: Vec::with_capacity(pairs), finder: Finder::default() }
    }

    /// How many pairs there are.
    #[inline]
    pub(super) fn len(&self) -> usize {
        match &self.finder {
            Finder::Few(_) => self.slots.len(),
            Finder::Many(index) => self.slots.len() - index.removed(),
        }
    }

    /// The value of a key.
    #[inline]
    pub(super) fn get<K: Sought + ?Sized>(&self, key: &K) -> Option<&Value> {
        Some(self.get_index(self.position(key)?)?.1)
    }

    /// The value of a key, to change.
    #[inline]
    pub(super) fn get_mut<K: Sought + ?Sized>(&mut self, key: &K) -> Option<&mut Value> {
        let place = self.position(key)?;
        self.slots.get_mut(place)?.as_mut().map(|(_, value)| value)
    }

    /// Where a key is. It stays there until a pair is removed, and after that only [`Table::get_index`] tells whether it still
    /// is there.
    #[inline]
    pub(super) fn position<K: Sought + ?Sized>(&self, key: &K) -> Option<usize> {
        match &self.finder {
            Finder::Few(tags) => {
                tags.position(key.tag(), |place| self.slots.get(place).is_some_and(|slot| holds(slot, key)))
            }
            Finder::Many(index) => index.position(&self.slots, key),
        }
    }

    /// The pair at a [position](Table::position); `None` beyond the end and where one was removed.
    #[inline]
    pub(super) fn get_index(&self, position: usize) -> Option<(&Key, &Value)> {
        self.slots.get(position)?.as_ref().map(|(key, value)| (key, value))
    }

    /// Puts a value under a key and gives the one that was there. A key that is there already keeps its place.
    pub(super) fn insert(&mut self, key: Key, value: Value) -> Option<Value> {
        let at = self.place(&key).unwrap_or(self.slots.len());
        if let Some(Some((_, known))) = self.slots.get_mut(at) {
            return Some(std::mem::replace(known, value));
        }
        self.slots.push(Some((key, value)));
        if self.slots.len() > FEW && matches!(self.finder, Finder::Few(_)) {
            self.finder = Finder::of(&self.slots);
        }
        None
    }

    /// Where a key is. One that is nowhere is noted as being in the slot that comes next.
    fn place(&mut self, key: &Key) -> Option<usize> {
        match &mut self.finder {
            Finder::Few(tags) => {
                let tag = key.tag();
                let place = tags.position(tag, |place| self.slots.get(place).is_some_and(|slot| holds(slot, key)));
                if place.is_none() {
                    tags.push(self.slots.len(), tag);
                }
                place
            }
            Finder::Many(index) => index.place(&self.slots, key),
        }
    }

    /// Removes a key and gives its value; the others keep their order.
    pub(super) fn shift_remove<K: Sought + ?Sized>(&mut self, key: &K) -> Option<Value> {
        let place = self.position(key)?;
        match &mut self.finder {
            Finder::Few(tags) => {
                tags.remove(place);
                self.slots.remove(place).map(|(_, value)| value)
            }
            Finder::Many(index) => {
                index.forget(&self.slots, key);
                let (_, value) = self.slots.get_mut(place)?.take()?;
                if index.removed() * 2 > self.slots.len() {
                    self.slots.retain(Option::is_some);
                    self.finder = Finder::of(&self.slots);
                }
                Some(value)
            }
        }
    }

    /// The pairs in order.
    pub(super) fn iter(&self) -> Pairs<'_> {
        Pairs::of_table(&self.slots, self.len())
    }

    /// The slots, of which some may be empty.
    pub(super) fn into_slots(self) -> std::vec::IntoIter<Slot> {
        self.slots.into_iter()
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
    pub(super) fn bytes(&self) -> usize {
        let index = match &self.finder {
            Finder::Few(_) => 0,
            Finder::Many(index) => index.bytes(),
        };
        self.slots.capacity() * size_of::<Slot>() + index
    }

    /// How many pairs can be put before it needs more memory.
    pub(super) fn room(&self) -> usize {
        self.slots.capacity() - self.slots.len()
    }

    /// Makes room for so many pairs more, and for none beyond.
    pub(super) fn reserve_exact(&mut self, pairs: usize) {
        self.slots.reserve_exact(pairs);
    }
}

impl Finder {
    /// The one for slots that are all filled.
    fn of(slots: &[Slot]) -> Self {
        match slots.len() > FEW {
            true => Finder::Many(Box::new(Index::of(slots))),
            false => Finder::Few(Tags::of(slots.iter().flatten().map(|(key, _)| key))),
        }
    }
}

/// Whether the pair in a slot has this key.
#[inline]
pub(super) fn holds<K: Sought + ?Sized>(slot: &Slot, key: &K) -> bool {
    matches!(slot, Some((held, _)) if key.equivalent(held))
}
