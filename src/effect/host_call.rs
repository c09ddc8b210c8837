//! A call of a function that the embedding program brought and that may wait. The effect says which function with which
//! arguments, which is what a cassette keeps and a dry run tells; beside it travels a handle to the function itself, so
//! that any driver can have it performed without knowing it.

use std::fmt;
use std::sync::Arc;

use tokio::sync::watch;

use super::platform::shown;
use super::{EffectName, Reply};
use crate::value::Data;

/// A call of a function of the application. The reply is a value.
#[derive(Clone)]
pub struct HostCall {
    /// The function: `myapp.orders.find`.
    pub function: String,
    /// What it was given, by the names of its parameters, in order; what was left out is not there.
    pub arguments: Vec<(String, Data)>,
    body: Arc<dyn HostBody>,
    wanted: Option<watch::Receiver<()>>,
}

/// What happens when a [`HostCall`] is performed. The engine implements it.
pub(crate) trait HostBody: Send + Sync {
    /// Performs the call without blocking, and tells its value or failure to `reply`, once.
    fn perform(&self, call: HostCall, at: Caller, reply: Box<dyn FnOnce(Reply) + Send>);
}

/// Who calls, and where in the script.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// The user of the run, if it names one.
    pub user: Option<String>,
    /// The name of the effect.
    pub name: EffectName,
    /// The line of the script, from 1.
    pub line: u32,
}

impl HostCall {
    /// A call with what is to happen.
    pub(crate) fn new(function: &str, arguments: Vec<(String, Data)>, body: Arc<dyn HostBody>) -> Self {
        Self { function: function.to_owned(), arguments, body, wanted: None }
    }

    /// Performs the call on the engine's thread for such calls and tells its value to `reply`. Returns at once.
    pub(crate) fn perform(self, at: Caller, reply: Box<dyn FnOnce(Reply) + Send>) {
        let body = Arc::clone(&self.body);
        body.perform(self, at, reply);
    }

    /// Ties the call to its run: dropping what this gives tells that nobody waits for the reply any more.
    pub(crate) fn tie(&mut self) -> watch::Sender<()> {
        let (run, wanted) = watch::channel(());
        self.wanted = Some(wanted);
        run
    }

    /// Ends when nobody waits for the reply any more; never for a call that was not [tied](HostCall::tie).
    pub(crate) fn unwanted(&self) -> impl Future<Output = ()> + Send + use<> {
        let wanted = self.wanted.clone();
        async move {
            match wanted {
                Some(mut wanted) => while wanted.changed().await.is_ok() {},
                None => std::future::pending().await,
            }
        }
    }
}

/// What is asked for counts; the handle to the function is the same for one name.
impl PartialEq for HostCall {
    fn eq(&self, other: &Self) -> bool {
        self.function == other.function && self.arguments == other.arguments
    }
}

impl fmt::Debug for HostCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { function, arguments, .. } = self;
        f.debug_struct("HostCall").field("function", function).field("arguments", arguments).finish_non_exhaustive()
    }
}

impl fmt::Display for HostCall {
    /// The call as a script would write it, long texts shortened: `call myapp.orders.find(7)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "call {}(", self.function)?;
        for (at, (_, value)) in self.arguments.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{}", shown(value))?;
        }
        write!(f, ")")
    }
}
