//! Spans of time behind `in`: `this month`, `last 3 weeks`, `2 years ago`. They are whole units of the calendar: `last 3
//! weeks` are the three weeks before the present one, `2 years ago` is that one year. Weeks begin on Sunday, as they do
//! for the functions of weeks when no other day is given.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// A span of time, counted from the present unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    unit: Unit,
    /// The first unit, and how many.
    first: i64,
    count: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Period {
    /// Reads the words of an expression; `None` for a count that no calendar has.
    pub fn read(words: &str) -> Option<Self> {
        let words: Vec<String> = words.split_whitespace().map(str::to_ascii_lowercase).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let count = |digits: &str| digits.parse::<i64>().ok().filter(|count| (1..=10_000).contains(count));
        let (unit, first, count) = match words.as_slice() {
            ["this", unit] => (unit, 0, 1),
            ["this", one, unit] if count(one) == Some(1) => (unit, 0, 1),
            ["last", unit] => (unit, -1, 1),
            ["next", unit] => (unit, 1, 1),
            ["last", digits, unit] => (unit, -count(digits)?, count(digits)?),
            ["next", digits, unit] => (unit, 1, count(digits)?),
            [digits, unit, "ago"] => (unit, -count(digits)?, 1),
            _ => return None,
        };
        let unit = match unit.trim_end_matches('s') {
            "day" => Unit::Day,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "year" => Unit::Year,
            _ => return None,
        };
        Some(Self { unit, first, count })
    }

    /// Whether a day lies in it when it is counted from `today`.
    pub fn holds(self, day: Date, today: Date) -> bool {
        let start = match self.unit {
            Unit::Day => Ok(today),
            Unit::Week => today.checked_sub(i64::from(today.weekday().since(Weekday::Sunday)).days()),
            Unit::Month => Ok(today.first_of_month()),
            Unit::Year => Ok(today.first_of_year()),
        };
        let edge = |units: i64| start.clone().and_then(|start| start.checked_add(self.unit.span(units)));
        matches!((edge(self.first), edge(self.first + self.count)), (Ok(from), Ok(to)) if from <= day && day < to)
    }
}

impl Unit {
    /// So many units; the count is bounded by the reader.
    fn span(self, units: i64) -> Span {
        match self {
            Unit::Day => units.days(),
            Unit::Week => units.weeks(),
            Unit::Month => units.months(),
            Unit::Year => units.years(),
        }
    }
}
