//! What the machine remembers of each function that is being executed, each loop and each `try`.

use crate::program::op::Register;
use crate::value::{Elements, Value};

/// A function in execution. Its registers begin at `base` of the machine's one stack. Sixteen bytes, since each call
/// copies one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    function: u32,
    next: u32,
    base: u32,
    /// Where the caller wants the result.
    pub into: Register,
}

impl Frame {
    /// A function whose registers begin at `base`, before its instruction `next`.
    #[inline]
    pub(super) fn new(function: usize, next: usize, base: usize, into: Register) -> Self {
        // A program has fewer instructions, and a stack within its limits fewer registers.
        Self { function: function as u32, next: next as u32, base: base as u32, into }
    }

    /// Which function.
    #[inline]
    pub(super) fn function(self) -> usize {
        self.function as usize
    }

    /// The next instruction.
    #[inline]
    pub(super) fn next(self) -> usize {
        self.next as usize
    }

    /// Where its registers begin.
    #[inline]
    pub(super) fn base(self) -> usize {
        self.base as usize
    }

    /// Lets the function go on at an instruction.
    #[inline]
    pub(super) fn go_to(&mut self, next: usize) {
        self.next = next as u32;
    }
}

/// An open `try`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Try {
    /// How many callers the function with this `try` has.
    pub depth: usize,
    /// Where the handler begins.
    pub handler: usize,
    /// What takes the error.
    pub into: Register,
    /// How many walks were open.
    pub walks: usize,
}

/// A `for each` under way. It walks what the list held when the loop began, whatever the body does to the list.
#[derive(Debug)]
pub(super) enum Walk {
    Elements(Elements),
    Made(std::vec::IntoIter<Value>),
    Indexes(std::ops::Range<i64>),
}

impl Walk {
    /// Puts the next element in the place of a value; false when there is none.
    #[inline]
    pub(super) fn next_into(&mut self, place: &mut Value) -> bool {
        match self {
            Walk::Elements(elements) => elements.next_into(place),
            Walk::Made(items) => {
                let Some(item) = items.as_mut_slice().first_mut() else { return false };
                // Exchanged where they are: a value that is handed on in an `Option` is taken apart and put together again,
                // which took longer than all the rest of a turn.
                std::mem::swap(item, place);
                if !item.is_plain() {
                    *item = Value::Null;
                }
                std::mem::forget(items.next());
                true
            }
            Walk::Indexes(indexes) => match indexes.next() {
                Some(index) => {
                    *place = Value::Number(index);
                    true
                }
                None => false,
            },
        }
    }

    /// What it holds, for weighing.
    pub(super) fn values(&self) -> &[Value] {
        match self {
            Walk::Elements(elements) => elements.held(),
            Walk::Made(items) => items.as_slice(),
            Walk::Indexes(_) => &[],
        }
    }
}
