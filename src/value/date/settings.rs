//! What the meaning of a date text depends on: the format and the time zone of the account.

use std::sync::OnceLock;

use jiff::tz::TimeZone;

use super::Pattern;

/// Format and zone of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct DateSettings {
    format: Pattern,
    /// Unset until it is needed where it is the machine's: finding that reads files, which most scripts need not wait for.
    zone: OnceLock<TimeZone>,
    compares_days: bool,
}

impl Default for DateSettings {
    /// `dd-MMM-yyyy` and UTC.
    fn default() -> Self {
        Self { format: Pattern::standard(), zone: TimeZone::UTC.into(), compares_days: false }
    }
}

impl DateSettings {
    /// These settings with another date format.
    #[must_use]
    pub fn with_format(self, format: Pattern) -> Self {
        Self { format, ..self }
    }

    /// These settings with another zone.
    #[must_use]
    pub fn with_zone(self, zone: TimeZone) -> Self {
        Self { zone: zone.into(), ..self }
    }

    /// These settings with the zone of the machine; UTC where it has none.
    #[must_use]
    pub fn with_system_zone(self) -> Self {
        Self { zone: OnceLock::new(), ..self }
    }

    /// These settings with Creator's reading: a date compares with a date-time by its day alone, and a text that is no
    /// date is formatted as itself.
    #[must_use]
    pub fn as_in_creator(self) -> Self {
        Self { compares_days: true, ..self }
    }

    /// How a date prints.
    pub fn format(&self) -> &Pattern {
        &self.format
    }

    /// The zone of wall clocks.
    pub fn zone(&self) -> &TimeZone {
        self.zone.get_or_init(|| TimeZone::try_system().unwrap_or(TimeZone::UTC))
    }

    /// Whether the zone is the machine's and was not needed yet.
    pub fn follows_machine(&self) -> bool {
        self.zone.get().is_none()
    }

    /// Whether a date compares with a date-time by its day alone: Creator's reading.
    pub fn compares_days(&self) -> bool {
        self.compares_days
    }
}
