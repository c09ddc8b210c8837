//! Tests of values. Where a test makes no sense for a kind, it gives null and not false (help pages "isNumber",
//! "isText"). For null and empty texts Zoho's own table differs from its pages; `isEmpty(null)` is null, and the other
//! cells follow the pages of the functions.

use super::support::{self, PRESENT, at};
use crate::catalogue::{Builtin, Call, Category, Evaluate, Example, Parameter};
use crate::value::{Failure, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Logical, ..support::ROW };

pub(super) static TABLE: &[Builtin] = &[
    Builtin {
        name: "isNull",
        page: "functions/common/isnull",
        on: Kinds::ANY,
        about: "Whether the value is null or an empty text.",
        examples: &[
            Example::Shows("isNull(null)", "true"),
            Example::Shows(r#"isNull("")"#, "true"),
            Example::Shows(r#"" ".isNull()"#, "false"),
        ],
        run: is_null,
        ..ROW
    },
    Builtin {
        name: "isBlank",
        page: "functions/common/isblank",
        on: Kinds::ANY,
        about: "Whether the value is null, a text of nothing but blanks, or an empty list or map.",
        examples: &[
            Example::Shows(r#"" ".isBlank()"#, "true"),
            Example::Shows("isBlank(null)", "true"),
            Example::Shows(r#"isBlank({""})"#, "false"),
        ],
        run: is_blank,
        ..ROW
    },
    Builtin {
        name: "isEmpty",
        page: "functions/text/is-empty",
        on: Kinds::ANY,
        about: "Whether a text has no characters, or a list or map no elements; null for null.",
        examples: &[
            Example::Shows("List().isEmpty()", "true"),
            Example::Shows(r#"" ".isEmpty()"#, "false"),
            Example::Prints("x = null; info x.isEmpty();", "null"),
        ],
        run: is_empty,
        ..ROW
    },
    Builtin {
        name: "isValidObject",
        page: "functions/common/is-valid-object",
        on: Kinds::ANY,
        about: "Whether the value is neither null nor empty.",
        examples: &[
            Example::Shows(r#""Zoho".isValidObject()"#, "true"),
            Example::Shows(r#""".isValidObject()"#, "false"),
            Example::Prints("x = null; info x.isValidObject();", "false"),
        ],
        run: is_valid_object,
        ..ROW
    },
    Builtin {
        name: "ifNull",
        page: "conditional-statements/condition",
        parameters: &[Parameter::required("value", Kinds::ANY), Parameter::required("default", Kinds::ANY)],
        evaluate: Evaluate::SecondIfFirstIsNull,
        about: "Gives the first value, or the second, which is evaluated only then, if the first is null.",
        examples: &[
            Example::Shows(r#"ifNull(null, "none")"#, "none"),
            Example::Shows(r#"ifnull("", "none") + "|""#, "|"),
            Example::Shows("ifNull(1, 1 / 0)", "1"),
        ],
        run: if_null,
        ..ROW
    },
    Builtin {
        name: "equals",
        page: "functions/common/equals",
        on: PRESENT,
        parameters: &[Parameter::required("other", Kinds::ANY)],
        about: "Whether both values are equal and of one kind; numbers compare by value.",
        examples: &[
            Example::Shows(r#""Same".equals("same")"#, "false"),
            Example::Shows(r#"5.equals("5")"#, "false"),
            Example::Shows("{1,2}.equals({1,2})", "true"),
        ],
        run: equals,
        ..ROW
    },
    Builtin {
        name: "isNumber",
        page: "functions/common/isnumber",
        on: Kinds::ANY,
        about: "Whether the value is a number or a text that holds one; null for lists, maps and files.",
        examples: &[
            Example::Shows(r#"isNumber("12.3")"#, "true"),
            Example::Shows(r#""24/2".isNumber()"#, "false"),
            Example::Shows("isNumber({1,2})", "null"),
        ],
        run: is_number,
        ..ROW
    },
    Builtin {
        name: "isText",
        page: "functions/common/istext",
        on: Kinds::ANY,
        about: "Whether the value is a text that holds no number; null for lists, maps, files and booleans.",
        examples: &[
            Example::Shows(r#"isText("12a")"#, "true"),
            Example::Shows(r#"isText("123")"#, "false"),
            Example::Shows("isText(true)", "null"),
        ],
        run: is_text,
        ..ROW
    },
    Builtin {
        name: "isFile",
        page: "functions/common/is-file",
        on: Kinds::ANY,
        about: "Whether the value is a file.",
        examples: &[
            Example::Shows(r#"isFile("a".toFile("a.txt"))"#, "true"),
            Example::Shows(r#"isFile("a.txt")"#, "false"),
            Example::Prints(r#"z = "a".toFile("a.txt").compress("z"); info z.isFile();"#, "true"),
        ],
        run: is_file,
        ..ROW
    },
];

fn is_null(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Boolean(match at(arguments, 0) {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        _ => false,
    }))
}

fn is_blank(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Boolean(match at(arguments, 0) {
        Value::Text(text) => text.trim().is_empty(),
        other => is_nothing(other),
    }))
}

fn is_empty(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(match at(arguments, 0) {
        Value::Null => Value::Null,
        other => Value::Boolean(is_nothing(other)),
    })
}

fn is_valid_object(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Boolean(!is_nothing(at(arguments, 0))))
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        Value::Aggregate(aggregate) => aggregate.size() == 0,
        _ => false,
    }
}

fn if_null(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let first = at(arguments, 0);
    Ok(if first.is_null() { at(arguments, 1).clone() } else { first.clone() })
}

fn equals(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Boolean(at(arguments, 0).strictly_equals(at(arguments, 1))))
}

fn is_number(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(match at(arguments, 0) {
        Value::Aggregate(_) | Value::File(_) => Value::Null,
        other => Value::Boolean(other.to_decimal().is_some()),
    })
}

fn is_text(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(match at(arguments, 0) {
        Value::Aggregate(_) | Value::File(_) | Value::Boolean(_) => Value::Null,
        text @ Value::Text(_) => Value::Boolean(text.to_decimal().is_none()),
        _ => Value::Boolean(false),
    })
}

fn is_file(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Boolean(matches!(at(arguments, 0), Value::File(_))))
}
