//! The failures that built-ins have beside those of values. Zoho documents no text for them, so the texts are ours.

use crate::value::{Failure, Kind, Kinds};

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

/// A plain text too long to be searched for in any case of letters.
pub(super) fn wanted_too_long() -> Failure {
    Failure::new("run::pattern", "the text to be found is too long to be found in any case of letters")
        .help("search for a part of it, or with the function that heeds the case")
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

/// Elements for a collection of pairs.
pub(super) fn holds_pairs() -> Failure {
    Failure::new("run::collection-kind", "the collection holds key-value pairs and takes no elements")
        .help("insert a pair, c.insert(key : value), or make another collection for elements")
}

/// Pairs for a collection of elements.
pub(super) fn holds_elements() -> Failure {
    Failure::new("run::collection-kind", "the collection holds elements and takes no key-value pairs")
        .help("insert the value alone, c.insert(value), or make another collection for pairs")
}

/// A position outside a collection of elements. The text is Zoho's, which speaks of a string here too.
pub(super) fn outside_collection() -> Failure {
    let message = "Given string is lesser than the applied boundary, so index out of bounds exception arisen";
    Failure::new("run::index", message).help("positions begin at 0; the last one is size() - 1")
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

/// A text that is formatted and is neither number nor date. The text is Zoho's (help page "error messages").
pub(super) fn nothing_to_format() -> Failure {
    let message = "'TEXT' can not be cast to '[DECIMAL, NUMBER, DATE, DATE-TIME]' for the function 'text'";
    Failure::new("run::argument-type", message).help("text() formats numbers, dates, and texts that hold one")
}

/// A list with an element that is no number, or without the wanted one. The text is Zoho's (help page "rank").
pub(super) fn invalid_entries(found: Kind) -> Failure {
    let name = found.name();
    let message = format!(
        "'List contains invalid({name}) entries hence' can not be cast to 'valid list and perform desired operations'"
    );
    Failure::new("run::list-entries", message).help("every element must be a number, and one of them the number sought")
}

/// A place in an order, counted from 1, at which nothing stands.
pub(super) fn no_such_place(place: i64, size: usize) -> Failure {
    let message = format!("Given index {place} is greater than the list size");
    Failure::new("run::index", message).help(format!("places are counted from 1; this list has {size}"))
}

/// A percentage outside its range.
pub(super) fn bad_percentage(given: &str) -> Failure {
    Failure::new("run::argument-range", format!("{given} is no percentage for the function 'percentile'"))
        .help("give a number above 0 and not above 100")
}

/// More days than a function takes.
pub(super) fn too_many_days(function: &str, most: i64) -> Failure {
    Failure::new("run::argument-range", format!("{function} takes up to {most} days")).help("call it more than once")
}

/// Work days that are counted too far from the date.
pub(super) fn work_days_too_far(most: i64) -> Failure {
    Failure::new("run::date-range", format!("work days are counted over {most} days at most"))
        .help("add or subtract less, or bring the two dates nearer together")
}

/// A language that numbers are not spelled in.
pub(super) fn unknown_language<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Failure {
    let shown: String = name.chars().take(40).collect();
    Failure::new("run::language", format!("toWords knows no language \"{shown}\""))
        .help(format!("it knows {}", known.collect::<Vec<_>>().join(", ")))
}

/// A number that is too long for a function.
pub(super) fn too_many_digits(function: &str, most: usize) -> Failure {
    Failure::new("run::argument-range", format!("{function} takes numbers of up to {most} digits before the point"))
        .help("shorten the number, for example by rounding it or dividing it first")
}

/// The operating system gives no random numbers.
pub(super) fn no_random_numbers() -> Failure {
    Failure::new("run::random", "the operating system gives no random numbers")
        .help("give the run a seed, or allow it to read the system's random numbers")
}

/// A name that no file can have.
pub(super) fn bad_file_name(name: &str) -> Failure {
    let shown: String = name.chars().filter(|letter| !letter.is_control()).take(40).collect();
    Failure::new("run::file-name", format!("\"{shown}\" cannot be the name of a file"))
        .help("use up to 1000 characters on one line, for example report.pdf")
}

/// A charset that is not known.
pub(super) fn bad_charset(name: &str) -> Failure {
    let shown: String = name.chars().take(40).collect();
    Failure::new("run::charset", format!("\"{shown}\" is no known charset"))
        .help("use a name such as UTF-8, UTF-16 or ISO-8859-1")
}

/// A file beyond the size that a page of Zoho documents.
pub(super) fn file_too_large(limit: &str) -> Failure {
    Failure::new("run::file-size", format!("the file is too large; the limit is {limit}"))
        .help("split the content into several files")
}

/// A zip file that cannot be written or read.
pub(super) fn bad_zip(problem: &str) -> Failure {
    Failure::new("run::zip", format!("the zip file cannot be used: {problem}")).help(
        "extract reads zip files without password; compress takes files, lists of files, and maps of names to files",
    )
}

/// A text where Creator takes a date only. The first words are Zoho's.
pub(super) fn text_in_creator(function: &str) -> Failure {
    let wanted = Kinds::DATE.names();
    Failure::new("run::argument-type", format!("'TEXT' can not be cast to '[{wanted}]' for the function '{function}'"))
        .help(format!(
            "in Creator, {function} takes no text: write the date in single quotes, or convert it with toDate()"
        ))
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
