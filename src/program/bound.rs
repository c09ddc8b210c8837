//! A script whose names have been settled: variables are slots, calls are rows of the catalogue, functions or tasks.
//! The resolver makes it, the compiler consumes it; what could not be settled has been reported and is not here.

use std::sync::Arc;

use super::types::Type;
use crate::catalogue::Task;
use crate::source::Span;
use crate::syntax::ast::Operator;
use crate::value::Data;

/// The number of a variable within its function; parameters come first.
pub type Slot = u16;

/// A function, or the statements outside functions, which are function 0 and have an empty name.
#[derive(Debug)]
pub struct Function {
    /// The dotted name.
    pub name: Arc<str>,
    /// The text that it stands in: 0 is the script, others are files of the library in the order in which they are reached.
    pub file: u16,
    /// The declared types of the parameters, which are the first slots.
    pub parameters: Vec<Type>,
    /// The declared result type.
    pub returns: Type,
    /// The names of all slots.
    pub variables: Vec<Arc<str>>,
    /// The slot of `input`, when the function reads it without assigning it.
    pub input: Option<Slot>,
    /// The statements.
    pub body: Vec<Statement>,
    /// The header; the whole script for function 0.
    pub span: Span,
}

/// A statement and its place.
#[derive(Debug)]
pub struct Statement {
    /// What it does.
    pub kind: StatementKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of statements.
#[derive(Debug)]
pub enum StatementKind {
    /// A variable takes a value.
    Set(Slot, Expression),
    /// A field of a value takes a value.
    SetField(Box<Expression>, Arc<str>, Box<Expression>),
    /// A call made for its effect.
    Do(Expression),
    /// `info`
    Info(Expression),
    /// Branches, then what runs when none does.
    If(Vec<(Expression, Vec<Statement>)>, Vec<Statement>),
    /// `for each`
    Each {
        /// Whether indexes are walked instead of elements.
        index: bool,
        /// The loop variable.
        variable: Slot,
        /// What is walked.
        iterable: Expression,
        /// What is repeated.
        body: Vec<Statement>,
    },
    /// `try` and `catch`
    Try {
        /// The protected statements.
        body: Vec<Statement>,
        /// What takes the error.
        variable: Option<Slot>,
        /// What runs after an error.
        handler: Vec<Statement>,
    },
    /// `throw`
    Throw(Expression),
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `return`
    Return(Option<Expression>),
}

/// An expression and its place.
#[derive(Debug)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Debug)]
pub enum ExpressionKind {
    /// A literal.
    Constant(Data),
    /// A date as it is written; what it means depends on the format and the zone of the run. Nothing between its quotes is
    /// the empty text that is no date.
    Date(Arc<str>),
    /// A variable.
    Variable(Slot),
    /// A system variable, by its name after `zoho.`.
    System(&'static str),
    /// `{k : v}`
    Map(Vec<(Expression, Expression)>),
    /// `{a, b}` and `[a, b]`
    List(Vec<Expression>),
    /// `{}`
    Braces,
    /// `if(condition, then, otherwise)`
    Conditional(Box<[Expression; 3]>),
    /// The first, or the second when the first is null.
    Default(Box<[Expression; 2]>),
    /// A built-in called without receiver: the number of its group and the arguments.
    Builtin(u16, Vec<Expression>),
    /// A value and what is done with it, step by step: `a.get("b").size()`.
    Chain(Box<Expression>, Vec<Step>),
    /// A function of this script.
    Call(u16, Vec<Expression>),
    /// A task with its arguments and, for each, which attribute or parameter it is.
    Task(Arc<Task>, Vec<u16>, Vec<Expression>),
    /// Something that is not there, which is an error only when it is reached: the message and the arguments, which are
    /// evaluated before.
    Missing(Arc<str>, Vec<Expression>),
    /// Operators of one rank, from left to right.
    Operators(Box<Expression>, Vec<(Operator, Expression)>),
    /// Lazy and.
    And(Vec<Expression>),
    /// Lazy or.
    Or(Vec<Expression>),
    /// `!`
    Not(Box<Expression>),
    /// `-`
    Negate(Box<Expression>),
}

/// One step of a chain.
#[derive(Debug)]
pub struct Step {
    /// What is done.
    pub kind: StepKind,
    /// From the head of the chain to the end of this step.
    pub span: Span,
}

/// The kinds of steps.
#[derive(Debug)]
pub enum StepKind {
    /// `.name(…)`: the number of the built-in's group and the arguments after the receiver.
    Method(u16, Vec<Expression>),
    /// `.name`
    Field(Arc<str>),
}
