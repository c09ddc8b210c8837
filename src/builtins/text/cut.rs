//! Cutting pieces out of a text. Positions begin at 0 and ends are exclusive; what lies outside the text is an error,
//! with the few exceptions that the pages name.

use crate::builtins::pattern::{Find, Pattern};
use crate::builtins::support::{self, INDEX, SCALAR, TEXTUAL, optional_whole, receiver_text, text, whole};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Failure, Text, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Text, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "subString",
        page: "functions/string/substring",
        aliases: &["subText", "mid"],
        elsewhere: &["slice", "substr", "sliceString"],
        on: TEXTUAL,
        parameters: &[Parameter::required("startIndex", INDEX), Parameter::optional("endIndex", INDEX)],
        about: "Gives the part from a start up to an end, which is not included; without one, or with a negative one, the rest.",
        examples: &[
            Example::Shows(r#""Hello world".subString(0, 5)"#, "Hello"),
            Example::Shows(r#"subText("Hello world", 6)"#, "world"),
            Example::Shows(r#""Hello world".mid(6, -1)"#, "world"),
            Example::Fails(r#"info "Hello".subString(0, 6);"#, "run::text-index"),
            Example::Shows(r#""[" + "Hello".subString(5) + "]""#, "[]"),
        ],
        see: &["left", "right", "getPrefix", "getSuffix", "indexOf"],
        run: sub_string,
        ..ROW
    },
    Builtin {
        name: "left",
        page: "functions/string/left",
        elsewhere: &["take", "head", "first"],
        on: TEXTUAL,
        parameters: COUNT,
        about: "Gives so many characters from the start; a negative number gives the whole text.",
        examples: &[
            Example::Shows(r#""Deluge script".left(6)"#, "Deluge"),
            Example::Shows(r#""abc".left(-1)"#, "abc"),
            Example::Fails(r#"info "abc".left(4);"#, "run::text-index"),
        ],
        see: &["right", "subString"],
        run: left,
        ..ROW
    },
    Builtin {
        name: "right",
        page: "functions/string/right",
        elsewhere: &["takeLast", "tail"],
        on: TEXTUAL,
        parameters: COUNT,
        about: "Gives so many characters from the end.",
        examples: &[
            Example::Shows(r#""Deluge script".right(6)"#, "script"),
            Example::Fails(r#"info "abc".right(-1);"#, "run::text-index"),
            Example::Shows(r#""[" + "abc".right(0) + "]""#, "[]"),
        ],
        see: &["left", "subString"],
        run: right,
        ..ROW
    },
    Builtin {
        name: "getPrefix",
        page: "functions/string/getPrefix",
        elsewhere: &["substringBefore", "partition", "before"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Gives what stands before the first occurrence of a text, null when there is none.",
        examples: &[
            Example::Shows(r#""left,right,far".getPrefix(",")"#, "left"),
            Example::Shows(r#""plain".getPrefix(",")"#, "null"),
            Example::Shows(r#""[" + ",a".getPrefix(",") + "]""#, "[]"),
            Example::Fails(r#"x = null; info x.getPrefix(",");"#, "run::null-receiver"),
        ],
        see: &["getSuffix", "getPrefixIgnoreCase", "toList", "subString"],
        run: prefix,
        ..ROW
    },
    Builtin {
        name: "getSuffix",
        page: "functions/string/getSuffix",
        elsewhere: &["substringAfter", "after"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Gives what stands after the first occurrence of a text, null when there is none.",
        examples: &[
            Example::Shows(r#"getSuffix("user@example.org", "@")"#, "example.org"),
            Example::Shows(r#""plain".getSuffix(",")"#, "null"),
            Example::Shows(r#""a,b,c".getSuffix(",")"#, "b,c"),
            Example::Fails(r#"x = null; info x.getSuffix(",");"#, "run::null-receiver"),
        ],
        see: &["getPrefix", "getSuffixIgnoreCase", "toList", "subString"],
        run: suffix,
        ..ROW
    },
    Builtin {
        name: "getPrefixIgnoreCase",
        page: "functions/string/getPrefixIgnoreCase",
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Gives what stands before the first occurrence of a text in any letter case, null when there is none.",
        examples: &[
            Example::Shows(r#""oneANDtwo".getPrefixIgnoreCase("and")"#, "one"),
            Example::Shows(r#""onetwo".getPrefixIgnoreCase("AND")"#, "null"),
            Example::Fails(r#"info "a".getPrefixIgnoreCase({"a"});"#, "run::argument-type"),
        ],
        see: &["getPrefix", "getSuffixIgnoreCase"],
        run: prefix_ignore_case,
        ..ROW
    },
    Builtin {
        name: "getSuffixIgnoreCase",
        page: "functions/string/getSuffixIgnoreCase",
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Gives what stands after the first occurrence of a text in any letter case, null when there is none.",
        examples: &[
            Example::Shows(r#""aXbxc".getSuffixIgnoreCase("x")"#, "bxc"),
            Example::Shows(r#""abc".getSuffixIgnoreCase("z")"#, "null"),
            Example::Fails(r#"info "a".getSuffixIgnoreCase({"a"});"#, "run::argument-type"),
        ],
        see: &["getSuffix", "getPrefixIgnoreCase"],
        run: suffix_ignore_case,
        ..ROW
    },
];

const COUNT: &[Parameter] = &[Parameter::required("numberOfCharacters", INDEX)];
const SEARCH: &[Parameter] = &[Parameter::required("searchText", SCALAR)];

fn sub_string(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let text = receiver_text(arguments)?;
    let start = whole("subString", arguments, 1)?;
    match optional_whole("subString", arguments, 2)?.filter(|end| *end >= 0) {
        Some(end) => part(&text, position(start)?, position(end)?),
        None => text.rest(position(start)?).map(Value::Text).ok_or_else(Failure::text_index),
    }
}

fn left(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let text = receiver_text(arguments)?;
    match whole("left", arguments, 1)? {
        ..0 => Ok(Value::Text(text.into_owned())),
        count => part(&text, 0, position(count)?),
    }
}

fn right(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let text = receiver_text(arguments)?;
    let count = position(whole("right", arguments, 1)?)?;
    let start = text.length().checked_sub(count).ok_or_else(Failure::text_index)?;
    part(&text, start, text.length())
}

fn position(index: i64) -> Result<usize, Failure> {
    usize::try_from(index).map_err(|_| Failure::text_index())
}

/// The characters from a position up to another.
fn part(text: &Text, start: usize, end: usize) -> Result<Value, Failure> {
    text.part(start..end).map(Value::Text).ok_or_else(Failure::text_index)
}

fn prefix(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let subject = text(arguments, 0)?;
    Ok(subject.split_once(&*text(arguments, 1)?).map(|(before, _)| Value::from(before)).unwrap_or_default())
}

fn suffix(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let subject = text(arguments, 0)?;
    Ok(subject.split_once(&*text(arguments, 1)?).map(|(_, after)| Value::from(after)).unwrap_or_default())
}

fn prefix_ignore_case(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let text = text(arguments, 0)?;
    let before = found(&text, arguments)?.and_then(|(start, _)| text.get(..start));
    Ok(before.map(Value::from).unwrap_or_default())
}

fn suffix_ignore_case(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let text = text(arguments, 0)?;
    let after = found(&text, arguments)?.and_then(|(_, end)| text.get(end..));
    Ok(after.map(Value::from).unwrap_or_default())
}

/// Through the pattern engine where lower case may have another length than upper case.
fn found(subject: &str, arguments: &[Value]) -> Result<Option<(usize, usize)>, Failure> {
    let wanted = text(arguments, 1)?;
    if subject.is_ascii() && wanted.is_ascii() {
        let start = subject.to_ascii_lowercase().find(&wanted.to_ascii_lowercase());
        return Ok(start.map(|start| (start, start + wanted.len())));
    }
    Pattern::new(Find::Plain, &wanted, true, subject)?.first(subject)
}
