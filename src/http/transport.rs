//! A client of the application's own in the place of the built-in one, for programs that have their own pool, proxy or
//! metrics. It takes single hops: redirects, credentials, limits and the trace stay on this side of it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use url::Url;

use super::{Error, Request, Response};

/// Sends one request and reads its answer. Redirects must not be followed.
///
/// The guard of private addresses looks at addresses that are written as numbers; where a name leads is up to the transport,
/// which does the dialling.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends `request` to `dialled`, which is the request's own address, or where a route leads. The body is settled:
    /// [`Body::Raw`](super::Body::Raw) or [`Body::Empty`](super::Body::Empty).
    fn send(
        &self,
        request: Request,
        dialled: Url,
    ) -> Pin<Box<dyn Future<Output = Result<Response, Error>> + Send + '_>>;
}
