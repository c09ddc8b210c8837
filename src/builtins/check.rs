//! Tests of values. Where a test makes no sense for a kind, it gives null and not false (help pages "isNumber",
//! "isText"). What is null, blank and empty follows the table of the help page "difference between isBlank, isNull and
//! isEmpty", which has a column for Creator; docs/decisions/0011 says which cells are read otherwise.

use super::support::{self, PRESENT, at};
use crate::catalogue::{Absent, Builtin, Call, Category, Evaluate, Example, Parameter};
use crate::syntax::Dialect;
use crate::value::{Contents, Failure, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Logical, ..support::ROW };

pub(super) static TABLE: &[Builtin] = &[
    Builtin {
        name: "isNull",
        page: "functions/common/isnull",
        elsewhere: &["is_null", "isNil", "isUndefined", "isNone"],
        on: Kinds::ANY,
        about: "Whether the value is null or an empty text.",
        examples: &[
            Example::Shows("isNull(null)", "true"),
            Example::Shows(r#"isNull("")"#, "true"),
            Example::Shows(r#"" ".isNull()"#, "false"),
            Example::Shows("isNull({})", "false"),
        ],
        differs: &[
            "A map of nothing but blank texts is not null outside Creator; in Creator the result is null, as in the table of the page.",
        ],
        not_in_creator: &[Absent::ROW.as_method()],
        see: &["isBlank", "isEmpty", "ifNull", "isValidObject"],
        run: is_null,
        ..ROW
    },
    Builtin {
        name: "isBlank",
        page: "functions/common/isblank",
        elsewhere: &["isNullOrWhiteSpace", "isWhitespace", "blank"],
        on: Kinds::ANY,
        about: "Whether the value is null, a text of nothing but blanks, or an empty list or map.",
        examples: &[
            Example::Shows(r#"" ".isBlank()"#, "true"),
            Example::Shows("isBlank(null)", "true"),
            Example::Shows(r#"isBlank({""})"#, "false"),
        ],
        differs: &["isBlank(null) is true outside Creator too; a table of Zoho says false there."],
        see: &["isEmpty", "isNull", "isValidObject"],
        run: is_blank,
        ..ROW
    },
    Builtin {
        name: "isEmpty",
        page: "functions/text/is-empty",
        elsewhere: &["empty", "isNullOrEmpty"],
        on: Kinds::ANY,
        about: "Whether a text is empty or a list or map has no elements; outside Creator also a text of blanks.",
        examples: &[
            Example::Shows("List().isEmpty()", "true"),
            Example::Shows(r#""x".isEmpty()"#, "false"),
            Example::Shows(r#"" ".isEmpty()"#, "true"),
            Example::Prints("x = null; info x.isEmpty();", "null"),
        ],
        differs: &[
            "The empty text is empty outside Creator too; a table of Zoho says null there.",
            "A text of blanks is empty outside Creator, as in the table; the page of the function says false.",
        ],
        see: &["isBlank", "isNull", "size"],
        run: is_empty,
        ..ROW
    },
    Builtin {
        name: "isValidObject",
        page: "functions/common/is-valid-object",
        elsewhere: &["isTruthy", "isPresent", "exists"],
        on: Kinds::ANY,
        about: "Whether the value is neither null nor empty.",
        examples: &[
            Example::Shows(r#""Zoho".isValidObject()"#, "true"),
            Example::Shows(r#""".isValidObject()"#, "false"),
            Example::Prints("x = null; info x.isValidObject();", "false"),
        ],
        see: &["isNull", "isBlank", "isEmpty"],
        run: is_valid_object,
        ..ROW
    },
    Builtin {
        name: "ifNull",
        page: "conditional-statements/condition",
        elsewhere: &["coalesce", "nvl", "orElse", "getOrDefault"],
        parameters: &[Parameter::required("value", Kinds::ANY), Parameter::required("default", Kinds::ANY)],
        evaluate: Evaluate::SecondIfFirstIsNull,
        about: "Gives the first value, or the second, which is evaluated only then, if the first is null.",
        examples: &[
            Example::Shows(r#"ifNull(null, "none")"#, "none"),
            Example::Shows(r#"ifnull("", "none") + "|""#, "|"),
            Example::Shows("ifNull(1, 1 / 0)", "1"),
            Example::Fails("info ifNull(null, 1 / 0);", "run::divide-by-zero"),
        ],
        see: &["isNull", "isBlank"],
        run: if_null,
        ..ROW
    },
    Builtin {
        name: "equals",
        page: "functions/common/equals",
        elsewhere: &["isEqual", "deepEqual", "strictEquals"],
        on: PRESENT,
        parameters: &[Parameter::required("other", Kinds::ANY)],
        about: "Whether both values are equal and of one kind; numbers compare by value.",
        examples: &[
            Example::Shows(r#""Same".equals("same")"#, "false"),
            Example::Shows(r#"5.equals("5")"#, "false"),
            Example::Shows("{1,2}.equals({1,2})", "true"),
            Example::Shows("'01/01/2017'.equals('01-Jan-2017')", "true"),
            Example::Fails("x = null; info x.equals(1);", "run::null-receiver"),
        ],
        see: &["equalsIgnoreCase"],
        run: equals,
        ..ROW
    },
    Builtin {
        name: "isNumber",
        page: "functions/common/isnumber",
        elsewhere: &["isNaN", "isNumeric", "is_numeric", "isDigit", "isFinite", "isInteger"],
        on: Kinds::ANY,
        about: "Whether the value is a number or a text that holds one; null for lists, maps and files.",
        examples: &[
            Example::Shows(r#"isNumber("12.3")"#, "true"),
            Example::Shows(r#""24/2".isNumber()"#, "false"),
            Example::Shows("isNumber({1,2})", "null"),
        ],
        see: &["isText", "isDate", "toNumber", "toDecimal"],
        run: is_number,
        ..ROW
    },
    Builtin {
        name: "isText",
        page: "functions/common/istext",
        elsewhere: &["isString", "is_string"],
        on: Kinds::ANY,
        about: "Whether the value is a text that holds no number; null for lists, maps, files and booleans.",
        examples: &[
            Example::Shows(r#"isText("12a")"#, "true"),
            Example::Shows(r#"isText("123")"#, "false"),
            Example::Shows("isText(true)", "null"),
            Example::Shows(r#"isText("")"#, "true"),
            Example::Prints("x = ''; info isText(x);", "null"),
        ],
        see: &["isNumber", "isDate", "isFile"],
        run: is_text,
        ..ROW
    },
    Builtin {
        name: "isFile",
        page: "functions/common/is-file",
        elsewhere: &["is_file"],
        on: Kinds::ANY,
        about: "Whether the value is a file.",
        examples: &[
            Example::Shows(r#"isFile("a".toFile("a.txt"))"#, "true"),
            Example::Shows(r#"isFile("a.txt")"#, "false"),
            Example::Prints(r#"z = "a".toFile("a.txt").compress("z"); info z.isFile();"#, "true"),
            Example::Shows("isFile(null)", "false"),
        ],
        see: &["isText", "toFile"],
        run: is_file,
        ..ROW
    },
];

fn is_null(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(match at(arguments, 0) {
        Value::Null => true.into(),
        Value::Text(text) => text.is_empty().into(),
        other if is_undecided(call, other) => Value::Null,
        _ => false.into(),
    })
}

fn is_blank(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(match at(arguments, 0) {
        Value::Text(text) => text.trim().is_empty().into(),
        other if is_undecided(call, other) => Value::Null,
        other => is_nothing(other).into(),
    })
}

fn is_empty(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(match (at(arguments, 0), call.environment.dialect) {
        (Value::Null, Dialect::Creator) => true.into(),
        (Value::Null, _) => Value::Null,
        (Value::Text(text), Dialect::Creator) => text.is_empty().into(),
        (Value::Text(text), _) => text.trim().is_empty().into(),
        (other, _) => is_nothing(other).into(),
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

/// Creator does not say whether a map of nothing but blank keys and values is null or blank: its cells hold null.
fn is_undecided(call: &Call<'_>, value: &Value) -> bool {
    let Value::Aggregate(aggregate) = value else { return false };
    if call.environment.dialect != Dialect::Creator || aggregate.size() == 0 {
        return false;
    }
    let is_blank = |value: &Value| value.as_text().is_some_and(|text| text.trim().is_empty());
    match &*aggregate.borrow() {
        Contents::Map(map) => map.iter().all(|(key, value)| is_blank(&key.to_value()) && is_blank(value)),
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
        Value::Text(text) if text.is_empty_date() => Value::Null,
        text @ Value::Text(_) => Value::Boolean(text.to_decimal().is_none()),
        _ => Value::Boolean(false),
    })
}

fn is_file(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Boolean(matches!(at(arguments, 0), Value::File(_))))
}
