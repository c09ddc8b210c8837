//! Moving dates. Days, weeks, months and years move on the calendar, and a day that the month does not have becomes its
//! last; hours, minutes and seconds move in time. A negative number goes the other way.

use jiff::{Error, Span};

use super::{CLOCKED, DATED, date, written_date};
use crate::builtins::support::{self, NUMERIC, at, whole};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{DateTime, Failure, Value};

const NUMBER: &[Parameter] = &[Parameter::required("number", NUMERIC)];

/// What the rows that move dates have in common.
const MOVE: Builtin = Builtin { on: DATED, parameters: NUMBER, ..ROW };

/// What the rows that move the clock have in common.
const CLOCK: Builtin = Builtin { on: CLOCKED, parameters: NUMBER, ..ROW };

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::DateTime, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "addDay",
        elsewhere: &["addDays", "dateadd", "date_add", "DATEADD", "plusDays", "timedelta", "setDate"],
        page: "functions/datetime/addday",
        about: "Gives the date so many days later.",
        examples: &[
            Example::Shows("'01-Jan-2019'.addDay(11)", "12-Jan-2019 00:00:00"),
            Example::Shows("'01-Jan-2019 15:00:00'.addDay(40)", "10-Feb-2019 15:00:00"),
            Example::Shows("addDay('01-Jan-2019', -1)", "31-Dec-2018 00:00:00"),
            Example::Fails(r#"info "soon".addDay(1);"#, "run::argument-type"),
        ],
        see: &["subDay", "addBusinessDay", "addWeek", "daysBetween"],
        run: |call, values| move_days(call, values, "addDay", 1, |span, n| span.try_days(n)),
        ..MOVE
    },
    Builtin {
        name: "subDay",
        elsewhere: &["subDays", "date_sub", "minusDays", "subtractDays"],
        page: "functions/datetime/subday",
        about: "Gives the date so many days earlier.",
        examples: &[
            Example::Shows("'01-Jan-2019'.subDay(1)", "31-Dec-2018 00:00:00"),
            Example::Shows("subDay('01-Mar-2020', 1)", "29-Feb-2020 00:00:00"),
            Example::Shows("'31-Dec-2018'.subDay(-1)", "01-Jan-2019 00:00:00"),
            Example::Fails(r#"info "soon".subDay(1);"#, "run::argument-type"),
        ],
        see: &["addDay", "subBusinessDay", "daysBetween"],
        run: |call, values| move_days(call, values, "subDay", -1, |span, n| span.try_days(n)),
        ..MOVE
    },
    Builtin {
        name: "addWeek",
        elsewhere: &["addWeeks", "plusWeeks"],
        page: "functions/datetime/addweek",
        about: "Gives the date so many weeks later.",
        examples: &[
            Example::Shows("'01-Jan-2019'.addWeek(10)", "12-Mar-2019 00:00:00"),
            Example::Shows("'01-Jan-2019 15:00:00'.addWeek(55)", "21-Jan-2020 15:00:00"),
            Example::Shows("addWeek('22-Feb-2020', 1)", "29-Feb-2020 00:00:00"),
            Example::Fails(r#"info "soon".addWeek(1);"#, "run::argument-type"),
        ],
        differs: &["The page calls the result NUMBER; it is a date."],
        see: &["subWeek", "addDay"],
        run: |call, values| move_days(call, values, "addWeek", 1, |span, n| span.try_weeks(n)),
        ..MOVE
    },
    Builtin {
        name: "subWeek",
        elsewhere: &["subWeeks", "minusWeeks"],
        page: "functions/datetime/subweek",
        about: "Gives the date so many weeks earlier.",
        examples: &[
            Example::Shows("'01-May-2019'.subWeek(4)", "03-Apr-2019 00:00:00"),
            Example::Shows("subWeek('05-Jan-2021', 1)", "29-Dec-2020 00:00:00"),
            Example::Shows("'05-Jan-2021'.subWeek(0)", "05-Jan-2021 00:00:00"),
            Example::Fails(r#"info "soon".subWeek(1);"#, "run::argument-type"),
        ],
        differs: &["The page calls the result NUMBER; it is a date."],
        see: &["addWeek", "subDay"],
        run: |call, values| move_days(call, values, "subWeek", -1, |span, n| span.try_weeks(n)),
        ..MOVE
    },
    Builtin {
        name: "addMonth",
        elsewhere: &["addMonths", "add_months", "plusMonths", "setMonth"],
        page: "functions/datetime/addmonth",
        about: "Gives the date so many months later.",
        examples: &[
            Example::Shows("'01-Jan-2019'.addMonth(11)", "01-Dec-2019 00:00:00"),
            Example::Shows("'31-Jan-2019'.addMonth(1)", "28-Feb-2019 00:00:00"),
            Example::Shows("addMonth('01-Jan-2019 15:00:00', 13)", "01-Feb-2020 15:00:00"),
            Example::Fails(r#"info "soon".addMonth(1);"#, "run::argument-type"),
        ],
        differs: &["A day that the month does not have becomes its last day."],
        see: &["subMonth", "edate", "eomonth", "totalMonth"],
        run: |call, values| move_days(call, values, "addMonth", 1, |span, n| span.try_months(n)),
        ..MOVE
    },
    Builtin {
        name: "subMonth",
        elsewhere: &["subMonths", "minusMonths"],
        page: "functions/datetime/submonth",
        about: "Gives the date so many months earlier.",
        examples: &[
            Example::Shows("'01-Jan-2019'.subMonth(1)", "01-Dec-2018 00:00:00"),
            Example::Shows("'31-Mar-2019'.subMonth(1)", "28-Feb-2019 00:00:00"),
            Example::Shows("subMonth('15-Mar-2019', -12)", "15-Mar-2020 00:00:00"),
            Example::Fails(r#"info "soon".subMonth(1);"#, "run::argument-type"),
        ],
        differs: &["A day that the month does not have becomes its last day."],
        see: &["addMonth", "edate"],
        run: |call, values| move_days(call, values, "subMonth", -1, |span, n| span.try_months(n)),
        ..MOVE
    },
    Builtin {
        name: "addYear",
        elsewhere: &["addYears", "plusYears", "setFullYear"],
        page: "functions/datetime/addyear",
        about: "Gives the date so many years later.",
        examples: &[
            Example::Shows("'01-Jan-2019'.addYear(100)", "01-Jan-2119 00:00:00"),
            Example::Shows("'29-Feb-2020'.addYear(1)", "28-Feb-2021 00:00:00"),
            Example::Fails("info '01-Jan-2019'.addYear(90000);", "run::date-range"),
        ],
        differs: &["29 February becomes the 28th in other years."],
        see: &["subYear", "totalYear"],
        run: |call, values| move_days(call, values, "addYear", 1, |span, n| span.try_years(n)),
        ..MOVE
    },
    Builtin {
        name: "subYear",
        elsewhere: &["subYears", "minusYears"],
        page: "functions/datetime/subyear",
        about: "Gives the date so many years earlier.",
        examples: &[
            Example::Shows("'01-Jan-2019'.subYear(1)", "01-Jan-2018 00:00:00"),
            Example::Shows("subYear('29-Feb-2020', 4)", "29-Feb-2016 00:00:00"),
            Example::Shows("'15-Jun-2021 10:00:00'.subYear(21)", "15-Jun-2000 10:00:00"),
            Example::Fails(r#"info "soon".subYear(1);"#, "run::argument-type"),
        ],
        differs: &["29 February becomes the 28th in other years."],
        see: &["addYear", "totalYear"],
        run: |call, values| move_days(call, values, "subYear", -1, |span, n| span.try_years(n)),
        ..MOVE
    },
    Builtin {
        name: "addHour",
        elsewhere: &["addHours", "plusHours", "setHours"],
        page: "functions/datetime/addhour",
        about: "Gives the date and time so many hours later.",
        examples: &[
            Example::Shows("'01-Jan-2019 23:15:10'.addHour(2)", "02-Jan-2019 01:15:10"),
            Example::Shows("'01-Jan-2019'.addHour(1)", "01-Jan-2019 01:00:00"),
            Example::Shows("addHour('01-Jan-2019 23:15:10', -24)", "31-Dec-2018 23:15:10"),
            Example::Fails(r#"info "soon".addHour(1);"#, "run::argument-type"),
        ],
        differs: &["Moves in time, so a change of the clocks in the time zone shows."],
        see: &["subHour", "addMinutes", "hoursBetween", "addBusinessHour"],
        run: |call, values| move_clock(call, values, "addHour", 3600),
        ..CLOCK
    },
    Builtin {
        name: "subHour",
        elsewhere: &["subHours", "minusHours"],
        page: "functions/datetime/subhour",
        about: "Gives the date and time so many hours earlier.",
        examples: &[
            Example::Shows("'02-Jan-2019'.subHour(1)", "01-Jan-2019 23:00:00"),
            Example::Shows("subHour('01-Jan-2019 23:15:10', 2)", "01-Jan-2019 21:15:10"),
            Example::Shows("'01-Jan-2019 23:15:10'.subHour(-1)", "02-Jan-2019 00:15:10"),
            Example::Fails(r#"info "soon".subHour(1);"#, "run::argument-type"),
        ],
        differs: &["Moves in time, so a change of the clocks in the time zone shows."],
        see: &["addHour", "subMinutes"],
        run: |call, values| move_clock(call, values, "subHour", -3600),
        ..CLOCK
    },
    Builtin {
        name: "addMinutes",
        elsewhere: &["addMinute", "plusMinutes", "setMinutes"],
        page: "functions/datetime/addminutes",
        about: "Gives the date and time so many minutes later.",
        examples: &[
            Example::Shows("'01-Jan-2019 23:59:10'.addMinutes(2)", "02-Jan-2019 00:01:10"),
            Example::Shows("addMinutes('01-Jan-2019', -1)", "31-Dec-2018 23:59:00"),
            Example::Shows(r#""01-Jan-2019 10:00:00".addMinutes(90)"#, "01-Jan-2019 11:30:00"),
            Example::Fails(r#"info "soon".addMinutes(1);"#, "run::argument-type"),
        ],
        differs: &["Moves in time, so a change of the clocks in the time zone shows."],
        see: &["subMinutes", "addHour", "addSeconds"],
        run: |call, values| move_clock(call, values, "addMinutes", 60),
        ..CLOCK
    },
    Builtin {
        name: "subMinutes",
        elsewhere: &["subMinute", "minusMinutes"],
        page: "functions/datetime/subminutes",
        about: "Gives the date and time so many minutes earlier.",
        examples: &[
            Example::Shows("'02-Jan-2019'.subMinutes(1)", "01-Jan-2019 23:59:00"),
            Example::Shows(r#""09-Dec-2020 17:25:24".subMinutes(15)"#, "09-Dec-2020 17:10:24"),
            Example::Shows("subMinutes('01-Jan-2019 23:59:10', 2)", "01-Jan-2019 23:57:10"),
            Example::Fails(r#"info "soon".subMinutes(1);"#, "run::argument-type"),
        ],
        differs: &["Moves in time, so a change of the clocks in the time zone shows."],
        see: &["addMinutes", "subHour"],
        run: |call, values| move_clock(call, values, "subMinutes", -60),
        ..CLOCK
    },
    Builtin {
        name: "addSeconds",
        elsewhere: &["addSecond", "plusSeconds", "setSeconds"],
        page: "functions/datetime/addseconds",
        about: "Gives the date and time so many seconds later.",
        examples: &[
            Example::Shows("'01-Jan-2019'.addSeconds(70)", "01-Jan-2019 00:01:10"),
            Example::Shows("addSeconds('01-Jan-2019 23:15:10', 2)", "01-Jan-2019 23:15:12"),
            Example::Fails("info '01-Jan-2019'.addSeconds(9223372036854775807);", "run::date-range"),
        ],
        differs: &["Moves in time, so a change of the clocks in the time zone shows."],
        see: &["subSeconds", "addMinutes"],
        run: |call, values| move_clock(call, values, "addSeconds", 1),
        ..CLOCK
    },
    Builtin {
        name: "subSeconds",
        elsewhere: &["subSecond", "minusSeconds"],
        page: "functions/datetime/subseconds",
        about: "Gives the date and time so many seconds earlier.",
        examples: &[
            Example::Shows("'02-Jan-2019'.subSeconds(70)", "01-Jan-2019 23:58:50"),
            Example::Shows("subSeconds('01-Mar-2020', 1)", "29-Feb-2020 23:59:59"),
            Example::Shows("'01-Jan-2019 23:15:10'.subSeconds(2)", "01-Jan-2019 23:15:08"),
            Example::Fails(r#"info "soon".subSeconds(1);"#, "run::argument-type"),
        ],
        differs: &["Moves in time, so a change of the clocks in the time zone shows."],
        see: &["addSeconds", "subMinutes"],
        run: |call, values| move_clock(call, values, "subSeconds", -1),
        ..CLOCK
    },
    Builtin {
        name: "edate",
        elsewhere: &["add_months"],
        page: "functions/datetime/edate",
        about: "Gives the date so many months later, without a time.",
        examples: &[
            Example::Shows("'01-Jan-2019'.edate(11)", "01-Dec-2019"),
            Example::Shows("'01-Jan-2019 15:00:00'.edate(13)", "01-Feb-2020"),
            Example::Shows("edate('31-Jan-2020', 1)", "29-Feb-2020"),
            Example::Fails(r#"info "soon".edate(1);"#, "run::argument-type"),
        ],
        differs: &["A day that the month does not have becomes its last day."],
        see: &["eomonth", "addMonth"],
        run: edate,
        ..MOVE
    },
    Builtin {
        name: "eomonth",
        elsewhere: &["last_day", "lastDayOfMonth", "endOfMonth"],
        page: "functions/datetime/eomonth",
        about: "Gives the last day of the month so many months later, without a time.",
        examples: &[
            Example::Shows("'01-Jan-2019'.eomonth(1)", "28-Feb-2019"),
            Example::Shows("'15-Apr-2021'.eomonth(0)", "30-Apr-2021"),
            Example::Shows("eomonth('15-Mar-2021 10:00:00', -1)", "28-Feb-2021"),
            Example::Fails(r#"info "soon".eomonth(1);"#, "run::argument-type"),
        ],
        see: &["toStartOfMonth", "edate"],
        run: end_of_month,
        ..MOVE
    },
    Builtin {
        name: "toStartOfMonth",
        elsewhere: &["startOfMonth", "firstDayOfMonth", "date_trunc", "beginning_of_month"],
        page: "functions/datetime/tostartofmonth",
        about: "Gives the first day of the month at 00:00:00.",
        examples: &[
            Example::Shows("'15-Mar-2019 15:00:00'.toStartOfMonth()", "01-Mar-2019 00:00:00"),
            Example::Shows("toStartOfMonth('29-Feb-2020')", "01-Feb-2020 00:00:00"),
            Example::Shows("'01-Jan-2021'.toStartOfMonth()", "01-Jan-2021 00:00:00"),
            Example::Fails(r#"info "soon".toStartOfMonth();"#, "run::argument-type"),
        ],
        see: &["eomonth", "toStartOfWeek"],
        run: start_of_month,
        ..START
    },
    Builtin {
        name: "toStartOfWeek",
        elsewhere: &["startOfWeek", "beginning_of_week"],
        page: "functions/datetime/tostartofweek",
        about: "Gives the Sunday on or before the date at 00:00:00.",
        examples: &[
            Example::Shows("'15-Mar-2019 15:00:00'.toStartOfWeek()", "10-Mar-2019 00:00:00"),
            Example::Shows("toStartOfWeek('10-Mar-2019')", "10-Mar-2019 00:00:00"),
            Example::Shows("'01-Jan-2021'.toStartOfWeek()", "27-Dec-2020 00:00:00"),
            Example::Fails(r#"info "soon".toStartOfWeek();"#, "run::argument-type"),
        ],
        see: &["toStartOfMonth", "previousWeekDay"],
        run: start_of_week,
        ..START
    },
];

/// What the rows that go back to a beginning have in common.
const START: Builtin = Builtin { on: DATED, ..ROW };

fn move_days(
    call: &Call<'_>,
    arguments: &[Value],
    function: &str,
    sign: i64,
    unit: fn(Span, i64) -> Result<Span, Error>,
) -> Result<Value, Failure> {
    let number = whole(function, arguments, 1)?;
    let span = number.checked_mul(sign).and_then(|number| unit(Span::new(), number).ok());
    let span = span.ok_or_else(Failure::date_range)?;
    date(call, function, arguments, 0)?.plus(span).map(Value::date)
}

fn move_clock(call: &Call<'_>, arguments: &[Value], function: &str, seconds: i64) -> Result<Value, Failure> {
    let seconds = whole(function, arguments, 1)?.checked_mul(seconds).ok_or_else(Failure::date_range)?;
    match at(arguments, 0) {
        Value::Time(time) => time.plus_seconds(seconds).map(Value::Time),
        _ => date(call, function, arguments, 0)?.plus_seconds(seconds).map(Value::date),
    }
}

fn months_later(call: &Call<'_>, arguments: &[Value], function: &str) -> Result<DateTime, Failure> {
    let months = Span::new().try_months(whole(function, arguments, 1)?).map_err(|_| Failure::date_range())?;
    Ok(date(call, function, arguments, 0)?.plus(months)?.date_only())
}

fn edate(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    months_later(call, arguments, "edate").map(Value::date)
}

fn end_of_month(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let moved = months_later(call, arguments, "eomonth")?;
    Ok(Value::date(DateTime::new(moved.civil().last_of_month(), false, moved.settings())))
}

fn start_of_month(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let Some(date) = written_date(call, "toStartOfMonth", arguments)? else { return Ok(Value::Null) };
    Ok(Value::date(DateTime::new(date.civil().first_of_month().start_of_day(), true, date.settings())))
}

fn start_of_week(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let Some(date) = written_date(call, "toStartOfWeek", arguments)? else { return Ok(Value::Null) };
    let back = Span::new().days(i64::from(date.civil().weekday().to_sunday_zero_offset()));
    let sunday = date.civil().start_of_day().checked_sub(back).map_err(|_| Failure::date_range())?;
    Ok(Value::date(DateTime::new(sunday, true, date.settings())))
}
