//! Finding a text in a text: whether, where, how often.

use memchr::memmem;

use crate::builtins::support::{self, SCALAR, TEXTUAL, count, receiver_text, text, without_case};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Failure, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Text, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "contains",
        page: "functions/string/contains",
        elsewhere: &["includes", "str_contains"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Whether the text contains another; letter case counts.",
        examples: &[
            Example::Shows(r#""quarterly report".contains("report")"#, "true"),
            Example::Shows(r#"contains("quarterly report", "year")"#, "false"),
            Example::Shows(r#""abc".contains("")"#, "true"),
            Example::Fails(r#"x = null; info x.contains("a");"#, "run::null-receiver"),
        ],
        see: &["containsIgnoreCase", "notContains", "indexOf", "matches"],
        run: contains,
        ..ROW
    },
    Builtin {
        name: "containsIgnoreCase",
        page: "functions/string/containsignorecase",
        elsewhere: &["ilike", "localizedCaseInsensitiveContains"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Whether the text contains another in any letter case.",
        examples: &[
            Example::Shows(r#""Blue Sky".containsIgnoreCase("blue")"#, "true"),
            Example::Shows(r#"containsIgnoreCase("Blue Sky", "red")"#, "false"),
            Example::Shows(r#""ÉTÉ".containsIgnoreCase("été")"#, "true"),
            Example::Fails(r#"info "a".containsIgnoreCase(null);"#, "run::argument-type"),
        ],
        see: &["contains", "equalsIgnoreCase"],
        run: contains_ignore_case,
        ..ROW
    },
    Builtin {
        name: "notContains",
        page: "functions/string/notcontains",
        elsewhere: &["notIncludes", "excludes"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Whether the text does not contain another; letter case counts.",
        examples: &[
            Example::Shows(r#""invoice 42".notContains("INVOICE")"#, "true"),
            Example::Shows(r#""invoice 42".notContains("invoice")"#, "false"),
            Example::Shows(r#""abc".notContains("")"#, "false"),
            Example::Fails(r#"info "a".notContains({"a"});"#, "run::argument-type"),
        ],
        see: &["contains"],
        run: not_contains,
        ..ROW
    },
    Builtin {
        name: "indexOf",
        page: "functions/string/indexof",
        aliases: &["find"],
        elsewhere: &["instr", "charindex", "position", "strpos", "search", "locate"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Gives the position of the first occurrence, counted from 0, or -1.",
        examples: &[
            Example::Shows(r#""banana".indexOf("n")"#, "2"),
            Example::Shows(r#"find("日本語", "語")"#, "2"),
            Example::Shows(r#""banana".indexOf("N")"#, "-1"),
            Example::Fails(r#"x = null; info x.indexOf("a");"#, "run::null-receiver"),
        ],
        see: &["lastIndexOf", "contains", "subString", "getPrefix"],
        run: index_of,
        ..ROW
    },
    Builtin {
        name: "lastIndexOf",
        page: "functions/string/lastindexof",
        elsewhere: &["rfind", "rindex", "strrpos"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Gives the position of the last occurrence, counted from 0, or -1.",
        examples: &[
            Example::Shows(r#""banana".lastIndexOf("an")"#, "3"),
            Example::Shows(r#""banana".lastIndexOf("x")"#, "-1"),
            Example::Shows(r#""abc".lastIndexOf("")"#, "3"),
            Example::Fails(r#"info "abc".lastIndexOf({"a"});"#, "run::argument-type"),
        ],
        see: &["indexOf", "subString"],
        run: last_index_of,
        ..ROW
    },
    Builtin {
        name: "getOccurenceCount",
        page: "functions/string/getOccurenceCount",
        elsewhere: &["getOccurrenceCount", "substr_count", "countMatches"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Counts the occurrences of a text that do not overlap.",
        examples: &[
            Example::Shows(r#""one two one".getOccurenceCount("one")"#, "2"),
            Example::Shows(r#""aaaa".getOccurenceCount("aa")"#, "2"),
            Example::Shows(r#""abc".getOccurenceCount("")"#, "0"),
            Example::Fails(r#"x = null; info x.getOccurenceCount("a");"#, "run::null-receiver"),
        ],
        see: &["contains", "indexOf"],
        run: occurrences,
        ..ROW
    },
    Builtin {
        name: "length",
        page: "functions/string/length",
        aliases: &["len"],
        elsewhere: &["strlen", "char_length", "character_length"],
        on: TEXTUAL,
        about: "Counts the characters.",
        examples: &[
            Example::Shows(r#""a b c".length()"#, "5"),
            Example::Shows(r#"len("日本")"#, "2"),
            Example::Shows(r#""".length()"#, "0"),
            Example::Fails("x = null; info x.length();", "run::null-receiver"),
        ],
        differs: &["A character is a Unicode code point; an emoji counts as one."],
        see: &["size"],
        run: length,
        ..ROW
    },
];

const SEARCH: &[Parameter] = &[Parameter::required("searchText", SCALAR)];

fn contains(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Boolean(text(arguments, 0)?.contains(&*text(arguments, 1)?)))
}

fn contains_ignore_case(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let wanted = without_case(&text(arguments, 1)?);
    Ok(Value::Boolean(without_case(&text(arguments, 0)?).contains(&wanted)))
}

fn not_contains(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Boolean(!text(arguments, 0)?.contains(&*text(arguments, 1)?)))
}

fn index_of(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let subject = text(arguments, 0)?;
    Ok(position(&subject, memmem::find(subject.as_bytes(), text(arguments, 1)?.as_bytes())))
}

fn last_index_of(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let subject = text(arguments, 0)?;
    Ok(position(&subject, subject.rfind(&*text(arguments, 1)?)))
}

/// The character position of a byte offset; -1 when nothing was found.
fn position(text: &str, offset: Option<usize>) -> Value {
    match offset.and_then(|offset| text.get(..offset)) {
        Some(before) => count(before.chars().count()),
        None => Value::Number(-1),
    }
}

fn occurrences(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let wanted = text(arguments, 1)?;
    if wanted.is_empty() {
        return Ok(Value::Number(0));
    }
    Ok(count(text(arguments, 0)?.matches(&*wanted).count()))
}

fn length(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(count(receiver_text(arguments)?.length()))
}
