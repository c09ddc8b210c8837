//! English names. Zoho prints and reads month and day names in English whatever the language of the account (help page
//! "toDateTimeString").

use jiff::civil::Weekday;

/// The months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The days of the week, Sunday first, as Zoho counts them.
pub const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The number of a month by its name or the first three or more letters of it.
pub(super) fn month_named(word: &str) -> Option<i8> {
    let known = |name: &str| word.len() >= 3 && begins(name, word);
    let short = || MONTHS.iter().position(|name| word.eq_ignore_ascii_case("sept") && begins(name, "sep"));
    let at = MONTHS.iter().position(|name| known(name)).or_else(short)?;
    i8::try_from(at + 1).ok()
}

/// The weekday of a full name or the first three or more letters of it, in any case.
pub fn weekday_named(word: &str) -> Option<Weekday> {
    let at = WEEKDAYS.iter().position(|name| word.len() >= 3 && begins(name, word))?;
    Weekday::from_sunday_zero_offset(i8::try_from(at).ok()?).ok()
}

/// The first three letters of a name.
pub(super) fn short(name: &str) -> &str {
    name.get(..3).unwrap_or(name)
}

fn begins(name: &str, start: &str) -> bool {
    name.get(..start.len()).is_some_and(|part| part.eq_ignore_ascii_case(start))
}
