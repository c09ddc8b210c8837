//! A built-in function: `"ab".toUpperCase()`, `ifnull(x, 0)`, `Map()`.

use super::{Absence, Absent, Call, Category};
use crate::value::{Failure, Kinds, Value};

/// One built-in for one group of receivers. Names are found without regard to case.
#[derive(Debug)]
pub struct Builtin {
    /// The documented spelling.
    pub name: &'static str,
    /// Other names of the same function.
    pub aliases: &'static [&'static str],
    /// Names of the same thing in JavaScript, Python, SQL and the like. Who types one is told the Deluge name.
    pub elsewhere: &'static [&'static str],
    /// The part of the reference that the row stands in.
    pub category: Category,
    /// The path of Zoho's page below `https://www.zoho.com/deluge/help/`, without its ending; empty when the function is in use
    /// but no page documents it.
    pub page: &'static str,
    /// The kinds of receivers; [`Kinds::NONE`] for a function that has none. A function with a receiver can also be
    /// called as `name(receiver, …)`, as Zoho's pages do.
    pub on: Kinds,
    /// The arguments after the receiver.
    pub parameters: &'static [Parameter],
    /// Whether the arguments arrive as one: `f(a, b)` as a list, `f(k : v, l : w)` as a map. For the functions of
    /// COLLECTION that take any number of elements or pairs.
    pub gathers: bool,
    /// Whether there is a result and what may be done with it.
    pub gives: Gives,
    /// When arguments are evaluated.
    pub evaluate: Evaluate,
    /// Whether the name alone is a call: `today`. A variable of that name wins.
    pub bare: bool,
    /// One sentence: what it does.
    pub about: &'static str,
    /// At least three, one of them an error or an edge; executed by the tests.
    pub examples: &'static [Example],
    /// The services of Zoho that have it; empty when all do.
    pub services: &'static [&'static str],
    /// Why it does not run here; then it has no body, and needs no examples.
    pub absent: Option<Absence>,
    /// What is different from Zoho's page, a sentence each.
    pub differs: &'static [&'static str],
    /// The uses that Zoho Creator does not have.
    pub not_in_creator: &'static [Absent],
    /// Names of rows that a reader of this one may be looking for.
    pub see: &'static [&'static str],
    /// The body. The receiver, if any, is the first value; kinds and number have been checked.
    pub run: fn(&mut Call<'_>, &[Value]) -> Result<Value, Failure>,
}

/// One parameter.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// The name in the reference.
    pub name: &'static str,
    /// The kinds it takes.
    pub kinds: Kinds,
    /// Whether it may be left out; then also all after it.
    pub optional: bool,
}

impl Parameter {
    /// A parameter that must be given.
    pub const fn required(name: &'static str, kinds: Kinds) -> Self {
        Self { name, kinds, optional: false }
    }

    /// A parameter that may be left out.
    pub const fn optional(name: &'static str, kinds: Kinds) -> Self {
        Self { name, kinds, optional: true }
    }
}

/// What a call gives (help page "error messages": both misuses are refused on save).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// Nothing: it cannot stand in an expression.
    Nothing,
    /// A value and no other effect: it must be used.
    Value,
    /// A value that may be dropped, because the call also changes something.
    Either,
}

/// When arguments are evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evaluate {
    /// All before the call.
    Eagerly,
    /// The second only when the first is null, and then it is the result.
    SecondIfFirstIsNull,
}

/// An example that the tests run.
#[derive(Clone, Copy, Debug)]
pub enum Example {
    /// An expression and what `info` prints for it.
    Shows(&'static str, &'static str),
    /// Statements and what their `info` lines print, joined by newlines.
    Prints(&'static str, &'static str),
    /// Statements and the code of the error that ends them.
    Fails(&'static str, &'static str),
}

impl Builtin {
    /// The fewest and the most arguments after the receiver.
    pub fn arity(&self) -> (usize, usize) {
        let required = self.parameters.iter().filter(|parameter| !parameter.optional).count();
        (required, self.parameters.len())
    }

    /// Whether it may be called with so many arguments after the receiver. The same as being inside [`Builtin::arity`],
    /// without counting: what may be left out stands last.
    #[inline]
    pub fn takes(&self, arguments: usize) -> bool {
        match self.parameters.get(arguments) {
            Some(first_left_out) => first_left_out.optional,
            None => arguments == self.parameters.len(),
        }
    }

    /// How many arguments before its parameters a body gets: the receiver, if it has one.
    #[inline]
    pub fn receivers(&self) -> usize {
        usize::from(!self.on.is_empty())
    }

    /// Whether its parameters take the kinds of these arguments, of which the first is the receiver, if it has one.
    #[inline]
    pub fn fits(&self, arguments: &[Value]) -> bool {
        let given = arguments.get(self.receivers()..).unwrap_or_default();
        self.parameters.iter().zip(given).all(|(parameter, value)| parameter.kinds.has(value.kind()))
    }
}
