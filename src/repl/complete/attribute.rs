//! Inside the brackets of `invokeurl`, `sendmail` and their like: the attributes that are not yet there, and the words
//! that some of them take.

use super::Site;
use super::argument::add_quoted;
use super::candidate::{Candidate, Candidates};
use crate::catalogue::{Attribute, Form};
use crate::http::Method;
use crate::syntax::Shape;

/// What an attribute takes.
pub(super) enum Values {
    /// Bare words.
    Words(&'static [&'static str]),
    /// The link name of a connection.
    Connections,
}

/// Methods, the usual ones first.
const METHODS: [Method; 6] = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Options];
const FORMATS: &[&str] = &["FILE", "STRING", "COLLECTION", "NONE", "DEFAULT"];

/// Adds attributes or their words, and says where what was typed begins; `None` where an expression stands.
pub(super) fn complete(site: &Site<'_>, found: &mut Candidates) -> Option<usize> {
    if let Some(values) = values(site) {
        // What was typed may be a variable.
        return add_values(site, &values, None, found).then_some(site.start);
    }
    let (attributes, open) = task(site)?;
    let start = hyphenated(site);
    let typed = site.before.text.get(start..).unwrap_or_default();
    let written = written(site, open);
    let is_open = site.before.last(1) == "[" && site.before.len() == open + 1;
    if !is_open && !ends_value(site) && start == site.start {
        return None;
    }
    let missing = attributes.iter().filter(|attribute| !written.iter().any(|name| is_same(name, attribute.name)));
    let colon = if site.after.trim_start().starts_with(':') { "" } else { ": " };
    for attribute in missing.filter(|attribute| super::begins(attribute.name, typed)) {
        let insert = format!("{}{colon}", attribute.name);
        found.add(Candidate::inserting(attribute.name, insert, attribute.about));
    }
    Some(start)
}

/// What the attribute takes whose colon stands right before the site.
pub(super) fn values(site: &Site<'_>) -> Option<Values> {
    let (_, open) = task(site)?;
    if site.before.last(1) != ":" {
        return None;
    }
    let name = written(site, open).pop()?;
    match name.to_lowercase().as_str() {
        "type" => Some(Values::Words(&[])),
        "connection" => Some(Values::Connections),
        "response-format" => Some(Values::Words(FORMATS)),
        "detailed" => Some(Values::Words(&["true", "false"])),
        _ => None,
    }
}

/// Adds what an attribute takes; false if nothing of it fits what was typed.
pub(super) fn add_values(site: &Site<'_>, values: &Values, quote: Option<char>, found: &mut Candidates) -> bool {
    match values {
        Values::Words(words) => {
            let methods = METHODS.map(Method::as_str);
            let words = if words.is_empty() { methods.as_slice() } else { words };
            for word in words.iter().filter(|word| site.fits(word)) {
                match quote {
                    Some(_) => add_quoted(site, word, "", quote, "", found),
                    None => found.add(Candidate::new(word, "")),
                }
            }
        }
        Values::Connections => {
            for connection in site.known.scope.connections() {
                let (name, about) = (connection.name.as_str(), connection.about.as_str());
                match quote {
                    None if !site.typed.is_empty() && site.fits(name) => {
                        found.add(Candidate::inserting(name, format!("\"{name}\""), about));
                    }
                    _ => add_quoted(site, name, about, quote, "", found),
                }
            }
        }
    }
    !found.is_empty()
}

/// The attributes of the task in whose brackets the site stands, and the number of the opening one.
fn task<'t>(site: &Site<'t>) -> Option<(&'t [Attribute], usize)> {
    let before = site.before;
    let open = before.opener().filter(|open| before.written(*open) == "[")?;
    let (name, _) = before.dotted(open.checked_sub(1)?)?;
    match &site.known.catalogue.task(&name)?.form {
        Form::Bracket(attributes) => Some((attributes, open)),
        Form::Call(_) | Form::Statement(_) => None,
    }
}

/// The names before the colons in the bracket, in order.
fn written(site: &Site<'_>, open: usize) -> Vec<String> {
    let before = site.before;
    let colons = before.within(open).into_iter().filter(|at| before.written(*at) == ":" && *at > open + 1);
    colons
        .map(|colon| {
            let mut first = colon - 1;
            while first >= open + 3 && before.written(first - 1) == "-" && before.word(first - 2).is_some() {
                first -= 2;
            }
            let two_words = first == colon - 1 && first >= open + 2 && before.word(first - 1).is_some_and(is_first);
            let words = if two_words { first - 1..colon } else { first..colon };
            words.map(|at| before.written(at)).collect::<Vec<_>>().join(if two_words { " " } else { "" })
        })
        .collect()
}

/// Whether a word can be the first of an attribute's two.
fn is_first(word: &str) -> bool {
    ["reply", "content", "response"].iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether two names are of the same attribute; a hyphen may be a blank.
fn is_same(one: &str, other: &str) -> bool {
    one.replace('-', " ").eq_ignore_ascii_case(&other.replace('-', " "))
}

/// Where an attribute begins of which `content-` stands right before the site.
fn hyphenated(site: &Site<'_>) -> usize {
    let before = site.before;
    let mut start = site.start;
    let mut len = before.len();
    while len >= 2 && before.written(len - 1) == "-" && before.word(len - 2).is_some() && before.touches(len - 2) {
        let (Some(word), Some(hyphen)) = (before.piece(len - 2), before.piece(len - 1)) else { break };
        if hyphen.span.end as usize != start {
            break;
        }
        start = word.span.start as usize;
        len -= 2;
    }
    start
}

/// Whether a value ends right before the site, so that the next attribute may begin.
fn ends_value(site: &Site<'_>) -> bool {
    let before = site.before;
    let last = before.len().checked_sub(1).and_then(|at| before.piece(at));
    last.is_some_and(|piece| !matches!(piece.shape, Shape::Sign | Shape::Open | Shape::Bad))
}
