//! The parts of a date as numbers. Where the page says so, a date that is written with a part of a wrong length gives null
//! and no error (help pages "getDay" and siblings); not so for hours, minutes and seconds.

use jiff::civil::DateTime as Clock;
use jiff::civil::Weekday;

use super::{CLOCKED, DATED, date, written_date};
use crate::builtins::support::{self, at};
use crate::catalogue::{Absent, Builtin, Call, Category, Example, Parameter};
use crate::value::{Failure, Kinds, Time, Value, week_of_year};

use super::weekday::weekday;

/// What the rows of parts have in common.
const PART: Builtin = Builtin { on: DATED, ..ROW };

/// What the rows of parts of the clock have in common.
const CLOCK: Builtin = Builtin { on: CLOCKED, ..ROW };

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::DateTime, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "getDay",
        elsewhere: &["dayOfMonth", "mday"],
        page: "functions/datetime/getday",
        aliases: &["day"],
        about: "Gives the day of the month.",
        examples: &[
            Example::Shows("'08-Jan-2019'.getDay()", "8"),
            Example::Shows("day('29-Feb-2020')", "29"),
            Example::Shows("'08-Ja-2019'.getDay()", "null"),
            Example::Fails(r#"info "soon".getDay();"#, "run::argument-type"),
        ],
        see: &["getMonth", "getYear", "getDayOfWeek", "getDayOfYear"],
        run: |call, values| part(call, values, "getDay", |clock| clock.day().into()),
        ..PART
    },
    Builtin {
        name: "getMonth",
        elsewhere: &["monthValue", "getUTCMonth"],
        page: "functions/datetime/getmonth",
        aliases: &["month"],
        about: "Gives the number of the month, from 1.",
        examples: &[
            Example::Shows("'08-Jan-2019'.getMonth()", "1"),
            Example::Shows("month('15-Aug-1947 19:00:00')", "8"),
            Example::Shows("'14-Dec-2023'.month()", "12"),
            Example::Fails(r#"info "soon".getMonth();"#, "run::argument-type"),
        ],
        see: &["getDay", "getYear", "toStartOfMonth"],
        run: |call, values| part(call, values, "getMonth", |clock| clock.month().into()),
        ..PART
    },
    Builtin {
        name: "getYear",
        elsewhere: &["getFullYear", "getUTCFullYear"],
        page: "functions/datetime/getYear",
        aliases: &["year"],
        about: "Gives the year.",
        examples: &[
            Example::Shows("'08-Jan-2019'.getYear()", "2019"),
            Example::Shows("year('01-Jan-2000')", "2000"),
            Example::Shows("'31-Dec-99'.year()", "1999"),
            Example::Fails(r#"info "soon".getYear();"#, "run::argument-type"),
        ],
        see: &["getMonth", "getDay"],
        run: |call, values| part(call, values, "getYear", |clock| clock.year().into()),
        ..PART
    },
    Builtin {
        name: "getHour",
        elsewhere: &["getHours", "hourOfDay"],
        page: "functions/datetime/gethour",
        aliases: &["hour"],
        about: "Gives the hour, 0 to 23.",
        examples: &[
            Example::Shows("'01-Jan-2019 23:15:10'.getHour()", "23"),
            Example::Shows("hour('01-Jan-2019')", "0"),
            Example::Shows("'01-Jan-2019 24:30:00'.getHour()", "0"),
            Example::Fails(r#"info "soon".getHour();"#, "run::argument-type"),
        ],
        differs: &["For a TIME, hour works too, which the page still lacks."],
        see: &["getMinutes", "getSeconds", "getTime"],
        run: |call, values| clock_part(call, values, "getHour", Time::hour, |clock| clock.hour().into()),
        ..CLOCK
    },
    Builtin {
        name: "getMinutes",
        elsewhere: &["getMinute"],
        page: "functions/datetime/getminutes",
        aliases: &["minute"],
        about: "Gives the minute.",
        examples: &[
            Example::Shows("'01-Jan-2019 23:15:10'.getMinutes()", "15"),
            Example::Shows("minute('01-Jan-2019 07:59:00')", "59"),
            Example::Shows("'01-Jan-2019 07:75:00'.getMinutes()", "0"),
            Example::Fails(r#"info "soon".getMinutes();"#, "run::argument-type"),
        ],
        differs: &["For a TIME, minute works too, which the page still lacks."],
        see: &["getHour", "getSeconds"],
        run: |call, values| clock_part(call, values, "getMinutes", Time::minute, |clock| clock.minute().into()),
        ..CLOCK
    },
    Builtin {
        name: "getSeconds",
        elsewhere: &["getSecond"],
        page: "functions/datetime/getseconds",
        aliases: &["second"],
        about: "Gives the second.",
        examples: &[
            Example::Shows("'01-Jan-2019 23:15:10'.getSeconds()", "10"),
            Example::Shows("second('01-Jan-2019 07:05:09')", "9"),
            Example::Shows("'01-Jan-2019'.second()", "0"),
            Example::Fails(r#"info "soon".getSeconds();"#, "run::argument-type"),
        ],
        differs: &["For a TIME, second works too, which the page still lacks."],
        see: &["getHour", "getMinutes"],
        run: |call, values| clock_part(call, values, "getSeconds", Time::second, |clock| clock.second().into()),
        ..CLOCK
    },
    Builtin {
        name: "getDayOfWeek",
        elsewhere: &["dayOfWeek", "dow", "isoweekday"],
        page: "functions/datetime/getdayofweek",
        aliases: &["weekday"],
        about: "Gives the day of the week, 1 for Sunday to 7 for Saturday.",
        examples: &[
            Example::Shows("'15-Mar-2019'.getDayOfWeek()", "6"),
            Example::Shows("weekday('17-Mar-2019')", "1"),
            Example::Shows("'16-Mar-2019'.weekday()", "7"),
            Example::Fails(r#"info "soon".getDayOfWeek();"#, "run::argument-type"),
        ],
        see: &["getDay", "nextWeekDay", "getWeekOfYear"],
        run: |call, values| part(call, values, "getDayOfWeek", |clock| clock.weekday().to_sunday_one_offset().into()),
        ..PART
    },
    Builtin {
        name: "getDayOfYear",
        elsewhere: &["dayOfYear", "yday", "doy"],
        page: "functions/datetime/getdayofyear",
        about: "Gives the day of the year, from 1.",
        examples: &[
            Example::Shows("'31-Dec-2020'.getDayOfYear()", "366"),
            Example::Shows("getDayOfYear('01-Mar-2020')", "61"),
            Example::Shows("'01-Jan-2021'.getDayOfYear()", "1"),
            Example::Fails(r#"info "soon".getDayOfYear();"#, "run::argument-type"),
        ],
        see: &["getDay", "getWeekOfYear"],
        run: |call, values| part(call, values, "getDayOfYear", |clock| clock.day_of_year().into()),
        ..PART
    },
    Builtin {
        name: "getWeekOfYear",
        elsewhere: &["weekOfYear", "isocalendar", "isoWeek", "weekNumber", "weeknum"],
        page: "functions/datetime/getweekofyear",
        parameters: &[Parameter::optional("startDay", Kinds::TEXT)],
        about: "Gives the number of the week, from 1 for the week with 1 January; weeks begin on Sunday or the given day.",
        examples: &[
            Example::Shows("'7-Feb-2021'.getWeekOfYear()", "7"),
            Example::Shows(r#"'7-Feb-2021'.getWeekOfYear("Monday")"#, "6"),
            Example::Shows("getWeekOfYear('29-Dec-2019')", "1"),
            Example::Fails(r#"info '7-Feb-2021'.getWeekOfYear("Someday");"#, "run::weekday"),
        ],
        not_in_creator: &[Absent::ROW.beyond(0)],
        see: &["getDayOfYear", "getDayOfWeek", "toStartOfWeek"],
        run: week,
        ..PART
    },
];

fn part(call: &Call<'_>, arguments: &[Value], function: &str, part: fn(Clock) -> i64) -> Result<Value, Failure> {
    match written_date(call, function, arguments)? {
        Some(date) => Ok(Value::Number(part(date.civil()))),
        None => Ok(Value::Null),
    }
}

/// A part that a TIME has too.
fn clock_part(
    call: &Call<'_>,
    arguments: &[Value],
    function: &str,
    of_time: fn(Time) -> u32,
    of_date: fn(Clock) -> i64,
) -> Result<Value, Failure> {
    match at(arguments, 0) {
        Value::Time(time) => Ok(Value::Number(of_time(*time).into())),
        _ => Ok(Value::Number(of_date(date(call, function, arguments, 0)?.civil()))),
    }
}

fn week(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let start = match at(arguments, 1) {
        Value::Text(name) => weekday(name)?,
        _ => Weekday::Sunday,
    };
    match written_date(call, "getWeekOfYear", arguments)? {
        Some(date) => Ok(Value::Number(week_of_year(date.civil().date(), start))),
        None => Ok(Value::Null),
    }
}
