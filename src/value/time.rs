//! TIME: a time of day without a date, which only Creator has (help page "time"). It remembers whether it was declared
//! with AM or PM, because it prints as it was declared, and `getHour` of `'10:00:00 PM'` is 10. It never leaves its day:
//! arithmetic past midnight is an error.

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::civil;

use super::{DateTime, Failure, Pattern};

/// Seconds of a day.
const DAY: u32 = 86_400;

/// A time of day to the second.
#[derive(Clone, Copy, Debug)]
pub struct Time {
    second: u32,
    has_twelve_hours: bool,
}

/// What a text in single quotes is as a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TimeReading {
    /// A time.
    Time(Time),
    /// Written as a time, but there is no such time, or a part is missing: `23:59:60`, `10:30`.
    Impossible,
    /// Something else.
    Other,
}

impl Time {
    /// The time so many seconds after midnight; `None` outside a day.
    pub fn at(second: i64, has_twelve_hours: bool) -> Option<Self> {
        u32::try_from(second).ok().filter(|second| *second < DAY).map(|second| Self { second, has_twelve_hours })
    }

    /// The time of day of a date-time; `None` for a date without one, with which a time cannot be compared (help page
    /// "creator fields and their applicable operators").
    pub fn of(date: &DateTime) -> Option<Self> {
        let clock = date.civil().time();
        let seconds = (i64::from(clock.hour()) * 60 + i64::from(clock.minute())) * 60 + i64::from(clock.second());
        Self::at(seconds, false).filter(|_| date.has_time())
    }

    /// Reads `14:15:10` or `02:15:10 PM`.
    pub fn read(text: &str) -> TimeReading {
        let text = text.trim();
        let (clock, half) = match text.char_indices().rev().nth(1).map(|(at, _)| text.split_at(at)) {
            Some((clock, half)) if half.eq_ignore_ascii_case("am") => (clock.trim_end(), Some(0)),
            Some((clock, half)) if half.eq_ignore_ascii_case("pm") => (clock.trim_end(), Some(12)),
            _ => (text, None),
        };
        let is_part = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        let parts: Vec<&str> = clock.split(':').take(4).collect();
        if !(2..=3).contains(&parts.len()) || !parts.iter().all(|part| is_part(part)) {
            return TimeReading::Other;
        }
        let [hour, minute, second] = parts.as_slice() else { return TimeReading::Impossible };
        let number = |part: &str| part.parse::<i64>().unwrap_or(i64::MAX);
        let (hour, minute, second) = (number(hour), number(minute), number(second));
        let hour = match half {
            None if hour < 24 => hour,
            Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
            _ => return TimeReading::Impossible,
        };
        if minute > 59 || second > 59 {
            return TimeReading::Impossible;
        }
        let read = Self::at(hour * 3600 + minute * 60 + second, half.is_some());
        read.map_or(TimeReading::Impossible, TimeReading::Time)
    }

    /// The time so many seconds later, or earlier when negative.
    ///
    /// # Errors
    /// Zoho's text for a time outside the day (help page "addHour").
    pub fn plus_seconds(self, seconds: i64) -> Result<Self, Failure> {
        let later = i64::from(self.second).checked_add(seconds);
        later.and_then(|second| Self::at(second, self.has_twelve_hours)).ok_or_else(|| {
            Failure::new("run::time-range", "Invalid Operation. Value outside 24 hour range")
                .help("a TIME stays inside its day; use a date-time to go past midnight")
        })
    }

    /// The hour as declared: 0 to 23, or 1 to 12.
    pub fn hour(self) -> u32 {
        match (self.second / 3600, self.has_twelve_hours) {
            (hour, false) => hour,
            (hour, true) if hour % 12 == 0 => 12,
            (hour, true) => hour % 12,
        }
    }

    /// The minute.
    pub fn minute(self) -> u32 {
        self.second / 60 % 60
    }

    /// The second of the minute.
    pub fn second(self) -> u32 {
        self.second % 60
    }

    /// Seconds since midnight.
    pub fn seconds(self) -> u32 {
        self.second
    }

    /// The printed form: as declared.
    pub fn print(self) -> String {
        let clock = format!("{:02}:{:02}:{:02}", self.hour(), self.minute(), self.second());
        match (self.has_twelve_hours, self.second < DAY / 2) {
            (false, _) => clock,
            (true, true) => clock + " AM",
            (true, false) => clock + " PM",
        }
    }

    /// The text that a pattern of dates gives; its day is 1 January 1970.
    pub fn format(self, pattern: &Pattern) -> String {
        let part = |number: u32| i8::try_from(number).unwrap_or_default();
        let hour = part(self.second / 3600);
        let clock = civil::date(1970, 1, 1).at(hour, part(self.minute()), part(self.second()), 0);
        DateTime::new(clock, true, &Arc::default()).format(pattern)
    }
}

/// Times are equal whatever they are declared with.
impl PartialEq for Time {
    fn eq(&self, other: &Self) -> bool {
        self.second == other.second
    }
}

impl Eq for Time {}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        self.second.cmp(&other.second)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;

    fn time(text: &str) -> Time {
        match Time::read(text) {
            TimeReading::Time(time) => time,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_time_prints_as_it_was_declared() {
        for text in ["00:00:00", "14:15:10", "23:59:59", "12:00:00 AM", "12:30:00 PM", "06:00:00 PM", "11:59:59 PM"] {
            assert_eq!(time(text).print(), text);
        }
        assert_eq!(time(" 6:05:09pm ").print(), "06:05:09 PM");
        assert_eq!(time("12:00:00 AM"), time("00:00:00"));
        assert!(time("11:59:59 AM") < time("12:00:00 PM"));
        let pattern = Pattern::new("H-hh-mm-ss a").unwrap();
        assert_eq!(time("14:15:10").format(&pattern), "14-02-15-10 PM");
    }

    #[test]
    fn what_is_no_time_is_told_from_what_is_something_else() {
        for text in ["24:00:00", "23:60:00", "23:59:60", "00:00:00 AM", "13:00:00 PM", "10:30", "10:30 PM"] {
            assert_eq!(Time::read(text), TimeReading::Impossible, "{text}");
        }
        for text in ["", "am", "10", "10 AM", "a:b:c", "1:2:3:4", "100:00:00", "10:00:00 XM", "٣:00:00", "é", ":::"] {
            assert_eq!(Time::read(text), TimeReading::Other, "{text}");
        }
    }

    #[test]
    fn a_time_compares_with_the_time_of_a_date_time() {
        use crate::value::Value;
        let date = |text: &str| Value::date(DateTime::read(text, &Arc::default()).unwrap());
        let (ten, at_eleven, day) =
            (Value::Time(time("10:00:00 AM")), date("01-Jan-2020 11:00:00"), date("01-Jan-2020"));
        assert_eq!(ten.compare(&at_eleven).unwrap(), Ordering::Less);
        assert_eq!(at_eleven.compare(&ten).unwrap(), Ordering::Greater);
        assert!(ten.loosely_equals(&date("07-Feb-1999 10:00:00")).unwrap());
        assert!(!ten.loosely_equals(&at_eleven).unwrap());
        assert_eq!(ten.compare(&day).unwrap_err().report().code, "run::not-comparable");
    }

    #[test]
    fn a_time_stays_inside_its_day() {
        let code = |time: Result<Time, Failure>| time.unwrap_err().into_report().message;
        assert_eq!(time("13:15:10").plus_seconds(1000).unwrap().print(), "13:31:50");
        assert_eq!(time("10:00:00 PM").plus_seconds(-4 * 3600).unwrap().print(), "06:00:00 PM");
        for seconds in [2, -86_400, i64::MAX, i64::MIN] {
            let outside = "Invalid Operation. Value outside 24 hour range";
            assert_eq!(code(time("11:59:58 PM").plus_seconds(seconds)), outside);
        }
    }
}
