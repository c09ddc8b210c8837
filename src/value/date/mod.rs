//! DATE-TIME: a wall clock in the time zone of its run. A value remembers whether it was given a time, because a date
//! without one prints without one (help page "date-time"), and carries the settings that it prints with, so that
//! printing needs nothing else. Two values are equal when they are the same instant.

mod literal;
mod names;
mod pattern;
mod read;
mod settings;
#[cfg(test)]
mod tests;
mod week;
mod write;
mod zone;

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp};

use super::Failure;
pub use literal::{Reading, is_miswritten_date, looks_like_date, read_date};
pub use names::{MONTHS, WEEKDAYS, weekday_named};
pub use pattern::Pattern;
pub use settings::DateSettings;
pub use week::week_of_year;
use zone::clock_in;
pub use zone::{forgiving_zone, instant_in, near_zone, zone_named};

/// Room for the text of most dates.
const USUAL: usize = 32;

/// A date, with or without a time of day.
#[derive(Clone, Debug)]
pub struct DateTime {
    civil: civil::DateTime,
    has_time: bool,
    settings: Arc<DateSettings>,
}

impl DateTime {
    /// A wall clock; without `has_time` its time is midnight and is not printed.
    pub fn new(civil: civil::DateTime, has_time: bool, settings: &Arc<DateSettings>) -> Self {
        let civil = if has_time { civil } else { civil.start_of_day() };
        Self { civil, has_time, settings: Arc::clone(settings) }
    }

    /// An instant as the wall clock of the settings' zone.
    pub fn at(instant: Timestamp, settings: &Arc<DateSettings>) -> Self {
        Self::new(clock_in(settings.zone(), instant), true, settings)
    }

    /// Milliseconds since 1970 in UTC as the wall clock of the settings' zone; `None` beyond the year 9999.
    pub fn at_milliseconds(milliseconds: i64, settings: &Arc<DateSettings>) -> Option<Self> {
        Timestamp::from_millisecond(milliseconds).ok().map(|instant| Self::at(instant, settings))
    }

    /// Reads a date in any of the documented patterns, as a literal in a script.
    ///
    /// # Errors
    /// `UnParsable date` for what is no date, and for an impossible one such as 35 January.
    pub fn read(text: &str, settings: &Arc<DateSettings>) -> Result<Self, Failure> {
        match read_date(text, settings) {
            Reading::Date { date, time, .. } => {
                Ok(Self::new(date.to_datetime(time.unwrap_or_default()), time.is_some(), settings))
            }
            Reading::Impossible | Reading::Other => Err(Failure::unparsable_date(text)),
        }
    }

    /// Reads a text by a pattern, which may describe only its beginning; a time that follows a pattern without one is
    /// taken, anything else that follows is left. The clock of the text is that of `zone`, else that of the settings.
    ///
    /// # Errors
    /// `UnParsable date` for a text that does not follow the pattern, and for an impossible day.
    pub fn read_by(
        text: &str,
        pattern: &Pattern,
        zone: Option<&TimeZone>,
        settings: &Arc<DateSettings>,
    ) -> Result<Self, Failure> {
        let found = read::read(pattern, text).ok_or_else(|| Failure::unparsable_date(text))?;
        let clock = match literal::read_time(found.rest) {
            Some(time) if !pattern.names_a_time() => found.clock.date().to_datetime(time),
            _ => found.clock,
        };
        let fixed = found.offset.and_then(|seconds| Offset::from_seconds(seconds).ok()).map(TimeZone::fixed);
        match fixed.as_ref().or(zone) {
            Some(zone) => {
                let instant = instant_in(zone, clock).map_err(|_| Failure::date_range())?;
                Ok(Self::at(instant, settings))
            }
            None => Ok(Self::new(clock, true, settings)),
        }
    }

    /// The wall clock.
    pub fn civil(&self) -> civil::DateTime {
        self.civil
    }

    /// Whether it was given a time of day.
    pub fn has_time(&self) -> bool {
        self.has_time
    }

    /// Format and zone of its run.
    pub fn settings(&self) -> &Arc<DateSettings> {
        &self.settings
    }

    /// The instant. A wall clock that a change of the clocks leaves out or repeats is read as most calendars do: later
    /// in the one case, earlier in the other.
    pub fn instant(&self) -> Timestamp {
        let zone = self.settings.zone();
        instant_in(zone, self.civil).unwrap_or_else(|_| match self.civil.year() {
            year if year > 0 => Timestamp::MAX,
            _ => Timestamp::MIN,
        })
    }

    /// Milliseconds since 1970 in UTC.
    pub fn milliseconds(&self) -> i64 {
        self.instant().as_millisecond()
    }

    /// The same instant moved by so much of the calendar; the result has a time, as the pages of `addDay` and its
    /// siblings show.
    ///
    /// # Errors
    /// `run::date-range` beyond the years that dates have.
    pub fn plus(&self, span: Span) -> Result<Self, Failure> {
        let civil = self.civil.checked_add(span).map_err(|_| Failure::date_range())?;
        Ok(Self::new(civil, true, &self.settings))
    }

    /// The instant so many seconds later.
    ///
    /// # Errors
    /// `run::date-range` beyond the years that dates have.
    pub fn plus_seconds(&self, seconds: i64) -> Result<Self, Failure> {
        let later = self.instant().checked_add(jiff::SignedDuration::from_secs(seconds));
        later.map(|instant| Self::at(instant, &self.settings)).map_err(|_| Failure::date_range())
    }

    /// The same instant, or the same day when there is no time, with other settings.
    pub fn within(&self, settings: &Arc<DateSettings>) -> Self {
        if Arc::ptr_eq(&self.settings, settings) {
            self.clone()
        } else if self.has_time && self.settings.zone() != settings.zone() {
            Self::at(self.instant(), settings)
        } else {
            Self::new(self.civil, self.has_time, settings)
        }
    }

    /// The same day without a time.
    pub fn date_only(&self) -> Self {
        Self::new(self.civil, false, &self.settings)
    }

    /// The order in time. In Creator a date compares with a date-time by its day alone (help page "creator fields and
    /// their applicable operators").
    pub fn order(&self, other: &Self) -> Ordering {
        if self.settings.compares_days() && self.has_time != other.has_time {
            return self.civil.date().cmp(&other.civil.date());
        }
        self.instant().cmp(&other.instant())
    }

    /// The printed form: the settings' format, and `HH:mm:ss` when there is a time.
    pub fn print(&self) -> String {
        let mut out = String::with_capacity(USUAL);
        self.print_with(&mut out, self.has_time);
        out
    }

    /// Appends the printed form.
    pub(super) fn print_to(&self, out: &mut String) {
        self.print_with(out, self.has_time);
    }

    /// The printed form inside a map, where a date without a time gets 00:00:00 (help page "create map").
    pub fn print_in_map(&self) -> String {
        let mut out = String::with_capacity(USUAL);
        self.print_with(&mut out, true);
        out
    }

    fn print_with(&self, out: &mut String, time: bool) {
        write::write(out, self.settings.format(), self.civil, self.settings.zone());
        if time {
            out.push(' ');
            write::clock(out, self.civil.time());
        }
    }

    /// The text that a pattern gives, in the zone of the settings.
    pub fn format(&self, pattern: &Pattern) -> String {
        let mut out = String::with_capacity(USUAL);
        write::write(&mut out, pattern, self.civil, self.settings.zone());
        out
    }

    /// The text that a pattern gives for the same instant in another zone.
    pub fn format_in(&self, pattern: &Pattern, zone: &TimeZone) -> String {
        let mut out = String::with_capacity(USUAL);
        write::write(&mut out, pattern, clock_in(zone, self.instant()), zone);
        out
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.order(other) == Ordering::Equal
    }
}
