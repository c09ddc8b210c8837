//! Time zones by name. Scripts use names of the tz database, the three-letter names of old Java versions and `GMT+5:30`;
//! whatever is none of these means GMT (help page "unixEpoch").

use std::borrow::Cow;

use jiff::tz::{Dst, Offset, TimeZone};
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

/// The instant of a wall clock.
///
/// # Errors
/// For a clock beyond the instants that there are.
pub fn instant_in(zone: &TimeZone, clock: civil::DateTime) -> Result<Timestamp, jiff::Error> {
    in_use(zone, clock.year() < 1900).to_timestamp(clock)
}

/// The wall clock at an instant.
pub fn clock_in(zone: &TimeZone, instant: Timestamp) -> civil::DateTime {
    in_use(zone, instant.as_second() < START_OF_1900).to_datetime(instant)
}

/// 1 January 1900 in UTC.
const START_OF_1900: i64 = -2_208_988_800;

/// Before 1900 the towns had their own times. Java's zones know nothing of these and have today's standard time there: at
/// 1:30 pm of a day of the year 19 in Moscow it is 4 pm in India (help page "toTime").
pub(super) fn in_use(zone: &TimeZone, before_1900: bool) -> Cow<'_, TimeZone> {
    if !before_1900 {
        return Cow::Borrowed(zone);
    }
    let months = [Timestamp::constant(1_736_899_200, 0), Timestamp::constant(1_752_537_600, 0)];
    let infos = months.map(|month| zone.to_offset_info(month));
    let standard = infos.iter().find(|info| info.dst() == Dst::No);
    Cow::Owned(TimeZone::fixed(standard.map_or(Offset::UTC, |info| info.offset())))
}

/// The known name nearest to a misspelt one.
pub fn near_zone(name: &str) -> Option<String> {
    let known: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    suggest(name, known.iter().map(String::as_str)).map(str::to_owned)
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
