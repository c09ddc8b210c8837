//! Dates as text, letter by letter of a pattern (help page "toString", Java's `SimpleDateFormat`).

use std::fmt::Write;

use jiff::civil::{DateTime, Weekday};
use jiff::tz::{Dst, Offset, TimeZone};

use super::names::{MONTHS, WEEKDAYS, short};
use super::pattern::{Item, Pattern};
use super::week::{week_of_month, week_of_year, week_year};
use super::zone::in_use;

/// The text of a wall clock of a zone.
pub(super) fn write(pattern: &Pattern, clock: DateTime, zone: &TimeZone) -> String {
    let mut out = String::new();
    for item in pattern.items() {
        match item {
            Item::Literal(text) => out.push_str(text),
            Item::Field(letter, count) => field(&mut out, *letter, *count, clock, zone),
        }
    }
    out
}

fn field(out: &mut String, letter: char, count: usize, clock: DateTime, zone: &TimeZone) {
    let date = clock.date();
    let hour = i64::from(clock.hour());
    match letter {
        'G' => out.push_str(if date.year() > 0 { "AD" } else { "BC" }),
        'y' => year(out, i64::from(clock.era_year().0), count),
        'Y' => year(out, i64::from(week_year(date, Weekday::Sunday)), count),
        'M' | 'L' if count >= 3 => name(out, &MONTHS, date.month() - 1, count),
        'M' | 'L' => number(out, date.month(), count),
        'w' => number(out, week_of_year(date, Weekday::Sunday), count),
        'W' => number(out, week_of_month(date, Weekday::Sunday), count),
        'D' => number(out, date.day_of_year(), count),
        'd' => number(out, date.day(), count),
        'F' => number(out, (date.day() - 1) / 7 + 1, count),
        'E' => name(out, &WEEKDAYS, date.weekday().to_sunday_zero_offset(), count),
        'u' => number(out, date.weekday().to_monday_one_offset(), count),
        'a' => out.push_str(if hour < 12 { "AM" } else { "PM" }),
        'H' => number(out, hour, count),
        'k' => number(out, if hour == 0 { 24 } else { hour }, count),
        'K' => number(out, hour % 12, count),
        'h' => number(out, if hour % 12 == 0 { 12 } else { hour % 12 }, count),
        'm' => number(out, clock.minute(), count),
        's' => number(out, clock.second(), count),
        'S' => number(out, clock.millisecond(), count),
        'z' => out.push_str(&abbreviation(clock, zone)),
        'Z' => offset(out, offset_of(clock, zone), 2),
        'X' if offset_of(clock, zone).is_zero() => out.push('Z'),
        'X' => offset(out, offset_of(clock, zone), count),
        _ => {}
    }
}

fn number(out: &mut String, number: impl Into<i64>, width: usize) {
    // Writing to a String cannot fail.
    let _ = write!(out, "{:0width$}", number.into());
}

/// Two letters give two digits, any other number of them the whole year.
fn year(out: &mut String, year: i64, count: usize) {
    match count {
        2 => number(out, year.rem_euclid(100), 2),
        _ => number(out, year, count),
    }
}

fn name(out: &mut String, names: &[&str], at: i8, count: usize) {
    let full = usize::try_from(at).ok().and_then(|at| names.get(at)).copied().unwrap_or_default();
    out.push_str(if count >= 4 { full } else { short(full) });
}

fn offset_of(clock: DateTime, zone: &TimeZone) -> Offset {
    let zone = in_use(zone, clock.year() < 1900);
    zone.to_timestamp(clock).map_or(Offset::UTC, |instant| zone.to_offset(instant))
}

/// `+05`, `+0530` or `+05:30`.
fn offset(out: &mut String, offset: Offset, form: usize) {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    let _ = match form {
        1 => write!(out, "{sign}{hours:02}"),
        2 => write!(out, "{sign}{hours:02}{minutes:02}"),
        _ => write!(out, "{sign}{hours:02}:{minutes:02}"),
    };
}

/// `IST`; zones without letters of their own show as `GMT+03:00`.
fn abbreviation(clock: DateTime, zone: &TimeZone) -> String {
    let Ok(instant) = zone.to_timestamp(clock) else { return "GMT".to_owned() };
    let info = zone.to_offset_info(instant);
    let letters = info.abbreviation();
    if letters.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return letters.to_owned();
    }
    let mut out = "GMT".to_owned();
    if info.dst() == Dst::Yes || !info.offset().is_zero() {
        offset(&mut out, info.offset(), 3);
    }
    out
}
