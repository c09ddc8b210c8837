//! Who performs effects. A [`Driver`] takes a script's effect and answers when it is done, on whatever thread; it never
//! sees the machine. There is a live one, which really sends, a dry one, which only tells, and one that records and replays.

pub mod cassette;
mod dry;
mod function;
mod io;
mod live;
mod mail;
mod mock;

pub use cassette::Cassette;
pub use dry::Dry;
pub(crate) use function::{Answering, Body, Parameter};
pub use function::{Context, Error, FromData, Function, IntoData, Later, Now, Serde, asynchronous, function, task};
pub(crate) use io::Io;
pub use live::Live;
pub use mail::{MailFolder, MailServer, Mailer, Security};
pub use mock::{BodyMatch, Fault, Mock, MockAnswer, MockRule, Wildcard};

use std::sync::Arc;

use crate::connections::Connections;
use crate::effect::{Action, Caller, Effect, Reply};

/// Performs effects.
pub trait Driver: Send + Sync {
    /// Performs `effect` for `user` (whose credentials count where a connection asks for the user's) and calls `reply`
    /// once. Requests are answered with a response, all else with a value; anything may fail. Must not block: what takes
    /// time happens elsewhere.
    fn perform(&self, effect: Effect, user: Option<&str>, reply: Answer);

    /// The same driver over other connections, for a run that brings its own. Without one, such a run can perform nothing:
    /// it must never use the connections of somebody else.
    fn with_connections(&self, _connections: &Connections) -> Option<Arc<dyn Driver>> {
        None
    }

    /// Whether the driver wants to see calls of the application's own functions ([`Action::Host`]): to tell them, to keep
    /// them, to answer in their place. Without it the engine performs them itself, and the driver never sees one.
    fn takes_host_calls(&self) -> bool {
        false
    }
}

/// Hands an effect to a driver, but performs a call of the application's own functions where the driver takes none.
pub fn pass_on(driver: &Arc<dyn Driver>, effect: Effect, user: Option<&str>, reply: Answer) {
    match effect.action {
        Action::Host(_) if !driver.takes_host_calls() => host_call(effect, user, reply),
        _ => driver.perform(effect, user, reply),
    }
}

/// Performs a call of the application's own functions.
fn host_call(effect: Effect, user: Option<&str>, reply: Answer) {
    let caller = Caller { user: user.map(str::to_owned), name: effect.name, line: effect.line };
    // Of anything else the answer is dropped, which its run takes as the end.
    if let Action::Host(call) = effect.action {
        call.perform(caller, reply);
    }
}

/// Takes the reply of an effect back to its run.
pub type Answer = Box<dyn FnOnce(Reply) + Send>;
