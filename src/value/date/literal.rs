//! Dates in any of the 41 patterns of the help page "date-time", with or without a time. Which of the ambiguous ones is
//! meant: the configured format first, then names of months, then years in front, then month first between slashes and
//! day first between dashes and dots; what is impossible in that order is read in the other.

use jiff::civil::{Date, Time};

use super::names::{month_named, weekday_named};
use super::read::{clock, full_year};
use super::{DateSettings, read};

/// What a text is as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A date.
    Date {
        /// The day.
        date: Date,
        /// The time, if there is one.
        time: Option<Time>,
        /// Whether more text follows, as the offset of `2022-07-20 17:21:37-05:00`.
        more: bool,
    },
    /// Written as a date, but there is no such day: 35 January.
    Impossible,
    /// Something else.
    Other,
}

/// Longer texts are no dates.
const LONGEST: usize = 60;

/// Whether a text in single quotes is a date literal, possible or not.
pub fn looks_like_date(text: &str) -> bool {
    let mut scan = Scan { rest: text.trim() };
    text.len() <= LONGEST
        && scan.day().is_some()
        && (scan.rest.is_empty() || scan.time().is_some() && scan.rest.trim().is_empty())
}

/// Whether a text has the parts of a date and one of them a wrong length: a name of a month with fewer than three letters,
/// or a number with too many digits. For these the pages of `getDay` and its siblings document null and not an error, so
/// such a text in single quotes stays a text until a function has seen it.
pub fn is_miswritten_date(text: &str) -> bool {
    let text = text.trim();
    let (day, time) = text.split_once(' ').unwrap_or((text, ""));
    let mut parts = day.splitn(4, ['-', '/', '.']);
    let (Some(first), Some(second), Some(third), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = !second.is_empty() && second.bytes().all(|byte| byte.is_ascii_alphabetic());
    let time = time.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()).trim_end();
    let clock: Vec<&str> = if time.is_empty() { Vec::new() } else { time.splitn(4, ':').collect() };
    if text.len() > LONGEST
        || !(is_number(first) && (is_name || is_number(second)) && is_number(third))
        || !(clock.len() <= 3 && clock.iter().all(|part| is_number(part)))
    {
        return false;
    }
    let (year, number) = if first.len() >= 4 { (first, third) } else { (third, first) };
    (is_name && second.len() < 3)
        || (!is_name && second.len() > 2)
        || number.len() > 2
        || year.len() > 4
        || clock.iter().any(|part| part.len() > 2)
}

/// Reads a date.
pub fn read_date(text: &str, settings: &DateSettings) -> Reading {
    let text = text.trim();
    if text.len() > LONGEST {
        return Reading::Other;
    }
    if let Some(found) = configured(text, settings) {
        return found;
    }
    let mut scan = Scan { rest: text };
    let Some(day) = scan.day() else { return Reading::Other };
    finish(day.resolve(), scan)
}

/// A time at the beginning of a text.
pub(super) fn read_time(text: &str) -> Option<Time> {
    Scan { rest: text }.time()?.time
}

/// By the configured format. A year of fewer digits than the format shows is no match: another pattern is meant.
fn configured(text: &str, settings: &DateSettings) -> Option<Reading> {
    let found = read::read(settings.format(), text)?;
    let date = found.clock.date();
    let ends = found.rest.is_empty() || found.rest.starts_with(' ');
    (ends && date.year() >= 1000).then(|| finish(Some(date), Scan { rest: found.rest }))
}

fn finish(date: Option<Date>, mut scan: Scan<'_>) -> Reading {
    let Some(date) = date else { return Reading::Impossible };
    match scan.time() {
        Some(Clock { time: Some(time) }) => Reading::Date { date, time: Some(time), more: !scan.rest.is_empty() },
        Some(Clock { time: None }) => Reading::Impossible,
        None => Reading::Date { date, time: None, more: !scan.rest.is_empty() },
    }
}

/// The three parts of a day as they stand in the text.
#[derive(Clone, Copy, Debug)]
enum Day<'t> {
    /// Day, name of the month, year.
    Named(&'t str, i8, &'t str),
    /// Three numbers and what is between them.
    Numbers(char, [&'t str; 3]),
}

impl Day<'_> {
    fn resolve(self) -> Option<Date> {
        match self {
            Day::Named(day, month, year) => date(year, month, number(day)?),
            Day::Numbers(separator, [a, b, c]) => {
                if a.len() >= 3 {
                    return date(a, number(b)?, number(c)?);
                }
                let day_first = || date(c, number(b)?, number(a)?);
                let month_first = || date(c, number(a)?, number(b)?);
                let found =
                    if separator == '/' { month_first().or_else(day_first) } else { day_first().or_else(month_first) };
                found.or_else(|| if c.len() == 2 { date(a, number(b)?, number(c)?) } else { None })
            }
        }
    }
}

/// A time of day; without a time when a part has too many digits, which is a run-time error and no other value.
struct Clock {
    time: Option<Time>,
}

/// The text that is left to read.
#[derive(Clone, Copy)]
struct Scan<'t> {
    rest: &'t str,
}

impl<'t> Scan<'t> {
    /// Takes the day.
    fn day(&mut self) -> Option<Day<'t>> {
        let mut scan = *self;
        if let Some(word) = scan.letters()
            && weekday_named(word).is_some()
            && month_named(word).is_none()
        {
            scan.separators(",");
            *self = scan;
        }
        let mut scan = *self;
        let day = match scan.letters() {
            Some(word) => {
                let month = month_named(word)?;
                scan.separators("-")?;
                let day = scan.digits()?;
                scan.separators(",")?;
                Day::Named(day, month, scan.digits()?)
            }
            None => {
                let first = scan.digits()?;
                let separator = scan.separators("-/.")?;
                match scan.letters() {
                    Some(word) => {
                        let month = month_named(word)?;
                        scan.separators("-,/.")?;
                        Day::Named(first, month, scan.digits()?)
                    }
                    None => {
                        let second = scan.digits()?;
                        (scan.separators("-/.")? == separator).then_some(())?;
                        Day::Numbers(separator, [first, second, scan.digits()?])
                    }
                }
            }
        };
        let ends = scan.rest.is_empty() || scan.rest.starts_with(' ');
        (ends && day.has_widths()).then(|| {
            *self = scan;
            day
        })
    }

    /// Takes blanks and a time.
    fn time(&mut self) -> Option<Clock> {
        let mut scan = Scan { rest: self.rest.trim_start() };
        let mut parts = [0; 3];
        let mut possible = true;
        for (at, part) in parts.iter_mut().enumerate() {
            if at > 0 {
                match scan.rest.strip_prefix(':') {
                    Some(rest) => scan.rest = rest,
                    None if at == 2 => break,
                    None => return None,
                }
            }
            let digits = scan.digits()?;
            possible &= digits.len() <= 2;
            *part = digits.parse().unwrap_or(0);
        }
        let [mut hour, minute, second] = parts;
        let mut after = Scan { rest: scan.rest.trim_start() };
        match after.letters().map(str::to_ascii_lowercase).as_deref() {
            Some("pm") => {
                hour = if hour < 12 { hour + 12 } else { hour };
                scan = after;
            }
            Some("am") => {
                hour = if hour == 12 { 0 } else { hour };
                scan = after;
            }
            _ => {}
        }
        *self = scan;
        Some(Clock { time: possible.then(|| clock(hour, minute, second)) })
    }

    fn digits(&mut self) -> Option<&'t str> {
        self.take(|letter| letter.is_ascii_digit())
    }

    fn letters(&mut self) -> Option<&'t str> {
        self.take(|letter| letter.is_ascii_alphabetic())
    }

    fn take(&mut self, wanted: impl Fn(char) -> bool) -> Option<&'t str> {
        let end = self.rest.find(|letter| !wanted(letter)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        (!taken.is_empty()).then_some(taken)
    }

    /// Takes one of the given separators, with blanks around it, or blanks alone.
    fn separators(&mut self, allowed: &str) -> Option<char> {
        let rest = self.rest.trim_start();
        match rest.strip_prefix(|letter| allowed.contains(letter)) {
            Some(after) if rest.len() == self.rest.len() || rest.starts_with(',') => {
                let found = rest.chars().next();
                self.rest = if found == Some(',') { after.trim_start() } else { after };
                found
            }
            _ if rest.len() < self.rest.len() => {
                self.rest = rest;
                Some(' ')
            }
            _ => None,
        }
    }
}

impl Day<'_> {
    /// Days have one or two digits, years two or at least four; between blanks alone a year has at least four.
    fn has_widths(&self) -> bool {
        let small = |part: &str| part.len() <= 2;
        let year = |part: &str| part.len() == 2 || part.len() >= 4;
        match self {
            Day::Named(day, _, part) => small(day) && year(part),
            Day::Numbers(' ', [a, b, c]) => small(a) && small(b) && c.len() >= 4,
            Day::Numbers(_, [a, b, c]) => small(b) && (small(a) && year(c) || small(c) && a.len() >= 4),
        }
    }
}

/// A day of a year of two or four digits.
fn date(year: &str, month: i8, day: i8) -> Option<Date> {
    let full: i16 = match year.len() {
        2 => full_year(year.parse().ok()?),
        4 => year.parse().ok()?,
        _ => return None,
    };
    Date::new(full, month, day).ok()
}

fn number(digits: &str) -> Option<i8> {
    digits.parse().ok()
}
