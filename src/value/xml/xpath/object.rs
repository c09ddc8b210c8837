//! What expressions give: a set of nodes, a number, a text or a truth value, each of which can stand for every other but
//! nodes (XPath 1.0, section 4).

use std::borrow::Cow;

use super::tree::{Item, Tree};
use crate::value::xml::Problem;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object<'a> {
    /// In the order of the document, each once.
    Nodes(Vec<Item>),
    Number(f64),
    Text(Cow<'a, str>),
    Boolean(bool),
}

impl<'a> Object<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Object::Text(text.into())
    }

    pub(super) fn to_boolean(&self) -> bool {
        match self {
            Object::Nodes(nodes) => !nodes.is_empty(),
            Object::Number(number) => *number != 0.0 && !number.is_nan(),
            Object::Text(text) => !text.is_empty(),
            Object::Boolean(value) => *value,
        }
    }

    pub(super) fn to_number(&self, tree: &Tree<'a, '_>) -> Result<f64, Problem> {
        Ok(match self {
            Object::Number(number) => *number,
            Object::Boolean(value) => f64::from(*value),
            Object::Text(text) => number(text),
            Object::Nodes(_) => number(&self.to_text(tree)?),
        })
    }

    /// The text; for nodes that of the first.
    pub(super) fn to_text(&self, tree: &Tree<'a, '_>) -> Result<Cow<'a, str>, Problem> {
        let text = match self {
            Object::Nodes(nodes) => return nodes.first().map_or(Ok(Cow::Borrowed("")), |first| tree.text(*first)),
            Object::Number(number) => Cow::Owned(shown(*number)),
            Object::Text(text) => text.clone(),
            Object::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        };
        tree.spend_text(text.len())?;
        Ok(text)
    }

    /// The nodes; nothing else becomes nodes.
    pub(super) fn into_nodes(self) -> Result<Vec<Item>, Problem> {
        match self {
            Object::Nodes(nodes) => Ok(nodes),
            _ => Err(Problem::Path("it has a number, a text or a truth value where nodes are needed".to_owned())),
        }
    }
}

/// A text as number: digits with at most a sign before and a point in it, else not a number.
pub(super) fn number(text: &str) -> f64 {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = digits.bytes().any(|byte| byte.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().filter(|byte| *byte == b'.').count() <= 1;
    if is_number { text.parse().unwrap_or(f64::NAN) } else { f64::NAN }
}

/// A number as text: without exponent, and without a point when it is whole.
pub(super) fn shown(number: f64) -> String {
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    // Adding zero makes zero of minus zero, which prints like it.
    (number + 0.0).to_string()
}
