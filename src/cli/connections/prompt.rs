//! A question whose answer is not shown. While it is open, Ctrl-C has to give the terminal its echo back before the program
//! ends: what is typed next would stay unseen in the shell.

use std::io;

/// Asks, and reads one line without echo. Ctrl-C ends the program with status 130.
pub(in crate::cli) fn hidden(question: &str) -> io::Result<String> {
    restore_on_interrupt();
    let hidden = rpassword::ConfigBuilder::new().password_feedback_hide().build();
    rpassword::prompt_password_with_config(question, hidden)
}

#[cfg(unix)]
fn restore_on_interrupt() {
    use std::io::Write;

    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

    let Ok(shown) = tcgetattr(io::stdin()) else { return };
    // Only the first prompt of a process can set a handler, and its settings are those to go back to.
    let _ = ctrlc::set_handler(move || {
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &shown);
        // Nobody is left who could be told that this failed.
        let _ = writeln!(io::stderr());
        std::process::exit(130);
    });
}

/// Elsewhere the console shows again what is typed when the program that hid it is gone.
#[cfg(not(unix))]
fn restore_on_interrupt() {}
