//! The script's clock and how it writes dates. An option counts before `sluice.toml`, and that before the zone of the
//! machine; where the machine has none it is UTC.

use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Error;
use crate::environment::{Clock, Environment};
use crate::project::Settings;
use crate::value::{DateSettings, DateTime, Pattern, near_zone, zone_named};

#[derive(Args, Clone, Debug, Default)]
pub(super) struct Dates {
    /// The time zone of the script, such as Asia/Kolkata or GMT+5:30
    #[arg(long, value_name = "ZONE", env = "SLUICE_TIMEZONE", hide_env = true)]
    timezone: Option<String>,
    /// How the script prints dates, such as yyyy-MM-dd [default: dd-MMM-yyyy]
    #[arg(long, value_name = "PATTERN", env = "SLUICE_DATE_FORMAT", hide_env = true)]
    date_format: Option<String>,
    /// What the script takes for the present, such as 2026-01-31T09:00:00Z
    #[arg(long, value_name = "TIMESTAMP", env = "SLUICE_NOW", hide_env = true)]
    now: Option<String>,
}

impl Dates {
    /// Sets clock, zone and format of an environment.
    pub(super) fn apply(&self, settings: Option<&Settings>, environment: &mut Environment) -> Result<(), Error> {
        let mut dates = match self.zone(settings)? {
            Some(zone) => DateSettings::default().with_zone(zone),
            None => DateSettings::default().with_system_zone(),
        };
        if let Some(format) = self.format(settings)? {
            dates = dates.with_format(format);
        }
        environment.dates = Arc::new(dates);
        if let Some(now) = &self.now {
            environment.clock = Clock::Fixed(instant(now, &environment.dates)?);
        }
        Ok(())
    }

    /// The chosen zone, if one was chosen.
    fn zone(&self, settings: Option<&Settings>) -> Result<Option<TimeZone>, Error> {
        match &self.timezone {
            Some(name) => {
                let zone = zone_named(name).map(Some);
                zone.ok_or_else(|| Error::TimeZone { name: name.clone(), near: near_zone(name) })
            }
            None => Ok(settings.and_then(|settings| settings.timezone.clone())),
        }
    }

    fn format(&self, settings: Option<&Settings>) -> Result<Option<Pattern>, Error> {
        match &self.date_format {
            Some(format) => {
                let pattern = Pattern::new(format).filter(Pattern::is_date_format);
                pattern.map(Some).ok_or_else(|| Error::DateFormat { format: format.clone() })
            }
            None => Ok(settings.and_then(|settings| settings.date_format.clone())),
        }
    }
}

/// An instant as RFC 3339 writes it, or a wall clock of the script's zone as a script writes it.
fn instant(text: &str, dates: &Arc<DateSettings>) -> Result<Timestamp, Error> {
    let wall_clock = || DateTime::read(&text.replacen('T', " ", 1), dates).map(|date| date.instant());
    text.parse().or_else(|_| wall_clock()).map_err(|_| Error::Now { text: text.to_owned() })
}
