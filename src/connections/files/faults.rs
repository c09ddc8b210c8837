//! For tests: lets the n-th operation on files fail, or stops this process there for ever, to be killed by its parent.
//! Operations are counted for each thread alone, so that tests at the same time do not meet.

use std::cell::{Cell, RefCell};
use std::io::{self, Write};

use super::Step;

/// What happens at an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::connections) enum Fault {
    /// It fails as on a full disk.
    Full,
    /// It fails as on a broken one.
    Broken,
    /// The process says that it has come here, and goes no further.
    Halt,
}

/// What a halted process says.
pub(in crate::connections) const HALTED: &str = "halted";

thread_local! {
    static PLAN: Cell<Option<(usize, Fault)>> = const { Cell::new(None) };
    static REACHED: RefCell<Vec<Step>> = const { RefCell::new(Vec::new()) };
}

/// Does something with a fault at its n-th operation, counted from 1. The second part is whether it came so far.
pub(in crate::connections) fn with_fault<T>(n: usize, fault: Fault, work: impl FnOnce() -> T) -> (T, bool) {
    REACHED.with_borrow_mut(Vec::clear);
    PLAN.set(Some((n, fault)));
    let result = work();
    PLAN.set(None);
    (result, REACHED.with_borrow(Vec::len) >= n)
}

pub(super) fn reached(step: Step) -> io::Result<()> {
    let Some((n, fault)) = PLAN.get() else { return Ok(()) };
    let count = REACHED.with_borrow_mut(|reached| {
        reached.push(step);
        reached.len()
    });
    // What failed once goes on failing, as a full disk does.
    match fault {
        _ if count < n => Ok(()),
        Fault::Full => Err(io::ErrorKind::StorageFull.into()),
        Fault::Broken => Err(io::Error::other("injected")),
        Fault::Halt => {
            let mut output = io::stdout();
            writeln!(output, "{HALTED} at {step:?}")?;
            output.flush()?;
            loop {
                std::thread::park();
            }
        }
    }
}
