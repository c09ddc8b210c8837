//! What is to be run, and with what.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

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
    pub(super) cancelled: Arc<AtomicBool>,
}

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
