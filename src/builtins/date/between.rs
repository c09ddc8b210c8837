//! Differences of two dates; positive when the second is later. "Total" counts whole months and years of the calendar, the
//! others divide the days by 30 and 365 (help pages "monthsBetween", "totalMonth", "yearsBetween", "totalYear").

use std::borrow::Cow;

use super::{DATED, date, strict_date};
use crate::builtins::support;
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{DateTime, Failure, Value};

/// What all rows have in common.
const DIFFERENCE: Builtin = Builtin { on: DATED, parameters: &[Parameter::required("end", DATED)], ..ROW };

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::DateTime, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "daysBetween",
        elsewhere: &["datediff", "DateDiff", "diffInDays", "differenceInDays"],
        page: "functions/datetime/daysbetween",
        aliases: &["days360"],
        about: "Gives the whole days between two dates.",
        examples: &[
            Example::Shows("daysBetween('1-Jan-2019', '31-Dec-2019')", "364"),
            Example::Shows("'31-Dec-1989'.days360('01-Jan-1990')", "1"),
            Example::Shows("'10-May-2021'.daysBetween('5-May-2021')", "-5"),
            Example::Fails(r#"info "soon".daysBetween('1-Jan-2019');"#, "run::argument-type"),
        ],
        see: &["hoursBetween", "monthsBetween", "workDaysBetween", "yearFraction"],
        run: |call, values| count(call, values, "daysBetween", days),
        ..DIFFERENCE
    },
    Builtin {
        name: "hoursBetween",
        elsewhere: &["diffInHours", "differenceInHours"],
        page: "functions/datetime/hoursbetween",
        about: "Gives the whole hours between two dates.",
        examples: &[
            Example::Shows("'18-Dec-2019 09:00:00'.hoursBetween('19-Dec-2019 10:00:00')", "25"),
            Example::Shows("hoursBetween('18-Dec-2019 07:00:00', '18-Dec-2019 08:59:59')", "1"),
            Example::Shows("'19-Dec-2019'.hoursBetween('18-Dec-2019')", "-24"),
            Example::Fails(r#"info "soon".hoursBetween('1-Jan-2019');"#, "run::argument-type"),
        ],
        see: &["daysBetween", "timeBetween"],
        run: |call, values| count(call, values, "hoursBetween", hours),
        ..DIFFERENCE
    },
    Builtin {
        name: "monthsBetween",
        elsewhere: &["months_between", "diffInMonths"],
        page: "functions/datetime/monthsbetween",
        about: "Gives the days between two dates divided by 30, without fraction.",
        examples: &[
            Example::Shows("'31-Dec-1989'.monthsBetween('01-Feb-1990')", "1"),
            Example::Shows("'01-Feb-2020'.monthsBetween('01-Mar-2020')", "0"),
            Example::Shows("monthsBetween('31-Dec-1989', '01-Jan-1990')", "0"),
            Example::Fails(r#"info "soon".monthsBetween('1-Jan-2019');"#, "run::argument-type"),
        ],
        see: &["totalMonth", "daysBetween"],
        run: |call, values| count(call, values, "monthsBetween", |a, b| calendar_days(a, b) / 30),
        ..DIFFERENCE
    },
    Builtin {
        name: "totalMonth",
        elsewhere: &["differenceInMonths"],
        page: "functions/datetime/totalmonth",
        aliases: &["totalMonths", "monthsDiff"],
        about: "Gives the whole calendar months between two dates.",
        examples: &[
            Example::Shows("'01-Feb-2020'.totalMonths('01-Mar-2020')", "1"),
            Example::Shows("'15-Jan-2021'.monthsDiff('14-Feb-2021')", "0"),
            Example::Shows("totalMonth('01-Mar-2020', '01-Feb-2020')", "-1"),
            Example::Fails(r#"info "soon".totalMonth('1-Jan-2019');"#, "run::argument-type"),
        ],
        differs: &["Known as totalMonths and as monthsDiff too; the pages use all three names."],
        see: &["monthsBetween", "totalYear"],
        run: |call, values| count(call, values, "totalMonth", months),
        ..DIFFERENCE
    },
    Builtin {
        name: "yearsBetween",
        elsewhere: &["diffInYears"],
        page: "functions/datetime/yearsbetween",
        about: "Gives the days between two dates divided by 365, without fraction.",
        examples: &[
            Example::Shows("yearsBetween('1-Jan-2019', '31-Dec-2019')", "0"),
            Example::Shows("'1-Jan-2020'.yearsBetween('31-Dec-2020')", "1"),
            Example::Shows("'02-Jan-2020'.yearsBetween('01-Jan-2021')", "1"),
            Example::Fails(r#"info "soon".yearsBetween('1-Jan-2019');"#, "run::argument-type"),
        ],
        see: &["totalYear", "yearFraction", "daysBetween"],
        run: |call, values| count(call, values, "yearsBetween", |a, b| calendar_days(a, b) / 365),
        ..DIFFERENCE
    },
    Builtin {
        name: "totalYear",
        elsewhere: &["differenceInYears", "age"],
        page: "functions/datetime/totalyear",
        aliases: &["totalYears", "yearsDiff"],
        about: "Gives the whole calendar years between two dates.",
        examples: &[
            Example::Shows("'02-Jan-2020'.totalYears('01-Jan-2021')", "0"),
            Example::Shows("'15-Mar-1990'.yearsDiff('15-Mar-2020')", "30"),
            Example::Shows("totalYear('1-Jan-2019', '1-Jan-2020')", "1"),
            Example::Fails(r#"info "soon".totalYear('1-Jan-2019');"#, "run::argument-type"),
        ],
        differs: &["Known as totalYears and as yearsDiff too; the pages use all three names."],
        see: &["yearsBetween", "totalMonth"],
        run: |call, values| count(call, values, "totalYear", |a, b| months(a, b) / 12),
        ..DIFFERENCE
    },
    Builtin {
        name: "yearFraction",
        elsewhere: &["yearfrac"],
        page: "functions/datetime/yearfraction",
        about: "Gives the time between two dates in years of 365 days, as DECIMAL.",
        examples: &[
            Example::Shows("'17-Jan-2019'.yearFraction('29-Jan-2019')", "0.03287671232876712"),
            Example::Shows("'03-Apr-2020'.yearFraction('25-May-2035')", "15.150684931506849"),
            Example::Shows("yearFraction('01-Jan-2020', '01-Jan-2019')", "-1"),
            Example::Fails(r#"info "soon".yearFraction('1-Jan-2019');"#, "run::argument-type"),
        ],
        differs: &["Counts elapsed time, so a change of the clocks in the time zone shows."],
        see: &["yearsBetween", "daysBetween"],
        run: fraction,
        ..DIFFERENCE
    },
    Builtin {
        name: "timeBetween",
        elsewhere: &["elapsed", "diffForHumans"],
        page: "functions/datetime/time-between",
        about: "Gives the time between two dates as hours:minutes:seconds; zeros at the end are left out.",
        examples: &[
            Example::Shows("'6-Jan-2020 01:00:00'.timeBetween('6-Jan-2020 13:15:40')", "12:15:40"),
            Example::Shows("'6-Jan-2020 10:10:12'.timeBetween('7-Jan-2020 11:20:12')", "25:10"),
            Example::Shows("timeBetween('6-Jan-2020 10:00:00', '6-Jan-2020 20:00:00')", "10"),
            Example::Fails(r#"info "soon".timeBetween('1-Jan-2019');"#, "run::argument-type"),
        ],
        differs: &[
            "The page prints 25:10:2 where 25 hours and 10 minutes lie between its two dates; 25:10 is given.",
            "An end before the start gives a negative time.",
        ],
        see: &["hoursBetween", "daysBetween"],
        run: time,
        ..DIFFERENCE
    },
];

const SECONDS_PER_DAY: i64 = 86_400;

fn both<'a>(
    call: &Call<'_>,
    arguments: &'a [Value],
    function: &str,
) -> Result<(Cow<'a, DateTime>, Cow<'a, DateTime>), Failure> {
    Ok((date(call, function, arguments, 0)?, date(call, function, arguments, 1)?))
}

fn count(
    call: &Call<'_>,
    arguments: &[Value],
    function: &str,
    difference: fn(&DateTime, &DateTime) -> i64,
) -> Result<Value, Failure> {
    let (start, end) = both(call, arguments, function)?;
    Ok(Value::Number(difference(&start, &end)))
}

/// Days of 24 hours on the wall clock, so that a change of the clocks does not cost a day.
fn days(start: &DateTime, end: &DateTime) -> i64 {
    start.civil().duration_until(end.civil()).as_secs() / SECONDS_PER_DAY
}

fn calendar_days(start: &DateTime, end: &DateTime) -> i64 {
    start.civil().date().duration_until(end.civil().date()).as_secs() / SECONDS_PER_DAY
}

fn hours(start: &DateTime, end: &DateTime) -> i64 {
    (end.milliseconds() - start.milliseconds()) / 3_600_000
}

fn months(start: &DateTime, end: &DateTime) -> i64 {
    let (first, last) = (start.civil().date(), end.civil().date());
    if last < first {
        return -months(end, start);
    }
    let years = i64::from(last.year()) - i64::from(first.year());
    let months = years * 12 + i64::from(last.month()) - i64::from(first.month());
    months - i64::from(last.day() < first.day())
}

fn fraction(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (start, end) = both(call, arguments, "yearFraction")?;
    // Divided twice, as the page's digits show.
    let days =
        Value::Number(end.milliseconds() - start.milliseconds()).divide(&Value::Number(SECONDS_PER_DAY * 1000))?;
    days.divide(&Value::Number(365))
}

fn time(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let start = strict_date(call, "timeBetween", arguments, 0)?;
    let end = strict_date(call, "timeBetween", arguments, 1)?;
    let seconds = (end.milliseconds() - start.milliseconds()) / 1000;
    let sign = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.abs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    Ok(Value::text(match (minutes, seconds) {
        (0, 0) => format!("{sign}{hours}"),
        (minutes, 0) => format!("{sign}{hours}:{minutes}"),
        _ => format!("{sign}{hours}:{minutes}:{seconds}"),
    }))
}
