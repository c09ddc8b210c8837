//! The rows of the application that embeds Sluice: its functions and its constants. They are made when an engine is built,
//! so they stand beside the static tables and not in them, and an engine without any looks nothing up.

use std::collections::HashMap;
use std::sync::Arc;

use super::Task;
use crate::diagnostic::suggest;
use crate::value::{Data, Kinds};

/// The functions and constants of an application, found by name in any case.
#[derive(Debug, Default)]
pub struct Application {
    functions: Vec<HostFunction>,
    constants: Vec<Constant>,
    by_name: HashMap<String, Place>,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Function(usize),
    Constant(usize),
}

/// A function of the application.
#[derive(Debug)]
pub struct HostFunction {
    /// The function as a script calls it.
    pub task: Arc<Task>,
    /// The kinds of values that it gives.
    pub gives: Kinds,
    /// Expressions and what `info` prints for them.
    pub examples: Vec<(String, String)>,
}

/// A constant of the application.
#[derive(Debug)]
pub struct Constant {
    /// The name with its namespaces.
    pub name: String,
    /// The value.
    pub value: Data,
    /// What it holds.
    pub about: String,
    /// Gives the value anew. A list or map of a constant belongs to whoever reads it: what one run puts into it, no other
    /// may find there.
    pub fresh: Arc<Task>,
}

impl Application {
    /// The group of its rows in the reference, which tells them from all others.
    pub const GROUP: &'static str = "application";

    /// Adds a function; false when the name is taken.
    #[must_use]
    pub fn add_function(&mut self, function: HostFunction) -> bool {
        let place = Place::Function(self.functions.len());
        let is_free = self.take(&function.task.name, place);
        self.functions.extend(is_free.then_some(function));
        is_free
    }

    /// Adds a constant; false when the name is taken.
    #[must_use]
    pub fn add_constant(&mut self, constant: Constant) -> bool {
        let place = Place::Constant(self.constants.len());
        let is_free = self.take(&constant.name, place);
        self.constants.extend(is_free.then_some(constant));
        is_free
    }

    fn take(&mut self, name: &str, place: Place) -> bool {
        let name = name.to_lowercase();
        let is_free = !self.by_name.contains_key(&name);
        if is_free {
            self.by_name.insert(name, place);
        }
        is_free
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// The functions in the order in which they were added.
    pub fn functions(&self) -> &[HostFunction] {
        &self.functions
    }

    /// The constants in the order in which they were added.
    pub fn constants(&self) -> &[Constant] {
        &self.constants
    }

    /// The function of this name, in any case.
    pub fn function(&self, name: &str) -> Option<&HostFunction> {
        match self.place(name)? {
            Place::Function(at) => self.functions.get(at),
            Place::Constant(_) => None,
        }
    }

    /// The constant of this name, in any case.
    pub fn constant(&self, name: &str) -> Option<&Constant> {
        match self.place(name)? {
            Place::Constant(at) => self.constants.get(at),
            Place::Function(_) => None,
        }
    }

    fn place(&self, name: &str) -> Option<Place> {
        if self.is_empty() { None } else { self.by_name.get(&name.to_lowercase()).copied() }
    }

    /// The names of all rows.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let functions = self.functions.iter().map(|function| function.task.name.as_ref());
        functions.chain(self.constants.iter().map(|constant| constant.name.as_str()))
    }

    /// Whether some row stands below a namespace, such as `myapp` for `myapp.orders.find`; in any case.
    pub fn has_namespace(&self, first: &str) -> bool {
        self.names().any(|name| name.split_once('.').is_some_and(|(above, _)| above.eq_ignore_ascii_case(first)))
    }

    /// The name of a row that is nearest to a misspelt one.
    pub fn suggest(&self, name: &str) -> Option<&str> {
        suggest(name, self.names())
    }
}

impl Task {
    /// Whether it is a function of the application.
    pub fn is_of_application(&self) -> bool {
        self.group == Application::GROUP
    }
}
