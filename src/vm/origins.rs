//! Where a null came from. Whenever an instruction leaves null in a register, the instruction is remembered for that
//! register; when a null is the cause of an error, the message can then say "`get("data")` on line 12 gave null". Values
//! other than null cost nothing.

use std::collections::HashMap;

/// An instruction of a function.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    pub function: usize,
    pub instruction: usize,
}

/// The origins of the nulls in the machine's registers, by place in the stack.
#[derive(Debug, Default)]
pub(super) struct Origins {
    by_register: HashMap<usize, Origin>,
}

impl Origins {
    /// A null was left in a register.
    #[cold]
    pub(super) fn left(&mut self, register: usize, origin: Origin) {
        self.by_register.insert(register, origin);
    }

    /// A null was copied from one register to another.
    #[cold]
    pub(super) fn copied(&mut self, from: usize, to: usize) {
        match self.by_register.get(&from).copied() {
            Some(origin) => self.left(to, origin),
            None => self.forget(to),
        }
    }

    /// Nothing is known of this register any more.
    #[cold]
    pub(super) fn forget(&mut self, register: usize) {
        self.by_register.remove(&register);
    }

    /// A function begins whose variables are these registers: what was there before is not its doing.
    pub(super) fn begin(&mut self, variables: std::ops::Range<usize>) {
        if !self.by_register.is_empty() {
            self.by_register.retain(|register, _| !variables.contains(register));
        }
    }

    pub(super) fn of(&self, register: usize) -> Option<Origin> {
        self.by_register.get(&register).copied()
    }
}
