//! Where a null came from. Whenever an instruction leaves null in a register, the instruction is remembered for that
//! register; when a null is the cause of an error, the message can then say "`get("data")` on line 12 gave null". Values
//! other than null cost nothing.

/// An instruction of a function.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    pub function: usize,
    pub instruction: usize,
}

/// The origins of the nulls in the machine's registers. A null is left by every call that gives nothing, such as `put`,
/// so noting one is a store and no more.
#[derive(Debug, Default)]
pub(super) struct Origins {
    /// By place in the stack, as far as anything was noted.
    by_register: Vec<Option<Origin>>,
}

impl Origins {
    /// A null was left in a register.
    #[inline]
    pub(super) fn left(&mut self, register: usize, origin: Origin) {
        match self.by_register.get_mut(register) {
            Some(noted) => *noted = Some(origin),
            None => self.grow(register, origin),
        }
    }

    #[cold]
    fn grow(&mut self, register: usize, origin: Origin) {
        self.by_register.resize(register, None);
        self.by_register.push(Some(origin));
    }

    /// A null was copied from one register to another.
    #[cold]
    pub(super) fn copied(&mut self, from: usize, to: usize) {
        match self.of(from) {
            Some(origin) => self.left(to, origin),
            None => self.forget(to),
        }
    }

    /// Nothing is known of this register any more.
    #[cold]
    pub(super) fn forget(&mut self, register: usize) {
        if let Some(noted) = self.by_register.get_mut(register) {
            *noted = None;
        }
    }

    /// A function begins whose variables are these registers: what was there before is not its doing.
    #[inline]
    pub(super) fn begin(&mut self, variables: std::ops::Range<usize>) {
        let end = variables.end.min(self.by_register.len());
        if let Some(before) = self.by_register.get_mut(variables.start..end) {
            before.fill(None);
        }
    }

    pub(super) fn of(&self, register: usize) -> Option<Origin> {
        self.by_register.get(register).copied().flatten()
    }
}
