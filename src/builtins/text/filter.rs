//! Keeping or dropping letters and digits. Letters are those of ASCII.

use crate::builtins::support::{self, TEXTUAL, text};
use crate::catalogue::{Builtin, Category, Example};
use crate::value::{Failure, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Text, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "getAlpha",
        page: "functions/string/getAlpha",
        elsewhere: &["lettersOnly", "onlyLetters"],
        on: TEXTUAL,
        about: "Gives the letters only.",
        examples: &[
            Example::Shows(r#"getAlpha("Due: 5 May 2031")"#, "DueMay"),
            Example::Shows(r#""[" + "12-3".getAlpha() + "]""#, "[]"),
            Example::Fails("x = null; info x.getAlpha();", "run::null-receiver"),
        ],
        differs: &["Letters are A to Z and a to z."],
        see: &["getAlphaNumeric", "removeAllAlpha", "replaceAll"],
        run: |_, arguments| kept(arguments, |sign| sign.is_ascii_alphabetic()),
        ..ROW
    },
    Builtin {
        name: "getAlphaNumeric",
        page: "functions/string/getAlphaNumeric",
        elsewhere: &["alphanumericOnly"],
        on: TEXTUAL,
        about: "Gives the letters and digits only.",
        examples: &[
            Example::Shows(r#""a_1 (b)".getAlphaNumeric()"#, "a1b"),
            Example::Shows(r#""été 9".getAlphaNumeric()"#, "t9"),
            Example::Fails("x = null; info x.getAlphaNumeric();", "run::null-receiver"),
        ],
        differs: &["Letters are A to Z and a to z, digits 0 to 9."],
        see: &["getAlpha", "removeAllAlphaNumeric"],
        run: |_, arguments| kept(arguments, |sign| sign.is_ascii_alphanumeric()),
        ..ROW
    },
    Builtin {
        name: "removeAllAlpha",
        page: "functions/string/removeAllAlpha",
        elsewhere: &["digitsOnly"],
        on: TEXTUAL,
        about: "Gives the text without letters.",
        examples: &[
            Example::Shows(r#"removeAllAlpha("a1b2-c3")"#, "12-3"),
            Example::Shows(r#""[" + "a b".removeAllAlpha() + "]""#, "[ ]"),
            Example::Fails("x = null; info x.removeAllAlpha();", "run::null-receiver"),
        ],
        differs: &["Letters are A to Z and a to z."],
        see: &["getAlpha", "removeAllAlphaNumeric", "remove"],
        run: |_, arguments| kept(arguments, |sign| !sign.is_ascii_alphabetic()),
        ..ROW
    },
    Builtin {
        name: "removeAllAlphaNumeric",
        page: "functions/string/removeallalphanumeric",
        on: TEXTUAL,
        about: "Gives the text without letters and digits.",
        examples: &[
            Example::Shows(r##""#$%".removeAllAlphaNumeric()"##, "#$%"),
            Example::Shows(r#""[" + "abc123".removeAllAlphaNumeric() + "]""#, "[]"),
            Example::Fails("x = null; info x.removeAllAlphaNumeric();", "run::null-receiver"),
        ],
        differs: &["Letters are A to Z and a to z, digits 0 to 9."],
        see: &["getAlphaNumeric", "removeAllAlpha", "remove"],
        run: |_, arguments| kept(arguments, |sign| !sign.is_ascii_alphanumeric()),
        ..ROW
    },
];

fn kept(arguments: &[Value], keeps: fn(&char) -> bool) -> Result<Value, Failure> {
    Ok(Value::text(text(arguments, 0)?.chars().filter(keeps).collect::<String>()))
}
