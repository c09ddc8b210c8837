//! Dates as text, letter by letter of a pattern (help page "toString", Java's `SimpleDateFormat`).

use std::fmt::Write;

use jiff::civil::{DateTime, Time, Weekday};
use jiff::tz::{Dst, Offset, TimeZone};

use super::names::{MONTHS, WEEKDAYS, short};
use super::pattern::{Item, Pattern};
use super::week::{week_of_month, week_of_year, week_year};
use super::zone::in_use;

/// Appends the text of a wall clock of a zone.
pub(super) fn write(out: &mut String, pattern: &Pattern, clock: DateTime, zone: &TimeZone) {
    for item in pattern.items() {
        match item {
            Item::Literal(text) => out.push_str(text),
            Item::Field(letter, count) => field(out, letter, count, clock, zone),
        }
    }
}

/// Appends `HH:mm:ss`.
pub(super) fn clock(out: &mut String, time: Time) {
    number(out, time.hour(), 2);
    out.push(':');
    number(out, time.minute(), 2);
    out.push(':');
    number(out, time.second(), 2);
}

fn field(out: &mut String, letter: u8, count: usize, clock: DateTime, zone: &TimeZone) {
    let date = clock.date();
    let hour = i64::from(clock.hour());
    match letter {
        b'G' => out.push_str(if date.year() > 0 { "AD" } else { "BC" }),
        b'y' => year(out, i64::from(clock.era_year().0), count),
        b'Y' => year(out, i64::from(week_year(date, Weekday::Sunday)), count),
        b'M' | b'L' if count >= 3 => name(out, &MONTHS, date.month() - 1, count),
        b'M' | b'L' => number(out, date.month(), count),
        b'w' => number(out, week_of_year(date, Weekday::Sunday), count),
        b'W' => number(out, week_of_month(date, Weekday::Sunday), count),
        b'D' => number(out, date.day_of_year(), count),
        b'd' => number(out, date.day(), count),
        b'F' => number(out, (date.day() - 1) / 7 + 1, count),
        b'E' => name(out, &WEEKDAYS, date.weekday().to_sunday_zero_offset(), count),
        b'u' => number(out, date.weekday().to_monday_one_offset(), count),
        b'a' => out.push_str(if hour < 12 { "AM" } else { "PM" }),
        b'H' => number(out, hour, count),
        b'k' => number(out, if hour == 0 { 24 } else { hour }, count),
        b'K' => number(out, hour % 12, count),
        b'h' => number(out, if hour % 12 == 0 { 12 } else { hour % 12 }, count),
        b'm' => number(out, clock.minute(), count),
        b's' => number(out, clock.second(), count),
        b'S' => number(out, clock.millisecond(), count),
        b'z' => out.push_str(&abbreviation(clock, zone)),
        b'Z' => offset(out, offset_of(clock, zone), 2),
        b'X' if offset_of(clock, zone).is_zero() => out.push('Z'),
        b'X' => offset(out, offset_of(clock, zone), count),
        _ => {}
    }
}

/// A number with zeros in front up to the width, in which a minus sign counts.
fn number(out: &mut String, number: impl Into<i64>, width: usize) {
    let number = number.into();
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(number.unsigned_abs());
    if number < 0 {
        out.push('-');
    }
    (digits.len() + usize::from(number < 0)..width).for_each(|_| out.push('0'));
    out.push_str(digits);
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
