//! Work hours: time passes only in the hours of work days. The page's remark that 0.1 means a minute contradicts the unit
//! of the function; decimals are fractions of an hour here.

use jiff::Span;
use jiff::civil::Date;

use super::workdays::{FARTHEST, HOLIDAYS, WEEKENDS, Workdays, next};
use super::{DATED, date};
use crate::builtins::error::{bad_hours, work_days_too_far};
use crate::builtins::support::{self, NUMERIC, at};
use crate::catalogue::{Absent, Builtin, Call, Category, Example, Parameter};
use crate::value::{DateTime, Decimal, Failure, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::DateTime, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[Builtin {
    name: "addBusinessHour",
    elsewhere: &["addBusinessHours"],
    page: "functions/datetime/add-business-hour",
    on: DATED,
    parameters: &[
        Parameter::required("hours", NUMERIC),
        WEEKENDS,
        HOLIDAYS,
        Parameter::optional("workHours", Kinds::MAP.or(Kinds::NULL)),
    ],
    about: "Gives the time so many work hours later, or earlier when negative; work is from 9 to 17 unless given.",
    examples: &[
        Example::Shows("'06-Jan-2020 10:00:00'.addBusinessHour(3)", "06-Jan-2020 13:00:00"),
        Example::Shows("'07-Jan-2020 10:00:00'.addBusinessHour(-2)", "06-Jan-2020 16:00:00"),
        Example::Shows(
            r#""1-Jan-2020 16:00:00".addBusinessHour(2, {"Saturday", "Sunday"}, {'2-Jan-2020', '3-Jan-2020'}, {"start":"10", "end":"17"})"#,
            "06-Jan-2020 11:00:00",
        ),
        Example::Fails(
            r#"info '06-Jan-2020'.addBusinessHour(1, null, null, {"start":"17","end":"9"});"#,
            "run::work-hours",
        ),
    ],
    differs: &["A decimal is a fraction of an hour; the page says that 0.1 is a minute."],
    not_in_creator: &[Absent::ROW],
    see: &["addBusinessDay", "addHour"],
    run: add,
    ..ROW
}];

/// The hours of a work day, in seconds from midnight.
#[derive(Clone, Copy)]
struct Hours {
    start: i64,
    end: i64,
}

fn add(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let function = "addBusinessHour";
    let from = date(call, function, arguments, 0)?;
    let days = Workdays::read(call, function, arguments, 2)?;
    let hours = hours(at(arguments, 4))?;
    let wanted = seconds(at(arguments, 1)).ok_or_else(|| Failure::not_a_number(function))?;
    let clock = from.civil().time();
    let second = i64::from(clock.hour()) * 3600 + i64::from(clock.minute()) * 60 + i64::from(clock.second());
    let (day, second) = match wanted < 0 {
        false => forward(&days, hours, from.civil().date(), second, wanted)?,
        true => backward(&days, hours, from.civil().date(), second, -wanted)?,
    };
    let midnight = day.to_datetime(Default::default());
    let moved = midnight.checked_add(Span::new().seconds(second)).map_err(|_| Failure::date_range())?;
    Ok(Value::date(DateTime::new(moved, true, from.settings())))
}

fn forward(days: &Workdays, hours: Hours, mut day: Date, mut at: i64, mut left: i64) -> Result<(Date, i64), Failure> {
    for _ in 0..FARTHEST {
        if days.has(day) && at < hours.end {
            let begin = at.max(hours.start);
            if left <= hours.end - begin {
                return Ok((day, begin + left));
            }
            left -= hours.end - begin;
        }
        (day, at) = (next(day, 1)?, 0);
    }
    Err(work_days_too_far(FARTHEST))
}

fn backward(days: &Workdays, hours: Hours, mut day: Date, mut at: i64, mut left: i64) -> Result<(Date, i64), Failure> {
    for _ in 0..FARTHEST {
        if days.has(day) && at > hours.start {
            let end = at.min(hours.end);
            if left <= end - hours.start {
                return Ok((day, end - left));
            }
            left -= end - hours.start;
        }
        (day, at) = (next(day, -1)?, 86_400);
    }
    Err(work_days_too_far(FARTHEST))
}

/// `{"start":"9","end":"17"}`
fn hours(value: &Value) -> Result<Hours, Failure> {
    let Value::Aggregate(map) = value else { return Ok(Hours { start: 9 * 3600, end: 17 * 3600 }) };
    let read = |key: &str, otherwise: i64| match map.entry(key) {
        None | Some(Value::Null) => Some(otherwise * 3600),
        Some(hour) => seconds(&hour),
    };
    match (read("start", 9), read("end", 17)) {
        (Some(start), Some(end)) if 0 <= start && start < end && end <= 86_400 => Ok(Hours { start, end }),
        _ => Err(bad_hours()),
    }
}

/// Hours as seconds.
fn seconds(hours: &Value) -> Option<i64> {
    hours.to_decimal()?.times(Decimal::from(3600))?.to_number()
}
