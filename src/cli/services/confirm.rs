//! The question before something is lost. A person at a terminal is asked; elsewhere `--yes` has to say it, because what
//! is lost here are credentials that a script cannot get back.

use std::io::{BufRead, IsTerminal, Write};

use super::super::Error;
use crate::connections::FileRegistry;

/// Asks whether to go on, with what will be lost.
pub(super) fn confirm(yes: bool, losses: &[String], question: &str) -> Result<(), Error> {
    if yes || losses.is_empty() {
        return Ok(());
    }
    let (input, mut error) = (std::io::stdin(), std::io::stderr());
    let refused = || Error::LossNotConfirmed { losses: losses.join("\n") };
    if !input.is_terminal() || !error.is_terminal() {
        return Err(refused());
    }
    if asked(&mut input.lock(), &mut error, losses, question) { Ok(()) } else { Err(refused()) }
}

/// Asks one question that stands for itself.
pub(super) fn asked(input: &mut impl BufRead, output: &mut impl Write, losses: &[String], question: &str) -> bool {
    for loss in losses {
        let _ = writeln!(output, "{loss}");
    }
    let _ = write!(output, "{question} [y/N] ");
    let _ = output.flush();
    let mut answer = String::new();
    input.read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

/// What an edit or the end of a service does to its connections, in words; empty without any.
pub(super) fn to_be_revoked(registry: &FileRegistry, service: &str) -> Vec<String> {
    let connections = registry.connections_of(service);
    match connections.as_slice() {
        [] => Vec::new(),
        [one] => vec![format!("the connection {one} of this service will be revoked: its credentials are forgotten")],
        all => vec![format!(
            "the connections {} of this service will be revoked: their credentials are forgotten",
            all.join(", ")
        )],
    }
}
