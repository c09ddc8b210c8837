//! Who is told of every request that left, for reports and tables: tokens included, without anything secret.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::{Error, Method, Response};

/// A request that was made.
#[derive(Debug)]
pub struct Sent<'a> {
    /// The method.
    pub method: Method,
    /// The address as it was asked for; its query may hold credentials.
    pub url: &'a Url,
    /// The answer, whatever its status, or why there was none.
    pub outcome: Result<&'a Response, &'a Error>,
    /// From the request to the whole answer, redirects included.
    pub time: Duration,
}

/// Takes what is told.
#[derive(Clone)]
pub struct Listener(Arc<dyn Fn(&Sent<'_>) + Send + Sync>);

impl Listener {
    /// A listener that calls `tell` on the network's thread.
    pub fn new(tell: impl Fn(&Sent<'_>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    pub(super) fn tell(&self, sent: &Sent<'_>) {
        (self.0)(sent);
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}
