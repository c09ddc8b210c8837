//! What Zoho Creator lacks. Its pages say of some functions "all services except Creator", of others that only one name,
//! the dot form or an argument is missing there; its editor refuses those uses on save.

use super::Builtin;
use crate::syntax::Dialect;
use crate::value::{Kind, Kinds};

/// A use of a row that Creator does not have. Everything that is set must be true of a call; [`Absent::ROW`], with nothing
/// set, is every call.
#[derive(Clone, Copy, Debug)]
pub struct Absent {
    name: &'static str,
    as_method: bool,
    receivers: Kinds,
    beyond: Option<usize>,
}

/// A call, as far as it is known; before a run the receiver is not.
#[derive(Clone, Copy, Debug)]
pub struct Use<'a> {
    /// The name that the script uses, in any case.
    pub name: &'a str,
    /// Whether it is written with a dot.
    pub is_method: bool,
    /// The number of arguments after the receiver.
    pub given: usize,
    /// The kind of the receiver.
    pub receiver: Option<Kind>,
}

impl Absent {
    /// Every call of the row.
    pub const ROW: Absent = Absent { name: "", as_method: false, receivers: Kinds::NONE, beyond: None };

    /// Only under this one of the row's names.
    #[must_use]
    pub const fn named(self, name: &'static str) -> Absent {
        Absent { name, ..self }
    }

    /// Only with a dot: `isNull(x)` is there, `x.isNull()` is not.
    #[must_use]
    pub const fn as_method(self) -> Absent {
        Absent { as_method: true, ..self }
    }

    /// Only on receivers of these kinds; this is noticed when the call is reached.
    #[must_use]
    pub const fn on(self, receivers: Kinds) -> Absent {
        Absent { receivers, ..self }
    }

    /// Only with more arguments after the receiver than these.
    #[must_use]
    pub const fn beyond(self, arguments: usize) -> Absent {
        Absent { beyond: Some(arguments), ..self }
    }

    fn covers(&self, call: &Use<'_>) -> bool {
        (self.name.is_empty() || self.name.eq_ignore_ascii_case(call.name))
            && (call.is_method || !self.as_method)
            && (self.receivers.is_empty() || call.receiver.is_some_and(|kind| self.receivers.has(kind)))
            && self.beyond.is_none_or(|most| call.given > most)
    }
}

impl Builtin {
    /// Why a service does not have this call of the row; `None` when it has it.
    #[inline]
    pub fn absent(&self, dialect: Dialect, call: &Use<'_>) -> Option<&Absent> {
        if dialect != Dialect::Creator {
            return None;
        }
        self.not_in_creator.iter().find(|absent| absent.covers(call))
    }

    /// What a script may do in Creator instead of a call that is absent there.
    pub fn instead(&self, absent: &Absent) -> String {
        let Builtin { name, .. } = self;
        match absent {
            Absent { receivers, beyond: Some(0), .. } if !receivers.is_empty() => {
                format!("in Creator, {name} takes no argument behind {}", receivers.names())
            }
            Absent { beyond: Some(0), .. } => format!("in Creator, {name} takes no argument here"),
            Absent { beyond: Some(1), .. } => format!("in Creator, {name} takes one argument here"),
            Absent { beyond: Some(most), .. } => format!("in Creator, {name} takes {most} arguments here"),
            Absent { as_method: true, .. } => format!("in Creator, write {name}(value)"),
            Absent { name: other, .. } if !other.is_empty() && !other.eq_ignore_ascii_case(name) => {
                format!("in Creator it is called {name}")
            }
            Absent { receivers, .. } if !receivers.is_empty() => {
                format!("in Creator, {name} does not take {}; convert the value first", receivers.names())
            }
            _ => "Creator does not have this function; all other services do".to_owned(),
        }
    }
}
