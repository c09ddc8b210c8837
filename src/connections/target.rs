//! A connection, its service and whose authorisation it is, put together for one request. Whether the credentials may go
//! somewhere is decided here: by the definition that they were given for, the host and the scheme.

use std::sync::Arc;

use url::Url;

use super::Error;
use super::connection::{Connection, Credentials};
use super::dynamic::Values;
use super::hosts::{Hosts, is_loopback};
use super::service::Service;
use super::vault::{Record, RecordId, State, Vault};
use crate::http::{Client, Request};

/// A connection with everything that sending through it needs, for one user.
pub(super) struct Target {
    pub(super) link_name: String,
    pub(super) id: RecordId,
    pub(super) service: Arc<Service>,
    pub(super) scopes: Vec<String>,
    pub(super) values: Values,
    pub(super) hosts: Hosts,
    /// What the credentials must have been given for.
    pub(super) definition: Vec<String>,
    pub(super) vault: Arc<dyn Vault>,
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Target").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Target {
    pub(super) fn new(
        connection: &Connection,
        service: Arc<Service>,
        user: Option<&str>,
        vault: Arc<dyn Vault>,
    ) -> Result<Self, Error> {
        let name = service.link_name.as_str();
        let values = Values::new(name, &service.dynamic, &connection.parameters)?;
        let patterns = service.hosts.iter().map(|host| match host.contains('{') {
            true => values.fill_host(name, host),
            false => Ok(host.clone()),
        });
        let patterns = patterns.collect::<Result<Vec<_>, _>>()?;
        let hosts = Hosts::parse(patterns.iter().map(String::as_str)).map_err(|problem| Error::InvalidParameter {
            service: name.to_owned(),
            key: "hosts".to_owned(),
            problem,
        })?;
        let user = user.filter(|_| connection.credentials == Credentials::User);
        let mut definition = service.definition();
        definition.extend(values.definition());
        definition.extend(connection.scopes.iter().map(|scope| format!("connection.scope = {scope}")));
        Ok(Self {
            link_name: connection.link_name.to_string(),
            id: RecordId::new(connection.link_name.as_str(), user),
            scopes: connection.scopes.clone(),
            values,
            hosts,
            definition,
            vault,
            service,
        })
    }

    /// The stored authorisation, if it was given for exactly this definition.
    pub(super) fn record(&self) -> Result<Record, Error> {
        let (link_name, user) = (self.link_name.clone(), self.id.user().map(str::to_owned));
        let (service, signs_in) = (self.service.link_name.to_string(), self.service.auth.signs_in());
        let Some(record) = self.vault.get(&self.id)? else {
            return Err(Error::NotAuthorised { link_name, service, user, signs_in });
        };
        if record.state == State::Revoked {
            return Err(Error::Revoked { link_name, service, user, signs_in });
        }
        if record.about.disabled {
            return Err(Error::Disabled { link_name, user });
        }
        let changes = self.changes(&record);
        if !changes.is_empty() {
            return Err(Error::DefinitionChanged { link_name, service, user, changes, signs_in });
        }
        Ok(record)
    }

    /// The lines in which the definition differs from the one that the credentials were given for.
    pub(super) fn changes(&self, record: &Record) -> Vec<String> {
        changed_lines(&record.definition, &self.definition)
    }

    /// The request with its placeholders filled in, if the credentials may go where it goes.
    pub(super) fn address(&self, request: Request, client: &Client) -> Result<Request, Error> {
        let request = self.filled(request)?;
        self.check_scheme(&request.url, client)?;
        Ok(request)
    }

    /// The same before the way there is known.
    pub(super) fn filled(&self, mut request: Request) -> Result<Request, Error> {
        request.url = self.values.fill(self.service.link_name.as_str(), &request.url)?;
        if self.hosts.allow(&request.url) {
            return Ok(request);
        }
        Err(self.invalid_domain(&request.url))
    }

    pub(super) fn invalid_domain(&self, url: &Url) -> Error {
        Error::InvalidDomain {
            link_name: self.link_name.clone(),
            service: self.service.link_name.to_string(),
            host: host_and_port(url),
            hosts: self.hosts.texts().map(str::to_owned).collect(),
        }
    }

    /// Refuses to send credentials unencrypted, except where the service allows it, to this machine, or where the
    /// client's settings let that host through.
    pub(super) fn check_scheme(&self, url: &Url, client: &Client) -> Result<(), Error> {
        let is_allowed = match url.scheme() {
            "https" => true,
            "http" => self.service.plain_http || is_loopback(url) || client.allows_plain_http(url),
            _ => false,
        };
        if is_allowed {
            return Ok(());
        }
        Err(Error::PlainHttp { link_name: self.link_name.clone(), host: host_and_port(url) })
    }

    pub(super) fn needs_reconnect(&self, reason: String) -> Error {
        let (link_name, service) = (self.link_name.clone(), self.service.link_name.to_string());
        let (user, signs_in) = (self.id.user().map(str::to_owned), self.service.auth.signs_in());
        Error::NeedsReconnect { link_name, service, user, reason, signs_in }
    }
}

/// What stands in one definition alone: `- ` in the first, `+ ` in the second.
pub(super) fn changed_lines(before: &[String], now: &[String]) -> Vec<String> {
    if before == now {
        return Vec::new();
    }
    let gone = before.iter().filter(|line| !now.contains(line)).map(|line| format!("- {line}"));
    let new = now.iter().filter(|line| !before.contains(line)).map(|line| format!("+ {line}"));
    let mut changes: Vec<_> = gone.chain(new).collect();
    if changes.is_empty() {
        changes.push("the order of the settings".to_owned());
    }
    changes
}

fn host_and_port(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
