//! Ctrl-C during a run. The first one ends the run, so that what it printed and used is still told; a later one ends the
//! program, for a run that cannot be ended because it waits for a reader or is in one long step. The signal belongs to the
//! whole process, hence the one static in this room.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The exit code of an interrupted program: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// The run that Ctrl-C ends now.
static PRESENT: Mutex<Option<Present>> = Mutex::new(None);

struct Present {
    flag: Arc<AtomicBool>,
    /// How many times the person may press before the program ends.
    patience: u32,
}

/// Sets the flag when the person presses Ctrl-C; the second time the program ends.
pub(super) fn cancels(flag: &Arc<AtomicBool>) {
    watch(flag, 1);
}

/// The same at a prompt, whose state is worth more patience: the third time the program ends. Until the returned guard is
/// dropped.
#[cfg(feature = "repl")]
pub(super) fn cancels_input(flag: &Arc<AtomicBool>) -> Guard {
    watch(flag, 2);
    Guard(())
}

/// While it is there, Ctrl-C ends the run.
#[cfg(feature = "repl")]
pub(super) struct Guard(());

#[cfg(feature = "repl")]
impl Drop for Guard {
    fn drop(&mut self) {
        *PRESENT.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

fn watch(flag: &Arc<AtomicBool>, patience: u32) {
    *PRESENT.lock().unwrap_or_else(PoisonError::into_inner) = Some(Present { flag: Arc::clone(flag), patience });
    // Set once. Without a handler Ctrl-C ends the program at once, as it does anywhere else.
    let _ = ctrlc::set_handler(pressed);
}

fn pressed() {
    let mut present = PRESENT.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(present) = present.as_mut() else { return };
    present.flag.store(true, Ordering::Relaxed);
    match present.patience.checked_sub(1) {
        Some(left) => present.patience = left,
        None => std::process::exit(INTERRUPTED),
    }
}
