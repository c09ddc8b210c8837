//! The grammar's errors in plain words: what was found, and what could stand there instead. LALRPOP names every
//! terminal that fits, which may be thirty; a person wants to read "an expression".

use super::error::Problem;
use super::token::{Kind, Token};

/// Says that `token` cannot stand where it does; `expected` are the names of the grammar's terminals that could.
pub(super) fn unexpected(text: &str, token: Token, expected: &[String]) -> Problem {
    Problem::Unexpected { found: describe(text, token), expected: fold(expected, token.kind) }
}

fn describe(text: &str, token: Token) -> String {
    let written = text.get(token.span().range()).unwrap_or_default();
    match token.kind {
        Kind::DoubleText | Kind::SingleText => "a text".into(),
        Kind::Attribute => format!("the attribute `{written}`"),
        Kind::BlockOpen => "`{`".into(),
        _ if written.is_empty() => "the end of the statement".into(),
        _ => {
            let short: String = written.chars().take(30).collect();
            let dots = if short.len() < written.len() { "…" } else { "" };
            format!("`{short}{dots}`")
        }
    }
}

/// Terminals that many rules share, and what they are called together. The first name of a row stands for all.
const GROUPS: [(&str, &[&str]); 4] = [
    (
        "a statement",
        &[
            "info",
            "throw",
            "return",
            "break",
            "continue",
            "if",
            "for each",
            "for each index",
            "try",
            "function",
            "broken statement",
            "update",
            "delete from",
            "client statement",
            "insert into",
            "form",
            "period",
            "name",
            "number",
            "decimal",
            "text",
            "quoted text",
            "true",
            "false",
            "null",
            "if value",
            "task",
            "broken value",
            "(",
            "list [",
            "literal {",
            "!",
            "-",
            "+",
        ],
    ),
    (
        "an expression",
        &[
            "number",
            "name",
            "decimal",
            "text",
            "quoted text",
            "true",
            "false",
            "null",
            "if value",
            "task",
            "broken value",
            "insert into",
            "form",
            "period",
            "(",
            "list [",
            "literal {",
            "!",
            "-",
            "+",
        ],
    ),
    (
        OPERATOR,
        &[
            "*",
            "/",
            "%",
            "+",
            "-",
            "==",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "in",
            "not in",
            "tight logic",
            "loose logic",
            "sort by",
            "range from",
            "getall",
            ".",
            "(",
        ],
    ),
    (ASSIGNMENT, &["=", "+=", "-=", "*=", "/=", "%="]),
];

/// An operator may stand behind every value. It is worth telling only where `=` is, or could be.
const OPERATOR: &str = "an operator";
const ASSIGNMENT: &str = "`=`";

fn fold(expected: &[String], found: Kind) -> String {
    let mut left: Vec<&str> = expected.iter().map(|name| name.trim_matches('"')).collect();
    let mut words: Vec<String> = Vec::new();
    for (together, members) in GROUPS {
        if members.first().is_some_and(|first| left.contains(first)) {
            left.retain(|name| !members.contains(name));
            words.push(together.into());
        }
    }
    for name in left {
        let word = match name {
            "name" => "a name".into(),
            "attribute" => "the next attribute".into(),
            "broken value" | "broken statement" => continue,
            "list ]" | "task ]" | "criteria ]" | "fields ]" => "`]`".into(),
            "field" => "the next field".into(),
            "form" => "a form".into(),
            "literal }" => "`}`".into(),
            "list [" | "task [" | "criteria [" | "fields [" => "`[`".into(),
            "literal {" => "`{`".into(),
            "header in" => "`in`".into(),
            name => format!("`{name}`"),
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.len() > 1 && !is_assignment(found) && !words.iter().any(|word| word == ASSIGNMENT) {
        words.retain(|word| word != OPERATOR);
    }
    match words.split_last() {
        None => "nothing more".into(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

fn is_assignment(kind: Kind) -> bool {
    use Kind::*;
    matches!(kind, Assign | AddAssign | SubtractAssign | MultiplyAssign | DivideAssign | RemainderAssign)
}
