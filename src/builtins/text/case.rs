//! Upper and lower case, and blanks at the ends.

use crate::builtins::support::{self, TEXTUAL, text, text_result};
use crate::catalogue::{Builtin, Call, Category, Example};
use crate::value::{Failure, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Text, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "toUpperCase",
        page: "functions/string/touppercase",
        aliases: &["upper"],
        elsewhere: &["upcase", "strtoupper", "toLocaleUpperCase", "ucase", "uppercase"],
        on: TEXTUAL,
        about: "Gives the text with every letter in upper case.",
        examples: &[
            Example::Shows(r#""mixed Case 9".toUpperCase()"#, "MIXED CASE 9"),
            Example::Shows(r#"upper("a-b")"#, "A-B"),
            Example::Shows(r#""straße".toUpperCase()"#, "STRASSE"),
            Example::Fails("x = null; info x.toUpperCase();", "run::null-receiver"),
        ],
        see: &["toLowerCase", "proper", "equalsIgnoreCase"],
        run: to_upper_case,
        ..ROW
    },
    Builtin {
        name: "toLowerCase",
        page: "functions/string/tolowerCase",
        aliases: &["lower"],
        elsewhere: &["downcase", "strtolower", "toLocaleLowerCase", "lcase", "lowercase", "casefold"],
        on: TEXTUAL,
        about: "Gives the text with every letter in lower case.",
        examples: &[
            Example::Shows(r#""MIXED Case 9".toLowerCase()"#, "mixed case 9"),
            Example::Shows(r#"lower("A-B")"#, "a-b"),
            Example::Fails(r#"info toLowerCase({"A"});"#, "run::argument-type"),
        ],
        see: &["toUpperCase", "proper", "equalsIgnoreCase"],
        run: to_lower_case,
        ..ROW
    },
    Builtin {
        name: "proper",
        page: "functions/string/proper",
        elsewhere: &["title", "capitalize", "initcap", "ucwords", "toTitleCase"],
        on: TEXTUAL,
        about: "Gives the text with the first letter of each word in upper case and all others in lower case.",
        examples: &[
            Example::Shows(r#""hELLO wORLD".proper()"#, "Hello World"),
            Example::Shows(r#""o'neil mc-donald 2nd".proper()"#, "O'neil Mc-donald 2nd"),
            Example::Fails("x = null; info x.proper();", "run::null-receiver"),
        ],
        see: &["toUpperCase", "toLowerCase"],
        run: proper,
        ..ROW
    },
    Builtin {
        name: "trim",
        page: "functions/string/trim",
        elsewhere: &["strip", "btrim"],
        on: TEXTUAL,
        about: "Gives the text without blanks, tabs and line ends at both ends.",
        examples: &[
            Example::Shows(r#""[" + "  a b  ".trim() + "]""#, "[a b]"),
            Example::Shows(r#""[" + "   ".trim() + "]""#, "[]"),
            Example::Shows(r#""a  b".trim()"#, "a  b"),
            Example::Fails("x = null; info x.trim();", "run::null-receiver"),
        ],
        see: &["ltrim", "rtrim", "replaceAll"],
        run: trim,
        ..ROW
    },
    Builtin {
        name: "ltrim",
        page: "functions/string/ltrim",
        elsewhere: &["trimStart", "trimLeft", "lstrip"],
        on: TEXTUAL,
        about: "Gives the text without blanks, tabs and line ends at its start.",
        examples: &[
            Example::Shows(r#""[" + "  a b  ".ltrim() + "]""#, "[a b  ]"),
            Example::Shows(r#""   Zoho".ltrim().length()"#, "4"),
            Example::Fails("x = null; info x.ltrim();", "run::null-receiver"),
        ],
        see: &["trim", "rtrim"],
        run: ltrim,
        ..ROW
    },
    Builtin {
        name: "rtrim",
        page: "functions/string/rtrim",
        elsewhere: &["trimEnd", "trimRight", "rstrip", "chomp"],
        on: TEXTUAL,
        about: "Gives the text without blanks, tabs and line ends at its end.",
        examples: &[
            Example::Shows(r#""[" + "  a b  ".rtrim() + "]""#, "[  a b]"),
            Example::Shows(r#"rtrim("   ").length()"#, "0"),
            Example::Fails("x = null; info x.rtrim();", "run::null-receiver"),
        ],
        see: &["trim", "ltrim"],
        run: rtrim,
        ..ROW
    },
];

fn to_upper_case(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    text_result(call, text(arguments, 0)?.to_uppercase())
}

fn to_lower_case(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    text_result(call, text(arguments, 0)?.to_lowercase())
}

fn proper(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let text = text(arguments, 0)?;
    let mut out = String::with_capacity(text.len());
    let mut starts_word = true;
    for sign in text.chars() {
        if starts_word {
            out.extend(sign.to_uppercase());
        } else {
            out.extend(sign.to_lowercase());
        }
        starts_word = sign.is_whitespace();
    }
    text_result(call, out)
}

fn trim(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::text(text(arguments, 0)?.trim_matches(is_blank)))
}

fn ltrim(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::text(text(arguments, 0)?.trim_start_matches(is_blank)))
}

fn rtrim(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::text(text(arguments, 0)?.trim_end_matches(is_blank)))
}

/// Java's idea of a blank: everything up to U+0020, and nothing else.
fn is_blank(sign: char) -> bool {
    sign <= ' '
}
