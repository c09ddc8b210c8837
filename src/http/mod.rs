//! HTTP as data and the one client through which everything leaves. `Request` and `Response` are plain values; the
//! [`Client`] checks every address it is about to dial, follows redirects by hand, and reports what it did line by line.

mod body;
mod certificates;
mod client;
mod curl;
mod dial;
mod error;
mod guard;
mod listener;
mod places;
mod proxy;
mod redirect;
mod request;
mod resolver;
mod response;
mod routes;
mod sensitive;
#[cfg(test)]
mod tests;

pub use client::{Client, Limits, Options};
pub use curl::{Detail, Trace};
pub use error::Error;
pub use guard::Guard;
pub use listener::{Listener, Sent};
pub use proxy::Proxy;
pub use request::{Allowance, Body, Method, Part, Request};
pub use resolver::Resolver;
pub use response::Response;
pub use routes::Routes;
pub use sensitive::{is_sensitive_field, is_sensitive_header, mask_fields};
