//! What a run gives.

use std::fmt;
use std::time::Duration;

use crate::source::Span;
use crate::value::Data;
use crate::vm::{Trouble, Usage};

/// The result of a run, what it printed and what it used.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The returned value, or the error that ended the run.
    pub result: Result<Data, Box<Trouble>>,
    /// The `info` lines in order; empty when the run had a listener for them.
    pub info: Vec<String>,
    /// What was used.
    pub usage: Usage,
    /// From start to end, waiting included.
    pub time: Duration,
}

impl Outcome {
    /// The outcome of a run whose engine ended before it did.
    pub(super) fn abandoned() -> Self {
        Self::failed("run::abandoned", "the run was given up, because its engine ended or could not start a thread")
    }

    /// The outcome of a run that could not begin.
    pub(super) fn failed(code: &str, message: impl Into<String>) -> Self {
        let trouble = Trouble {
            code: code.into(),
            message: message.into(),
            help: None,
            file: 0,
            span: Span::default(),
            line: 1,
            stack: Vec::new(),
            origin: None,
            thrown: None,
        };
        Self { result: Err(Box::new(trouble)), info: Vec::new(), usage: Usage::default(), time: Duration::ZERO }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error at line : {}, {}", self.line, self.message)
    }
}

impl std::error::Error for Trouble {}
