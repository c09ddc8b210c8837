//! The failures that built-ins have beside those of values. Zoho documents no text for them, so the texts are ours.

use crate::value::Failure;

/// A text, list or map that would grow beyond what one call may make. No `try` catches it, as with every limit.
pub(super) fn too_large(largest: usize) -> Failure {
    let message = format!("the run passed its limit of {largest} bytes in one text or elements in one list or map");
    Failure::new("limits::size", message)
        .help("choose another profile with --limits, or set the number under [limits] in sluice.toml")
        .uncatchable()
}

/// A regular expression that cannot be read.
pub(super) fn bad_pattern(detail: &str) -> Failure {
    Failure::new("run::pattern", format!("the regular expression is not valid: {detail}")).help(
        "to search for plain text, pass true as last argument, or put \\\\ before each of . * + ? ( ) [ ] { } | ^ $",
    )
}

/// A regular expression that takes too many steps on a text.
pub(super) fn pattern_too_slow() -> Failure {
    Failure::new("run::pattern", "the regular expression takes too many steps on this text")
        .help("make nested repetitions such as (a+)+ simpler, or search a shorter text")
}

/// A regular expression that needs too much memory, or too much for a text of this length.
pub(super) fn pattern_too_large() -> Failure {
    Failure::new("run::pattern", "the regular expression is too large for this text")
        .help("make counted repetitions such as {1,1000} smaller, or search a shorter text")
}

/// A text too long to be searched for a pattern.
pub(super) fn text_too_long(longest: usize) -> Failure {
    Failure::new("run::pattern", format!("a regular expression searches texts of at most {longest} bytes"))
        .help("search plain text by passing true as last argument, or search the text in parts")
}

/// `$3` in a replacement for a pattern with fewer groups.
pub(super) fn no_such_group(name: &str) -> Failure {
    Failure::new("run::pattern", format!("the replacement uses the group ${name}, which the pattern does not have"))
        .help("write \\\\$ for a dollar sign, or pass true as last argument to replace plain text")
}
