//! Replacing and removing. The replacing functions search a regular expression unless their last argument is true
//! (help page "replaceAll"); the removing ones always search plain text.

use memchr::memmem::Finder;

use crate::builtins::pattern::{Find, Pattern};
use crate::builtins::support::{self, SCALAR, TEXTUAL, fits, flag, text, text_result};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Failure, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Text, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "replaceAll",
        page: "functions/string/replaceall",
        elsewhere: &["replace", "gsub", "str_replace", "regexp_replace", "replaceAllMatches", "substitute"],
        on: TEXTUAL,
        parameters: REPLACE,
        about: "Replaces every match of a regular expression, or of plain text when the last argument is true.",
        examples: &[
            Example::Shows(r#""red car, red bus".replaceAll("red", "blue")"#, "blue car, blue bus"),
            Example::Shows(r#""2031-05".replaceAll("(\\d+)-(\\d+)", "$2/$1")"#, "05/2031"),
            Example::Shows(r#""1.2.3".replaceAll(".", "-", true)"#, "1-2-3"),
            Example::Fails(r#"info "abc".replaceAll("(", "x");"#, "run::pattern"),
        ],
        differs: &[
            "A regular expression searches texts of at most 5,000,000 bytes and for a bounded number of steps.",
            "A $ in the replacement that names no group stands for itself.",
        ],
        see: &["replaceFirst", "replaceAllIgnoreCase", "remove", "matches"],
        run: |call, arguments| replace(call, arguments, true, false),
        ..ROW
    },
    Builtin {
        name: "replaceFirst",
        page: "functions/string/replacefirst",
        elsewhere: &["replaceOne"],
        on: TEXTUAL,
        parameters: REPLACE,
        about: "Replaces the first match of a regular expression, or of plain text when the last argument is true.",
        examples: &[
            Example::Shows(r#""red car, red bus".replaceFirst("red", "blue")"#, "blue car, red bus"),
            Example::Shows(r#""a.b.c".replaceFirst(".", "-", true)"#, "a-b.c"),
            Example::Fails(r#"info "abc".replaceFirst("[", "x");"#, "run::pattern"),
        ],
        differs: &["A regular expression searches texts of at most 5,000,000 bytes and for a bounded number of steps."],
        see: &["replaceAll", "replaceFirstIgnoreCase", "removeFirstOccurence"],
        run: |call, arguments| replace(call, arguments, false, false),
        ..ROW
    },
    Builtin {
        name: "replaceAllIgnoreCase",
        page: "functions/string/replaceAllIgnoreCase",
        on: TEXTUAL,
        parameters: REPLACE,
        about: "Replaces like replaceAll, in any letter case.",
        examples: &[
            Example::Shows(r##""Ab1aB2".replaceAllIgnoreCase("ab[0-9]", "#")"##, "##"),
            Example::Shows(r#""A.b".replaceAllIgnoreCase(".", "-", true)"#, "A-b"),
            Example::Fails(r#"info "abc".replaceAllIgnoreCase("b", "$1");"#, "run::pattern"),
        ],
        differs: &[
            "A regular expression searches texts of at most 5,000,000 bytes and for a bounded number of steps.",
            "Letter case is that of all scripts of Unicode, not of ASCII alone.",
        ],
        see: &["replaceAll", "replaceFirstIgnoreCase"],
        run: |call, arguments| replace(call, arguments, true, true),
        ..ROW
    },
    Builtin {
        name: "replaceFirstIgnoreCase",
        page: "functions/string/replaceFirstIgnoreCase",
        on: TEXTUAL,
        parameters: REPLACE,
        about: "Replaces like replaceFirst, in any letter case.",
        examples: &[
            Example::Shows(r#""RED red".replaceFirstIgnoreCase("red", "x")"#, "x red"),
            Example::Shows(r#""a.B.b".replaceFirstIgnoreCase(".b", "-", true)"#, "a-.b"),
            Example::Fails(r#"info "abc".replaceFirstIgnoreCase("*", "x");"#, "run::pattern"),
        ],
        differs: &[
            "A regular expression searches texts of at most 5,000,000 bytes and for a bounded number of steps.",
            "Letter case is that of all scripts of Unicode, not of ASCII alone.",
        ],
        see: &["replaceFirst", "replaceAllIgnoreCase"],
        run: |call, arguments| replace(call, arguments, false, true),
        ..ROW
    },
    Builtin {
        name: "remove",
        page: "functions/string/remove",
        elsewhere: &["erase", "deleteAll"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Gives the text without any occurrence of another.",
        examples: &[
            Example::Shows(r#"remove("a-b-c", "-")"#, "abc"),
            Example::Shows(r#""red green".remove("Red")"#, "red green"),
            Example::Shows(r#""aXbX".remove("X").length()"#, "2"),
            Example::Fails(r#"info "abc".remove({"a"});"#, "run::argument-type"),
        ],
        see: &["removeFirstOccurence", "removeLastOccurence", "replaceAll"],
        run: remove,
        ..ROW
    },
    Builtin {
        name: "removeFirstOccurence",
        page: "functions/string/removefirstoccurence",
        elsewhere: &["removeFirstOccurrence"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Gives the text without the first occurrence of another.",
        examples: &[
            Example::Shows(r#""a-b-c".removeFirstOccurence("-")"#, "ab-c"),
            Example::Shows(r#""abc".removeFirstOccurence("z")"#, "abc"),
            Example::Fails(r#"x = null; info x.removeFirstOccurence("a");"#, "run::null-receiver"),
        ],
        see: &["remove", "removeLastOccurence", "replaceFirst"],
        run: remove_first,
        ..ROW
    },
    Builtin {
        name: "removeLastOccurence",
        page: "functions/string/removelastoccurence",
        elsewhere: &["removeLastOccurrence"],
        on: TEXTUAL,
        parameters: SEARCH,
        about: "Gives the text without the last occurrence of another.",
        examples: &[
            Example::Shows(r#""a-b-c".removeLastOccurence("-")"#, "a-bc"),
            Example::Shows(r#"removeLastOccurence("abc", "z")"#, "abc"),
            Example::Fails(r#"x = null; info x.removeLastOccurence("a");"#, "run::null-receiver"),
        ],
        see: &["remove", "removeFirstOccurence"],
        run: remove_last,
        ..ROW
    },
];

const REPLACE: &[Parameter] = &[
    Parameter::required("searchText", SCALAR),
    Parameter::required("replacementText", SCALAR),
    Parameter::optional("isPlainText", Kinds::BOOLEAN.or(Kinds::TEXT)),
];
const SEARCH: &[Parameter] = &[Parameter::required("searchText", SCALAR)];

fn replace(call: &Call<'_>, arguments: &[Value], all: bool, ignores_case: bool) -> Result<Value, Failure> {
    let (subject, wanted, replacement) = (text(arguments, 0)?, text(arguments, 1)?, text(arguments, 2)?);
    let is_plain = flag(arguments, 3).unwrap_or(false);
    let is_literal = is_plain || is_literal(&wanted, &replacement);
    if is_literal && ignores_case && subject.is_ascii() && wanted.is_ascii() {
        return replace_ascii(call, &subject, &wanted, &replacement, all);
    }
    if is_literal && !ignores_case && !wanted.is_empty() {
        return replace_plain(call, &subject, &wanted, &replacement, all);
    }
    if is_literal && !ignores_case {
        // Nothing is found between all characters.
        let times = if all { subject.chars().count() + 1 } else { 1 };
        fits(call, times.saturating_mul(replacement.len()))?;
        return text_result(call, subject.replacen("", &replacement, times));
    }
    let find = if is_plain { Find::Plain } else { Find::Pattern };
    let pattern = Pattern::new(find, &wanted, ignores_case, &subject)?;
    pattern.replace(call, &subject, &replacement, all).map(Value::text)
}

/// A text that stands for itself and is not empty. Where the result has another length, the places are counted first, so
/// that it has its room at once.
fn replace_plain(call: &Call<'_>, subject: &str, wanted: &str, replacement: &str, all: bool) -> Result<Value, Failure> {
    let finder = Finder::new(wanted);
    let places = || finder.find_iter(subject.as_bytes()).take(if all { usize::MAX } else { 1 });
    let length = if replacement.len() == wanted.len() {
        subject.len()
    } else {
        let count = places().count();
        (subject.len() - count * wanted.len()).saturating_add(count.saturating_mul(replacement.len()))
    };
    fits(call, length)?;
    let mut out = String::with_capacity(length);
    let mut copied = 0;
    for at in places() {
        out.push_str(subject.get(copied..at).unwrap_or_default());
        out.push_str(replacement);
        copied = at + wanted.len();
    }
    out.push_str(subject.get(copied..).unwrap_or_default());
    Ok(Value::text(out))
}

/// In any case of letters. The pattern engine, which knows those of all scripts, takes short patterns only.
fn replace_ascii(call: &Call<'_>, subject: &str, wanted: &str, replacement: &str, all: bool) -> Result<Value, Failure> {
    let lower = subject.to_ascii_lowercase();
    let mut out = String::new();
    let mut copied = 0;
    for (at, found) in lower.match_indices(&wanted.to_ascii_lowercase()).take(if all { usize::MAX } else { 1 }) {
        out.push_str(subject.get(copied..at).unwrap_or_default());
        out.push_str(replacement);
        fits(call, out.len())?;
        copied = at + found.len();
    }
    out.push_str(subject.get(copied..).unwrap_or_default());
    text_result(call, out)
}

/// Whether a pattern is the text that it finds and its replacement stands for itself, as most do.
fn is_literal(pattern: &str, replacement: &str) -> bool {
    !pattern.is_empty()
        && !pattern.contains(['\\', '^', '$', '.', '|', '?', '*', '+', '(', ')', '[', ']', '{', '}'])
        && !replacement.contains(['$', '\\'])
}

fn remove(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::text(text(arguments, 0)?.replace(&*text(arguments, 1)?, "")))
}

fn remove_first(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::text(text(arguments, 0)?.replacen(&*text(arguments, 1)?, "", 1)))
}

fn remove_last(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let subject = text(arguments, 0)?;
    Ok(Value::text(match subject.rsplit_once(&*text(arguments, 1)?) {
        Some((before, after)) => format!("{before}{after}"),
        None => subject.into_owned(),
    }))
}
