//! Putting texts together, filling up, turning round.

use crate::builtins::support::{self, INDEX, PRESENT, SCALAR, TEXTUAL, fits, receiver_text, text, text_result, whole};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Failure, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Text, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "concat",
        page: "functions/string/concat",
        elsewhere: &["strcat", "concatenate"],
        on: TEXTUAL,
        parameters: &[Parameter::required("text", SCALAR)],
        about: "Gives the text followed by another.",
        examples: &[
            Example::Shows(r#""Zip".concat("Code")"#, "ZipCode"),
            Example::Shows(r#"concat("a", "b").concat("c")"#, "abc"),
            Example::Shows(r#""n".concat(1)"#, "n1"),
            Example::Fails(r#"info "a".concat({"b"});"#, "run::argument-type"),
        ],
        see: &["repeat", "toString"],
        run: concat,
        ..ROW
    },
    Builtin {
        name: "repeat",
        page: "functions/string/repeat",
        elsewhere: &["replicate", "times", "rept", "str_repeat"],
        on: TEXTUAL,
        parameters: &[Parameter::required("times", INDEX)],
        about: "Gives the text so many times in a row.",
        examples: &[
            Example::Shows(r#""ab".repeat(3)"#, "ababab"),
            Example::Shows(r#""[" + "ab".repeat(0) + "]""#, "[]"),
            Example::Shows(r#""[" + "ab".repeat(-1) + "]""#, "[]"),
            Example::Fails(r#"info "ab".repeat("x");"#, "run::not-a-number"),
        ],
        see: &["leftpad", "concat"],
        run: repeat,
        ..ROW
    },
    Builtin {
        name: "reverse",
        page: "functions/string/reverse",
        elsewhere: &["reversed", "strrev", "flip"],
        on: PRESENT,
        about: "Gives the characters from last to first; anything else is made text first.",
        examples: &[
            Example::Shows(r#""Zoho".reverse()"#, "ohoZ"),
            Example::Shows("reverse(120)", "021"),
            Example::Shows("reverse({1, 2, 13})", "31,2,1"),
            Example::Shows("'21-May-2031'.reverse()", "1302-yaM-12"),
            Example::Fails("x = null; info x.reverse();", "run::null-receiver"),
        ],
        see: &["subString", "toList"],
        run: reverse,
        ..ROW
    },
    Builtin {
        name: "leftpad",
        page: "functions/string/leftpad",
        elsewhere: &["padStart", "lpad", "rjust", "padLeft", "zfill"],
        on: TEXTUAL,
        parameters: WIDTH,
        about: "Fills up with blanks at the start to so many characters in all.",
        examples: &[
            Example::Shows(r#""[" + "Left".leftpad(6) + "]""#, "[  Left]"),
            Example::Shows(r#"leftpad("1", 4).replaceAll(" ", "1,").toList().size()"#, "4"),
            Example::Shows(r#""abcdef".leftpad(3)"#, "abcdef"),
            Example::Fails(r#"info "a".leftpad("x");"#, "run::not-a-number"),
        ],
        differs: &[
            "The number is the width of the result, as scripts use it; the page speaks of blanks that are added.",
        ],
        see: &["rightpad", "repeat", "text"],
        run: left_pad,
        ..ROW
    },
    Builtin {
        name: "rightpad",
        page: "functions/string/rightpad",
        elsewhere: &["padEnd", "rpad", "ljust", "padRight"],
        on: TEXTUAL,
        parameters: WIDTH,
        about: "Fills up with blanks at the end to so many characters in all.",
        examples: &[
            Example::Shows(r#""[" + "Right".rightpad(6) + "]""#, "[Right ]"),
            Example::Shows(r#""abcdef".rightpad(-1)"#, "abcdef"),
            Example::Fails(r#"info "a".rightpad("x");"#, "run::not-a-number"),
        ],
        differs: &[
            "The number is the width of the result, as scripts use it; the page speaks of blanks that are added.",
        ],
        see: &["leftpad", "repeat"],
        run: right_pad,
        ..ROW
    },
];

const WIDTH: &[Parameter] = &[Parameter::required("width", INDEX)];

fn concat(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (first, second) = (text(arguments, 0)?, text(arguments, 1)?);
    text_result(call, format!("{first}{second}"))
}

fn repeat(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let text = text(arguments, 0)?;
    let times = usize::try_from(whole("repeat", arguments, 1)?).unwrap_or(0);
    fits(call, text.len().saturating_mul(times))?;
    // Nothing repeated is nothing, however often; the number alone may be anything.
    if text.is_empty() {
        return Ok(Value::text(""));
    }
    Ok(Value::text(text.repeat(times)))
}

fn reverse(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    text_result(call, text(arguments, 0)?.chars().rev().collect::<String>())
}

fn left_pad(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let blanks = missing_blanks("leftpad", call, arguments)?;
    Ok(Value::text(blanks + &text(arguments, 0)?))
}

fn right_pad(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let blanks = missing_blanks("rightpad", call, arguments)?;
    Ok(Value::text(text(arguments, 0)?.into_owned() + &blanks))
}

/// The number is the total width: scripts count with it, although the page speaks of blanks that are added.
fn missing_blanks(function: &str, call: &Call<'_>, arguments: &[Value]) -> Result<String, Failure> {
    let text = receiver_text(arguments)?;
    let width = usize::try_from(whole(function, arguments, 1)?).unwrap_or(0);
    let missing = width.saturating_sub(text.length());
    fits(call, text.len().saturating_add(missing))?;
    Ok(" ".repeat(missing))
}
