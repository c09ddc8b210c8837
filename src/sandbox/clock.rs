//! The sandbox's own clock. It follows the system's and can be moved forward, so that tests of expiry need no waiting.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[derive(Default)]
pub(super) struct Clock {
    ahead: Duration,
}

impl Clock {
    /// Time since 1970-01-01 UTC.
    pub fn now(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().saturating_add(self.ahead)
    }

    pub fn advance(&mut self, time: Duration) {
        self.ahead = self.ahead.saturating_add(time);
    }

    /// The present as the platform writes it: `2026-11-21T10:00:00+00:00`.
    pub fn text(&self) -> String {
        written(self.now().as_secs())
    }
}

/// Seconds since 1970 as a date and time in UTC. The day is found by counting in eras of 400 years that begin in March,
/// which puts the leap day at the end of a year.
fn written(seconds: u64) -> String {
    let (days, time) = (seconds / 86_400, seconds % 86_400);
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+00:00")
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn dates_around_leap_days_are_right() {
        assert_eq!(written(0), "1970-01-01T00:00:00+00:00");
        assert_eq!(written(951_782_399), "2000-02-28T23:59:59+00:00");
        assert_eq!(written(951_782_400), "2000-02-29T00:00:00+00:00");
        assert_eq!(written(4_107_542_400), "2100-03-01T00:00:00+00:00");
        assert_eq!(written(1_795_255_200), "2026-11-21T10:00:00+00:00");
    }
}
