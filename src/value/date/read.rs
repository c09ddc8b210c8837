//! Texts read by a pattern, as `toDate("15/01/2020", "dd/MM/yyyy")` does. The pattern may describe less than the whole
//! text; what follows is given back.

use jiff::civil::{Date, DateTime, Time};

use super::names::{month_named, weekday_named};
use super::pattern::{Item, Pattern};
use super::zone::zone_named;

/// What was read.
#[derive(Debug)]
pub(super) struct Found<'t> {
    /// The date and, when the pattern named one, the time.
    pub clock: DateTime,
    /// The text that the pattern does not describe.
    pub rest: &'t str,
    /// The difference to UTC in the text, in seconds, when the pattern has one.
    pub offset: Option<i32>,
}

#[derive(Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    day_of_year: Option<i16>,
    hour: Option<i8>,
    afternoon: Option<bool>,
    minute: i8,
    second: i8,
    millisecond: i16,
    offset: Option<i32>,
}

/// Reads as much of the text as the pattern describes. `None` when the text does not follow the pattern or means no day
/// that there is.
pub(super) fn read<'t>(pattern: &Pattern, text: &'t str) -> Option<Found<'t>> {
    let mut parts = Parts::default();
    let mut rest = text;
    let mut items = pattern.items().peekable();
    while let Some(item) = items.next() {
        rest = match item {
            Item::Literal(literal) => skip(literal, rest)?,
            Item::Field(letter, count) => {
                // Digits that stand against one another are told apart by the number of letters.
                let tight = matches!(items.peek(), Some(Item::Field(next, more)) if is_digits(*next, *more));
                parts.take(letter, count, tight, rest)?
            }
        };
    }
    Some(Found { clock: parts.finish()?, rest, offset: parts.offset })
}

impl Parts {
    fn take<'t>(&mut self, letter: u8, count: usize, tight: bool, text: &'t str) -> Option<&'t str> {
        match letter {
            b'M' | b'L' if count >= 3 => {
                let (word, rest) = word(text)?;
                self.month = Some(month_named(word)?);
                return Some(rest);
            }
            b'E' => {
                let (word, rest) = word(text)?;
                return weekday_named(word).map(|_| rest);
            }
            b'a' => {
                let (word, rest) = word(text)?;
                self.afternoon = Some(match word.to_ascii_lowercase().as_str() {
                    "am" => false,
                    "pm" => true,
                    _ => return None,
                });
                return Some(rest);
            }
            b'G' => return word(text).map(|(_, rest)| rest),
            b'z' | b'Z' | b'X' => return self.take_zone(text),
            _ => {}
        }
        let text = text.trim_start();
        let width = text.bytes().take_while(u8::is_ascii_digit).count();
        let width = if tight { width.min(count) } else { width };
        let (digits, rest) = text.split_at_checked(width)?;
        let number: i16 = digits.parse().ok()?;
        let small = i8::try_from(number);
        match letter {
            b'y' | b'Y' => {
                self.year = Some(if count == 2 && width == 2 { full_year(number) } else { number });
            }
            b'M' | b'L' => self.month = Some(small.ok()?),
            b'd' => self.day = Some(small.ok()?),
            b'D' => self.day_of_year = Some(number),
            b'H' => self.hour = Some(small.ok()?),
            b'k' | b'h' => {
                self.hour = Some(if (letter, number) == (b'k', 24) || (letter, number) == (b'h', 12) {
                    0
                } else {
                    small.ok()?
                })
            }
            b'K' => self.hour = Some(small.ok()?),
            b'm' => self.minute = small.ok()?,
            b's' => self.second = small.ok()?,
            b'S' => self.millisecond = number.min(999),
            // Weeks and their days follow from the date.
            _ => {}
        }
        Some(rest)
    }

    fn take_zone<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let text = text.trim_start();
        if let Some(rest) = text.strip_prefix('Z') {
            self.offset = Some(0);
            return Some(rest);
        }
        let (name, rest) = match text.starts_with(['+', '-']) {
            true => {
                let end = text.bytes().take_while(|byte| b"+-:0123456789".contains(byte)).count();
                let (digits, rest) = text.split_at_checked(end)?;
                (format!("GMT{digits}"), rest)
            }
            false => {
                let end =
                    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"/_+-:".contains(byte)).count();
                let (name, rest) = text.split_at_checked(end)?;
                (name.to_owned(), rest)
            }
        };
        let zone = zone_named(&name)?;
        self.offset = zone.to_fixed_offset().ok().map(|offset| offset.seconds());
        Some(rest)
    }

    fn finish(&self) -> Option<DateTime> {
        let year = self.year.unwrap_or(1970);
        let date = match (self.day_of_year, self.month, self.day) {
            (Some(day), None, None) => Date::new(year, 1, 1).ok()?.with().day_of_year(day).build().ok()?,
            (_, month, day) => Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?,
        };
        let hour = match (self.afternoon, self.hour.unwrap_or(0)) {
            (Some(true), hour) if hour < 12 => hour + 12,
            (_, hour) => hour,
        };
        let time = clock(hour.into(), self.minute.into(), self.second.into());
        let precise = match self.millisecond {
            0 => time,
            some => time.with().millisecond(some).build().unwrap_or(time),
        };
        Some(date.to_datetime(precise))
    }
}

/// A time in which what is too large goes back to zero with all that is smaller (help page "addDay").
pub(super) fn clock(hour: i64, minute: i64, second: i64) -> Time {
    let (hour, minute, second) = match (hour, minute, second) {
        (24.., _, _) => (0, 0, 0),
        (hour, 60.., _) => (hour, 0, 0),
        (hour, minute, 60..) => (hour, minute, 0),
        whole => whole,
    };
    let small = |number| i8::try_from(number).unwrap_or(0);
    Time::new(small(hour), small(minute), small(second), 0).unwrap_or_default()
}

/// A year of two digits is one of 80 years back to 19 years ahead, as Java reads it; the present is taken as 2025, so that
/// a script means the same in every year.
pub(super) fn full_year(short: i16) -> i16 {
    if short <= 44 { 2000 + short } else { 1900 + short }
}

fn skip<'t>(literal: &str, text: &'t str) -> Option<&'t str> {
    match literal.trim().is_empty() {
        // Blanks match any number of them, also none.
        true => Some(text.trim_start()),
        false => text.strip_prefix(literal).or_else(|| text.trim_start().strip_prefix(literal.trim())),
    }
}

fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if end == 0 { None } else { text.split_at_checked(end) }
}

fn is_digits(letter: u8, count: usize) -> bool {
    !(matches!(letter, b'G' | b'E' | b'a' | b'z' | b'Z' | b'X') || matches!(letter, b'M' | b'L') && count >= 3)
}
