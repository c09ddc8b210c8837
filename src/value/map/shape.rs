//! The keys of maps that are made alike. Scripts make the same records again and again, so such maps share their keys: a
//! thread remembers which key was put after which ones, as a tree of shapes that begins with the one without keys.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use hashbrown::Equivalent;

use super::tags::Tags;
use super::{FEW, Sought};
use crate::value::{Key, TextKey};

/// The longest key that a shape takes, in bytes; longer ones are rather data than names of fields.
const LONGEST: usize = 48;

/// How many shapes a thread knows at once, of at most 2 KB each.
const MOST_SHAPES: usize = 1_000;

/// After so many keys that had no place in the tree it is begun anew: it may be full of keys that nobody uses any more.
const MOST_REFUSED: usize = 4_000;

thread_local! {
    static KNOWN: Known = Known::default();
}

/// The shapes of a thread.
#[derive(Default)]
struct Known {
    root: Rc<Shape>,
    made: Cell<usize>,
    refused: Cell<usize>,
}

/// Keys in the order in which they were put; texts, and at most [`FEW`].
#[derive(Debug, Default)]
pub(super) struct Shape {
    keys: Box<[Key]>,
    tags: Tags,
    next: RefCell<Next>,
}

/// The shapes with one key more, each found by that key.
#[derive(Debug, Default)]
struct Next {
    tags: Tags,
    shapes: Vec<Rc<Shape>>,
}

impl Shape {
    /// The one without keys.
    #[inline]
    pub(super) fn without_keys() -> Rc<Self> {
        // A thread that ends has no tree any more.
        KNOWN.try_with(|known| Rc::clone(&known.root)).unwrap_or_default()
    }

    /// The keys in order.
    #[inline]
    pub(super) fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// Where a key is.
    #[inline]
    pub(super) fn position<K: Sought + ?Sized>(&self, key: &K) -> Option<usize> {
        self.tags.position(key.tag(), |place| self.keys.get(place).is_some_and(|held| key.equivalent(held)))
    }

    /// The shape with this key at the end if it was asked for before; then the key is none of this shape.
    #[inline]
    pub(super) fn known_with(&self, key: &str) -> Option<Rc<Self>> {
        let next = self.next.borrow();
        let key = TextKey(key);
        let leads_on = |shape: &Rc<Self>| shape.keys.last().is_some_and(|last| key.equivalent(last));
        let place = next.tags.position(key.tag(), |place| next.shapes.get(place).is_some_and(leads_on))?;
        next.shapes.get(place).map(Rc::clone)
    }

    /// The shape with a key at the end that is none of this shape; `None` when the tree has no place for it.
    pub(super) fn with(&self, key: &str) -> Option<Rc<Self>> {
        self.known_with(key).or_else(|| self.grow(key))
    }

    #[cold]
    fn grow(&self, key: &str) -> Option<Rc<Self>> {
        let has_room = self.keys.len() < FEW && self.next.borrow().shapes.len() < FEW;
        if key.len() > LONGEST || !KNOWN.try_with(|known| known.admit(has_room)).unwrap_or_default() {
            return None;
        }
        let key = Key::from(key);
        let tag = key.tag();
        let mut tags = self.tags;
        tags.push(self.keys.len(), tag);
        let keys = self.keys.iter().cloned().chain([key]).collect();
        let shape = Rc::new(Self { keys, tags, next: RefCell::default() });
        let mut next = self.next.borrow_mut();
        let place = next.shapes.len();
        next.tags.push(place, tag);
        next.shapes.push(Rc::clone(&shape));
        Some(shape)
    }

    /// How many keys follow in all maps that got this far.
    pub(super) fn ahead(&self) -> usize {
        match self.next.borrow().shapes.as_slice() {
            [only] => 1 + only.ahead(),
            _ => 0,
        }
    }
}

impl Drop for Shape {
    fn drop(&mut self) {
        if !self.keys.is_empty() {
            KNOWN.try_with(|known| known.made.set(known.made.get().saturating_sub(1))).unwrap_or_default();
        }
    }
}

impl Known {
    /// Whether one shape more may be made. Counts it if so.
    fn admit(&self, has_room: bool) -> bool {
        if !has_room {
            self.refused.set(self.refused.get() + 1);
        }
        if self.made.get() >= MOST_SHAPES || self.refused.get() > MOST_REFUSED {
            self.refused.set(0);
            drop(self.root.next.take());
        }
        // Maps keep their shapes, whatever the tree forgets.
        let is_admitted = has_room && self.made.get() < MOST_SHAPES;
        if is_admitted {
            self.made.set(self.made.get() + 1);
        }
        is_admitted
    }
}
