//! Names become slots, rows, functions and tasks, once, before anything runs; whatever does not settle is reported with
//! its place and a proposal. What only the platform has (a function of another file, a task that does not run here yet)
//! is a warning: the script may never reach it.

mod application;
mod calls;
mod chain;
mod creator;
mod expression;
mod input;
mod reach;
mod scope;
mod statement;
mod task;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use super::Options;
use super::bound;
use super::error::Error;
use super::types::Type;
use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Span};
use crate::syntax::{Arena, Dialect, Header, ast};
use calls::Rows;
use reach::Reached;
use scope::Scope;

/// A problem beyond so many comes without a proposal of a nearer name: looking for one goes through every name there is,
/// and nobody reads on that far.
const MOST_PROPOSALS: usize = 200;

/// What settling the names of a script tells beside its functions.
pub struct Resolved {
    /// Whether it is an input of a prompt that ends with an expression that stands for a value.
    pub asks: bool,
    /// Whether an error was found: null stands in the functions for what did not settle, and they must not be compiled.
    pub failed: bool,
    /// The files of the functions that are reached, in the order of [`bound::Function::file`], which counts them from 1.
    pub files: Vec<Source>,
    /// What is used of the application's rows, a line each, so that the program's hash can tell it.
    pub of_application: BTreeSet<String>,
    /// What was found in the script.
    pub diagnostics: Vec<Diagnostic>,
}

/// Takes one function after the other.
pub type EachFunction<'p> = dyn FnMut(&ast::Function<'_>) + 'p;

/// A script as it is settled.
pub struct Parts<'p, 's> {
    /// The headers of all functions.
    pub headers: Vec<Header<'s>>,
    /// The statements outside functions.
    pub body: &'p [ast::Statement<'p>],
    /// Hands over the functions, in order.
    pub functions: &'p mut dyn FnMut(&mut EachFunction<'_>),
}

/// What is done with a function that is settled; with it comes whether an error was found by then, after which nothing is
/// compiled any more.
pub type Take<'t> = dyn FnMut(&bound::Function<'_>, bool) + 't;

/// Where the nodes of functions lie.
pub enum Desk<'k> {
    /// Those of each function in the place of the one before.
    Single(Arena),
    /// All of them, to be looked at together afterwards.
    Whole(&'k Arena, Vec<bound::Function<'k>>),
}

impl<'k> Desk<'k> {
    /// Room for one function at a time.
    pub fn single() -> Self {
        Desk::Single(Arena::new())
    }

    /// Room for all of them.
    pub fn whole(arena: &'k Arena) -> Self {
        Desk::Whole(arena, Vec::new())
    }

    /// The functions that are kept; none where each takes the place of the one before.
    pub fn functions(&self) -> &[bound::Function<'k>] {
        match self {
            Desk::Single(_) => &[],
            Desk::Whole(_, functions) => functions,
        }
    }
}

/// Where the nodes of one function lie, and what they may refer to.
#[derive(Clone, Copy)]
struct Nodes<'b> {
    arena: &'b Arena,
    catalogue: &'b Catalogue,
}

/// Settles the names of a script. Its body, its functions, and those of other files that they reach are handed to `take`
/// one after the other, so that they need not be there all at once.
pub fn resolve<'s: 'k, 'k>(
    script: Parts<'_, 's>,
    source: &Source,
    catalogue: &'s Catalogue,
    options: &'s Options,
    desk: &mut Desk<'k>,
    take: &mut Take<'_>,
) -> Resolved {
    let mut resolver = Resolver {
        catalogue,
        dialect: options.dialect,
        guessed: options.guessed,
        is_input: options.is_input,
        functions: IndexMap::default(),
        namespaces: HashSet::new(),
        rows: HashMap::default(),
        reached: Reached::new(&options.library, script.headers.len()),
        is_answer: false,
        of_application: BTreeSet::new(),
        diagnostics: Vec::new(),
        failed: false,
    };
    resolver.declare(&script.headers);
    let whole = Span::new(0, source.text().len());
    let mut asks = false;
    resolver.settle(desk, take, |resolver, nodes| resolver.body(script.body, options, whole, nodes, &mut asks));
    (script.functions)(&mut |function| {
        resolver.settle(desk, take, |resolver, nodes| resolver.function(function, nodes));
    });
    if options.whole_library {
        resolver.reach_all(whole);
    }
    let files = resolver.settle_reached(desk, take);
    let Resolver { of_application, diagnostics, failed, .. } = resolver;
    Resolved { asks, failed, files, of_application, diagnostics }
}

/// What is known while walking a script.
struct Resolver<'s> {
    catalogue: &'s Catalogue,
    /// The service whose functions the script may use.
    dialect: Dialect,
    /// Whether the dialect was only guessed.
    guessed: bool,
    /// Whether it is an input of a prompt, where a function may be defined after the one that calls it.
    is_input: bool,
    /// Dotted names of this script's functions with their numbers and what a call must match.
    functions: IndexMap<Arc<str>, Declared, RandomState>,
    /// What stands before the first dot of those names.
    namespaces: HashSet<String>,
    /// What [`Resolver::rows`] has given.
    rows: HashMap<(u16, bool), Rows, RandomState>,
    /// The functions of other files that it reaches.
    reached: Reached<'s>,
    /// Whether the expression that a prompt answers is being settled: any call may stand there, whether it gives a value or
    /// not.
    is_answer: bool,
    of_application: BTreeSet<String>,
    diagnostics: Vec<Diagnostic>,
    /// Whether one of them is an error.
    failed: bool,
}

#[derive(Clone)]
struct Declared {
    number: u16,
    name: Arc<str>,
    parameters: usize,
    returns: Type,
    place: Span,
}

impl<'s> Resolver<'s> {
    fn declare(&mut self, headers: &[Header<'_>]) {
        self.functions.reserve(headers.len());
        for (at, header) in headers.iter().enumerate() {
            self.namespaces.extend(header.namespace.map(str::to_owned));
            let name: Arc<str> = header.name.as_ref().into();
            if let Some(first) = self.functions.get(&name) {
                let first = first.place;
                self.report(Error::Duplicate { what: "function", name: &name, first }.at(header.place));
                continue;
            }
            // Numbers beyond 16 bits are refused by the compiler; functions are counted from 1, the body is 0.
            let number = u16::try_from(at + 1).unwrap_or(u16::MAX);
            let (parameters, returns, place) = (header.parameters, Type::parse(header.returns), header.place);
            self.functions.insert(Arc::clone(&name), Declared { number, name, parameters, returns, place });
        }
    }

    /// Makes a function of nodes and hands it to `take`.
    fn settle<'k>(
        &mut self,
        desk: &mut Desk<'k>,
        take: &mut Take<'_>,
        make: impl for<'b> FnOnce(&mut Self, Nodes<'b>) -> bound::Function<'b>,
    ) where
        's: 'k,
    {
        let catalogue = self.catalogue;
        match desk {
            Desk::Single(arena) => {
                arena.reset();
                let function = make(self, Nodes { arena, catalogue });
                take(&function, self.failed);
            }
            Desk::Whole(arena, functions) => {
                let function = make(self, Nodes { arena, catalogue });
                take(&function, self.failed);
                functions.push(function);
            }
        }
    }

    /// The statements outside functions; `asks` becomes whether they end with a question of a prompt.
    fn body<'b>(
        &mut self,
        body: &[ast::Statement<'_>],
        options: &Options,
        span: Span,
        nodes: Nodes<'b>,
        asks: &mut bool,
    ) -> bound::Function<'b> {
        let mut scope = Scope::new(body, nodes);
        for name in &options.given {
            scope.declare(name);
            scope.assign(name, false);
        }
        scope.is_event = true;
        let (body, is_question) = match body.split_last() {
            Some((last, before)) if options.is_input => self.input(before, last, &mut scope),
            _ => (self.statements(body, &mut scope), false),
        };
        *asks = is_question;
        scope.finish("", &[], Type::Any, body, span)
    }

    fn function<'b>(&mut self, function: &ast::Function<'_>, nodes: Nodes<'b>) -> bound::Function<'b> {
        let mut scope = Scope::new(&[], nodes);
        for parameter in function.parameters {
            if !scope.declare(parameter.name.text) {
                let first = function.parameters.iter().find(|other| other.name.text == parameter.name.text);
                let first = first.map_or(parameter.name.span, |other| other.name.span);
                let name = parameter.name.text;
                self.report(Error::Duplicate { what: "parameter", name, first }.at(parameter.name.span));
            }
            self.check_name(&parameter.name);
            // A parameter may be declared with the name of a form (help page "collection variable").
            let is_form = parameter.type_name.is_some_and(|declared| Type::is_form(declared.name.text));
            scope.assign(parameter.name.text, is_form && self.dialect == Dialect::Creator);
        }
        scope.collect(function.body.statements);
        let returns = Type::parse(function.returns.name.text);
        scope.returns = returns;
        let body = self.statements(function.body.statements, &mut scope);
        if !matches!(returns, Type::Void) && !scope.has_return {
            self.report(Error::MissingReturn { declared: function.returns.name.text }.at(function.header));
        }
        let types = function
            .parameters
            .iter()
            .map(|parameter| parameter.type_name.map_or(Type::Any, |type_name| Type::parse(type_name.name.text)));
        let types = nodes.arena.alloc_slice_fill_iter(types);
        scope.finish(&function.name(), types, returns, body, function.header)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.failed |= diagnostic.severity == Severity::Error;
        self.diagnostics.push(diagnostic);
    }

    /// Whether it is still worth looking for a name near to an unknown one.
    fn proposes(&self) -> bool {
        self.diagnostics.len() < MOST_PROPOSALS
    }
}

fn shared(text: &str) -> Arc<str> {
    Arc::from(text)
}
