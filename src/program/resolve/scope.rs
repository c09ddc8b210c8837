//! The variables of one function. Scope is the whole function: a variable assigned inside a block is there after it.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::Nodes;
use super::bound::{self, Constant, Expression, ExpressionKind};
use crate::catalogue::Catalogue;
use crate::program::types::Type;
use crate::source::Span;
use crate::syntax::Arena;
use crate::syntax::ast::{Statement, StatementKind, Target};

type HashSet<T> = std::collections::HashSet<T, RandomState>;

/// The variables seen so far and what is around the statement being resolved.
pub(super) struct Scope<'b> {
    /// Where the nodes of the function lie.
    pub(super) arena: &'b Arena,
    /// What they may refer to.
    pub(super) catalogue: &'b Catalogue,
    variables: Variables<'b>,
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

/// How many variables are looked for one by one; most functions have fewer.
const FEW: usize = 12;

/// Variables in the order of their slots.
struct Variables<'b> {
    names: bumpalo::collections::Vec<'b, &'b str>,
    known: bumpalo::collections::Vec<'b, Variable>,
    /// Where each stands; empty while they are few.
    places: HashMap<&'b str, usize, RandomState>,
}

impl<'b> Variables<'b> {
    fn new(arena: &'b Arena) -> Self {
        Self {
            names: bumpalo::collections::Vec::new_in(arena),
            known: bumpalo::collections::Vec::new_in(arena),
            places: HashMap::default(),
        }
    }

    /// The place of a variable.
    fn find(&self, name: &str) -> Option<usize> {
        match self.names.len() {
            0..=FEW => self.names.iter().position(|known| *known == name),
            _ => self.places.get(name).copied(),
        }
    }

    fn get(&self, name: &str) -> Option<Variable> {
        self.known.get(self.find(name)?).copied()
    }

    /// The place of a variable, which is added if it is new, and whether it is.
    fn add(&mut self, name: &str, arena: &'b Arena) -> (usize, bool) {
        if let Some(at) = self.find(name) {
            return (at, false);
        }
        let at = self.names.len();
        self.names.push(arena.alloc_str(name));
        self.known.push(Variable::default());
        if at == FEW {
            self.places.extend(self.names.iter().enumerate().map(|(at, name)| (*name, at)));
        } else if let Some(name) = self.names.last().filter(|_| at > FEW) {
            self.places.insert(name, at);
        }
        (at, true)
    }
}

impl<'b> Scope<'b> {
    /// A scope with the variables that these statements assign.
    pub(super) fn new(statements: &[Statement<'_>], nodes: Nodes<'b>) -> Self {
        let mut scope = Self {
            arena: nodes.arena,
            catalogue: nodes.catalogue,
            variables: Variables::new(nodes.arena),
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
        self.variables.add(name, self.arena).1
    }

    /// From here on the variable has been assigned, and holds fetched records or no longer does. Gives its slot.
    pub(super) fn assign(&mut self, name: &str, holds_records: bool) -> Option<bound::Slot> {
        let Some(at) = self.variables.find(name) else {
            self.strays.insert(name.to_owned());
            return None;
        };
        if let Some(variable) = self.variables.known.get_mut(at) {
            *variable = Variable { is_assigned: true, holds_records };
        }
        Some(slot_at(at))
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
        self.variables.find(name).map(slot_at)
    }

    /// The slot of a variable that was assigned further up in the text.
    pub(super) fn assigned_slot(&self, name: &str) -> Option<bound::Slot> {
        let at = self.variables.find(name)?;
        self.variables.known.get(at)?.is_assigned.then(|| slot_at(at))
    }

    /// The slot of `input`, which is there without being assigned.
    pub(super) fn input(&mut self) -> bound::Slot {
        if let Some(slot) = self.input {
            return slot;
        }
        let slot = slot_at(self.variables.add("input", self.arena).0);
        self.input = Some(slot);
        slot
    }

    /// The names of the variables.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.names.iter().copied()
    }

    /// A text as the value of an expression.
    pub(super) fn text(&self, text: &str, span: Span) -> Expression<'b> {
        Expression { kind: ExpressionKind::Constant(Constant::Text(self.arena.alloc_str(text))), span }
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
        parameters: &'b [Type],
        returns: Type,
        body: &'b [bound::Statement<'b>],
        span: Span,
    ) -> bound::Function<'b> {
        bound::Function {
            name: self.arena.alloc_str(name),
            file: 0,
            parameters,
            returns,
            variables: self.variables.names.into_bump_slice(),
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
