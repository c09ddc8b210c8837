//! A walk over a list: the elements that it held when the walk began, whatever becomes of the list meanwhile. Nothing is
//! copied for that unless the list is changed while it is walked: whoever changes it leaves the elements as they were
//! to the walks under way.

use std::cell::{Cell, OnceCell};
use std::fmt;

use super::{Aggregate, Contents, Shared, Value};

/// The elements as they were before a change, once there was one.
type Before = Shared<OnceCell<Vec<Value>>>;

/// The elements of a list or of a collection of elements, one after the other.
#[derive(Debug)]
pub struct Elements {
    list: Value,
    before: Before,
    /// The next one.
    at: usize,
}

impl Elements {
    /// Begins a walk; `None` for what has no elements.
    pub fn of(list: &Aggregate) -> Option<Self> {
        let before = match &*list.borrow() {
            Contents::List(_) => list.watch().begin(),
            _ => return None,
        };
        Some(Self { list: Value::Aggregate(list.clone()), before, at: 0 })
    }

    /// Puts the next element in the place of a value; false when there is none.
    #[inline]
    pub fn next_into(&mut self, place: &mut Value) -> bool {
        let Value::Aggregate(list) = &self.list else { return false };
        let contents;
        let items = match (self.before.get(), {
            contents = list.borrow();
            &*contents
        }) {
            (Some(before), _) => before,
            (None, Contents::List(items)) => items,
            (None, _) => return false,
        };
        let Some(item) = items.get(self.at) else { return false };
        self.at += 1;
        place.clone_from(item);
        true
    }

    /// What the walk holds, for weighing: the list, or what it held before it was changed.
    pub fn held(&self) -> &[Value] {
        match self.before.get() {
            Some(before) => before,
            None => std::slice::from_ref(&self.list),
        }
    }
}

/// Part of a list: who walks it since its last change.
#[derive(Default)]
pub(super) struct Watch(Cell<Option<Before>>);

impl Watch {
    fn begin(&self) -> Before {
        let before = self.0.take().unwrap_or_default();
        self.0.set(Some(Shared::clone(&before)));
        before
    }

    /// To be told before elements are changed.
    #[inline]
    pub(super) fn changes(&self, items: &[Value]) {
        if let Some(before) = self.0.take() {
            leave(&before, items);
        }
    }
}

#[cold]
fn leave(before: &Before, items: &[Value]) {
    if Shared::strong_count(before) > 1 {
        // The watch is given up with the first change, so nothing was left before.
        let _ = before.set(items.to_vec());
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}
