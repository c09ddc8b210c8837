//! What must hold whatever a script, a file or a server says. Each module checks one promise on arbitrary bytes and panics
//! where it is broken. libFuzzer calls them with inputs that it breeds; `tests/it/fuzzing.rs` includes this file and calls
//! them with scripts that it damages, so that the promises are kept on every build.

pub mod driver;
pub mod format;
pub mod json;
pub mod parse;
pub mod pattern;
pub mod run;
pub mod toml;
pub mod xml;

use std::time::{Duration, Instant};

use sluice::diagnostic::{Colour, Diagnostic, render};
use sluice::source::{Source, Span};

/// No single check comes near this, even with a sanitizer on a busy machine. The longest that the product allows itself is
/// five seconds, for a regular expression.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Does something, which must not take long.
pub fn in_time<T>(what: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let made = what();
    let took = started.elapsed();
    assert!(took < PATIENCE, "took {took:?}");
    made
}

/// Whether a place can be cut out of a text.
pub fn is_place(text: &str, span: Span) -> bool {
    span.start <= span.end && text.get(span.range()).is_some()
}

/// A diagnostic has a code, a message, places within the text, and can be drawn.
pub fn is_sound(found: &Diagnostic, source: &Source) {
    assert!(found.code.contains("::") && !found.message.is_empty(), "{found:?}");
    assert!(!found.code.ends_with("::internal"), "{found:?}");
    for label in &found.labels {
        assert!(is_place(source.text(), label.span), "{found:?} points outside the text or into a character");
    }
    assert!(render(found, source, Colour::Off).contains(&*found.code));
}

/// A text and what follows the first zero byte, for checks that need two. Bytes that are no UTF-8 become replacement
/// characters.
pub fn halves(bytes: &[u8]) -> (String, String) {
    let at = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let (first, rest) = bytes.split_at(at);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(first), text(rest.get(1..).unwrap_or_default()))
}
