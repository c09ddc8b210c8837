//! The variables of one function. Scope is the whole function: a variable assigned inside a block is there after it.

use std::sync::Arc;

use foldhash::fast::RandomState;

use super::bound;
use crate::program::types::Type;
use crate::source::Span;
use crate::syntax::ast::{Statement, StatementKind, Target};

type HashSet<T> = std::collections::HashSet<T, RandomState>;
type IndexSet<T> = indexmap::IndexSet<T, RandomState>;

/// The variables seen so far and what is around the statement being resolved.
pub(super) struct Scope {
    variables: IndexSet<Arc<str>>,
    input: Option<bound::Slot>,
    /// The variables that were assigned further up in the text.
    assigned: HashSet<String>,
    /// The variables that hold fetched records: setting a field of them changes what is stored.
    records: HashSet<String>,
    /// Whether these are statements outside functions: in Creator those of a form's event, which may name its fields.
    pub(super) is_event: bool,
    /// How many loops are around.
    pub(super) loops: usize,
    /// The declared result type.
    pub(super) returns: Type,
    /// Whether a `return` with a value was met.
    pub(super) has_return: bool,
    /// Names that were reported as undefined: once is enough.
    pub(super) reported: HashSet<String>,
}

impl Scope {
    /// A scope with the variables that these statements assign.
    pub(super) fn new(statements: &[Statement<'_>]) -> Self {
        let mut scope = Self {
            variables: IndexSet::default(),
            input: None,
            assigned: HashSet::default(),
            records: HashSet::default(),
            is_event: false,
            loops: 0,
            returns: Type::Any,
            has_return: false,
            reported: HashSet::default(),
        };
        scope.collect(statements);
        scope
    }

    /// Adds a variable; false when it was there.
    pub(super) fn declare(&mut self, name: &str) -> bool {
        self.variables.insert(Arc::from(name))
    }

    /// From here on the variable has been assigned.
    pub(super) fn assign(&mut self, name: &str) {
        if !self.assigned.contains(name) {
            self.assigned.insert(name.to_owned());
        }
    }

    /// Whether the variable was assigned further up in the text.
    pub(super) fn is_assigned(&self, name: &str) -> bool {
        self.assigned.contains(name)
    }

    /// From here on the variable holds fetched records, or no longer does.
    pub(super) fn hold_records(&mut self, name: &str, holds: bool) {
        match holds {
            true => self.records.insert(name.to_owned()),
            false => !self.records.is_empty() && self.records.remove(name),
        };
    }

    /// Whether the variable holds fetched records.
    pub(super) fn holds_records(&self, name: &str) -> bool {
        self.records.contains(name)
    }

    /// The slot of a variable.
    pub(super) fn slot(&self, name: &str) -> Option<bound::Slot> {
        // More variables than slots is refused by the compiler, which counts them.
        self.variables.get_index_of(name).map(|at| u16::try_from(at).unwrap_or(u16::MAX))
    }

    /// The slot of `input`, which is there without being assigned.
    pub(super) fn input(&mut self) -> bound::Slot {
        if let Some(slot) = self.input {
            return slot;
        }
        let (at, _) = self.variables.insert_full(Arc::from("input"));
        let slot = u16::try_from(at).unwrap_or(u16::MAX);
        self.input = Some(slot);
        slot
    }

    /// The names of the variables.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().map(AsRef::as_ref)
    }

    /// Adds every variable that the statements assign. An `x += 1` alone does not make `x`.
    pub(super) fn collect(&mut self, statements: &[Statement<'_>]) {
        for statement in statements {
            match &statement.kind {
                StatementKind::Assign { target: Target::Variable(name), operator: None, .. } => {
                    self.declare(name.text);
                }
                StatementKind::If { branches, otherwise } => {
                    branches.iter().for_each(|(_, block)| self.collect(&block.statements));
                    otherwise.iter().for_each(|block| self.collect(&block.statements));
                }
                StatementKind::ForEach { variable, body, .. } => {
                    self.declare(variable.text);
                    self.collect(&body.statements);
                }
                StatementKind::Try { body, variable, handler } => {
                    self.collect(&body.statements);
                    variable.iter().for_each(|name| {
                        self.declare(name.text);
                    });
                    self.collect(&handler.statements);
                }
                _ => {}
            }
        }
    }

    /// The function that these variables and statements make.
    pub(super) fn finish(
        self,
        name: &str,
        parameters: Vec<Type>,
        returns: Type,
        body: Vec<bound::Statement>,
        span: Span,
    ) -> bound::Function {
        bound::Function {
            name: Arc::from(name),
            file: 0,
            parameters,
            returns,
            variables: self.variables.into_iter().collect(),
            input: self.input,
            body,
            span,
        }
    }
}
