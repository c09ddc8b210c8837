//! Compiled functions: plain data that any thread may share. A machine makes its values of the constants once.

use std::sync::Arc;

use super::op::{Op, Register};
use super::types::Type;
use crate::catalogue::Task;
use crate::source::Span;
use crate::value::{Data, Value};

/// One function, ready to run.
#[derive(Debug)]
pub struct Code {
    /// The dotted name; empty for the statements outside functions.
    pub name: Arc<str>,
    /// The text that it stands in, among the program's sources; 0 is the script.
    pub file: u16,
    /// The declared types of the parameters, which are the first registers.
    pub parameters: Vec<Type>,
    /// The declared result type.
    pub returns: Type,
    /// The names of the variables, which are the first registers, parameters included.
    pub variables: Vec<Arc<str>>,
    /// The register of `input`, when the function reads it.
    pub input: Option<Register>,
    /// How many registers a frame needs.
    pub registers: usize,
    /// The instructions; the last one returns. The first ones check the arguments of parameters with a declared type.
    pub ops: Vec<Op>,
    /// The first instruction behind those checks.
    pub body: usize,
    /// How many statements at the beginning of the body are run in one go.
    pub statements: u32,
    /// The place of each instruction.
    pub spans: Vec<Span>,
    /// What operands marked as constants refer to.
    pub constants: Vec<Constant>,
    /// The keys of maps that are made with known keys, as numbers of constants.
    pub names: Vec<Box<[u16]>>,
    /// How many of its instructions on maps remember something.
    pub guesses: usize,
    /// The tasks that the function performs.
    pub sites: Vec<Site>,
}

impl Code {
    /// Whether every argument may go to its parameter without becoming anything else.
    #[inline]
    pub fn takes_as_they_are(&self, arguments: &[Value]) -> bool {
        self.parameters.iter().zip(arguments).all(|(declared, argument)| declared.is_plain(argument))
    }
}

/// A value that instructions refer to. It is small, and functions share their texts, since long scripts hold many.
#[derive(Debug)]
pub enum Constant {
    /// `null`
    Null,
    /// BOOLEAN
    Boolean(bool),
    /// NUMBER
    Number(i64),
    /// TEXT
    Text(Arc<str>),
    /// Anything else.
    Other(Box<Data>),
}

impl Constant {
    /// The value for the present thread.
    pub fn to_value(&self) -> Value {
        match self {
            Constant::Null => Value::Null,
            Constant::Boolean(value) => Value::Boolean(*value),
            Constant::Number(number) => Value::Number(*number),
            Constant::Text(text) => Value::text(&**text),
            Constant::Other(data) => data.to_value(),
        }
    }

    /// As JSON, or nothing for what has none.
    pub fn to_json(&self) -> Option<String> {
        match self {
            Constant::Null => Data::Null.to_json().ok(),
            Constant::Boolean(value) => Data::Boolean(*value).to_json().ok(),
            Constant::Number(number) => Data::Number(*number).to_json().ok(),
            Constant::Text(text) => Data::Text(text.to_string()).to_json().ok(),
            Constant::Other(data) => data.to_json().ok(),
        }
    }
}

/// A place where a function performs a task. Its number is part of the stable name of the effect.
#[derive(Debug)]
pub struct Site {
    /// The task.
    pub task: Arc<Task>,
    /// For each argument, which attribute or parameter it is.
    pub slots: Vec<u16>,
}
