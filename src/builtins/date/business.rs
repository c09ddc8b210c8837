//! Work days: adding, subtracting, counting and listing them.

use jiff::civil::Date;

use super::workdays::{FARTHEST, HOLIDAYS, WEEKENDS, Workdays, next};
use super::{DATED, date, strict_date};
use crate::builtins::error::{too_many_days, work_days_too_far};
use crate::builtins::support::{self, NUMERIC, holds, whole};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Contents, DateTime, Failure, Value};

/// How many days `subBusinessDay` takes (its help page).
const MOST_BACK: i64 = 365;

/// What the rows that move by work days have in common.
const MOVE: Builtin =
    Builtin { on: DATED, parameters: &[Parameter::required("number", NUMERIC), WEEKENDS, HOLIDAYS], ..ROW };
/// What the rows about the work days between two dates have in common.
const RANGE: Builtin =
    Builtin { on: DATED, parameters: &[Parameter::required("end", DATED), WEEKENDS, HOLIDAYS], ..ROW };

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::DateTime, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "addBusinessDay",
        elsewhere: &["addBusinessDays", "add_business_days"],
        page: "functions/datetime/addbusinessday",
        about: "Gives the date so many work days later; a negative number leaves the date as it is.",
        examples: &[
            Example::Shows("'15-Mar-2019'.addBusinessDay(1)", "18-Mar-2019"),
            Example::Shows(r#"'23-May-2020'.addBusinessDay(5, {"Sunday"}, {'25-May-2020'})"#, "30-May-2020"),
            Example::Shows("addBusinessDay('15-Mar-2019 16:59:00', 1)", "18-Mar-2019 16:59:00"),
            Example::Fails(r#"info '15-Mar-2019'.addBusinessDay(1, {"Someday"});"#, "run::weekday"),
        ],
        differs: &["The time of day is kept."],
        see: &["subBusinessDay", "workday", "addBusinessHour", "workDaysBetween"],
        run: |call, values| {
            let from = strict_date(call, "addBusinessDay", values, 0)?;
            moved(call, values, "addBusinessDay", &from, 1).map(Value::date)
        },
        ..MOVE
    },
    Builtin {
        name: "workday",
        elsewhere: &["workdays"],
        page: "functions/datetime/workday",
        about: "Gives the date so many work days later, without a time; a negative number leaves the date as it is.",
        examples: &[
            Example::Shows("'15-Mar-2019 10:00:00'.workday(1)", "18-Mar-2019"),
            Example::Shows("'15-Mar-2019'.workday(-1)", "15-Mar-2019"),
            Example::Shows(r#"workday('23-May-2020', 5, {"Sunday"}, {'25-May-2020'})"#, "30-May-2020"),
            Example::Fails(r#"info '15-Mar-2019'.workday("one");"#, "run::argument-type"),
        ],
        see: &["addBusinessDay", "subBusinessDay", "workDaysList"],
        run: |call, values| {
            let from = strict_date(call, "workday", values, 0)?.date_only();
            moved(call, values, "workday", &from, 1).map(Value::date)
        },
        ..MOVE
    },
    Builtin {
        name: "subBusinessDay",
        elsewhere: &["subBusinessDays", "subtractBusinessDays"],
        page: "functions/datetime/subBusinessDay",
        about: "Gives the date so many work days earlier, at most 365; a negative number leaves the date as it is.",
        examples: &[
            Example::Shows("'21-Jul-2021'.subBusinessDay(5)", "14-Jul-2021"),
            Example::Shows(
                r#"'21-Jul-2021'.subBusinessDay(5, {"Sunday"}, {'20-Jul-2021', '19-Jul-2021'})"#,
                "13-Jul-2021",
            ),
            Example::Fails("info subBusinessDay('21-Jul-2021', 366);", "run::argument-range"),
        ],
        see: &["addBusinessDay", "workday"],
        run: subtract,
        ..MOVE
    },
    Builtin {
        name: "workDaysBetween",
        elsewhere: &["networkdays", "busday_count", "businessDaysBetween"],
        page: "functions/datetime/work-days-between",
        about: "Gives the number of work days after the date up to and with the end; negative when that is earlier.",
        examples: &[
            Example::Shows("'6-Jan-2020'.workDaysBetween('10-Jan-2020')", "4"),
            Example::Shows("'10-Jan-2020'.workDaysBetween('6-Jan-2020')", "-4"),
            Example::Shows(
                r#"'1-Jan-2020'.workDaysBetween('6-Jan-2020', {"Saturday", "Sunday"}, {'02-Jan-2020', '03-Jan-2020'})"#,
                "1",
            ),
            Example::Fails(r#"info '6-Jan-2020'.workDaysBetween("soon");"#, "run::argument-type"),
        ],
        differs: &["A note on the page has the sign the wrong way round; its table and this agree."],
        see: &["workDaysList", "addBusinessDay", "daysBetween"],
        run: between,
        ..RANGE
    },
    Builtin {
        name: "workDaysList",
        elsewhere: &["bdate_range"],
        page: "functions/datetime/work-days-list",
        about: "Gives a collection of the work days from the date to the end, both included.",
        examples: &[
            Example::Shows("'3-Jan-2020'.workDaysList('6-Jan-2020')", "03-Jan-2020,06-Jan-2020"),
            Example::Shows("'10-Jan-2020'.workDaysList('6-Jan-2020').size()", "0"),
            Example::Shows(
                "'3-Jan-2020'.workDaysList('6-Jan-2020', Collection('Saturday')).getLastKey('6-Jan-2020')",
                "2",
            ),
            Example::Shows(r#"workDaysList("3-Jan-2020", "6-Jan-2020", {"Sunday"}).size()"#, "3"),
            Example::Fails(
                r#"info '6-Jan-2020'.workDaysList('10-Jan-2020', {"Monday","Tuesday","Wednesday","Thursday","Friday","Saturday","Sunday"});"#,
                "run::weekday",
            ),
        ],
        differs: &["The dates print in the format of the run and not as Java's.", "The page lists one day too many."],
        see: &["workDaysBetween", "addBusinessDay"],
        run: list,
        ..RANGE
    },
];

fn moved(
    call: &Call<'_>,
    arguments: &[Value],
    function: &str,
    from: &DateTime,
    step: i64,
) -> Result<DateTime, Failure> {
    let number = whole(function, arguments, 1)?;
    let days = Workdays::read(call, function, arguments, 2)?;
    let day = days.nth(from.civil().date(), number, step)?;
    Ok(DateTime::new(day.to_datetime(from.civil().time()), from.has_time(), from.settings()))
}

fn subtract(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    if whole("subBusinessDay", arguments, 1)? > MOST_BACK {
        return Err(too_many_days("subBusinessDay", MOST_BACK));
    }
    let from = date(call, "subBusinessDay", arguments, 0)?.date_only();
    moved(call, arguments, "subBusinessDay", &from, -1).map(Value::date)
}

fn between(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let start = date(call, "workDaysBetween", arguments, 0)?.civil().date();
    let end = date(call, "workDaysBetween", arguments, 1)?.civil().date();
    let days = Workdays::read(call, "workDaysBetween", arguments, 2)?;
    let (first, last, sign) = if end < start { (end, start, -1) } else { (start, end, 1) };
    let found = work_days(&days, first, last)?;
    let counted = found.iter().filter(|day| **day != first).count();
    Ok(Value::Number(sign * i64::try_from(counted).unwrap_or_default()))
}

fn list(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let start = strict_date(call, "workDaysList", arguments, 0)?.civil().date();
    let end = strict_date(call, "workDaysList", arguments, 1)?.civil().date();
    let days = Workdays::read(call, "workDaysList", arguments, 2)?;
    let found = work_days(&days, start, end)?;
    holds(call, found.len())?;
    let settings = &call.environment.dates;
    let midnight = |day: Date| Value::date(DateTime::new(day.to_datetime(Default::default()), false, settings));
    Ok(Value::collection(Contents::List(found.into_iter().map(midnight).collect())))
}

/// The work days from the first to the last day.
fn work_days(days: &Workdays, first: Date, last: Date) -> Result<Vec<Date>, Failure> {
    let mut found = Vec::new();
    let mut day = first;
    for _ in 0..FARTHEST {
        if day > last {
            return Ok(found);
        }
        if days.has(day) {
            found.push(day);
        }
        day = next(day, 1)?;
    }
    Err(work_days_too_far(FARTHEST))
}
