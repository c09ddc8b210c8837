//! Connections on their way to another machine: an age file whose content is the definitions, the custom services that
//! they need, and the credentials. Age says who can read a bundle, not who made it; so what comes out of one is believed no
//! more than a file from a stranger, and its credentials go only where the definitions of this machine say.

mod error;
mod format;
mod gather;
mod identity;
mod import;
mod lock;
mod plan;

pub use error::BundleError;
pub use gather::{Gather, Gathered};
pub use identity::{Identities, Identity};
pub use lock::{Lock, Opener, Recipient, Sealed};
pub use plan::{Planned, Step, Verdict};

use std::path::Path;
use std::sync::Arc;

use super::connection::Connection;
use super::service::Service;
use super::vault::{Record, State};
use super::{Error, files};

/// The largest bundle that is read or written, in bytes, before and after it is opened.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Connections with their credentials, in memory.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// When it was made, in seconds since 1970.
    pub made_at: u64,
    /// The version that made it.
    pub made_by: String,
    /// Whether everything with which a token could be renewed was left out.
    pub access_only: bool,
    services: Vec<BundledService>,
    connections: Vec<BundledConnection>,
}

/// A custom service in a bundle.
#[derive(Clone, Debug)]
struct BundledService {
    service: Arc<Service>,
    /// The text of its file.
    text: String,
    /// Its picture.
    logo: Option<Vec<u8>>,
}

/// A connection in a bundle.
#[derive(Clone, Debug)]
struct BundledConnection {
    connection: Connection,
    /// By user; none is the owner.
    records: Vec<(Option<String>, Record)>,
}

/// One line of what is in a bundle: an authorisation, or a connection without one. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The connection.
    pub link_name: String,
    /// Its service.
    pub service: String,
    /// Whether the service comes along in the bundle.
    pub with_service: bool,
    /// Whose authorisation it is; the owner's when absent.
    pub user: Option<String>,
    /// The account at the service, where it is known.
    pub account: Option<String>,
    /// The names of its credentials; empty for a connection without an authorisation.
    pub credentials: Vec<String>,
    /// Whether a refresh token is among them.
    pub has_refresh_token: bool,
    /// Whether the service is known to replace refresh tokens when they are used.
    pub rotates: bool,
    /// Seconds until the access token ends; negative when it has ended.
    pub expires_in: Option<i64>,
    /// Groups of integration tasks that would use the connection when a call names none.
    pub default_for: Vec<String>,
    /// How it is, in one or two words.
    pub state: &'static str,
}

impl Bundle {
    /// What is inside, by link name and user.
    pub fn contents(&self, now: u64) -> Vec<Content> {
        let mut contents = Vec::new();
        for bundled in &self.connections {
            if bundled.records.is_empty() {
                contents.push(self.content(bundled, None, None, now));
            }
            for (user, record) in &bundled.records {
                contents.push(self.content(bundled, user.clone(), Some(record), now));
            }
        }
        contents
    }

    /// The custom services that come along: the link name and where credentials of their connections may go.
    pub fn services(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.services.iter().map(|bundled| (bundled.service.link_name.as_str(), bundled.service.hosts.as_slice()))
    }

    fn service(&self, link_name: &str) -> Option<&BundledService> {
        self.services.iter().find(|bundled| bundled.service.link_name.as_str() == link_name)
    }

    fn content(&self, bundled: &BundledConnection, user: Option<String>, record: Option<&Record>, now: u64) -> Content {
        let connection = &bundled.connection;
        let has = |key: &str| record.is_some_and(|record| !record.field(key).is_empty());
        Content {
            link_name: connection.link_name.to_string(),
            service: connection.service.clone(),
            with_service: self.service(&connection.service).is_some(),
            user,
            account: record.and_then(|record| record.about.account.clone()),
            credentials: record.map(|record| record.fields.keys().cloned().collect()).unwrap_or_default(),
            has_refresh_token: has(REFRESH),
            rotates: has(PREVIOUS),
            expires_in: record.and_then(|record| record.expires_at).map(|end| super::summary::remaining(end, now)),
            default_for: connection.default_for.clone(),
            state: record.map_or("not connected", state),
        }
    }
}

#[doc(hidden)] // For the command line.
/// Writes a bundle into a file that only its owner may read, and that is not there yet.
///
/// # Errors
/// When it is there, or cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    match files::create_private(path, bytes)? {
        true => Ok(()),
        false => {
            let reason = "it is there already".to_owned();
            Err(Error::File { action: "write", path: path.to_owned(), reason })
        }
    }
}

fn state(record: &Record) -> &'static str {
    match &record.state {
        State::Revoked => "revoked",
        _ if record.about.disabled => "disabled",
        State::NeedsReconnect { .. } => "needs reconnect",
        State::Connected => "connected",
    }
}

/// The keys under which tokens are kept.
const ACCESS: &str = "access_token";
const REFRESH: &str = "refresh_token";
const PREVIOUS: &str = "previous_refresh_token";
