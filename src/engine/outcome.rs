//! What a run gives.

use std::fmt::{self, Write as _};
use std::sync::Arc;
use std::time::Duration;

use crate::effect::{Effect, EffectName};
use crate::source::Span;
use crate::value::Data;
use crate::vm::{Trouble, Usage};

/// The result of a run, what it printed and what it used.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The run's id: the one that it was given, or a number.
    pub id: Arc<str>,
    /// The returned value, or the error that ended the run.
    pub result: Result<Data, Box<Trouble>>,
    /// The `info` lines in order; empty when the run had a listener for them.
    pub info: Vec<String>,
    /// What the script asked of the world, in order, whatever came of it; at most a thousand.
    pub effects: Vec<Performed>,
    /// What was used.
    pub usage: Usage,
    /// From start to end, waiting included.
    pub time: Duration,
}

/// An effect that a run asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Performed {
    /// Its stable name.
    pub name: EffectName,
    /// The line that asked, from 1.
    pub line: u32,
    /// What was asked in a few words, without bodies, queries and secrets: `GET https://crm.test/v8/Leads through crm`.
    pub what: String,
}

impl Performed {
    pub(super) fn of(effect: &Effect) -> Self {
        // Long enough for most addresses, which are written in several parts.
        let mut what = String::with_capacity(80);
        // Writing to a text never fails.
        let _ = write!(what, "{}", effect.action);
        Self { name: effect.name.clone(), line: effect.line, what }
    }
}

impl Outcome {
    /// The error that ended the run; none when it ended well.
    pub fn error(&self) -> Option<&Trouble> {
        self.result.as_ref().err().map(AsRef::as_ref)
    }

    /// The outcome of a run whose engine ended before it did.
    pub(super) fn abandoned() -> Self {
        Self::failed("run::abandoned", "the run was given up, because its engine ended or could not start a thread")
    }

    /// The outcome of a run under which something panicked that belongs to the application.
    pub(super) fn panicked() -> Self {
        Self::failed("run::host-panic", "a log or a listener of the application panicked")
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
        Self {
            id: Arc::default(),
            result: Err(Box::new(trouble)),
            info: Vec::new(),
            effects: Vec::new(),
            usage: Usage::default(),
            time: Duration::ZERO,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error at line : {}, {}", self.line, self.message)
    }
}

impl std::error::Error for Trouble {}
