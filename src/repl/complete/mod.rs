//! What could be typed next.

mod scope;

pub use scope::{Function, MOST_KEYS, Named, Scope, Seen, Step, Variable, seen};
