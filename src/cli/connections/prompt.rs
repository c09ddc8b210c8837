//! A question whose answer is not shown. While it is open, Ctrl-C has to give the terminal its echo back before the program
//! ends: what is typed next would stay unseen in the shell.

use std::io::{self, BufRead, IsTerminal, Write};

use super::super::Error;

/// Asks a person at a terminal; anybody else has decided already.
pub(super) fn confirmed(question: &str) -> bool {
    let (input, mut error) = (io::stdin(), io::stderr());
    if !input.is_terminal() || !error.is_terminal() {
        return true;
    }
    let _ = write!(error, "{question} [y/N] ");
    let mut answer = String::new();
    input.lock().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

/// Asks for a value and shows what it is now. `None` keeps it, `-` empties it.
pub(super) fn shown(what: &str, now: &str) -> Result<Option<String>, Error> {
    let fail = |error: io::Error| Error::Read { what: "the answer".to_owned(), reason: error.to_string() };
    let now = if now.is_empty() { "nothing" } else { now };
    write!(io::stderr(), "{what} [{now}; Enter keeps it, - empties it]: ").map_err(fail)?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(fail)?;
    Ok(match answer.trim() {
        "" => None,
        "-" => Some(String::new()),
        answer => Some(answer.to_owned()),
    })
}

/// Asks, and reads one line without echo. Ctrl-C ends the program with status 130.
pub(in crate::cli) fn hidden(question: &str) -> io::Result<String> {
    restore_on_interrupt();
    let hidden = rpassword::ConfigBuilder::new().password_feedback_hide().build();
    rpassword::prompt_password_with_config(question, hidden)
}

#[cfg(unix)]
fn restore_on_interrupt() {
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
