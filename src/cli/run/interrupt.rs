//! Ctrl-C during a run. The first one ends the run, so that what it printed and used is still told; the second ends the
//! program, for a run that cannot be ended because it waits for a reader or is in one long step.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of an interrupted program: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// Sets the flag when the person presses Ctrl-C.
pub(super) fn cancels(flag: &Arc<AtomicBool>) {
    let flag = Arc::clone(flag);
    // Without a handler Ctrl-C ends the program at once, as it does anywhere else.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(INTERRUPTED);
        }
    });
}
