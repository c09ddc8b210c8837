//! A point in time, or a whole day. Two points compare as instants, whatever clocks they were written by; as soon as one
//! of the two is a day, the days compare (help page "creator fields and their applicable operators"), and a point lies on
//! the day that it has in the zone of the settings.

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{self, Date};

use crate::value::{DateSettings, DateTime, Reading, instant_in, read_date};

/// When something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Day(Date),
    Instant(Timestamp),
}

/// Longer texts are no dates.
const LONGEST: usize = 60;

impl Moment {
    pub fn of(date: &DateTime) -> Self {
        if date.has_time() { Moment::Instant(date.instant()) } else { Moment::Day(date.civil().date()) }
    }

    /// Reads what APIs write (`2026-03-29T10:00:00+01:00`, `2026-03-29`) and what scripts write, in the format of the
    /// settings. A clock without an offset is that of the settings' zone; one that a change of the clocks leaves out is
    /// read as later, one that it repeats as the earlier of the two.
    pub fn read(text: &str, settings: &DateSettings) -> Option<Self> {
        let text = text.trim();
        if text.len() > LONGEST || text.len() < 6 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        if is_iso(text) {
            if text.len() == 10 {
                return text.parse().ok().map(Moment::Day);
            }
            if let Ok(instant) = text.parse() {
                return Some(Moment::Instant(instant));
            }
            if let Ok(clock) = text.parse::<civil::DateTime>() {
                return instant_in(settings.zone(), clock).ok().map(Moment::Instant);
            }
        }
        match read_date(text, settings) {
            Reading::Date { date, time: None, more: false } => Some(Moment::Day(date)),
            Reading::Date { date, time: Some(time), more: false } => {
                instant_in(settings.zone(), date.to_datetime(time)).ok().map(Moment::Instant)
            }
            _ => None,
        }
    }

    /// The order in time.
    pub fn order(self, other: Self, settings: &Arc<DateSettings>) -> Ordering {
        match (self, other) {
            (Moment::Instant(a), Moment::Instant(b)) => a.cmp(&b),
            (a, b) => a.day(settings).cmp(&b.day(settings)),
        }
    }

    /// The day, in the zone of the settings.
    pub fn day(self, settings: &Arc<DateSettings>) -> Date {
        match self {
            Moment::Day(day) => day,
            Moment::Instant(instant) => DateTime::at(instant, settings).civil().date(),
        }
    }
}

/// Whether a text begins as `2026-03-29` does.
pub(super) fn is_iso(text: &str) -> bool {
    let mut bytes = text.bytes();
    let digits = bytes.by_ref().take(4).all(|byte| byte.is_ascii_digit());
    digits && bytes.next() == Some(b'-') && bytes.take(2).all(|byte| byte.is_ascii_digit())
}
