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

/// A name that is no day of the week.
pub(super) fn bad_weekday(name: &str) -> Failure {
    let shown: String = name.chars().take(40).collect();
    Failure::new("run::weekday", format!("\"{shown}\" is no day of the week"))
        .help("write an English name, such as \"Monday\"")
}

/// Weekends that are all days.
pub(super) fn no_work_day() -> Failure {
    Failure::new("run::weekday", "every day of the week is in the weekend")
        .help("leave at least one day out of the list of weekends")
}

/// Work hours that are none.
pub(super) fn bad_hours() -> Failure {
    Failure::new("run::work-hours", "the work hours are not two hours of one day, the first before the second")
        .help("write them as {\"start\":\"9\",\"end\":\"17\"}")
}

/// A pattern that reads no date.
pub(super) fn bad_date_format(format: &str) -> Failure {
    let shown: String = format.chars().take(40).collect();
    Failure::new("run::date-format", format!("\"{shown}\" is no date format"))
        .help("use the letters y M d H h m s a z; put words in single quotes: dd 'of' MMMM")
}

/// A text or number that is formatted as a number. The text is Zoho's for a text that is neither number nor date.
pub(super) fn number_format() -> Failure {
    let message = "'TEXT' can not be cast to '[DECIMAL, NUMBER, DATE, DATE-TIME]' for the function 'text'";
    Failure::new("run::argument-type", message).help("dates can be formatted here, numbers cannot yet")
}

/// What Zoho says of both, XML and path (help page "error messages").
const INVALID_XML: &str = "Invalid XML or Invalid XPath";

/// Text that is no XML where XML is needed.
pub(super) fn invalid_xml(detail: &str) -> Failure {
    Failure::new("run::invalid-xml", INVALID_XML).help(format!("the text is not XML: {detail}"))
}

/// A path that is no XPath 1.0.
pub(super) fn invalid_xpath(detail: &str) -> Failure {
    Failure::new("run::invalid-xpath", INVALID_XML).help(format!("the path is not XPath 1.0: {detail}"))
}

/// A path that takes too many steps on a text.
pub(super) fn xpath_too_slow() -> Failure {
    Failure::new("run::xpath-steps", "the XPath takes too many steps on this text")
        .help("name the elements on the way instead of // and *, or search a part of the text")
}
