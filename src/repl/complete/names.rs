//! Names at the beginning of a statement or a value: variables, functions, words of the language, built-ins and tasks.

use std::collections::BTreeSet;

use super::Site;
use super::candidate::{Candidate, Candidates};
use super::member;
use crate::syntax::{Shape, VOCABULARY};
use crate::value::Kind;

/// So many variables are asked for.
const MOST_VARIABLES: usize = 1_000;

pub(super) fn complete(site: &Site<'_>, found: &mut Candidates) {
    if follows_value(site) {
        return operators(site, found);
    }
    let mut variables: Vec<Candidate> = site
        .known
        .scope
        .variables(site.typed, MOST_VARIABLES)
        .into_iter()
        .filter(|variable| site.fits(&variable.name))
        .map(|variable| Candidate::new(&variable.name, &format!("variable: {}", kind(variable.kind))))
        .collect();
    variables.extend(assigned(site).into_iter().map(|name| Candidate::new(name, "variable of this input")));
    found.add_sorted(variables);
    let functions = site.known.scope.functions(site.typed).into_iter().filter(|function| site.fits(&function.name));
    found.add_sorted(functions.map(|function| {
        let takes_nothing = function.signature.ends_with("()");
        let about = if function.about.is_empty() { &function.signature } else { &function.about };
        Candidate::inserting(&function.name, site.call(&function.name, takes_nothing), about)
    }));
    words(site, found);
    let mut rest = builtins(site);
    rest.extend(member::segments(site, ""));
    found.add_sorted(rest);
}

/// What a variable holds, as a person says it.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Number => "NUMBER",
        Kind::DateTime => "DATE-TIME",
        Kind::Map => "KEY-VALUE",
        kind => kind.name(),
    }
}

/// Whether a value ends right before, on the same line, so that only an operator can follow.
fn follows_value(site: &Site<'_>) -> bool {
    let before = site.before;
    let Some(last) = before.len().checked_sub(1).and_then(|at| before.piece(at)) else { return false };
    if before.is_fresh_line(site.start) {
        return false;
    }
    match last.shape {
        Shape::Number | Shape::Text => true,
        Shape::Word => !is_keyword(before.last(1)) || before.last(2) == ".",
        // `if(a) x` and `else { } x` begin a statement.
        Shape::Close => match before.last(1) {
            ")" => {
                let word = before.partner(before.len() - 1).and_then(|open| open.checked_sub(1));
                !word.is_some_and(|word| matches!(before.written(word), "if" | "catch"))
            }
            "}" => false,
            _ => true,
        },
        _ => false,
    }
}

/// Whether a word asks for something behind it.
fn is_keyword(word: &str) -> bool {
    let is = |group: &[&str]| group.iter().any(|known| known.eq_ignore_ascii_case(word));
    is(VOCABULARY.control) || is(VOCABULARY.statements) || is(VOCABULARY.word_operators)
}

/// Words between values.
fn operators(site: &Site<'_>, found: &mut Candidates) {
    let header = matches!(site.before.last(2), "each" | "index") && site.before.len() >= 3;
    let words: &[&str] = if header { &["in"] } else { VOCABULARY.word_operators };
    let fitting = words.iter().filter(|word| site.fits(word));
    found.add_sorted(fitting.map(|word| Candidate::new(word, if header { "keyword" } else { "operator" })));
}

/// The words of the language that can stand here.
fn words(site: &Site<'_>, found: &mut Candidates) {
    let last = site.before.last(1);
    let keywords = |words: &[&'static str]| -> Vec<&'static str> { words.to_vec() };
    let offered: Vec<&str> = match last.to_ascii_lowercase().as_str() {
        "else" => keywords(&["if"]),
        "for" => keywords(&["each"]),
        "each" => keywords(&["index"]),
        _ if begins_statement(site) => {
            let behind_block = last == "}";
            let begins = |word: &&&str| match **word {
                "each" | "index" | "in" => false,
                "else" | "catch" => behind_block,
                _ => true,
            };
            let mut offered: Vec<&str> = VOCABULARY.control.iter().filter(begins).copied().collect();
            offered.extend(VOCABULARY.statements);
            if !site.typed.is_empty() {
                offered.extend(VOCABULARY.types);
                offered.extend(VOCABULARY.creator);
            }
            offered
        }
        _ => keywords(VOCABULARY.constants),
    };
    let fitting = offered.into_iter().filter(|word| site.fits(word));
    found.add_sorted(fitting.map(|word| Candidate::new(word, about(word))));
}

fn about(word: &str) -> &'static str {
    let is = |group: &[&str]| group.contains(&word);
    match word {
        _ if is(VOCABULARY.types) => "type",
        _ if is(VOCABULARY.constants) => "constant",
        _ if is(VOCABULARY.creator) => "statement of Creator",
        _ => "keyword",
    }
}

fn begins_statement(site: &Site<'_>) -> bool {
    let before = site.before;
    before.len() == 0
        || matches!(before.last(1), ";" | "{" | "}" | ")")
        || before.last(1).eq_ignore_ascii_case("try")
        || before.is_fresh_line(site.start) && before.opener().is_none_or(|open| before.written(open) == "{")
}

/// Variables that the text before the cursor assigns, or loops over.
fn assigned<'t>(site: &Site<'t>) -> BTreeSet<&'t str> {
    let before = site.before;
    let mut names = BTreeSet::new();
    for at in 0..before.len() {
        let Some(word) = before.word(at) else { continue };
        let header = at > 0 && matches!(before.written(at - 1), "each" | "index");
        let assigns = before.written(at + 1) == "=" && (at == 0 || before.written(at - 1) != ".");
        if (assigns || header && before.written(at + 1) == "in") && site.fits(word) {
            names.insert(word);
        }
    }
    names
}

/// Built-ins by their names alone; those with a receiver can be called with it as first argument.
fn builtins(site: &Site<'_>) -> Vec<Candidate> {
    let catalogue = site.known.catalogue;
    let groups = (0..catalogue.group_count()).filter_map(|number| catalogue.group(number as u16));
    let mut candidates = Vec::new();
    for group in groups.filter(|group| !group.name.contains('.') && site.fits(group.name)) {
        let Some(row) = group.plain().or_else(|| group.rows().first().copied()) else { continue };
        // Another name of a row is offered to who types it.
        if site.typed.is_empty() && !row.name.eq_ignore_ascii_case(group.name) {
            continue;
        }
        let takes_nothing = row.on.is_empty() && row.parameters.is_empty() && !row.gathers;
        let insert = if row.bare { group.name.to_owned() } else { site.call(group.name, takes_nothing) };
        candidates.push(Candidate::inserting(group.name, insert, row.about));
    }
    candidates
}
