//! Rounding, parity, magnitude and the larger of two. All work on decimal digits, so no binary noise appears.

use std::cmp::Ordering;

use super::decimal;
use crate::builtins::support::{self, INDEX, NUMERIC, at, whole};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Decimal, Failure, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Number, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "round",
        page: "functions/number/round",
        on: NUMERIC,
        parameters: &[Parameter::required("places", INDEX)],
        about: "Rounds at a digit right of the point, or left of it when negative; a half goes away from zero.",
        examples: &[
            Example::Shows("2.345.round(2)", "2.35"),
            Example::Shows("218.2.round(-1)", "220"),
            Example::Shows("round(-2.5, 0)", "-3"),
            Example::Shows("-218.222.round(-3)", "0"),
            Example::Fails(r#"info 2.5.round("two");"#, "run::not-a-number"),
        ],
        see: &["truncate", "ceil", "floor", "text"],
        run: round,
        ..ROW
    },
    Builtin {
        name: "truncate",
        elsewhere: &["trunc"],
        page: "functions/number/truncate",
        on: NUMERIC,
        parameters: &[Parameter::required("digits", INDEX)],
        about: "Cuts at a digit right of the point, or left of it when negative.",
        examples: &[
            Example::Shows("25.125432.truncate(2)", "25.12"),
            Example::Shows("9789.852.truncate(-2)", "9700"),
            Example::Shows("truncate(-2.79, 0)", "-2"),
            Example::Fails(r#"info 2.5.truncate("two");"#, "run::not-a-number"),
        ],
        see: &["round", "floor", "frac"],
        run: truncate,
        ..ROW
    },
    Builtin {
        name: "abs",
        page: "functions/number/abs",
        on: NUMERIC,
        about: "Gives the magnitude.",
        examples: &[
            Example::Shows("abs(-15)", "15"),
            Example::Shows("abs(-15.50)", "15.50"),
            Example::Fails("info abs(-9223372036854775807 - 1);", "run::overflow"),
        ],
        see: &["signum"],
        run: abs,
        ..ROW
    },
    Builtin {
        name: "ceil",
        elsewhere: &["ceiling"],
        page: "functions/number/ceil",
        on: NUMERIC,
        about: "Gives the smallest whole number that is not below.",
        examples: &[
            Example::Shows("10.1.ceil()", "11"),
            Example::Shows("ceil(-1.5)", "-1"),
            Example::Fails("info ceil(9223372036854775807.5);", "run::overflow"),
        ],
        see: &["floor", "round"],
        run: ceil,
        ..ROW
    },
    Builtin {
        name: "floor",
        page: "functions/number/floor",
        on: NUMERIC,
        about: "Gives the largest whole number that is not above.",
        examples: &[
            Example::Shows("10.1.floor()", "10"),
            Example::Shows("floor(-1.5)", "-2"),
            Example::Fails("info floor(10000000000000000000.5);", "run::overflow"),
        ],
        see: &["ceil", "truncate", "toNumber"],
        run: floor,
        ..ROW
    },
    Builtin {
        name: "frac",
        page: "functions/number/frac",
        on: NUMERIC,
        about: "Gives what stands right of the point, with the sign.",
        examples: &[
            Example::Shows("24.6.frac()", "0.6"),
            Example::Shows("frac(-25.1)", "-0.1"),
            Example::Shows("2.50.frac()", "0.50"),
            Example::Shows("frac(4)", "0"),
        ],
        see: &["truncate", "floor"],
        run: frac,
        ..ROW
    },
    Builtin {
        name: "max",
        page: "functions/number/max",
        on: NUMERIC,
        parameters: &[Parameter::required("other", NUMERIC)],
        about: "Gives the larger of two numbers.",
        examples: &[
            Example::Shows("max(5, -9)", "5"),
            Example::Shows("max(2.5, 2.25)", "2.5"),
            Example::Fails(r#"info 5.max("a");"#, "run::argument-type"),
        ],
        see: &["min", "largest"],
        run: max,
        ..ROW
    },
    Builtin {
        name: "min",
        page: "functions/number/min",
        on: NUMERIC,
        parameters: &[Parameter::required("other", NUMERIC)],
        about: "Gives the smaller of two numbers.",
        examples: &[
            Example::Shows("min(5, -9)", "-9"),
            Example::Shows("100.min(200)", "100"),
            Example::Fails(r#"info 5.min("a");"#, "run::argument-type"),
        ],
        see: &["max", "smallest"],
        run: min,
        ..ROW
    },
    Builtin {
        name: "isEven",
        page: "functions/number/is-even",
        on: NUMERIC,
        about: "Whether a whole number can be divided by two; false for one with a fraction.",
        examples: &[
            Example::Shows("1234.isEven()", "true"),
            Example::Shows("isEven(111)", "false"),
            Example::Shows("isEven(2.5)", "false"),
        ],
        see: &["isOdd"],
        run: |_, arguments| Ok(Value::Boolean(remainder_of_two(arguments) == Some(0))),
        ..ROW
    },
    Builtin {
        name: "isOdd",
        page: "functions/number/is-odd",
        on: NUMERIC,
        about: "Whether a whole number cannot be divided by two; false for one with a fraction.",
        examples: &[
            Example::Shows("isOdd(-7)", "true"),
            Example::Shows("isOdd(0)", "false"),
            Example::Shows("isOdd(2.5)", "false"),
        ],
        see: &["isEven"],
        run: |_, arguments| Ok(Value::Boolean(remainder_of_two(arguments) == Some(1))),
        ..ROW
    },
    Builtin {
        name: "toHex",
        page: "functions/number/tohex",
        on: NUMERIC,
        elsewhere: &["hex", "to_hex"],
        about: "Gives a whole number in base 16; below zero as the 64 bits that stand for it.",
        examples: &[
            Example::Shows("100.toHex()", "64"),
            Example::Shows("toHex(255)", "ff"),
            Example::Shows("toHex(-1)", "ffffffffffffffff"),
            Example::Fails("info toHex(10000000000000000000.5);", "run::not-a-number"),
        ],
        see: &["textToHex", "toWords"],
        run: to_hex,
        ..ROW
    },
];

fn round(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    at_digit("round", arguments, Decimal::round)
}

fn truncate(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    at_digit("truncate", arguments, Decimal::truncate)
}

fn at_digit(
    function: &str,
    arguments: &[Value],
    compute: fn(Decimal, i64) -> Option<Decimal>,
) -> Result<Value, Failure> {
    let places = whole(function, arguments, 1)?;
    let number = at(arguments, 0);
    if places >= 0 && matches!(number, Value::Number(_)) {
        return Ok(number.clone());
    }
    compute(decimal(function, arguments, 0)?, places).map(Value::decimal).ok_or_else(|| Failure::overflow(function))
}

fn abs(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    match at(arguments, 0) {
        Value::Number(number) => number.checked_abs().map(Value::Number).ok_or_else(|| Failure::overflow("abs")),
        _ => decimal("abs", arguments, 0).map(|decimal| Value::decimal(decimal.abs())),
    }
}

fn ceil(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    whole_part("ceil", arguments, Decimal::ceil)
}

fn floor(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    whole_part("floor", arguments, Decimal::floor)
}

fn whole_part(function: &str, arguments: &[Value], compute: fn(Decimal) -> Decimal) -> Result<Value, Failure> {
    let number = compute(decimal(function, arguments, 0)?).to_number();
    number.map(Value::Number).ok_or_else(|| Failure::overflow(function))
}

fn frac(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    decimal("frac", arguments, 0).map(|decimal| Value::decimal(decimal.fraction()))
}

fn max(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    choose(arguments, Ordering::Less)
}

fn min(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    choose(arguments, Ordering::Greater)
}

/// The second number when the first stands in this order to it, else the first.
fn choose(arguments: &[Value], second_when: Ordering) -> Result<Value, Failure> {
    let (first, second) = (at(arguments, 0), at(arguments, 1));
    Ok(if first.compare(second)? == second_when { second.clone() } else { first.clone() })
}

/// 0 or 1, or nothing for a number with a fraction.
fn remainder_of_two(arguments: &[Value]) -> Option<i64> {
    let remainder = at(arguments, 0).remainder(&Value::Number(2)).ok()?.as_decimal()?;
    remainder.fraction().is_zero().then(|| remainder.abs().to_number()).flatten()
}

fn to_hex(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    whole("toHex", arguments, 0).map(|number| Value::text(compact_str::format_compact!("{number:x}")))
}
