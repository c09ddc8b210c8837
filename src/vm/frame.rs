//! What the machine remembers of each function that is being executed, each loop and each `try`.

use crate::program::op::Register;
use crate::value::Value;

/// A function in execution. Its registers begin at `base` of the machine's one stack.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Which function.
    pub function: usize,
    /// The next instruction.
    pub next: usize,
    /// Where its registers begin.
    pub base: usize,
    /// Where the caller wants the result.
    pub into: Register,
    /// How many walks were open when it was called.
    pub walks: usize,
    /// How many `try` were open when it was called.
    pub tries: usize,
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
    Items(std::vec::IntoIter<Value>),
    Indexes(std::ops::Range<i64>),
}

impl Walk {
    #[inline]
    pub(super) fn next(&mut self) -> Option<Value> {
        match self {
            Walk::Items(items) => items.next(),
            Walk::Indexes(indexes) => indexes.next().map(Value::Number),
        }
    }

    /// What is left to walk.
    pub(super) fn values(&self) -> &[Value] {
        match self {
            Walk::Items(items) => items.as_slice(),
            Walk::Indexes(_) => &[],
        }
    }
}
