//! The next and the previous date on a day of the week; never the date itself.

use jiff::civil::Weekday;

use super::{DATED, date};
use crate::builtins::error::bad_weekday;
use crate::builtins::support::{self, text};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{DateTime, Failure, Kinds, Value, weekday_named};

/// What both rows have in common.
const STEP: Builtin = Builtin { on: DATED, parameters: &[Parameter::required("day", Kinds::TEXT)], ..ROW };

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::DateTime, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "nextWeekDay",
        elsewhere: &["nextDay", "next_day"],
        page: "functions/number/nextWeekDay",
        about: "Gives the first date after this one that is on the given day of the week.",
        examples: &[
            Example::Shows(r#"'20-Jul-2021'.nextWeekDay("Tuesday")"#, "27-Jul-2021"),
            Example::Shows(r#"'20-Jul-2021 10:00:00'.nextWeekDay("Monday")"#, "26-Jul-2021"),
            Example::Fails(r#"info '20-Jul-2021'.nextWeekDay("Someday");"#, "run::weekday"),
        ],
        differs: &["The page calls the result TEXT; it is a date."],
        see: &["previousWeekDay", "getDayOfWeek", "addDay"],
        run: |call, values| step(call, values, "nextWeekDay", 1),
        ..STEP
    },
    Builtin {
        name: "previousWeekDay",
        elsewhere: &["previousDay", "lastWeekday"],
        page: "functions/number/previousWeekDay",
        about: "Gives the last date before this one that is on the given day of the week.",
        examples: &[
            Example::Shows(r#"'21-Jul-2021'.previousWeekDay("Wednesday")"#, "14-Jul-2021"),
            Example::Shows(r#"'21-Jul-2021'.previousWeekDay("Monday")"#, "19-Jul-2021"),
            Example::Shows(r#"previousWeekDay('21-Jul-2021', "Sunday")"#, "18-Jul-2021"),
            Example::Fails(r#"info '21-Jul-2021'.previousWeekDay("Someday");"#, "run::weekday"),
        ],
        differs: &["The page calls the result TEXT; it is a date."],
        see: &["nextWeekDay", "getDayOfWeek", "subDay"],
        run: |call, values| step(call, values, "previousWeekDay", -1),
        ..STEP
    },
];

/// The day of the week of an English name.
pub(super) fn weekday(name: &str) -> Result<Weekday, Failure> {
    weekday_named(name.trim()).ok_or_else(|| bad_weekday(name))
}

fn step(call: &Call<'_>, arguments: &[Value], function: &str, nth: i32) -> Result<Value, Failure> {
    let day = weekday(&text(arguments, 1)?)?;
    let from = date(call, function, arguments, 0)?;
    let found = from.civil().nth_weekday(nth, day).map_err(|_| Failure::date_range())?;
    Ok(Value::date(DateTime::new(found, false, from.settings())))
}
