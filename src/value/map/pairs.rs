//! Walks over a map, which pass over the slots whose pairs were removed.

use std::iter::Flatten;

use super::{Map, Slot};
use crate::value::{Key, Value};

/// The pairs of a map in order.
#[derive(Clone, Debug)]
pub struct Pairs<'m> {
    slots: std::slice::Iter<'m, Slot>,
    left: usize,
}

impl<'m> Pairs<'m> {
    pub(super) fn new(slots: &'m [Slot], pairs: usize) -> Self {
        Self { slots: slots.iter(), left: pairs }
    }
}

impl<'m> Iterator for Pairs<'m> {
    type Item = (&'m Key, &'m Value);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (key, value) = self.slots.by_ref().flatten().next()?;
        self.left -= 1;
        Some((key, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl DoubleEndedIterator for Pairs<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let (key, value) = self.slots.by_ref().rev().flatten().next()?;
        self.left -= 1;
        Some((key, value))
    }
}

impl ExactSizeIterator for Pairs<'_> {}

impl<'m> IntoIterator for &'m Map {
    type Item = (&'m Key, &'m Value);
    type IntoIter = Pairs<'m>;

    fn into_iter(self) -> Pairs<'m> {
        self.iter()
    }
}

impl IntoIterator for Map {
    type Item = (Key, Value);
    type IntoIter = Flatten<std::vec::IntoIter<Slot>>;

    fn into_iter(self) -> Self::IntoIter {
        self.slots.into_iter().flatten()
    }
}

impl Extend<(Key, Value)> for Map {
    fn extend<I: IntoIterator<Item = (Key, Value)>>(&mut self, pairs: I) {
        let pairs = pairs.into_iter();
        self.slots.reserve(pairs.size_hint().0);
        pairs.for_each(|(key, value)| drop(self.insert(key, value)));
    }
}

impl FromIterator<(Key, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (Key, Value)>>(pairs: I) -> Self {
        let mut map = Self::default();
        map.extend(pairs);
        map
    }
}
