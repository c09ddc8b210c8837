//! Numbers as texts by a pattern: `1234.5.text("#,##0.00")`. A pattern that makes no sense gives null, as the pages of
//! `toString` and `toText` say of theirs.

mod digits;
mod pattern;
mod write;

use self::pattern::{NumberPattern, has_digit_place};
use self::write::write;
use crate::builtins::support::{self, NUMERIC, at, text_result};
use crate::catalogue::{Absent, Builtin, Call, Category, Example, Parameter};
use crate::value::{Failure, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Number, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "text",
        elsewhere: &["format", "toFixed", "to_char", "numberFormat"],
        page: "functions/number/text",
        on: NUMERIC,
        parameters: &[Parameter::required("format", Kinds::TEXT)],
        about: "Gives the text of a number by a pattern of 0 # , . % ‰ E and ; with other text around it.",
        examples: &[
            Example::Shows(r#"1234.5.text("$#,##0.00")"#, "$1,234.50"),
            Example::Shows(r#"2434.text("000000000")"#, "000002434"),
            Example::Shows(r#"text(-0.256, "0.0%;(0.0%)")"#, "(25.6%)"),
            Example::Shows(r#"12345.text("0.##E00")"#, "1.23E04"),
            Example::Shows(r#"0.125.text("0.00")"#, "0.12"),
            Example::Shows(r#"5.text("0#")"#, "null"),
            Example::Fails(r#"info text(5);"#, "check::argument-count"),
        ],
        differs: &["A pattern that cannot be read, or has no place for a digit, gives null."],
        see: &["toString", "toText", "round", "toWords"],
        run: |call, values| match at(values, 1) {
            Value::Text(format) => formatted(call, at(values, 0), format),
            _ => Ok(Value::Null),
        },
        ..ROW
    },
    Builtin {
        name: "toString",
        aliases: &["toText"],
        category: Category::Conversion,
        page: "functions/common/tostring",
        on: Kinds::DECIMAL,
        parameters: &[Parameter::optional("format", Kinds::TEXT)],
        about: "Gives the digits of a decimal as text, or its text by the pattern of a number.",
        examples: &[
            Example::Shows(r#"1.50.toString() + "!""#, "1.50!"),
            Example::Shows(r##"1234.5.toString("#,##0.00")"##, "1,234.50"),
            Example::Shows(r#"1.5.toText("yyyy")"#, "null"),
        ],
        differs: &["The page knows formats of dates only; those of numbers are taken here too."],
        see: &["text", "toDecimal"],
        not_in_creator: &[Absent::ROW.named("toText")],
        run: |call, values| match at(values, 1) {
            Value::Text(format) => formatted(call, at(values, 0), format),
            _ => text_result(call, at(values, 0).print()?),
        },
        ..ROW
    },
];

/// Whether the value, a number or a text that holds one, is to be formatted as a number.
pub(in crate::builtins) fn is_number_format(value: &Value, format: &str) -> bool {
    value.to_decimal().is_some() && has_digit_place(format)
}

/// The number by the pattern; null for a pattern that makes no sense.
pub(in crate::builtins) fn formatted(call: &Call<'_>, value: &Value, format: &str) -> Result<Value, Failure> {
    let Some(pattern) = NumberPattern::read(format) else { return Ok(Value::Null) };
    let printed = match value {
        Value::Text(_) => value.to_decimal().map_or_else(String::new, |number| number.to_string()),
        number => number.print()?,
    };
    text_result(call, write(&printed, &pattern))
}
