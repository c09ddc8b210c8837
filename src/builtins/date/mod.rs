//! Dates and times. Every function takes a DATE-TIME or a text that names one, but for some that take no text in Creator,
//! and none changes its receiver. TIME, which only Creator has, has the functions of hours, minutes and seconds.

pub(super) mod add;
pub(super) mod between;
pub(super) mod business;
pub(super) mod business_hour;
pub(super) mod convert;
pub(super) mod moment;
pub(super) mod part;
pub(super) mod text;
pub(super) mod weekday;
mod workdays;

use std::borrow::Cow;

use super::error::text_in_creator;
use super::support::at;
use crate::catalogue::Call;
use crate::syntax::Dialect;
use crate::value::{DateTime, Failure, Kind, Kinds, Reading, Value, is_miswritten_date, read_date};

/// What date functions take: dates, and texts that name one.
pub(super) const DATED: Kinds = Kinds::DATE.or(Kinds::TEXT);

/// What hours, minutes and seconds are counted on.
const CLOCKED: Kinds = DATED.or(Kinds::TIME);

/// What `toString` takes with a format: dates, texts that name one, and milliseconds since 1970.
pub(super) const FORMATTED: Kinds = DATED.or(Kinds::NUMBER);

/// The argument as a date, which is not copied when it is one.
fn date<'a>(
    call: &Call<'_>,
    function: &str,
    arguments: &'a [Value],
    position: usize,
) -> Result<Cow<'a, DateTime>, Failure> {
    to_date(call, function, at(arguments, position))
}

/// The argument as a date, where Creator does not take a text that names one (help pages "addBusinessDay", "workday",
/// "getDate", "getTime", "getDateTime", "timeBetween" and "workDaysList").
fn strict_date<'a>(
    call: &Call<'_>,
    function: &str,
    arguments: &'a [Value],
    position: usize,
) -> Result<Cow<'a, DateTime>, Failure> {
    if call.environment.dialect == Dialect::Creator && matches!(at(arguments, position), Value::Text(_)) {
        return Err(text_in_creator(function));
    }
    date(call, function, arguments, position)
}

/// The receiver as a date; nothing for a text with the parts of a date, one of them of a wrong length (help pages
/// "getDay", "toStartOfMonth" and their siblings).
fn written_date<'a>(
    call: &Call<'_>,
    function: &str,
    arguments: &'a [Value],
) -> Result<Option<Cow<'a, DateTime>>, Failure> {
    match at(arguments, 0) {
        Value::Text(text) if is_miswritten_date(text) => Ok(None),
        _ => date(call, function, arguments, 0).map(Some),
    }
}

/// The value as a date: one itself, or a text that names one.
fn to_date<'a>(call: &Call<'_>, function: &str, value: &'a Value) -> Result<Cow<'a, DateTime>, Failure> {
    match value {
        Value::DateTime(date) => Ok(Cow::Borrowed(date)),
        Value::Text(text) => {
            let settings = &call.environment.dates;
            DateTime::read(text, settings).map(Cow::Owned).map_err(|failure| match read_date(text, settings) {
                Reading::Other => Failure::argument(function, Kinds::DATE, Kind::Text),
                _ => failure,
            })
        }
        other => Err(Failure::argument(function, Kinds::DATE, other.kind())),
    }
}
