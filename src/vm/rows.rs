//! Which rows calls of built-ins came to, so that the next call of the same function on the same kind of receiver, with as
//! many arguments, finds its row at once. They belong to a program and a thread, as its constants do.

use std::cell::Cell;

use crate::catalogue::Builtin;
use crate::value::Kind;

/// What decides which row is called, and whether it may be, but for the kinds of the arguments.
pub(super) struct Asked {
    /// The number of the group.
    pub group: u16,
    /// Whether the call is written with a dot.
    pub method: bool,
    /// The kind of the first argument; null when there is none.
    pub receiver: Kind,
    /// How many arguments there are, the receiver included.
    pub count: usize,
}

/// The rows that were found last.
#[derive(Debug)]
pub(super) struct Rows([Cell<Known>; Rows::COUNT]);

#[derive(Clone, Copy, Debug)]
struct Known {
    key: u32,
    row: Option<&'static Builtin>,
}

impl Rows {
    /// A power of two. A call that finds its place taken takes longer, and no more than that.
    const COUNT: usize = 64;

    /// The row that such a call came to the last time.
    #[inline(always)]
    pub(super) fn known(&self, asked: &Asked) -> Option<&'static Builtin> {
        let key = asked.key();
        let known = self.place(key)?.get();
        known.row.filter(|_| known.key == key)
    }

    /// Remembers the row of such calls.
    pub(super) fn remember(&self, asked: &Asked, row: &'static Builtin) {
        let key = asked.key();
        if let Some(place) = self.place(key) {
            place.set(Known { key, row: Some(row) });
        }
    }

    #[inline(always)]
    fn place(&self, key: u32) -> Option<&Cell<Known>> {
        // The groups of a program are near one another; those of one name differ in the kind of the receiver.
        self.0.get((key ^ key >> 16) as usize % Self::COUNT)
    }
}

impl Default for Rows {
    fn default() -> Self {
        Self([const { Cell::new(Known { key: 0, row: None }) }; Self::COUNT])
    }
}

impl Asked {
    /// One number for all of it: an instruction counts its arguments in a byte.
    #[inline(always)]
    fn key(&self) -> u32 {
        let form = (self.receiver as u32) << 1 | u32::from(self.method);
        u32::from(self.group) | form << 16 | (self.count as u32) << 24
    }
}
