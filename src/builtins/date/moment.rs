//! The present. It comes from the clock of the run's environment, which may stand still.

use jiff::ToSpan;

use crate::builtins::support;
use crate::catalogue::{Builtin, Call, Category, Example};
use crate::value::{DateTime, Failure, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::DateTime, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "now",
        elsewhere: &["current_timestamp", "sysdate", "utcnow"],
        page: "functions/datetime/now",
        bare: true,
        about: "Gives the present date and time; parentheses may be left out.",
        examples: &[
            Example::Shows("now >= today", "true"),
            Example::Shows("now.isDate()", "true"),
            Example::Shows("now().daysBetween(today)", "0"),
            Example::Fails("info now(1);", "check::argument-count"),
        ],
        see: &["today"],
        run: |call, _| Ok(Value::date(now(call))),
        ..ROW
    },
    Builtin {
        name: "today",
        elsewhere: &["curdate", "current_date"],
        page: "functions/datetime/today",
        bare: true,
        about: "Gives the present date without a time; parentheses may be left out.",
        examples: &[
            Example::Shows("today == zoho.currentdate", "true"),
            Example::Shows(r#"today().toString("HH:mm:ss")"#, "00:00:00"),
            Example::Prints("today = today.addDay(2); info today > now;", "true"),
            Example::Fails("info today(1);", "check::argument-count"),
        ],
        see: &["now", "tomorrow", "yesterday"],
        run: |call, _| day(call, 0),
        ..ROW
    },
    Builtin {
        name: "tomorrow",
        bare: true,
        about: "Gives the date after the present one; parentheses may be left out.",
        examples: &[
            Example::Shows("today.daysBetween(tomorrow)", "1"),
            Example::Shows("tomorrow > now", "true"),
            Example::Shows(r#"tomorrow.toString("HH")"#, "00"),
            Example::Fails("info tomorrow(1);", "check::argument-count"),
        ],
        see: &["today", "yesterday"],
        run: |call, _| day(call, 1),
        ..ROW
    },
    Builtin {
        name: "yesterday",
        bare: true,
        about: "Gives the date before the present one; parentheses may be left out.",
        examples: &[
            Example::Shows("yesterday.daysBetween(today)", "1"),
            Example::Shows("yesterday < now", "true"),
            Example::Shows("yesterday == today.subDay(1)", "true"),
            Example::Fails("info yesterday(1);", "check::argument-count"),
        ],
        see: &["today", "tomorrow"],
        run: |call, _| day(call, -1),
        ..ROW
    },
];

fn now(call: &Call<'_>) -> DateTime {
    DateTime::at(call.environment.clock.now(), &call.environment.dates)
}

fn day(call: &Call<'_>, later: i64) -> Result<Value, Failure> {
    now(call).plus(later.days()).map(|date| Value::date(date.date_only()))
}
