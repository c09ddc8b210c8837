//! Who is told of every request that left, for reports, tables and archives: those for tokens included. What is told is
//! what went over the wire, secrets and all; whoever shows or keeps it masks it.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use url::Url;

use super::dial::Head;
use super::phases::{Ends, Stopwatch};
use super::{Body, Error, Method, Phases, Request, Response};

/// A request that was made.
#[derive(Debug)]
pub struct Sent<'a> {
    /// The method.
    pub method: Method,
    /// The address as it was asked for; its query may hold credentials.
    pub url: &'a Url,
    /// The body as it was built, before it was encoded.
    pub body: &'a Body,
    /// The answer, whatever its status, or why there was none.
    pub outcome: Result<&'a Response, &'a Error>,
    /// From the request to the whole answer, redirects included.
    pub time: Duration,
    /// What went over the wire: the request, then one for each redirect that was followed. Empty when nothing was sent.
    pub hops: &'a [Hop],
}

/// One request with its answer.
#[derive(Clone, Debug)]
pub struct Hop {
    /// Counts all requests of a client, from 1.
    pub number: u64,
    /// When it was begun, by the clock of the machine.
    pub begun: SystemTime,
    /// The request as it was sent, its body encoded.
    pub request: Request,
    /// Where it went, when a route leads elsewhere; otherwise the address of the request.
    pub dialled: Url,
    /// The address that answered.
    pub server: Option<SocketAddr>,
    /// Our port, which tells connections apart.
    pub connection: Option<u16>,
    /// What came back.
    pub answer: Option<Answer>,
    /// What took how long.
    pub phases: Phases,
}

/// What came back for one request.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// For example `HTTP/1.1`.
    pub version: &'static str,
    /// Header names in lower case with their values, in order of arrival.
    pub headers: Vec<(String, String)>,
    /// The decompressed body; `None` when it was not read, as that of a redirect.
    pub body: Option<Bytes>,
}

/// Takes what is told.
#[derive(Clone)]
pub struct Listener(Arc<dyn Fn(&Sent<'_>) + Send + Sync>);

impl Listener {
    /// A listener that calls `tell` on the network's thread.
    pub fn new(tell: impl Fn(&Sent<'_>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// One that tells both.
    #[must_use]
    pub fn and(self, other: Listener) -> Self {
        Self::new(move |sent| {
            self.tell(sent);
            other.tell(sent);
        })
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

/// Keeps the hops of one request until it is over, also when it is given up in the middle of one.
#[derive(Debug, Default)]
pub(super) struct Hops(Mutex<Vec<(Hop, Stopwatch)>>);

impl Hops {
    /// A hop begins.
    pub(super) fn begin(&self, number: u64, request: &Request, dialled: &Url, stopwatch: &Stopwatch) {
        let hop = Hop {
            number,
            begun: SystemTime::now(),
            request: request.clone(),
            dialled: dialled.clone(),
            server: None,
            connection: None,
            answer: None,
            phases: Phases::default(),
        };
        self.all().push((hop, stopwatch.clone()));
    }

    /// The head of the last hop's answer is there.
    pub(super) fn head(&self, head: &Head, ends: Option<Ends>) {
        if let Some((hop, _)) = self.all().last_mut() {
            hop.server = ends.map(|ends| ends.server);
            hop.connection = ends.map(|ends| ends.ours.port());
            let Head { status, version, headers } = head;
            hop.answer = Some(Answer { status: *status, version, headers: headers.clone(), body: None });
        }
    }

    /// The last hop's answer is there.
    pub(super) fn content(&self, content: &Bytes) {
        if let Some((Hop { answer: Some(answer), .. }, _)) = self.all().last_mut() {
            answer.body = Some(content.clone());
        }
    }

    /// The hops with the times they took.
    pub(super) fn finish(self) -> Vec<Hop> {
        let hops = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let timed = |(hop, stopwatch): (Hop, Stopwatch)| {
            stopwatch.ended();
            Hop { phases: stopwatch.phases(), ..hop }
        };
        hops.into_iter().map(timed).collect()
    }

    fn all(&self) -> MutexGuard<'_, Vec<(Hop, Stopwatch)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
