//! Texts and numbers as dates, and dates as numbers.

use super::{DATED, FORMATTED};
use crate::builtins::error::bad_date_format;
use crate::builtins::support::{self, at, text};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{DateTime, Failure, Kinds, Pattern, Reading, Value, forgiving_zone, instant_in, read_date};

const MAPPING: &[Parameter] = &[Parameter::optional("mapping", Kinds::TEXT)];

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::DateTime, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "toDate",
        elsewhere: &["strptime", "parseDate", "to_date", "str_to_date", "cast"],
        page: "functions/common/todate",
        on: FORMATTED,
        parameters: MAPPING,
        about: "Gives the date that a text names or milliseconds since 1970 stand for, without a time.",
        examples: &[
            Example::Shows(r#"toDate("01,11,2019 1:30:00 pm", "MM,d,yyyy")"#, "11-Jan-2019"),
            Example::Shows("'15-Jan-2025 18:00:00'.toDate()", "15-Jan-2025"),
            Example::Fails(r#"info "not a date".toDate("yyyy-MM-dd");"#, "run::unparsable-date"),
        ],
        see: &["toDateTime", "toTime", "isDate", "toString"],
        run: |call, values| Ok(Value::date(read(call, values)?.date_only())),
        ..ROW
    },
    Builtin {
        name: "toDateTime",
        elsewhere: &["parse", "fromisoformat", "to_timestamp"],
        page: "functions/common/to-date-time",
        on: FORMATTED,
        parameters: MAPPING,
        about: "Gives the date and time that a text names or milliseconds since 1970 stand for.",
        examples: &[
            Example::Shows(r#"toDateTime("01-11-2019 13:30:00", "MM-d-yy")"#, "11-Jan-2019 13:30:00"),
            Example::Shows(r#""2022-07-20 17:21:37-05:00".toDateTime()"#, "20-Jul-2022 17:21:37"),
            Example::Fails(r#"info "2022-13-20".toDateTime();"#, "run::unparsable-date"),
        ],
        see: &["toDate", "toTime", "toString"],
        run: |call, values| read(call, values).map(Value::date),
        ..ROW
    },
    Builtin {
        name: "toTime",
        page: "functions/common/totime",
        on: FORMATTED,
        parameters: &[Parameter::optional("mapping", Kinds::TEXT), Parameter::optional("timeZone", Kinds::TEXT)],
        about: "Gives the date and time of a text that is written in a time zone, in the time zone of the run.",
        examples: &[
            Example::Shows(
                r#"toTime("01,11,2019 1:30:00 pm", "MM,d,yyyy hh:mm:ss a", "Europe/Moscow")"#,
                "11-Jan-2019 10:30:00",
            ),
            Example::Shows(r#""15-Jan-2020 10:20:30".toTime().getHour()"#, "10"),
            Example::Shows(
                r#"toTime("01,11,19 1:30:00 pm", "MM,d,yyyy hh:mm:ss a", "Europe/Moscow")"#,
                "11-Jan-0019 10:30:00",
            ),
            Example::Fails(r#"info "noon".toTime();"#, "run::unparsable-date"),
        ],
        differs: &[
            "The result is a date with a time, as documented, and no TIME.",
            "Before 1900 a time zone has the standard time of today, as the example of the page shows.",
        ],
        see: &["toDateTime", "unixEpoch"],
        run: |call, values| read(call, values).map(Value::date),
        ..ROW
    },
    Builtin {
        name: "toNumber",
        elsewhere: &["timestamp", "getTimeInMillis", "valueOf", "unix_timestamp"],
        page: "functions/common/to-number",
        aliases: &["toLong"],
        on: Kinds::DATE,
        about: "Gives the milliseconds since 1970.",
        examples: &[
            Example::Shows("'01-Jan-1970 00:00:01'.toLong()", "1000"),
            Example::Shows("toNumber('31-Dec-1969 23:59:59')", "-1000"),
            Example::Shows("toLong('02-Jan-1970')", "86400000"),
            Example::Fails(r#"info {"a":1}.toNumber();"#, "run::argument-type"),
        ],
        see: &["unixEpoch", "toDate"],
        run: |_, values| match at(values, 0) {
            Value::DateTime(date) => Ok(Value::Number(date.milliseconds())),
            _ => Ok(Value::Null),
        },
        ..ROW
    },
    Builtin {
        name: "unixEpoch",
        elsewhere: &["epoch", "mktime"],
        page: "functions/datetime/unix-epoch",
        on: Kinds::TEXT,
        parameters: &[Parameter::optional("timeZone", Kinds::TEXT)],
        about: "Gives the milliseconds since 1970 of a text in a time zone; a text that names no date is given back.",
        examples: &[
            Example::Shows(r#""03-Feb-2020 03:48:12".unixEpoch("GMT-8")"#, "1580730492000"),
            Example::Shows(r#""03-Feb-2020 03:48:12".unixEpoch("Hello")"#, "1580701692000"),
            Example::Shows(r#""soon".unixEpoch()"#, "soon"),
            Example::Fails("info '03-Feb-2020 03:48:12'.unixEpoch();", "run::argument-type"),
        ],
        differs: &["Without a time zone, the one of the run is taken."],
        see: &["toNumber", "toDate"],
        run: unix_epoch,
        ..ROW
    },
    Builtin {
        name: "isDate",
        elsewhere: &["is_date", "isValidDate"],
        page: "functions/common/isdate",
        on: Kinds::ANY,
        about: "Whether the value is a date or a text that names one; null for lists, maps and files.",
        examples: &[
            Example::Shows("isDate('01-Jun-2020')", "true"),
            Example::Shows("100.isDate()", "false"),
            Example::Fails(r#"info "someday".isDate();"#, "run::unparsable-date"),
        ],
        see: &["toDate", "isNumber", "isText"],
        run: is_date,
        ..ROW
    },
];

/// The receiver with a time, read by the mapping if there is one.
fn read(call: &Call<'_>, arguments: &[Value]) -> Result<DateTime, Failure> {
    let settings = &call.environment.dates;
    let zone = at(arguments, 2).as_text().map(forgiving_zone);
    match at(arguments, 0) {
        Value::DateTime(date) => Ok(DateTime::new(date.civil(), true, settings)),
        Value::Number(number) => DateTime::at_milliseconds(*number, settings).ok_or_else(Failure::date_range),
        _ => {
            let written = text(arguments, 0)?;
            match at(arguments, 1) {
                Value::Text(mapping) => {
                    let pattern = Pattern::new(mapping).ok_or_else(|| bad_date_format(mapping))?;
                    DateTime::read_by(&written, &pattern, zone.as_ref(), settings)
                }
                _ => {
                    let date = DateTime::read(&written, settings)?;
                    Ok(DateTime::new(date.civil(), true, settings))
                }
            }
        }
    }
}

fn unix_epoch(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let settings = &call.environment.dates;
    let whole = at(arguments, 0);
    let written = text(arguments, 0)?;
    if read_date(&written, settings) == Reading::Other {
        return Ok(whole.clone());
    }
    let date = DateTime::read(&written, settings)?;
    Ok(Value::Number(match at(arguments, 1) {
        Value::Text(zone) => {
            let zone = forgiving_zone(zone);
            instant_in(&zone, date.civil()).map_err(|_| Failure::date_range())?.as_millisecond()
        }
        _ => date.milliseconds(),
    }))
}

fn is_date(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(match at(arguments, 0) {
        Value::Aggregate(_) | Value::File(_) => Value::Null,
        Value::Text(text) => DateTime::read(text, &call.environment.dates).map(|_| Value::Boolean(true))?,
        other => Value::Boolean(DATED.has(other.kind())),
    })
}
