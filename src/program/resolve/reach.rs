//! Functions of other files. The first call of one puts it on the list; when the script itself is settled, the functions
//! on the list are, and whatever they call in turn. A function that does not check is one error at the call that reaches
//! it, which names the file.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::{Declared, Desk, Resolver, Take, bound, shared};
use crate::diagnostic::{Diagnostic, Severity};
use crate::program::error::Error;
use crate::program::library::{Library, Place};
use crate::program::types::Type;
use crate::source::{Source, Span};
use crate::syntax::{Arena, parse};

/// The functions of other files that are reached, in the order of their first calls.
pub(super) struct Reached<'s> {
    library: &'s Library,
    /// Each with the call in the script that leads to it.
    functions: IndexMap<Place, Span>,
    /// The number of the first of them.
    first: usize,
    /// The file of the function that is being settled, and the call that led to it; none for the script itself.
    present: Option<(usize, Span)>,
}

impl<'s> Reached<'s> {
    /// Nothing is reached yet; the script itself has `own` functions.
    pub(super) fn new(library: &'s Library, own: usize) -> Self {
        Self { library, functions: IndexMap::new(), first: own + 1, present: None }
    }

    /// Whether there are no functions that could be reached.
    pub(super) fn is_empty(&self) -> bool {
        self.library.is_empty()
    }

    /// The names of the functions that could be reached.
    pub(super) fn names(&self) -> impl Iterator<Item = &'s str> {
        self.library.names()
    }

    /// The function of one of these names: in the present file first.
    fn find(&self, names: [&str; 3]) -> Option<Place> {
        let beside = |file: usize| names.iter().find_map(|name| self.library.find_in(file, name));
        self.present
            .and_then(|(file, _)| beside(file))
            .or_else(|| names.iter().find_map(|name| self.library.find(name)))
    }
}

impl<'s> Resolver<'s> {
    /// Whether the script itself is being settled, and not a function of another file.
    pub(super) fn in_script(&self) -> bool {
        self.reached.present.is_none()
    }

    /// A function of another file that a call names, which is then reached.
    pub(super) fn reach(&mut self, names: [&str; 3], call: Span) -> Option<Declared> {
        let reached = &mut self.reached;
        let place = reached.find(names)?;
        let header = reached.library.header(place)?;
        let call = reached.present.map_or(call, |(_, call)| call);
        let at = reached.functions.insert_full(place, reached.functions.get(&place).copied().unwrap_or(call)).0;
        Some(Declared {
            // Numbers beyond 16 bits are refused by the compiler.
            number: u16::try_from(reached.first + at).unwrap_or(u16::MAX),
            name: shared(&header.name),
            parameters: header.parameters,
            returns: header.returns,
            place: call,
        })
    }

    /// Reaches every function of other files, those that are called first.
    pub(super) fn reach_all(&mut self, from: Span) {
        let reached = &mut self.reached;
        for place in reached.library.places() {
            reached.functions.entry(place).or_insert(from);
        }
    }

    /// The declared result type of a function of another file, by its number.
    pub(super) fn reached_returns(&self, number: u16) -> Option<Type> {
        let reached = &self.reached;
        let (place, _) = reached.functions.get_index(usize::from(number).checked_sub(reached.first)?)?;
        reached.library.header(*place).map(|header| header.returns)
    }

    /// Settles everything that is reached, and hands it to `take`; gives the files.
    pub(super) fn settle_reached<'k>(&mut self, desk: &mut Desk<'k>, take: &mut Take<'_>) -> Vec<Source>
    where
        's: 'k,
    {
        let library = self.reached.library;
        let arena = Arena::new();
        let mut parsed = HashMap::new();
        let mut files: Vec<(usize, Source)> = Vec::new();
        let script_dialect = self.dialect;
        let mut next = 0;
        while let Some((&(file, place), &call)) = self.reached.functions.get_index(next) {
            next += 1;
            let Some((source, dialect)) = library.file(file) else { continue };
            let parsed = parsed.entry(file).or_insert_with(|| parse(source, dialect, &arena));
            let Some(function) = parsed.script.functions.get(place) else { continue };
            let at = files.iter().position(|(known, _)| *known == file).unwrap_or_else(|| {
                files.push((file, source.clone()));
                files.len() - 1
            });
            self.dialect = dialect;
            self.settle(desk, take, |resolver, nodes| {
                let outer = std::mem::take(&mut resolver.diagnostics);
                resolver.reached.present = Some((file, call));
                let function = bound::Function { file: at as u16 + 1, ..resolver.function(function, nodes) };
                resolver.reached.present = None;
                let found = std::mem::replace(&mut resolver.diagnostics, outer);
                let mut all = parsed.diagnostics.iter().chain(&found);
                if let Some(first) = all.find(|one| one.severity == Severity::Error) {
                    resolver.report(broken(function.name, source, first).at(call));
                }
                function
            });
        }
        self.dialect = script_dialect;
        files.into_iter().map(|(_, source)| source).collect()
    }
}

fn broken<'a>(name: &'a str, source: &'a Source, first: &'a Diagnostic) -> Error<'a> {
    Error::BrokenFunction {
        name,
        file: source.name(),
        line: first.span().map_or(1, |span| source.line(span.start)),
        message: &first.message,
    }
}
