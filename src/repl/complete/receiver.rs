//! What stands before a dot, or before the method whose argument is being typed, and what is known of its value. A live
//! value is asked; of what has not run, the last assignment in the text and the results that built-ins always have.

use super::before::Before;
use super::scope::{Scope, Seen, Step};
use crate::program::result_kinds;
use crate::syntax::{Shape, unescape};
use crate::value::{Kind, Kinds};

/// So many assignments and loops are followed from one variable to the next.
const MOST_HOPS: usize = 4;

/// A value with the calls and fields behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    pub head: Head,
    pub links: Vec<Link>,
}

/// How a chain begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Head {
    Variable(String),
    /// A function that is called without receiver.
    Call(String),
    /// Something of which the kinds are known, all of them if nothing is.
    Value(Kinds),
}

/// `.name` or `.name(…)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub name: String,
    pub call: Option<Argument>,
}

/// The only argument of a call, if it has one that is written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Argument {
    Text(String),
    Number(usize),
    Other,
}

impl Chain {
    /// The chain that the tokens end with.
    pub(super) fn before(before: Before<'_>) -> Option<(Chain, usize)> {
        let mut links = Vec::new();
        let mut at = before.len().checked_sub(1)?;
        let (head, first) = loop {
            let piece = before.piece(at)?;
            let behind_dot = |word: usize| word >= 2 && before.written(word - 1) == ".";
            match piece.shape {
                Shape::Word if behind_dot(at) => {
                    links.push(Link { name: before.written(at).to_owned(), call: None });
                    at -= 2;
                }
                Shape::Word => break (named(before.written(at)), at),
                Shape::Close if before.written(at) == ")" => {
                    let open = before.partner(at)?;
                    let word = open.checked_sub(1).filter(|word| before.word(*word).is_some());
                    match word {
                        Some(word) if behind_dot(word) => {
                            let call = Some(argument(before, open, at));
                            links.push(Link { name: before.written(word).to_owned(), call });
                            at = word - 2;
                        }
                        Some(word) => break (Head::Call(before.written(word).to_owned()), word),
                        None => break (Head::Value(Kinds::ANY), open),
                    }
                }
                Shape::Close => {
                    let open = before.partner(at)?;
                    let word = open.checked_sub(1).and_then(|word| before.word(word));
                    break (Head::Value(literal(before, open, at, word.is_some())), open);
                }
                Shape::Text if before.written(at).starts_with('"') => break (Head::Value(Kinds::TEXT), at),
                Shape::Text => break (Head::Value(Kinds::TEXT.or(Kinds::DATE)), at),
                Shape::Number if before.written(at).contains('.') => break (Head::Value(Kinds::DECIMAL), at),
                Shape::Number => break (Head::Value(Kinds::NUMBER), at),
                _ => return None,
            }
        };
        links.reverse();
        Some((Chain { head, links }, first))
    }

    /// The names of a chain without calls, `zoho.crm` for example.
    pub(super) fn path(&self) -> Option<String> {
        let Head::Variable(first) = &self.head else { return None };
        let mut path = first.clone();
        for link in &self.links {
            if link.call.is_some() {
                return None;
            }
            path.push('.');
            path.push_str(&link.name);
        }
        Some(path)
    }

    /// What is known of its value.
    pub(super) fn look(&self, before: Before<'_>, scope: &dyn Scope) -> Seen {
        self.look_within(before, scope, MOST_HOPS)
    }

    fn look_within(&self, before: Before<'_>, scope: &dyn Scope, hops: usize) -> Seen {
        let (mut seen, rest) = match &self.head {
            Head::Value(kinds) => (known(*kinds), self.links.as_slice()),
            Head::Call(name) => (known(result_kinds(name)), self.links.as_slice()),
            Head::Variable(name) => self.variable(name, before, scope, hops),
        };
        for link in rest {
            seen = match link.call {
                Some(_) => known(result_kinds(&link.name)),
                None => known(Kinds::ANY),
            };
        }
        seen
    }

    /// What a variable and the steps behind it lead to, and the links that are no steps.
    fn variable(&self, name: &str, before: Before<'_>, scope: &dyn Scope, hops: usize) -> (Seen, &[Link]) {
        let steps: Vec<Step> = self.links.iter().map_while(Link::step).collect();
        let (_, rest) = self.links.split_at_checked(steps.len()).unwrap_or((&[], &self.links));
        if let Some(assigned) = hops.checked_sub(1).and_then(|hops| written(name, before, scope, hops)) {
            if steps.is_empty() {
                return (assigned, rest);
            }
            return (known(Kinds::ANY), rest);
        }
        (scope.look(name, &steps).unwrap_or(known(Kinds::ANY)), rest)
    }
}

impl Link {
    /// The step that this link is, when it takes something out of a map or a list.
    fn step(&self) -> Option<Step> {
        let name = self.name.as_str();
        match &self.call {
            None => Some(Step::Key(name.to_owned())),
            Some(Argument::Text(key)) if is_get(name) => Some(Step::Key(key.clone())),
            Some(Argument::Number(index)) if is_get(name) => Some(Step::Element(*index)),
            Some(_) => None,
        }
    }
}

/// What the text before the cursor says of a variable: its last assignment, or the loop whose variable it is.
fn written(name: &str, before: Before<'_>, scope: &dyn Scope, hops: usize) -> Option<Seen> {
    for at in (0..before.len()).rev() {
        if before.word(at) != Some(name) {
            continue;
        }
        let begins = at == 0 || matches!(before.written(at - 1), ";" | "{" | "}" | ")");
        if before.written(at + 1) == "=" && begins {
            let end = (at + 2..before.len()).find(|end| before.written(*end) == ";")?;
            let (chain, first) = Chain::before(before.up_to(end))?;
            // Operators stand before it when it does not begin behind the `=`.
            let seen = (first == at + 2).then(|| chain.look_within(before.up_to(at), scope, hops));
            return Some(seen.unwrap_or(known(Kinds::ANY)));
        }
        if at > 0 && before.written(at + 1).eq_ignore_ascii_case("in") {
            let index = before.written(at - 1).eq_ignore_ascii_case("index");
            if index {
                return Some(known(Kinds::NUMBER));
            }
            if before.written(at - 1).eq_ignore_ascii_case("each") {
                return Some(element(before, at + 2, scope, hops));
            }
        }
    }
    None
}

/// What an element is of the list behind the `in` of a loop, whose header ends at a `{`.
fn element(before: Before<'_>, start: usize, scope: &dyn Scope, hops: usize) -> Seen {
    let end = (start..before.len()).find(|end| before.written(*end) == "{").unwrap_or(before.len());
    let Some((mut chain, first)) = Chain::before(before.up_to(end)) else { return known(Kinds::ANY) };
    if first != start {
        return known(Kinds::ANY);
    }
    chain.links.push(Link { name: "get".to_owned(), call: Some(Argument::Number(0)) });
    chain.look_within(before.up_to(start), scope, hops)
}

fn is_get(name: &str) -> bool {
    name.eq_ignore_ascii_case("get") || name.eq_ignore_ascii_case("getJSON")
}

fn known(kinds: Kinds) -> Seen {
    Seen { kinds, keys: Vec::new() }
}

fn named(word: &str) -> Head {
    match word.to_ascii_lowercase().as_str() {
        "true" | "false" => Head::Value(Kinds::BOOLEAN),
        "null" => Head::Value(Kinds::NULL),
        _ => Head::Variable(word.to_owned()),
    }
}

/// The argument between two parentheses.
fn argument(before: Before<'_>, open: usize, close: usize) -> Argument {
    let only = open + 1;
    let Some(piece) = before.piece(only).filter(|_| only + 1 == close) else { return Argument::Other };
    let written = before.written(only);
    match piece.shape {
        Shape::Text => {
            let inner = written.get(1..written.len().saturating_sub(1)).unwrap_or_default();
            Argument::Text(unescape(inner).into_owned())
        }
        Shape::Number => written.parse().map_or(Argument::Other, Argument::Number),
        _ => Argument::Other,
    }
}

/// The kinds of a literal in `[…]` or `{…}`.
fn literal(before: Before<'_>, open: usize, close: usize, behind_word: bool) -> Kinds {
    match before.written(open) {
        // The attributes of a task, whose result is anything.
        "[" if behind_word => Kinds::ANY,
        "[" => Kinds::of(Kind::List),
        _ if open + 1 == close => Kinds::of(Kind::Braces),
        _ => {
            let pairs = before.up_to(close).within(open).iter().any(|at| before.written(*at) == ":");
            Kinds::of(if pairs { Kind::Map } else { Kind::List })
        }
    }
}
