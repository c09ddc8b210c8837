//! A map of few pairs whose keys are names: its values alone, beside the shape that says under which keys they stand.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::Sought;
use super::shape::Shape;
use super::table::Table;
use crate::value::{Key, Text, TextKey, Value};

/// Values under the keys of a shape, in the same order.
#[derive(Clone, Debug)]
pub(super) struct Record {
    shape: Rc<Shape>,
    values: Vec<Value>,
}

/// What an instruction remembers of the shape that it met the last time: where its key is, or to which shape it leads.
#[derive(Debug, Default)]
pub struct Guess {
    /// The address of the shape; nobody else's as long as `known` is there.
    shape: Cell<usize>,
    /// The place of the key, or one that no record has.
    place: Cell<u8>,
    /// Weak, so that a shape may be forgotten.
    known: RefCell<Weak<Shape>>,
    /// The shape that comes next.
    next: RefCell<Weak<Shape>>,
}

/// No record has so many values.
const NOWHERE: u8 = u8::MAX;

impl Guess {
    /// Whether this is about a shape.
    #[inline(always)]
    fn is_of(&self, shape: &Rc<Shape>) -> bool {
        self.shape.get() == Rc::as_ptr(shape).addr()
    }

    /// Where a key is in a record that was not met the last time.
    #[cold]
    #[inline(never)]
    fn renew(&self, record: &Record, key: &Text) {
        let place = record.position(&TextKey(key)).map_or(NOWHERE, |place| place as u8);
        self.place.set(place);
        self.shape.set(Rc::as_ptr(&record.shape).addr());
        self.known.replace(Rc::downgrade(&record.shape));
        self.next.replace(Weak::new());
    }

    /// The shape that comes next.
    #[inline(always)]
    pub(super) fn next(&self) -> Option<Rc<Shape>> {
        self.next.borrow().upgrade()
    }

    /// Remembers the shape that comes next.
    pub(super) fn set_next(&self, next: &Rc<Shape>) {
        self.next.replace(Rc::downgrade(next));
    }
}

impl Default for Record {
    #[inline]
    fn default() -> Self {
        Self { shape: Shape::without_keys(), values: Vec::new() }
    }
}

impl Record {
    pub(super) fn with_capacity(pairs: usize) -> Self {
        Self { shape: Shape::without_keys(), values: Vec::with_capacity(pairs) }
    }

    /// Values under the keys of a shape, which are as many.
    pub(super) fn of(shape: Rc<Shape>, values: impl ExactSizeIterator<Item = Value>) -> Self {
        let mut held = Vec::with_capacity(values.len() + shape.ahead());
        held.extend(values);
        Self { shape, values: held }
    }

    /// The values, which are as many as the keys.
    #[inline]
    pub(super) fn values(&self) -> &[Value] {
        &self.values
    }

    #[inline]
    pub(super) fn values_mut(&mut self) -> &mut [Value] {
        &mut self.values
    }

    #[inline]
    pub(super) fn keys(&self) -> &[Key] {
        self.shape.keys()
    }

    #[inline]
    pub(super) fn position<K: Sought + ?Sized>(&self, key: &K) -> Option<usize> {
        self.shape.position(key)
    }

    #[inline]
    pub(super) fn shape(&self) -> &Rc<Shape> {
        &self.shape
    }

    /// The value of a key that an instruction asks for again and again.
    #[inline(always)]
    pub(super) fn get(&self, key: &Text, guess: &Guess) -> Option<&Value> {
        if !guess.is_of(&self.shape) {
            guess.renew(self, key);
        }
        self.values.get(usize::from(guess.place.get()))
    }

    /// Puts a value under a key that an instruction puts again and again. False, and nothing is put, when the keys would no
    /// longer be those of a record.
    #[inline(always)]
    pub(super) fn put(&mut self, key: &Text, value: &Value, guess: &Guess) -> bool {
        if !guess.is_of(&self.shape) {
            guess.renew(self, key);
        }
        if let Some(held) = self.values.get_mut(usize::from(guess.place.get())) {
            held.clone_from(value);
            return true;
        }
        let next = match guess.next() {
            Some(next) => next,
            // The tree may have been begun anew, or have no place.
            None => match self.shape.with(key) {
                Some(next) => {
                    guess.set_next(&next);
                    next
                }
                None => return false,
            },
        };
        self.push(next, value.clone());
        true
    }

    /// Puts a value under a text and gives the one that was there. The value comes back when the keys would no longer be those
    /// of a record.
    #[inline]
    pub(super) fn insert(&mut self, key: &str, value: Value) -> Result<Option<Value>, Value> {
        if let Some(next) = self.shape.known_with(key) {
            self.push(next, value);
            return Ok(None);
        }
        if let Some(place) = self.position(&TextKey(key))
            && let Some(held) = self.values.get_mut(place)
        {
            return Ok(Some(std::mem::replace(held, value)));
        }
        match self.shape.with(key) {
            Some(next) => self.push(next, value),
            None => return Err(value),
        }
        Ok(None)
    }

    #[inline]
    fn push(&mut self, next: Rc<Shape>, value: Value) {
        if self.values.len() == self.values.capacity() {
            self.grow(&next);
        }
        self.values.push(value);
        self.shape = next;
    }

    /// Makes room for the values of a map of this shape that becomes what others became.
    #[inline(never)]
    fn grow(&mut self, next: &Shape) {
        match next.ahead() {
            0 => self.values.reserve(1),
            ahead => self.values.reserve_exact(1 + ahead),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.values.capacity() * size_of::<Value>()
    }

    pub(super) fn room(&self) -> usize {
        self.values.capacity() - self.values.len()
    }

    pub(super) fn reserve_exact(&mut self, pairs: usize) {
        self.values.reserve_exact(pairs);
    }

    /// The same pairs under keys of their own.
    pub(super) fn into_table(self) -> Table {
        let mut table = Table::with_capacity((self.values.len() * 2).max(4));
        for (key, value) in self.shape.keys().iter().zip(self.values) {
            table.insert(key.clone(), value);
        }
        table
    }

    /// The shape and the values.
    pub(super) fn into_parts(self) -> (Rc<Shape>, Vec<Value>) {
        (self.shape, self.values)
    }
}
