//! One authorisation: the credentials, what they were given for, and how they are. It is turned to bytes only to be
//! sealed, in buffers that are wiped.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::secret::Secret;

/// Names a record: the connection and, unless it is the owner's, the user.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(String);

impl RecordId {
    /// The record of a connection's owner, or of one user.
    pub fn new(link_name: &str, user: Option<&str>) -> Self {
        // A link name never holds a slash, so the owner's record cannot be confused with any user's.
        Self(match user {
            Some(user) => format!("{link_name}/{user}"),
            None => link_name.to_owned(),
        })
    }

    pub(super) fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text under which the record is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The connection.
    pub fn link_name(&self) -> &str {
        self.0.split_once('/').map_or(self.0.as_str(), |(link_name, _)| link_name)
    }

    /// The user; none for the owner.
    pub fn user(&self) -> Option<&str> {
        self.0.split_once('/').map(|(_, user)| user)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One authorisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What the credentials were given for, as lines: a later definition that differs gets none of them.
    pub definition: Vec<String>,
    /// The credentials by their keys.
    pub fields: BTreeMap<String, Secret>,
    /// When the access token ends, in seconds since 1970; unknown when absent.
    pub expires_at: Option<u64>,
    /// How long the access token was given for, in seconds.
    pub lifetime: Option<u64>,
    /// The scopes that the server granted, when it said so.
    pub scopes: Vec<String>,
    /// Zoho's `api_domain` of the last token answer.
    pub api_domain: Option<String>,
    /// How it is.
    pub state: State,
    /// How the last renewals of its token went.
    pub renewal: Renewal,
    /// What people know about it.
    pub about: About,
    /// When it was made, in seconds since 1970.
    pub created_at: u64,
    /// When it was last changed, in seconds since 1970.
    pub updated_at: u64,
}

/// How the renewals of a token went: kept beside it, so that every process knows when the next may be tried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Renewal {
    /// When the token endpoint last gave a token, in seconds since 1970.
    pub succeeded_at: Option<u64>,
    /// How often in a row it gave none since then.
    pub failures: u32,
    /// When it last gave none, in seconds since 1970.
    pub failed_at: u64,
    /// Until when it wants to be left alone (`Retry-After`), in seconds since 1970; 0 when it did not say.
    pub retry_at: u64,
    /// What was wrong the last time, in words.
    pub problem: String,
    /// When one was begun of which no end is known, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begun_at: Option<u64>,
}

impl Renewal {
    /// Whether none was ever tried.
    fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

/// What people know about an authorisation; it decides nothing but whether it is switched off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The account at the service, as the person or the service names it.
    pub account: Option<String>,
    /// Who authorised first, and so owns the connection.
    pub owner: Option<String>,
    /// Whether it is switched off for the time being; its credentials are kept.
    pub disabled: bool,
}

/// Whether an authorisation can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It can.
    Connected,
    /// The server ended it; the stored credentials are kept.
    NeedsReconnect {
        /// In words.
        reason: String,
    },
    /// A person ended it, and the credentials are gone.
    Revoked,
}

/// The record as it is sealed; `Text` is borrowed for writing and owned after reading.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::connections) struct Plain<Text> {
    definition: Vec<Text>,
    fields: BTreeMap<String, Text>,
    expires_at: Option<u64>,
    lifetime: Option<u64>,
    scopes: Vec<String>,
    api_domain: Option<String>,
    needs_reconnect: Option<String>,
    // What is absent in older records, and left out where it says nothing, so that those can be read by older versions.
    #[serde(default, skip_serializing_if = "Renewal::is_unknown")]
    renewal: Renewal,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    disabled: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    revoked: bool,
    created_at: u64,
    updated_at: u64,
}

impl Record {
    /// A credential; empty when it is not there.
    pub fn field(&self, key: &str) -> &str {
        self.fields.get(key).map(Secret::open).unwrap_or_default()
    }

    pub(super) fn to_bytes(&self) -> Option<Zeroizing<Vec<u8>>> {
        // Room for the usual record, so that growing leaves no unwiped copies behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(16 * 1024));
        serde_json::to_writer(&mut *bytes, &self.plain()).ok()?;
        Some(bytes)
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().map(Self::from_plain)
    }

    /// The record as it is sealed.
    pub(in crate::connections) fn plain(&self) -> Plain<&str> {
        Plain {
            definition: self.definition.iter().map(String::as_str).collect(),
            fields: self.fields.iter().map(|(key, secret)| (key.clone(), secret.open())).collect(),
            expires_at: self.expires_at,
            lifetime: self.lifetime,
            scopes: self.scopes.clone(),
            api_domain: self.api_domain.clone(),
            needs_reconnect: match &self.state {
                State::Connected | State::Revoked => None,
                State::NeedsReconnect { reason } => Some(reason.clone()),
            },
            renewal: self.renewal.clone(),
            account: self.about.account.clone(),
            owner: self.about.owner.clone(),
            disabled: self.about.disabled,
            revoked: self.state == State::Revoked,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }

    /// The record that was sealed.
    pub(in crate::connections) fn from_plain(plain: Plain<String>) -> Self {
        Self {
            definition: plain.definition,
            fields: plain.fields.into_iter().map(|(key, text)| (key, Secret::new(text))).collect(),
            expires_at: plain.expires_at,
            lifetime: plain.lifetime,
            scopes: plain.scopes,
            api_domain: plain.api_domain,
            state: match plain.needs_reconnect {
                _ if plain.revoked => State::Revoked,
                None => State::Connected,
                Some(reason) => State::NeedsReconnect { reason },
            },
            renewal: plain.renewal,
            about: About { account: plain.account, owner: plain.owner, disabled: plain.disabled },
            created_at: plain.created_at,
            updated_at: plain.updated_at,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A record as it was written before there was anything about accounts, owners and switches.
    const OLD: &str = "{\"definition\":[\"a\"],\"fields\":{\"token\":\"t\"},\"expires_at\":null,\"lifetime\":7,\"scopes\":[],\
                       \"api_domain\":null,\"needs_reconnect\":null,\"created_at\":1,\"updated_at\":2}";

    #[test]
    fn older_records_are_read_and_stay_as_they_are() {
        let record = Record::from_bytes(OLD.as_bytes()).unwrap();
        assert_eq!((&record.state, &record.about), (&State::Connected, &About::default()));
        assert_eq!(std::str::from_utf8(&record.to_bytes().unwrap()).unwrap(), OLD);
    }

    #[test]
    fn what_is_known_comes_back() {
        let mut record = Record::from_bytes(OLD.as_bytes()).unwrap();
        record.about = About { account: Some("a".into()), owner: Some("b".into()), disabled: true };
        for state in [State::Connected, State::Revoked, State::NeedsReconnect { reason: "c".into() }] {
            record.state = state;
            assert_eq!(Record::from_bytes(&record.to_bytes().unwrap()), Some(record.clone()));
        }
    }
}
