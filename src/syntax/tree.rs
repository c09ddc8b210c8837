//! How the grammar's rules build the tree. What stands in a list is written to the end of a stack of its kind, and moves to
//! the arena in one piece when the list is complete; lists within its elements are complete, and taken off, by then. So
//! growing a list frees nothing and leaves no gaps, and runs of operators, calls, signs and `!` stay flat.

use lalrpop_util::ParseError;

use super::ast::{
    Argument, Arrangement, Attribute, Block, Expression, ExpressionKind, Field, Link, Name, Operator, Parameter,
    Script, Statement, StatementKind, Target,
};
use super::error::Problem;
use super::infix::Operand;
use super::token::Kind;
use crate::source::Span;

/// Where the nodes of trees lie; they are freed with it.
pub type Arena = bumpalo::Bump;

/// What the rules write to.
pub(super) struct Builder<'s> {
    text: &'s str,
    pub arena: &'s Arena,
    pub or_is_tight: bool,
    /// What is complete.
    pub script: Script<'s>,
    pub names: List<Name<'s>>,
    pub parameters: List<Parameter<'s>>,
    pub statements: List<Statement<'s>>,
    pub branches: List<(Expression<'s>, Block<'s>)>,
    pub expressions: List<Expression<'s>>,
    pub operands: List<Operand<'s>>,
    pub terms: List<(Operator, Expression<'s>)>,
    pub links: List<Link<'s>>,
    pub arguments: List<Argument<'s>>,
    pub pairs: List<(Expression<'s>, Expression<'s>)>,
    pub attributes: List<Attribute<'s>>,
    pub fields: List<Field<'s>>,
}

/// Elements of lists that are not complete, those of the innermost list last.
pub(super) struct List<T>(Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy> List<T> {
    /// Writes one more.
    pub fn push(&mut self, element: T) {
        self.0.push(element);
    }

    /// Writes the first element of a list; gives their count.
    pub fn first(&mut self, element: T) -> usize {
        self.further(0, element)
    }

    /// Writes the element behind `count` others; gives their count.
    pub fn further(&mut self, count: usize, element: T) -> usize {
        self.0.push(element);
        count + 1
    }

    /// The last `count` elements.
    pub fn last(&self, count: usize) -> &[T] {
        self.0.get(self.0.len() - count..).unwrap_or_default()
    }

    /// Takes the last `count` elements off, as a complete list.
    pub fn take<'s>(&mut self, count: usize, arena: &'s Arena) -> &'s [T] {
        if count == 0 {
            return &[];
        }
        let list = arena.alloc_slice_copy(self.last(count));
        self.drop_last(count);
        list
    }

    /// Takes the last `count` elements off.
    pub fn drop_last(&mut self, count: usize) {
        self.0.truncate(self.0.len() - count);
    }
}

impl<'s> Builder<'s> {
    /// Nothing is built yet of `text`.
    pub fn new(text: &'s str, or_is_tight: bool, arena: &'s Arena) -> Self {
        Self {
            text,
            arena,
            or_is_tight,
            script: Script::default(),
            names: List::default(),
            parameters: List::default(),
            statements: List::default(),
            branches: List::default(),
            expressions: List::default(),
            operands: List::default(),
            terms: List::default(),
            links: List::default(),
            arguments: List::default(),
            pairs: List::default(),
            attributes: List::default(),
            fields: List::default(),
        }
    }

    /// The text of a token.
    pub fn slice(&self, start: u32, end: u32) -> &'s str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// A token as a name.
    pub fn name(&self, start: u32, end: u32) -> Name<'s> {
        Name { text: self.slice(start, end), span: Span { start, end } }
    }

    /// A token as a name that a node refers to, which keeps nodes small.
    pub fn shared_name(&self, start: u32, end: u32) -> &'s Name<'s> {
        self.arena.alloc(self.name(start, end))
    }

    /// A statement from `start` to `end`.
    pub fn statement(&mut self, start: u32, kind: StatementKind<'s>, end: u32) {
        self.statements.push(Statement { kind, span: Span { start, end } });
    }

    /// The last statement stands outside of functions.
    pub fn finish_statement(&mut self) {
        self.script.body.extend(self.statements.0.pop());
    }

    /// An assignment, if `place` is something that can be assigned to: a variable, or a field at the end of a chain.
    pub fn assign(
        &mut self,
        start: u32,
        place: Expression<'s>,
        operator: Option<Operator>,
        value: Expression<'s>,
        end: u32,
    ) -> Result<(), ParseError<u32, Kind, Problem>> {
        let span = place.span;
        let target = match place.kind {
            ExpressionKind::Name(text) => Some(Target::Variable(Name { text, span })),
            ExpressionKind::Chain(first, links) => self.field(first, links),
            _ => None,
        };
        match target {
            Some(target) => {
                self.statement(start, StatementKind::Assign { target, operator, value }, end);
                Ok(())
            }
            None => Err(ParseError::User {
                error: Problem::Unexpected {
                    found: "another expression".into(),
                    expected: "a variable or a field before `=`".into(),
                },
            }),
        }
    }

    fn field(&self, first: &'s Expression<'s>, links: &'s [Link<'s>]) -> Option<Target<'s>> {
        let (last, before) = links.split_last()?;
        if last.arguments.is_some() {
            return None;
        }
        let owner = if before.is_empty() { first } else { self.arena.alloc(chain_of(first, before)) };
        Some(Target::Field(owner, last.name))
    }

    /// A value followed by the last `count` of `.name` and `.name(…)`.
    pub fn chain(&mut self, first: Expression<'s>, count: usize) -> Expression<'s> {
        let links = self.links.take(count, self.arena);
        chain_of(self.arena.alloc(first), links)
    }

    /// Records put in order or cut to a range, up to `end`.
    pub fn arranged(&self, value: Expression<'s>, arrangement: &'s Arrangement<'s>, end: u32) -> Expression<'s> {
        let span = Span { start: value.span.start, end };
        Expression { kind: ExpressionKind::Arranged(self.arena.alloc(value), arrangement), span }
    }

    /// A form, whose name ends at `end`, and its criteria.
    pub fn fetch(&self, start: u32, criteria: Option<Expression<'s>>, end: u32) -> ExpressionKind<'s> {
        let criteria = criteria.map(|criteria| &*self.arena.alloc(criteria));
        ExpressionKind::Fetch(self.shared_name(start, end), criteria)
    }

    /// A value behind signs.
    pub fn signed(&self, start: u32, negative: bool, value: Expression<'s>) -> Expression<'s> {
        let span = Span { start, end: value.span.end };
        if negative {
            Expression { kind: ExpressionKind::Negate(self.arena.alloc(value)), span }
        } else {
            Expression { kind: value.kind, span }
        }
    }

    /// Writes the argument behind `count` others; gives their count.
    pub fn argument(&mut self, count: usize, key: Option<Expression<'s>>, value: Expression<'s>) -> usize {
        let key = key.map(|key| &*self.arena.alloc(key));
        self.arguments.further(count, Argument { key, value })
    }

    /// Writes the attribute behind `count` others; gives their count. Its `values` are the last expressions: several,
    /// separated by commas, are a list (the addresses of a mail).
    pub fn attribute(&mut self, count: usize, start: u32, end: u32, values: usize) -> usize {
        let value = match self.expressions.last(values) {
            [only] => {
                let only = *only;
                self.expressions.drop_last(values);
                only
            }
            _ => {
                let list = self.expressions.take(values, self.arena);
                let span = list.first().zip(list.last()).map(|(first, last)| first.span.to(last.span));
                Expression { kind: ExpressionKind::List(list), span: span.unwrap_or_default() }
            }
        };
        self.attributes.further(count, Attribute { name: self.name(start, end), value })
    }
}

fn chain_of<'s>(first: &'s Expression<'s>, links: &'s [Link<'s>]) -> Expression<'s> {
    let span = links.last().map_or(first.span, |last| first.span.to(last.span));
    Expression { kind: ExpressionKind::Chain(first, links), span }
}
