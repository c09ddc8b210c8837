//! Time zones by name. Scripts use names of the tz database, the three-letter names of old Java versions and `GMT+5:30`;
//! whatever is none of these means GMT (help page "unixEpoch").

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, civil};

use crate::diagnostic::suggest;

/// Names from before the tz database that Java keeps, where the database has another meaning for them or none.
const OLD_NAMES: &[(&str, &str)] = &[
    ("ACT", "Australia/Darwin"),
    ("AET", "Australia/Sydney"),
    ("AGT", "America/Argentina/Buenos_Aires"),
    ("ART", "Africa/Cairo"),
    ("AST", "America/Anchorage"),
    ("BET", "America/Sao_Paulo"),
    ("BST", "Asia/Dhaka"),
    ("CAT", "Africa/Harare"),
    ("CNT", "America/St_Johns"),
    ("CST", "America/Chicago"),
    ("CTT", "Asia/Shanghai"),
    ("EAT", "Africa/Addis_Ababa"),
    ("ECT", "Europe/Paris"),
    ("IET", "America/Indiana/Indianapolis"),
    ("IST", "Asia/Kolkata"),
    ("JST", "Asia/Tokyo"),
    ("MIT", "Pacific/Apia"),
    ("NET", "Asia/Yerevan"),
    ("NST", "Pacific/Auckland"),
    ("PLT", "Asia/Karachi"),
    ("PNT", "America/Phoenix"),
    ("PRT", "America/Puerto_Rico"),
    ("PST", "America/Los_Angeles"),
    ("SST", "Pacific/Guadalcanal"),
    ("VST", "Asia/Ho_Chi_Minh"),
];

/// The zone of a name; `None` for a name that means nothing.
pub fn zone_named(name: &str) -> Option<TimeZone> {
    if matches!(name, "UTC" | "GMT" | "Z") {
        return Some(TimeZone::UTC);
    }
    let name = OLD_NAMES.iter().find(|(old, _)| *old == name).map_or(name, |(_, full)| full);
    offset(name).or_else(|| jiff::tz::db().get(name).ok())
}

/// The zone of a name, GMT for a name that means nothing.
pub fn forgiving_zone(name: &str) -> TimeZone {
    zone_named(name.trim()).unwrap_or(TimeZone::UTC)
}

/// The known name nearest to a misspelt one.
pub fn near_zone(name: &str) -> Option<String> {
    let known: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    suggest(name, known.iter().map(String::as_str)).map(str::to_owned)
}

/// The instant of a wall clock in a zone; `None` beyond the years that dates have.
pub(super) fn instant_of(clock: civil::DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let before = if clock.year() < FIRST_YEAR { Some(standard_offset(zone)) } else { None };
    match before {
        Some(offset) => offset.to_timestamp(clock).ok(),
        None => zone.to_timestamp(clock).ok(),
    }
}

/// The wall clock of an instant in a zone.
pub(super) fn clock_of(instant: Timestamp, zone: &TimeZone) -> civil::DateTime {
    let clock = zone.to_datetime(instant);
    if clock.year() < FIRST_YEAR { standard_offset(zone).to_datetime(instant) } else { clock }
}

/// The year from which Java knows the history of zones. Before it, it takes the standard time of today, which the page
/// "toTime" shows with a date in the year 19; the database has the local mean time of a city there.
const FIRST_YEAR: i16 = 1900;

/// The standard time of a zone by the rules that hold for the years to come.
fn standard_offset(zone: &TimeZone) -> Offset {
    let half_years = [civil::date(2037, 1, 1), civil::date(2037, 7, 1)];
    let offsets = half_years.into_iter().filter_map(|day| {
        let instant = zone.to_timestamp(day.to_datetime(civil::Time::midnight())).ok()?;
        Some(zone.to_offset(instant))
    });
    offsets.min().unwrap_or(Offset::UTC)
}

/// `GMT+5:30`, `GMT-8`, `GMT+0530`.
fn offset(name: &str) -> Option<TimeZone> {
    let rest = name.strip_prefix("GMT")?;
    let (sign, digits) = match rest.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, rest.strip_prefix('+')?),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "0"),
    };
    let plain = |text: &str| text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(hours) || !plain(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok().map(TimeZone::fixed)
}
