//! HTTP as data and the one client through which everything leaves. `Request` and `Response` are plain values; the
//! [`Client`] checks every address it is about to dial, follows redirects by hand, and reports what it did line by line.

mod body;
mod certificates;
mod client;
mod command;
mod curl;
mod dial;
mod error;
mod fields;
mod guard;
mod handshake;
mod har;
mod listener;
mod phases;
mod places;
mod pretty;
mod proxy;
mod redirect;
mod request;
mod resolver;
mod response;
mod routes;
mod sensitive;
mod shell;
#[cfg(test)]
mod tests;
mod tls;
mod transport;

pub(crate) use certificates::pem_of;
pub use client::{Client, Limits, Options};
#[cfg(any(feature = "cli", feature = "repl"))]
pub(crate) use curl::grouped;
pub use curl::{Detail, Trace};
pub use error::Error;
pub use guard::Guard;
pub(crate) use handshake::reason as handshake_reason;
pub use listener::{Answer, Hop, Listener, Sent};
pub use phases::{Lap, Phases};
pub use proxy::Proxy;
pub use request::{Allowance, Body, Method, Part, Reach, Request};
pub use resolver::Resolver;
pub use response::Response;
pub use routes::Routes;

// For the command line, which shows requests as commands and archives, and for cassettes.
#[doc(hidden)]
pub use command::Command;
#[doc(hidden)]
pub use har::Har;
#[doc(hidden)]
pub use sensitive::{is_sensitive_field, is_sensitive_header, learn_request, learn_response, mask_fields};
#[doc(hidden)]
pub use shell::variable;
pub use transport::Transport;
