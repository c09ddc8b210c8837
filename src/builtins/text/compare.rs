//! Comparing a text with another one or with a pattern.

use crate::builtins::pattern::{Find, Pattern};
use crate::builtins::support::{self, SCALAR, TEXTUAL, text, without_case};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Failure, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Text, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "startsWith",
        page: "functions/string/startswith",
        elsewhere: &["beginsWith", "hasPrefix", "starts_with"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Whether the text begins with another; letter case counts.",
        examples: &[
            Example::Shows(r#""Invoice-7".startsWith("Inv")"#, "true"),
            Example::Shows(r#"startsWith("Invoice-7", "inv")"#, "false"),
            Example::Shows(r#""abc".startsWith("")"#, "true"),
            Example::Fails(r#"x = null; info x.startsWith("a");"#, "run::null-receiver"),
        ],
        see: &["startsWithIgnoreCase", "endsWith", "getPrefix", "matches"],
        run: starts_with,
        ..ROW
    },
    Builtin {
        name: "startsWithIgnoreCase",
        page: "functions/string/startswithignorecase",
        elsewhere: &["istartswith"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Whether the text begins with another in any letter case.",
        examples: &[
            Example::Shows(r#""Invoice-7".startsWithIgnoreCase("inv")"#, "true"),
            Example::Shows(r#"startsWithIgnoreCase("Inv", "invoice")"#, "false"),
            Example::Fails(r#"info "a".startsWithIgnoreCase({"a"});"#, "run::argument-type"),
        ],
        see: &["startsWith", "endsWithIgnoreCase"],
        run: starts_with_ignore_case,
        ..ROW
    },
    Builtin {
        name: "endsWith",
        page: "functions/string/endswith",
        elsewhere: &["hasSuffix", "ends_with"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Whether the text ends with another; letter case counts.",
        examples: &[
            Example::Shows(r#""photo.PNG".endsWith(".PNG")"#, "true"),
            Example::Shows(r#"endsWith("photo.PNG", ".png")"#, "false"),
            Example::Shows(r#""abc".endsWith("")"#, "true"),
            Example::Fails(r#"x = null; info x.endsWith("a");"#, "run::null-receiver"),
        ],
        see: &["endsWithIgnoreCase", "startsWith", "getSuffix"],
        run: ends_with,
        ..ROW
    },
    Builtin {
        name: "endsWithIgnoreCase",
        page: "functions/string/endswithignorecase",
        elsewhere: &["iendswith"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Whether the text ends with another in any letter case.",
        examples: &[
            Example::Shows(r#""photo.PNG".endsWithIgnoreCase(".png")"#, "true"),
            Example::Shows(r#"endsWithIgnoreCase("PNG", "photo.png")"#, "false"),
            Example::Fails(r#"info "a".endsWithIgnoreCase(null);"#, "run::argument-type"),
        ],
        see: &["endsWith", "startsWithIgnoreCase"],
        run: ends_with_ignore_case,
        ..ROW
    },
    Builtin {
        name: "equalsIgnoreCase",
        page: "functions/string/equalsIgnoreCase",
        elsewhere: &["strcasecmp", "equalsIgnoringCase", "compareToIgnoreCase"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Whether both texts are equal in any letter case.",
        examples: &[
            Example::Shows(r#""MixedCase".equalsIgnoreCase("mixedcase")"#, "true"),
            Example::Shows(r#"equalsIgnoreCase("MixedCase", "Mixed Case")"#, "false"),
            Example::Fails(r#"x = null; info x.equalsIgnoreCase("a");"#, "run::null-receiver"),
        ],
        see: &["equals", "containsIgnoreCase", "toLowerCase"],
        run: equals_ignore_case,
        ..ROW
    },
    Builtin {
        name: "matches",
        page: "functions/string/matches",
        elsewhere: &["match", "fullmatch", "test", "regexp_like", "rlike", "regexMatch"],
        on: TEXTUAL,
        parameters: &[Parameter::required("pattern", Kinds::TEXT)],
        about: "Whether the whole text matches a regular expression.",
        examples: &[
            Example::Shows(r#""AB123456C".matches("[A-Z]{2}[0-9]{6}[A-Z]")"#, "true"),
            Example::Shows(r#"matches("$19.90", "\\$[0-9]+\\.[0-9]{2}")"#, "true"),
            Example::Shows(r#""abc".matches("b")"#, "false"),
            Example::Fails(r#"info "abc".matches("[");"#, "run::pattern"),
        ],
        differs: &["A regular expression searches texts of at most 5,000,000 bytes and for a bounded number of steps."],
        see: &["contains", "replaceAll", "startsWith"],
        run: matches,
        ..ROW
    },
    Builtin {
        name: "isAscii",
        page: "functions/string/isAscii",
        elsewhere: &["is_ascii"],
        on: TEXTUAL,
        about: "Whether the text has only characters of ASCII.",
        examples: &[
            Example::Shows(r#""Hi$there9".isAscii()"#, "true"),
            Example::Shows(r#"isAscii("ß")"#, "false"),
            Example::Shows(r#""".isAscii()"#, "true"),
            Example::Fails(r#"info isAscii({"a"});"#, "run::argument-type"),
        ],
        see: &["matches", "getAlphaNumeric"],
        run: is_ascii,
        ..ROW
    },
];

const SEARCH: &[Parameter] = &[Parameter::required("searchText", SCALAR)];

fn starts_with(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Boolean(text(arguments, 0)?.starts_with(&*text(arguments, 1)?)))
}

fn starts_with_ignore_case(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let wanted = without_case(&text(arguments, 1)?);
    Ok(Value::Boolean(without_case(&text(arguments, 0)?).starts_with(&wanted)))
}

fn ends_with(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Boolean(text(arguments, 0)?.ends_with(&*text(arguments, 1)?)))
}

fn ends_with_ignore_case(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let wanted = without_case(&text(arguments, 1)?);
    Ok(Value::Boolean(without_case(&text(arguments, 0)?).ends_with(&wanted)))
}

fn equals_ignore_case(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Boolean(without_case(&text(arguments, 0)?) == without_case(&text(arguments, 1)?)))
}

fn matches(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let subject = text(arguments, 0)?;
    Pattern::new(Find::Whole, &text(arguments, 1)?, false, &subject)?.is_match(&subject).map(Value::Boolean)
}

fn is_ascii(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Boolean(text(arguments, 0)?.is_ascii()))
}
