//! Dates as texts: by a pattern, or as a person writes them.

use std::borrow::Cow;

use super::{DATED, FORMATTED, date, strict_date};
use crate::builtins::error::nothing_to_format;
use crate::builtins::number::format;
use crate::builtins::support::{self, at, flag, optional_whole, printed, text_result};
use crate::catalogue::{Absent, Builtin, Call, Category, Example, Parameter};
use crate::syntax::Dialect;
use crate::value::{DateTime, Failure, Kinds, MONTHS, Pattern, Reading, Value, forgiving_zone, read_date};

const FORMAT_AND_ZONE: &[Parameter] =
    &[Parameter::optional("format", Kinds::TEXT), Parameter::optional("timeZone", Kinds::TEXT)];
const CLOCK: &[Parameter] = &[
    Parameter::optional("hours", Kinds::NUMBER.or(Kinds::TEXT)),
    Parameter::optional("showSeconds", Kinds::BOOLEAN.or(Kinds::TEXT)),
];

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::DateTime, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "toString",
        elsewhere: &["strftime", "format", "formatDate", "date_format", "to_char", "toISOString", "toLocaleDateString"],
        page: "functions/common/tostring",
        aliases: &["toText"],
        on: FORMATTED.or(Kinds::TIME),
        parameters: FORMAT_AND_ZONE,
        about: "Gives the text that info prints, or by a pattern that of a date, milliseconds since 1970 or a number.",
        examples: &[
            Example::Shows(r#"'05-Jan-2021 14:07:09'.toString("yyyy-MM-dd'T'HH:mm:ss")"#, "2021-01-05T14:07:09"),
            Example::Shows(
                r#"toText(1596719471334, "MMM dd, yy 'at' hh:mm:ss", "Europe/Moscow")"#,
                "Aug 06, 20 at 04:11:11",
            ),
            Example::Shows(r#""05-Jan-2021".toString("EEEE") + 7.toString()"#, "Tuesday7"),
            Example::Shows(r##"1234567.toString("#,##0")"##, "1,234,567"),
            Example::Shows(r#"'05-Mar-2021'.toText("jj")"#, "null"),
            Example::Fails(r#"info "soon".toString("dd-MM-yyyy");"#, "run::unparsable-date"),
        ],
        differs: &[
            "The page knows formats of dates only; those of numbers, with 0 and #, are taken here too.",
            "A pattern with other letters gives null, as documented; in Creator a text is given back as it is.",
        ],
        see: &["toDate", "toDateTimeString", "getDate", "text"],
        not_in_creator: &[Absent::ROW.named("toText"), Absent::ROW.on(Kinds::NUMBER).beyond(0)],
        run: to_string,
        ..ROW
    },
    Builtin {
        name: "toDateTimeString",
        elsewhere: &["fromtimestamp", "from_unixtime"],
        page: "functions/datetime/todatetimestring",
        aliases: &["toDateString"],
        on: FORMATTED,
        parameters: FORMAT_AND_ZONE,
        about: "Gives the text of a date or of milliseconds since 1970 by a pattern.",
        examples: &[
            Example::Shows(
                r#"toDateTimeString(1693905560373, "MMM dd, yy 'at' hh:mm:ss z, E", "IST")"#,
                "Sep 05, 23 at 02:49:20 IST, Tue",
            ),
            Example::Shows(r#"0.toDateTimeString("dd-MMM-yyyy HH:mm:ss", "UTC")"#, "01-Jan-1970 00:00:00"),
            Example::Shows(r#"'01-Jul-2021 12:00:00'.toDateTimeString("HH:mm XXX", "Europe/Paris")"#, "14:00 +02:00"),
            Example::Fails(r#"info "soon".toDateTimeString("dd-MM-yyyy");"#, "run::unparsable-date"),
        ],
        differs: &["Takes dates and texts that name one, too."],
        see: &["toString", "toDate"],
        run: to_date_time_string,
        ..ROW
    },
    Builtin {
        name: "text",
        page: "functions/number/text",
        on: DATED,
        parameters: &[Parameter::required("format", Kinds::TEXT)],
        about: "Gives the text of a date by a pattern, or of a number that stands in a text.",
        examples: &[
            Example::Shows(r#""02/04/2020".text("EEEE")"#, "Tuesday"),
            Example::Shows(r###""123123456".text("##,###")"###, "123,123,456"),
            Example::Shows(r#"'29-Dec-2019'.text("YYYY")"#, "2020"),
            Example::Fails(r###"info "abc".text("##");"###, "run::argument-type"),
        ],
        see: &["toString"],
        run: text_by_format,
        ..ROW
    },
    Builtin {
        name: "getDate",
        elsewhere: &["ordinalDate"],
        page: "functions/datetime/get-date",
        on: DATED,
        about: "Gives the date in words.",
        examples: &[
            Example::Shows("'17-Jan-2018 18:10:37'.getDate()", "17th January 2018"),
            Example::Shows(r#""22-Dec-2021".getDate()"#, "22nd December 2021"),
            Example::Shows("getDate('13-May-2021')", "13th May 2021"),
            Example::Fails(r#"info "soon".getDate();"#, "run::argument-type"),
        ],
        differs: &["In Creator a text is refused."],
        see: &["getTime", "getDateTime", "toString"],
        run: |call, values| Ok(Value::text(in_words(strict_date(call, "getDate", values, 0)?.as_ref()))),
        ..ROW
    },
    Builtin {
        name: "getTime",
        elsewhere: &["toLocaleTimeString", "toTimeString"],
        page: "functions/datetime/get-time",
        on: DATED,
        parameters: CLOCK,
        about: "Gives the time of day, in 12 hours unless 24 is given, with seconds when the last argument is true.",
        examples: &[
            Example::Shows("'17-Jan-2018 09:00:00'.getTime()", "09:00 AM"),
            Example::Shows("'17-Jan-2018 18:10:37'.getTime(24, true)", "18:10:37"),
            Example::Shows("getTime('17-Jan-2018 18:10:37')", "06:10 PM"),
            Example::Fails(r#"info "soon".getTime();"#, "run::argument-type"),
        ],
        differs: &["In Creator a text is refused."],
        see: &["getDate", "getDateTime", "getHour"],
        run: |call, values| Ok(Value::text(clock(strict_date(call, "getTime", values, 0)?.as_ref(), values)?)),
        ..ROW
    },
    Builtin {
        name: "getDateTime",
        elsewhere: &["toLocaleString"],
        page: "functions/datetime/get-date-time",
        on: DATED,
        parameters: CLOCK,
        about: "Gives the date in words and the time of day, with a comma between them.",
        examples: &[
            Example::Shows("'17-Jan-2018 09:00:59'.getDateTime()", "17th January 2018,09:00 AM"),
            Example::Shows("'17-Jan-2018 10:10:37'.getDateTime(12, true)", "17th January 2018,10:10:37 AM"),
            Example::Shows("getDateTime('17-Jan-2018 18:10:37', 24, false)", "17th January 2018,18:10"),
            Example::Fails(r#"info "soon".getDateTime();"#, "run::argument-type"),
        ],
        differs: &["In Creator a text is refused."],
        see: &["getDate", "getTime", "toString"],
        run: |call, values| {
            let date = strict_date(call, "getDateTime", values, 0)?;
            Ok(Value::text(in_words(&date) + "," + &clock(&date, values)?))
        },
        ..ROW
    },
];

fn to_string(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    match (at(arguments, 0), at(arguments, 1)) {
        (value, Value::Null) => printed(call, value),
        (value, Value::Text(format)) if format::is_number_format(value, format) => {
            format::formatted(call, value, format)
        }
        _ => formatted(call, arguments, "toString"),
    }
}

fn to_date_time_string(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    match at(arguments, 1) {
        Value::Null => Ok(Value::text(moment(call, arguments, "toDateTimeString")?.print())),
        _ => formatted(call, arguments, "toDateTimeString"),
    }
}

fn text_by_format(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (value, format) = (at(arguments, 0), at(arguments, 1).as_text().unwrap_or_default());
    if format::is_number_format(value, format) {
        return format::formatted(call, value, format);
    }
    if let Value::Text(text) = value
        && read_date(text, &call.environment.dates) == Reading::Other
    {
        return if value.to_decimal().is_some() { Ok(Value::Null) } else { Err(nothing_to_format()) };
    }
    formatted(call, arguments, "text")
}

fn formatted(call: &Call<'_>, arguments: &[Value], function: &str) -> Result<Value, Failure> {
    let Value::Text(format) = at(arguments, 1) else { return Ok(Value::Null) };
    let Some(pattern) = Pattern::new(format) else { return Ok(Value::Null) };
    match at(arguments, 0) {
        // Creator gives a text back as it is, also one that names a date (help page "toString").
        text @ Value::Text(_) if call.environment.dialect == Dialect::Creator => return Ok(text.clone()),
        Value::Time(time) => return text_result(call, time.format(&pattern)),
        _ => {}
    }
    let date = moment(call, arguments, function)?;
    text_result(
        call,
        match at(arguments, 2) {
            Value::Text(zone) => date.format_in(&pattern, &forgiving_zone(zone)),
            _ => date.format(&pattern),
        },
    )
}

/// The receiver: a date, a text that names one, or milliseconds since 1970.
fn moment<'a>(call: &Call<'_>, arguments: &'a [Value], function: &str) -> Result<Cow<'a, DateTime>, Failure> {
    let settings = &call.environment.dates;
    match at(arguments, 0) {
        Value::Number(number) => {
            DateTime::at_milliseconds(*number, settings).map(Cow::Owned).ok_or_else(Failure::date_range)
        }
        Value::Text(text) => DateTime::read(text, settings).map(Cow::Owned),
        _ => date(call, function, arguments, 0),
    }
}

/// `17th January 2018`
fn in_words(date: &DateTime) -> String {
    let day = date.civil().day();
    let ending = match (day % 10, day) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    let month = usize::try_from(date.civil().month() - 1).ok().and_then(|month| MONTHS.get(month));
    format!("{day}{ending} {} {}", month.copied().unwrap_or_default(), date.civil().year())
}

/// `06:10 PM`, `18:10:37`
fn clock(date: &DateTime, arguments: &[Value]) -> Result<String, Failure> {
    let time = date.civil().time();
    let long = optional_whole("getTime", arguments, 1)? == Some(24);
    let hour = match (long, time.hour() % 12) {
        (true, _) => time.hour(),
        (false, 0) => 12,
        (false, hour) => hour,
    };
    let mut out = format!("{hour:02}:{:02}", time.minute());
    if flag(arguments, 2) == Some(true) {
        out.push_str(&format!(":{:02}", time.second()));
    }
    if !long {
        out.push_str(if time.hour() < 12 { " AM" } else { " PM" });
    }
    Ok(out)
}
