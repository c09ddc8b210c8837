//! The variables of one function. Scope is the whole function: a variable assigned inside a block is there after it.

use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use super::bound;
use crate::program::types::Type;
use crate::source::Span;
use crate::syntax::ast::{Statement, StatementKind, Target};

type HashSet<T> = std::collections::HashSet<T, RandomState>;

/// The variables seen so far and what is around the statement being resolved.
pub(super) struct Scope {
    /// In the order of their slots.
    variables: IndexMap<Arc<str>, Variable, RandomState>,
    input: Option<bound::Slot>,
    /// Names without a slot that `x += 1` is written of further up in the text.
    strays: HashSet<String>,
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

/// What is known of a variable at the statement being resolved.
#[derive(Clone, Copy, Default)]
struct Variable {
    /// Whether it was assigned further up in the text.
    is_assigned: bool,
    /// Whether it holds fetched records: setting a field of them changes what is stored.
    holds_records: bool,
}

impl Scope {
    /// A scope with the variables that these statements assign.
    pub(super) fn new(statements: &[Statement<'_>]) -> Self {
        let mut scope = Self {
            variables: IndexMap::default(),
            input: None,
            strays: HashSet::default(),
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
        let is_new = !self.variables.contains_key(name);
        if is_new {
            self.variables.insert(Arc::from(name), Variable::default());
        }
        is_new
    }

    /// From here on the variable has been assigned, and holds fetched records or no longer does. Gives its slot.
    pub(super) fn assign(&mut self, name: &str, holds_records: bool) -> Option<bound::Slot> {
        match self.variables.get_full_mut(name) {
            Some((at, _, variable)) => {
                *variable = Variable { is_assigned: true, holds_records };
                Some(slot_at(at))
            }
            None => {
                self.strays.insert(name.to_owned());
                None
            }
        }
    }

    /// Whether the variable was assigned further up in the text.
    pub(super) fn is_assigned(&self, name: &str) -> bool {
        self.variables.get(name).map_or_else(|| self.strays.contains(name), |variable| variable.is_assigned)
    }

    /// Whether the variable holds fetched records.
    pub(super) fn holds_records(&self, name: &str) -> bool {
        self.variables.get(name).is_some_and(|variable| variable.holds_records)
    }

    /// The slot of a variable.
    pub(super) fn slot(&self, name: &str) -> Option<bound::Slot> {
        self.variables.get_index_of(name).map(slot_at)
    }

    /// The slot of a variable that was assigned further up in the text.
    pub(super) fn assigned_slot(&self, name: &str) -> Option<bound::Slot> {
        let (at, _, variable) = self.variables.get_full(name)?;
        variable.is_assigned.then(|| slot_at(at))
    }

    /// The slot of `input`, which is there without being assigned.
    pub(super) fn input(&mut self) -> bound::Slot {
        if let Some(slot) = self.input {
            return slot;
        }
        let slot = slot_at(self.variables.insert_full(Arc::from("input"), Variable::default()).0);
        self.input = Some(slot);
        slot
    }

    /// The names of the variables.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.keys().map(AsRef::as_ref)
    }

    /// Adds every variable that the statements assign. An `x += 1` alone does not make `x`.
    pub(super) fn collect(&mut self, statements: &[Statement<'_>]) {
        for statement in statements {
            match &statement.kind {
                StatementKind::Assign { target: Target::Variable(name), operator: None, .. } => {
                    self.declare(name.text);
                }
                StatementKind::If { branches, otherwise } => {
                    branches.iter().for_each(|(_, block)| self.collect(block.statements));
                    otherwise.iter().for_each(|block| self.collect(block.statements));
                }
                StatementKind::ForEach { variable, body, .. } => {
                    self.declare(variable.text);
                    self.collect(body.statements);
                }
                StatementKind::Try { body, variable, handler } => {
                    self.collect(body.statements);
                    variable.iter().for_each(|name| {
                        self.declare(name.text);
                    });
                    self.collect(handler.statements);
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
            variables: self.variables.into_keys().collect(),
            input: self.input,
            body,
            span,
        }
    }
}

fn slot_at(index: usize) -> bound::Slot {
    // More variables than slots is refused by the compiler, which counts them.
    u16::try_from(index).unwrap_or(u16::MAX)
}
