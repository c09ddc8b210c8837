//! What is to be run, and with what.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use super::Progress;
use crate::connections::Connections;
use crate::value::Data;
use crate::vm::Limits;

/// One run of a program.
pub struct Run {
    pub(super) function: Option<String>,
    pub(super) arguments: Vec<(String, Data)>,
    pub(super) input: Option<Data>,
    pub(super) user: Option<String>,
    pub(super) connections: Option<Connections>,
    pub(super) limits: Option<Limits>,
    pub(super) listener: Option<Listener>,
    pub(super) watcher: Option<Watcher>,
    pub(super) id: Option<Arc<str>>,
    pub(super) timeout: Option<Duration>,
    pub(super) deadline: Option<Instant>,
    pub(super) cancelled: Arc<AtomicBool>,
}

/// Is told how far the run has come.
pub(super) type Watcher = Box<dyn FnMut(&Progress) + Send>;

/// Is told each `info` line when it is printed.
pub(super) type Listener = Box<dyn FnMut(&str) + Send>;

impl Run {
    /// Runs the statements outside functions.
    pub fn script() -> Self {
        Self {
            function: None,
            arguments: Vec::new(),
            input: None,
            user: None,
            connections: None,
            limits: None,
            listener: None,
            watcher: None,
            id: None,
            timeout: None,
            deadline: None,
            cancelled: Arc::default(),
        }
    }

    /// Runs a function by its dotted name, or by its last part where that is clear.
    pub fn function(name: &str) -> Self {
        Self { function: Some(name.to_owned()), ..Self::script() }
    }

    /// Gives a parameter, or a variable of the statements outside functions, its value.
    #[must_use]
    pub fn argument(mut self, name: &str, value: impl Into<Data>) -> Self {
        self.arguments.push((name.to_owned(), value.into()));
        self
    }

    /// Sets what the script reads as `input`; otherwise that is a map of the arguments.
    #[must_use]
    pub fn input(self, input: impl Into<Data>) -> Self {
        Self { input: Some(input.into()), ..self }
    }

    /// Says who runs it: for connections that use the credentials of the login user.
    #[must_use]
    pub fn user(self, user: &str) -> Self {
        Self { user: Some(user.to_owned()), ..self }
    }

    /// Connections of its own, in the place of the engine's: one tenant's [view](Connections::view).
    #[must_use]
    pub fn connections(self, connections: Connections) -> Self {
        Self { connections: Some(connections), ..self }
    }

    /// Limits of its own.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits: Some(limits), ..self }
    }

    /// Names the run: in the log, in what is told of it, and in its outcome. Without one it is a number.
    #[must_use]
    pub fn id(self, id: impl Into<Arc<str>>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    /// Ends the run when it has taken this long from its start, waiting included, with the error `limits::time`; a shorter time
    /// of its limits counts before it.
    #[must_use]
    pub fn timeout(self, time: Duration) -> Self {
        Self { timeout: Some(time), ..self }
    }

    /// Ends the run at this point in time, also when it had to wait for a thread before it could start.
    #[must_use]
    pub fn deadline(self, deadline: Instant) -> Self {
        Self { deadline: Some(deadline), ..self }
    }

    /// Tells how far the run has come: after each slice of its work (some 10,000 loop turns or calls) and at each effect. On
    /// the thread of the run, so it must not block.
    #[must_use]
    pub fn on_progress(self, watcher: impl FnMut(&Progress) + Send + 'static) -> Self {
        Self { watcher: Some(Box::new(watcher)), ..self }
    }

    /// Tells each `info` line when it is printed, instead of collecting them in the outcome.
    #[must_use]
    pub fn on_info(self, listener: impl FnMut(&str) + Send + 'static) -> Self {
        Self { listener: Some(Box::new(listener)), ..self }
    }

    /// Setting this to true from any thread ends the run at its next step.
    pub fn cancel_flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancelled)
    }
}
