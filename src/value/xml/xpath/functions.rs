//! The core function library (XPath 1.0, section 4). Characters are Unicode characters and positions begin at 1.

use std::borrow::Cow;
use std::collections::HashMap;

use super::ast::{Expression, Function};
use super::evaluate::{Context, value};
use super::object::{Object, number};
use super::tree::{Item, Tree};
use crate::value::xml::Problem;

/// The namespace of `xml:lang`.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Calls a function whose number of arguments has been checked.
pub(super) fn call<'a>(
    tree: &Tree<'a, '_>,
    function: Function,
    arguments: &[Expression],
    at: Context,
) -> Result<Object<'a>, Problem> {
    Call { tree, arguments, at }.run(function)
}

/// A count as a number of XPath; what is counted here is far below what a double cannot hold.
pub(super) fn counted(count: usize) -> f64 {
    count as f64
}

struct Call<'t, 'a, 'i> {
    tree: &'t Tree<'a, 'i>,
    arguments: &'t [Expression],
    at: Context,
}

impl<'a> Call<'_, 'a, '_> {
    fn run(&self, function: Function) -> Result<Object<'a>, Problem> {
        match function {
            Function::True => Ok(Object::Boolean(true)),
            Function::False => Ok(Object::Boolean(false)),
            Function::Not => Ok(Object::Boolean(!self.value(0)?.to_boolean())),
            Function::Boolean => Ok(Object::Boolean(self.value(0)?.to_boolean())),
            Function::Lang => self.lang(),
            Function::Last => Ok(Object::Number(counted(self.at.size))),
            Function::Position => Ok(Object::Number(counted(self.at.position))),
            Function::Count => Ok(Object::Number(counted(self.value(0)?.into_nodes()?.len()))),
            // Only a document type could say which attributes are identifiers, and there is none.
            Function::Id => self.value(0).map(|_| Object::Nodes(Vec::new())),
            Function::LocalName => self.named(|node| self.tree.local_name(node)),
            Function::Name => self.named(|node| self.tree.name(node)),
            Function::NamespaceUri => self.named(|node| self.tree.namespace(node)),
            Function::Sum => self.sum(),
            Function::Number => self.value_or_here(0)?.to_number(self.tree).map(Object::Number),
            Function::Floor => Ok(Object::Number(self.number(0)?.floor())),
            Function::Ceiling => Ok(Object::Number(self.number(0)?.ceil())),
            Function::Round => Ok(Object::Number(round(self.number(0)?))),
            _ => self.run_on_text(function),
        }
    }

    fn run_on_text(&self, function: Function) -> Result<Object<'a>, Problem> {
        match function {
            Function::String => self.text_or_here(0).map(Object::Text),
            Function::StringLength => Ok(Object::Number(counted(self.text_or_here(0)?.chars().count()))),
            Function::NormalizeSpace => self.normalized(),
            Function::Concat => self.concat(),
            Function::StartsWith => Ok(Object::Boolean(self.text(0)?.starts_with(&*self.text(1)?))),
            Function::Contains => Ok(Object::Boolean(self.text(0)?.contains(&*self.text(1)?))),
            Function::SubstringBefore => {
                let (text, part) = (self.text(0)?, self.text(1)?);
                Ok(Object::text(text.split_once(&*part).map(|(before, _)| before.to_owned()).unwrap_or_default()))
            }
            Function::SubstringAfter => {
                let (text, part) = (self.text(0)?, self.text(1)?);
                Ok(Object::text(text.split_once(&*part).map(|(_, after)| after.to_owned()).unwrap_or_default()))
            }
            Function::Substring => self.substring(),
            _ => self.translate(),
        }
    }

    fn value(&self, position: usize) -> Result<Object<'a>, Problem> {
        match self.arguments.get(position) {
            Some(argument) => value(self.tree, argument, self.at),
            None => Err(Problem::Path("an argument is missing".to_owned())),
        }
    }

    /// The argument, or the node at hand when there is none.
    fn value_or_here(&self, position: usize) -> Result<Object<'a>, Problem> {
        if position < self.arguments.len() { self.value(position) } else { Ok(Object::Nodes(vec![self.at.node])) }
    }

    fn text(&self, position: usize) -> Result<Cow<'a, str>, Problem> {
        self.value(position)?.to_text(self.tree)
    }

    fn text_or_here(&self, position: usize) -> Result<Cow<'a, str>, Problem> {
        self.value_or_here(position)?.to_text(self.tree)
    }

    fn number(&self, position: usize) -> Result<f64, Problem> {
        self.value(position)?.to_number(self.tree)
    }

    fn named(&self, name: impl Fn(Item) -> &'a str) -> Result<Object<'a>, Problem> {
        let nodes = self.value_or_here(0)?.into_nodes()?;
        let name = nodes.first().map(|node| name(*node)).unwrap_or_default();
        self.tree.spend_text(name.len())?;
        Ok(Object::text(name))
    }

    fn sum(&self) -> Result<Object<'a>, Problem> {
        let mut sum = 0.0;
        for node in self.value(0)?.into_nodes()? {
            sum += number(&self.tree.text(node)?);
        }
        Ok(Object::Number(sum))
    }

    fn lang(&self) -> Result<Object<'a>, Problem> {
        let wanted = self.text(0)?.to_ascii_lowercase();
        let owner = self.tree.owner(self.at.node);
        let spoken = owner.ancestors().find_map(|node| node.attribute((XML, "lang"))).unwrap_or_default();
        let spoken = spoken.to_ascii_lowercase();
        let is_it = spoken.strip_prefix(&wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        Ok(Object::Boolean(is_it))
    }

    fn concat(&self) -> Result<Object<'a>, Problem> {
        let mut joined = String::new();
        for position in 0..self.arguments.len() {
            joined.push_str(&self.text(position)?);
        }
        Ok(Object::text(joined))
    }

    fn normalized(&self) -> Result<Object<'a>, Problem> {
        let text = self.text_or_here(0)?;
        let words = text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty());
        Ok(Object::text(words.collect::<Vec<_>>().join(" ")))
    }

    fn substring(&self) -> Result<Object<'a>, Problem> {
        let text = self.text(0)?;
        let first = round(self.number(1)?);
        let end = if self.arguments.len() > 2 { first + round(self.number(2)?) } else { f64::INFINITY };
        let inside = |at: usize| counted(at + 1) >= first && counted(at + 1) < end;
        let part: String = text.chars().enumerate().filter(|(at, _)| inside(*at)).map(|(_, shown)| shown).collect();
        Ok(Object::text(part))
    }

    fn translate(&self) -> Result<Object<'a>, Problem> {
        let (text, from, to) = (self.text(0)?, self.text(1)?, self.text(2)?);
        let mut table = HashMap::new();
        let mut targets = to.chars();
        for character in from.chars() {
            // The target is consumed also when the character stood there before; then the first one counts.
            let target = targets.next();
            table.entry(character).or_insert(target);
        }
        let translated = text.chars().filter_map(|shown| table.get(&shown).copied().unwrap_or(Some(shown)));
        Ok(Object::text(translated.collect::<String>()))
    }
}

/// The nearest whole number, of two equally near the larger.
fn round(number: f64) -> f64 {
    let below = number.floor();
    if number - below >= 0.5 { below + 1.0 } else { below }
}
