//! Scripts in, trees or diagnostics out. Trees are compared in a short notation (see `show.rs`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod creator;
mod errors;
mod export;
mod expressions;
mod format;
mod limits;
mod outline;
mod pieces;
mod prompt;
mod recovery;
mod show;
mod statements;
mod tasks;
mod texts;
mod vocabulary;

use super::{Arena, Dialect, parse};
use crate::diagnostic::Severity;
use crate::source::Source;

/// The script's tree in short notation; it must have no diagnostics.
fn tree(script: &str) -> String {
    let source = Source::new("test", script);
    let arena = Arena::new();
    let parsed = parse(&source, Dialect::Portable, &arena);
    assert_eq!(parsed.diagnostics, [], "{script}");
    show::script(&parsed.script)
}

/// The tree of `info …;` without the `info`.
fn value(expression: &str) -> String {
    let shown = tree(&format!("info {expression};"));
    shown.strip_prefix("info ").unwrap().to_owned()
}

/// Code and line of each diagnostic.
fn problems(script: &str) -> Vec<String> {
    let source = Source::new("test", script);
    let arena = Arena::new();
    let parsed = parse(&source, Dialect::Portable, &arena);
    parsed.diagnostics.iter().map(|d| format!("{} {}", d.code, source.line(d.span().unwrap().start))).collect()
}

/// The lines of the errors.
fn error_lines(script: &str) -> Vec<u32> {
    let source = Source::new("test", script);
    let arena = Arena::new();
    let parsed = parse(&source, Dialect::Portable, &arena);
    let errors = parsed.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    errors.map(|d| source.line(d.span().unwrap().start)).collect()
}

/// The only diagnostic's code, message and help.
fn only(script: &str) -> (String, String, String) {
    let source = Source::new("test", script);
    let arena = Arena::new();
    let parsed = parse(&source, Dialect::Portable, &arena);
    assert_eq!(parsed.diagnostics.len(), 1, "{script}: {:?}", parsed.diagnostics);
    let only = &parsed.diagnostics[0];
    (only.code.to_string(), only.message.clone(), only.help.clone().unwrap_or_default())
}
