//! A script whose names have been settled: variables are slots, calls are rows of the catalogue, functions or tasks.
//! The resolver makes it, the compiler consumes it; what could not be settled has been reported and is not here.
//!
//! As in the tree that it is made of, what a node holds lies in an [`Arena`](crate::syntax::Arena) and is freed with it.

use std::sync::Arc;

use super::types::Type;
use crate::catalogue::Task;
use crate::source::Span;
use crate::syntax::ast::Operator;
use crate::value::{Data, Decimal, Time};

/// The number of a variable within its function; parameters come first.
pub type Slot = u16;

/// A function, or the statements outside functions, which are function 0 and have an empty name.
#[derive(Clone, Copy, Debug)]
pub struct Function<'b> {
    /// The dotted name.
    pub name: &'b str,
    /// The text that it stands in: 0 is the script, others are files of the library in the order in which they are reached.
    pub file: u16,
    /// The declared types of the parameters, which are the first slots.
    pub parameters: &'b [Type],
    /// The declared result type.
    pub returns: Type,
    /// The names of all slots.
    pub variables: &'b [&'b str],
    /// The slot of `input`, when the function reads it without assigning it.
    pub input: Option<Slot>,
    /// The statements.
    pub body: &'b [Statement<'b>],
    /// The header; the whole script for function 0.
    pub span: Span,
}

/// A statement and its place.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'b> {
    /// What it does.
    pub kind: StatementKind<'b>,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of statements.
#[derive(Clone, Copy, Debug)]
pub enum StatementKind<'b> {
    /// A variable takes a value.
    Set(Slot, Expression<'b>),
    /// A field of a value takes a value.
    SetField(&'b Expression<'b>, &'b str, &'b Expression<'b>),
    /// A call made for its effect.
    Do(Expression<'b>),
    /// `info`
    Info(Expression<'b>),
    /// Branches, then what runs when none does.
    If(&'b [(Expression<'b>, &'b [Statement<'b>])], &'b [Statement<'b>]),
    /// `for each`
    Each {
        /// Whether indexes are walked instead of elements.
        index: bool,
        /// The loop variable.
        variable: Slot,
        /// What is walked.
        iterable: Expression<'b>,
        /// What is repeated.
        body: &'b [Statement<'b>],
    },
    /// `try` and `catch`
    Try {
        /// The protected statements.
        body: &'b [Statement<'b>],
        /// What takes the error.
        variable: Option<Slot>,
        /// What runs after an error.
        handler: &'b [Statement<'b>],
    },
    /// `throw`
    Throw(Expression<'b>),
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `return`
    Return(Option<Expression<'b>>),
}

/// An expression and its place.
#[derive(Clone, Copy, Debug)]
pub struct Expression<'b> {
    /// What it is.
    pub kind: ExpressionKind<'b>,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Clone, Copy, Debug)]
pub enum ExpressionKind<'b> {
    /// A literal.
    Constant(Constant<'b>),
    /// A date as it is written; what it means depends on the format and the zone of the run. Nothing between its quotes is
    /// the empty text that is no date.
    Date(&'b str),
    /// A variable.
    Variable(Slot),
    /// A system variable, by its name after `zoho.`.
    System(&'static str),
    /// `{k : v}`
    Map(&'b [(Expression<'b>, Expression<'b>)]),
    /// `{a, b}` and `[a, b]`
    List(&'b [Expression<'b>]),
    /// `{}`
    Braces,
    /// `if(condition, then, otherwise)`
    Conditional(&'b [Expression<'b>; 3]),
    /// The first, or the second when the first is null.
    Default(&'b [Expression<'b>; 2]),
    /// A built-in called without receiver: the number of its group and the arguments.
    Builtin(u16, &'b [Expression<'b>]),
    /// A value and what is done with it, step by step: `a.get("b").size()`.
    Chain(&'b Expression<'b>, &'b [Step<'b>]),
    /// A function of this script.
    Call(u16, &'b [Expression<'b>]),
    /// A task with its arguments and, for each, which attribute or parameter it is.
    Task(&'b Arc<Task>, &'b [u16], &'b [Expression<'b>]),
    /// Something that is not there, which is an error only when it is reached: the message and the arguments, which are
    /// evaluated before.
    Missing(&'b str, &'b [Expression<'b>]),
    /// Operators of one rank, from left to right.
    Operators(&'b Expression<'b>, &'b [(Operator, Expression<'b>)]),
    /// Lazy and.
    And(&'b [Expression<'b>]),
    /// Lazy or.
    Or(&'b [Expression<'b>]),
    /// `!`
    Not(&'b Expression<'b>),
    /// `-`
    Negate(&'b Expression<'b>),
}

/// A value that is known before anything runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constant<'b> {
    /// `null`
    Null,
    /// BOOLEAN
    Boolean(bool),
    /// NUMBER
    Number(i64),
    /// DECIMAL
    Decimal(Decimal),
    /// TIME
    Time(Time),
    /// TEXT
    Text(&'b str),
    /// A constant of the application that is none of these.
    Given(&'b Data),
}

impl<'b> From<&'b Data> for Constant<'b> {
    fn from(data: &'b Data) -> Self {
        match data {
            Data::Null => Constant::Null,
            Data::Boolean(value) => Constant::Boolean(*value),
            Data::Number(number) => Constant::Number(*number),
            Data::Decimal(decimal) => Constant::Decimal(*decimal),
            Data::Time(time) => Constant::Time(*time),
            Data::Text(text) => Constant::Text(text),
            other => Constant::Given(other),
        }
    }
}

/// One step of a chain.
#[derive(Clone, Copy, Debug)]
pub struct Step<'b> {
    /// What is done.
    pub kind: StepKind<'b>,
    /// From the head of the chain to the end of this step.
    pub span: Span,
}

/// The kinds of steps.
#[derive(Clone, Copy, Debug)]
pub enum StepKind<'b> {
    /// `.name(…)`: the number of the built-in's group and the arguments after the receiver.
    Method(u16, &'b [Expression<'b>]),
    /// `.name`
    Field(&'b str),
}
