//! What was asked of the sandbox. An entry can be printed without a secret showing: query values that are credentials
//! are masked when the entry is made, and the body, which tests compare, is left out of both renderings.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use url::form_urlencoded;

use super::call::Call;
use super::credentials::API_KEY_PARAMETER;
use super::reply::Reply;

const KEPT_ENTRIES: usize = 10_000;
const KEPT_BODY: usize = 64 * 1024;
const KEPT_BODIES: usize = 64 * 1024 * 1024;

/// Query parameters whose values are credentials, whatever route they were sent to.
const CREDENTIAL_PARAMETERS: [&str; 11] = [
    API_KEY_PARAMETER,
    "access_token",
    "api_key",
    "apikey",
    "authtoken",
    "client_secret",
    "code",
    "password",
    "refresh_token",
    "token",
    "zapikey",
];

/// What a request proved about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Nothing was asked, or what was shown was refused.
    None,
    /// The id of the OAuth client to which the access token, or at the token endpoint the secret, belongs.
    Client(String),
    /// The user who signed in with a password.
    User(String),
    /// The name of the header or parameter that held the API key.
    Key(String),
}

/// One request and how it was answered.
#[derive(Clone)]
pub struct Logged {
    /// In upper case.
    pub method: String,
    /// Path and query; the values of credentials in the query are replaced by `[redacted]`.
    pub target: String,
    /// The guard that let it through.
    pub guard: Guard,
    /// The status of the answer.
    pub status: u16,
    /// From the whole request read to the answer ready.
    pub took: Duration,
    /// The content type of the request, as sent; empty when there was none.
    pub content_type: String,
    /// The request's body as sent, for tests. It may hold credentials and is never printed.
    pub body: Vec<u8>,
}

impl Logged {
    pub(super) fn new(call: &Call, reply: &Reply, took: Duration) -> Self {
        Self {
            method: call.method.to_string(),
            target: target(call),
            guard: reply.guard.clone(),
            status: reply.status,
            took,
            content_type: call.header("content-type").unwrap_or_default().to_owned(),
            body: call.body.iter().take(KEPT_BODY).copied().collect(),
        }
    }
}

impl fmt::Display for Logged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = self.took.as_secs_f64() * 1000.0;
        write!(f, "{} {} ({}) {} {milliseconds:.1} ms", self.method, self.target, self.guard, self.status)
    }
}

impl fmt::Debug for Logged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}, body of {} bytes", self.body.len())
    }
}

impl fmt::Display for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Guard::None => f.write_str("no guard"),
            Guard::Client(id) => write!(f, "client {id}"),
            Guard::User(name) => write!(f, "user {name}"),
            Guard::Key(name) => write!(f, "key {name}"),
        }
    }
}

/// The entries that are kept, within the limits above.
#[derive(Default)]
pub(super) struct Log {
    entries: VecDeque<Logged>,
    body_bytes: usize,
}

impl Log {
    pub fn add(&mut self, mut entry: Logged) {
        if self.entries.len() >= KEPT_ENTRIES {
            let oldest = self.entries.pop_front();
            self.body_bytes -= oldest.map_or(0, |entry| entry.body.len());
        }
        if self.body_bytes + entry.body.len() > KEPT_BODIES {
            entry.body = Vec::new();
        }
        self.body_bytes += entry.body.len();
        self.entries.push_back(entry);
    }

    pub fn entries(&self) -> Vec<Logged> {
        self.entries.iter().cloned().collect()
    }
}

fn target(call: &Call) -> String {
    if call.query.is_empty() {
        return call.path.clone();
    }
    let written = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pairs = call.query.iter().map(|(name, value)| {
        let secret = CREDENTIAL_PARAMETERS.iter().any(|known| known.eq_ignore_ascii_case(name));
        format!("{}={}", written(name), if secret { "[redacted]".to_owned() } else { written(value) })
    });
    format!("{}?{}", call.path, pairs.collect::<Vec<_>>().join("&"))
}
