//! What a function of the application is told of the call beside its arguments.

use crate::effect::Caller;

/// Who calls, and where in the script.
#[derive(Clone, Debug)]
pub struct Context {
    caller: Caller,
    given: Vec<String>,
}

impl Context {
    /// The context of a call with arguments for the parameters of these names.
    pub(crate) fn new(caller: Caller, given: Vec<String>) -> Self {
        Self { caller, given }
    }

    /// The user of the run, as [`Run::user`](crate::Run::user) named one.
    pub fn user(&self) -> Option<&str> {
        self.caller.user.as_deref()
    }

    /// The function of the script that calls; empty for the statements outside functions.
    pub fn function(&self) -> &str {
        &self.caller.name.function
    }

    /// The line of the call, from 1.
    pub fn line(&self) -> u32 {
        self.caller.line
    }

    /// How many times this place of the script called before in the run.
    pub fn occurrence(&self) -> u32 {
        self.caller.name.occurrence
    }

    /// The names of the parameters that the call gives arguments for, in order.
    pub fn given(&self) -> &[String] {
        &self.given
    }
}
