//! What `connections list` and `connections show` tell: everything about a connection but its secrets.

use std::collections::BTreeMap;

use super::Error;
use super::connection::{Connection, Credentials};
use super::refresh::{is_lost, is_renewable};
use super::registry::Origin;
use super::session::Connections;
use super::target::Target;
use super::vault::{Record, State};

/// One authorisation of one connection; also a connection that has none yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The name that scripts use.
    pub link_name: String,
    /// The name that people read.
    pub name: String,
    /// The link name of its service.
    pub service: String,
    /// The authentication type; empty when the service cannot be read.
    pub auth_type: &'static str,
    /// Whether a person consents for it in a browser or by a code, and gives no credentials.
    pub signs_in: bool,
    /// Whose credentials runs use.
    pub credentials: Credentials,
    /// Whose authorisation this is; the owner's when absent.
    pub user: Option<String>,
    /// How it is.
    pub status: Status,
    /// The scopes of the connection.
    pub scopes: Vec<String>,
    /// Where its credentials may go.
    pub hosts: Vec<String>,
    /// The values of the service's dynamic parameters.
    pub parameters: BTreeMap<String, String>,
    /// Groups of integration tasks that use it when a call names none.
    pub default_for: Vec<String>,
    /// Seconds until the access token ends; negative when it has ended.
    pub expires_in: Option<i64>,
    /// Whether another access token can be had when it has ended.
    pub renewable: bool,
    /// Whose files define it.
    pub origin: Origin,
    /// Where its credentials are and what opens them.
    pub vault: String,
    /// Whose connection it is, as Zoho's page sorts them.
    pub kind: Kind,
    /// The account at the service, where it is known.
    pub account: Option<String>,
    /// Who authorised first.
    pub owner: Option<String>,
    /// The scopes that the server granted, where it said so.
    pub granted: Vec<String>,
    /// Seconds since it was last used, to the minute.
    pub last_used: Option<u64>,
    /// When it was authorised, in seconds since 1970.
    pub created_at: Option<u64>,
    /// When its record was last changed, in seconds since 1970.
    pub updated_at: Option<u64>,
    /// What one should know before trusting it with a credential.
    pub warnings: Vec<String>,
}

/// Whose connection it is, as Zoho's page sorts them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The owner's own.
    My,
    /// One user's authorisation of a connection that uses the login user's credentials.
    Shared,
    /// An extension's: `namespace__name`.
    Extension {
        /// What stands before `__`.
        namespace: String,
    },
}

impl Kind {
    fn of(link_name: &str, user: Option<&str>) -> Self {
        match (link_name.split_once("__"), user) {
            (Some((namespace, _)), _) => Kind::Extension { namespace: namespace.to_owned() },
            (None, Some(_)) => Kind::Shared,
            (None, None) => Kind::My,
        }
    }

    /// One word.
    pub fn as_str(&self) -> &'static str {
        match self {
            Kind::My => "my",
            Kind::Shared => "shared",
            Kind::Extension { .. } => "extension",
        }
    }
}

/// How an authorisation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// No credentials are stored.
    NotConnected,
    /// It can be used.
    Connected,
    /// The server ended it.
    NeedsReconnect {
        /// In words.
        reason: String,
    },
    /// Its definition is not the one that the credentials were given for.
    DefinitionChanged {
        /// The changed lines.
        changes: Vec<String>,
    },
    /// A person ended it, and the credentials are gone.
    Revoked,
    /// A person switched it off; the credentials are kept.
    Disabled,
    /// Its service cannot be used.
    Unusable {
        /// In words.
        reason: String,
    },
}

impl Status {
    /// One or two words for a table.
    pub fn as_str(&self) -> &'static str {
        match self {
            Status::NotConnected => "not connected",
            Status::Connected => "connected",
            Status::NeedsReconnect { .. } => "needs reconnect",
            Status::DefinitionChanged { .. } => "definition changed",
            Status::Revoked => "revoked",
            Status::Disabled => "disabled",
            Status::Unusable { .. } => "unusable",
        }
    }
}

impl Connections {
    /// Every connection with each of its authorisations, by link name.
    ///
    /// # Errors
    /// When a vault cannot be opened.
    pub fn summaries(&self) -> Result<Vec<Summary>, Error> {
        let all = self.connections()?;
        let mut summaries = Vec::new();
        for connection in &all {
            summaries.extend(self.summaries_of(connection)?);
        }
        Ok(summaries)
    }

    /// One connection with each of its authorisations.
    ///
    /// # Errors
    /// [`Error::UnknownLinkName`], or a vault that cannot be opened.
    pub fn summary(&self, link_name: &str) -> Result<Vec<Summary>, Error> {
        let connection = self.registry_of(link_name).connection(link_name)?;
        self.summaries_of(&connection)
    }

    fn summaries_of(&self, connection: &Connection) -> Result<Vec<Summary>, Error> {
        let link_name = connection.link_name.as_str();
        let origin = self.registry_of(link_name).origin_of(link_name).unwrap_or(Origin::Program);
        let vault = self.vault_of(origin);
        let mut users: Vec<Option<String>> = Vec::new();
        if connection.credentials == Credentials::User {
            let ids = vault.ids()?;
            let own = ids.iter().filter(|id| id.link_name() == link_name);
            users.extend(own.map(|id| id.user().map(str::to_owned)));
        }
        if users.is_empty() {
            users.push(None);
        }
        users.into_iter().map(|user| self.summarise(connection, user, origin)).collect()
    }

    fn summarise(&self, connection: &Connection, user: Option<String>, origin: Origin) -> Result<Summary, Error> {
        let vault = self.vault_of(origin);
        let mut summary = Summary {
            link_name: connection.link_name.to_string(),
            name: connection.name.clone(),
            service: connection.service.clone(),
            auth_type: "",
            signs_in: false,
            credentials: connection.credentials,
            user: user.clone(),
            status: Status::NotConnected,
            scopes: connection.scopes.clone(),
            hosts: Vec::new(),
            parameters: connection.parameters.clone(),
            default_for: connection.default_for.clone(),
            expires_in: None,
            renewable: false,
            origin,
            vault: vault.describe(),
            kind: Kind::of(connection.link_name.as_str(), user.as_deref()),
            account: None,
            owner: None,
            granted: Vec::new(),
            last_used: None,
            created_at: None,
            updated_at: None,
            warnings: Vec::new(),
        };
        let service = self.registry_of(connection.link_name.as_str()).service(&connection.service);
        let target = service.and_then(|service| Target::new(connection, service, user.as_deref(), vault));
        let target = match target {
            Ok(target) => target,
            Err(error) => {
                summary.status = Status::Unusable { reason: error.to_string() };
                return Ok(summary);
            }
        };
        summary.auth_type = target.service.auth.type_name();
        summary.signs_in = target.service.auth.signs_in();
        summary.hosts = target.hosts.texts().map(str::to_owned).collect();
        summary.warnings = warnings(&target);
        let Some(record) = target.vault.get(&target.id)? else { return Ok(summary) };
        // What is older was another connection of this name.
        let last_used = self.usage.last(origin, &target.id).filter(|time| *time >= record.created_at);
        summary.last_used = last_used.map(|time| self.now().saturating_sub(time));
        summary.account = record.about.account.clone();
        summary.owner = record.about.owner.clone();
        summary.granted = record.scopes.clone();
        summary.created_at = Some(record.created_at);
        summary.updated_at = Some(record.updated_at);
        summary.renewable = is_renewable(&target.service.auth, &record);
        summary.status = status(&target, &record, self.now());
        summary.expires_in = record.expires_at.map(|end| remaining(end, self.now()));
        Ok(summary)
    }
}

fn status(target: &Target, record: &Record, now: u64) -> Status {
    let changes = target.changes(record);
    match &record.state {
        State::Revoked => Status::Revoked,
        _ if record.about.disabled => Status::Disabled,
        _ if !changes.is_empty() => Status::DefinitionChanged { changes },
        State::NeedsReconnect { reason } => Status::NeedsReconnect { reason: reason.clone() },
        State::Connected if is_lost(&target.service.auth, record, now) => {
            Status::NeedsReconnect { reason: "its access token has expired and there is no refresh token".to_owned() }
        }
        State::Connected => Status::Connected,
    }
}

fn warnings(target: &Target) -> Vec<String> {
    let mut warnings = Vec::new();
    if target.hosts.allow_every_host() {
        warnings.push("its service has `hosts = [\"*\"]`: its credentials may go to every host".to_owned());
    }
    if target.service.plain_http {
        warnings.push("its service has `plain_http = true`: its credentials may go unencrypted".to_owned());
    }
    warnings
}

pub(super) fn remaining(end: u64, now: u64) -> i64 {
    let seconds = |time: u64| i64::try_from(time).unwrap_or(i64::MAX);
    seconds(end).saturating_sub(seconds(now))
}
