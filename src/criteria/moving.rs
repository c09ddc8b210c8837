//! Values that move with the clock: `now`, `today` and their neighbours, and so many days or months from there.

use std::sync::Arc;

use jiff::{Span, Timestamp};

use crate::value::{DateSettings, DateTime};

/// A value that is told when a record is judged.
#[derive(Clone, Debug)]
pub(super) struct Moving {
    base: Base,
    shifts: Vec<Shift>,
}

#[derive(Clone, Copy, Debug)]
enum Shift {
    /// Days and longer: the clock shows the same, also across a change of the clocks.
    Calendar(Span),
    /// Hours and shorter, in seconds: so much time passes, as for the functions of scripts.
    Clock(i64),
}

#[derive(Clone, Copy, Debug)]
enum Base {
    Now,
    /// So many days from today.
    Day(i64),
}

impl Moving {
    /// The value of a bare word.
    pub fn named(word: &str) -> Option<Self> {
        const NAMES: [(&str, Base); 4] =
            [("now", Base::Now), ("today", Base::Day(0)), ("tomorrow", Base::Day(1)), ("yesterday", Base::Day(-1))];
        let found = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word))?;
        Some(Self { base: found.1, shifts: Vec::new() })
    }

    /// The value of a date system variable, by its name after `zoho.`.
    pub fn system(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "currentdate" => Self::named("today"),
            "currenttime" => Self::named("now"),
            _ => None,
        }
    }

    /// Moved by a function of dates, such as `addDay(7)`; `None` for another function or beyond what dates have.
    pub fn shifted(mut self, function: &str, count: i64) -> Option<Self> {
        let name = function.to_ascii_lowercase();
        let (count, unit) = match name.strip_prefix("sub") {
            Some(unit) => (count.checked_neg()?, unit),
            None => (count, name.strip_prefix("add")?),
        };
        let shift = match unit {
            "day" => Shift::Calendar(Span::new().try_days(count).ok()?),
            "week" => Shift::Calendar(Span::new().try_weeks(count).ok()?),
            "month" => Shift::Calendar(Span::new().try_months(count).ok()?),
            "year" => Shift::Calendar(Span::new().try_years(count).ok()?),
            "hour" => Shift::Clock(count.checked_mul(3600)?),
            "minutes" => Shift::Clock(count.checked_mul(60)?),
            "seconds" => Shift::Clock(count),
            _ => return None,
        };
        self.shifts.push(shift);
        Some(self)
    }

    /// The date at an instant; `None` beyond the years that dates have.
    pub fn at(&self, now: Timestamp, settings: &Arc<DateSettings>) -> Option<DateTime> {
        let now = DateTime::at(now, settings);
        let start = match self.base {
            Base::Now => now,
            Base::Day(days) => now.plus(Span::new().try_days(days).ok()?).ok()?.date_only(),
        };
        self.shifts.iter().try_fold(start, |date, shift| match shift {
            Shift::Calendar(span) => date.plus(*span).ok(),
            Shift::Clock(seconds) => date.plus_seconds(*seconds).ok(),
        })
    }
}
