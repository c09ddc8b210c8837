//! Who performs effects. A [`Driver`] takes a script's effect and answers when it is done, on whatever thread; it never
//! sees the machine. There is a live one, which really sends, a dry one, which only tells, and one that records and replays.

pub mod cassette;
mod dry;
mod io;
mod live;
mod mail;
mod mock;

pub use cassette::Cassette;
pub use dry::Dry;
pub use live::Live;
pub use mail::{MailFolder, MailServer, Mailer, Security};
pub use mock::{BodyMatch, Fault, Mock, MockAnswer, MockRule, Wildcard};

use std::sync::Arc;

use crate::connections::Connections;
use crate::effect::{Effect, Reply};

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
}

/// Takes the reply of an effect back to its run.
pub type Answer = Box<dyn FnOnce(Reply) + Send>;
