//! Walks over a map, which pass over the slots whose pairs were removed.

use std::rc::Rc;
use std::slice::Iter;
use std::vec::IntoIter;

use super::shape::Shape;
use super::table::Slot;
use super::{Form, Map};
use crate::value::{Key, Value};

/// The pairs of a map in order.
#[derive(Clone, Debug)]
pub struct Pairs<'m>(Walk<'m>);

#[derive(Clone, Debug)]
enum Walk<'m> {
    Record(Iter<'m, Key>, Iter<'m, Value>),
    Table { slots: Iter<'m, Slot>, left: usize },
}

impl<'m> Pairs<'m> {
    /// As many keys as values.
    pub(super) fn of_record(keys: &'m [Key], values: &'m [Value]) -> Self {
        Self(Walk::Record(keys.iter(), values.iter()))
    }

    pub(super) fn of_table(slots: &'m [Slot], pairs: usize) -> Self {
        Self(Walk::Table { slots: slots.iter(), left: pairs })
    }
}

impl<'m> Iterator for Pairs<'m> {
    type Item = (&'m Key, &'m Value);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Walk::Record(keys, values) => Some((keys.next()?, values.next()?)),
            Walk::Table { slots, left } => {
                let (key, value) = slots.by_ref().flatten().next()?;
                *left -= 1;
                Some((key, value))
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Walk::Record(keys, _) => keys.size_hint(),
            Walk::Table { left, .. } => (*left, Some(*left)),
        }
    }
}

impl DoubleEndedIterator for Pairs<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Walk::Record(keys, values) => Some((keys.next_back()?, values.next_back()?)),
            Walk::Table { slots, left } => {
                let (key, value) = slots.by_ref().rev().flatten().next()?;
                *left -= 1;
                Some((key, value))
            }
        }
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

/// The pairs of a map that is taken apart, in order.
#[derive(Debug)]
pub struct IntoPairs(Parts);

#[derive(Debug)]
enum Parts {
    Record { shape: Rc<Shape>, next: usize, values: IntoIter<Value> },
    Table(IntoIter<Slot>),
}

impl Iterator for IntoPairs {
    type Item = (Key, Value);

    fn next(&mut self) -> Option<(Key, Value)> {
        match &mut self.0 {
            Parts::Record { shape, next, values } => {
                let key = shape.keys().get(*next)?.clone();
                *next += 1;
                Some((key, values.next()?))
            }
            Parts::Table(slots) => slots.flatten().next(),
        }
    }
}

impl IntoIterator for Map {
    type Item = (Key, Value);
    type IntoIter = IntoPairs;

    fn into_iter(self) -> IntoPairs {
        IntoPairs(match self.0 {
            Form::Record(record) => {
                let (shape, values) = record.into_parts();
                Parts::Record { shape, next: 0, values: values.into_iter() }
            }
            Form::Table(table) => Parts::Table(table.into_slots()),
        })
    }
}

impl Extend<(Key, Value)> for Map {
    fn extend<I: IntoIterator<Item = (Key, Value)>>(&mut self, pairs: I) {
        let pairs = pairs.into_iter();
        pairs.for_each(|(key, value)| drop(self.insert(key, value)));
    }
}

impl FromIterator<(Key, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (Key, Value)>>(pairs: I) -> Self {
        let pairs = pairs.into_iter();
        let mut map = Self::with_capacity(pairs.size_hint().0);
        pairs.for_each(|(key, value)| drop(map.insert(key, value)));
        map
    }
}
