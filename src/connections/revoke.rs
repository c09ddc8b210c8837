//! Ends an authorisation: at the provider, where its service has an address for that (RFC 7009), and here. The provider
//! is told first: when it cannot be, nothing is forgotten, because only the stored token can end the access later.

use std::sync::Arc;

use serde_json::Value;

use super::auth::Auth;
use super::blocking::{aside, certainly};
use super::connection::Connection;
use super::create::check_user;
use super::session::Connections;
use super::target::Target;
use super::token::Exchange;
use super::vault::{Change, Record, RecordId, State};
use super::{Error, Origin};

/// Answers to a token that the provider does not know (any more), which ends what was to be ended.
const UNKNOWN_TOKEN: [&str; 5] = ["invalid_token", "invalid_grant", "invalid_code", "token_revoked", "token_expired"];

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// What the provider knows.
    pub told: Told,
    /// Where the credentials were.
    pub vault: String,
}

/// What the provider knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It ended the access.
    Provider {
        /// The host that was told.
        host: String,
    },
    /// It was not told, since there is no address or no token for that.
    Nothing {
        /// Why, in words.
        reason: &'static str,
    },
    /// It could not be told, and the credentials were forgotten all the same.
    Unreached {
        /// What stood in the way.
        problem: String,
    },
}

impl Told {
    /// The host that was told, if one was.
    pub fn host(&self) -> Option<&str> {
        match self {
            Told::Provider { host } => Some(host),
            Told::Nothing { .. } | Told::Unreached { .. } => None,
        }
    }
}

impl Connections {
    /// Revokes the authorisation of the owner or of a user. The connection stays defined. With `force` the credentials are
    /// forgotten even if the provider cannot be told.
    ///
    /// # Errors
    /// [`Error::NotAuthorised`] and [`Error::Revoked`] when there is nothing to revoke; [`Error::RevokeFailed`].
    pub async fn revoke(&self, link_name: &str, user: Option<&str>, force: bool) -> Result<Revoked, Error> {
        let connection = self.registry_of(link_name).connection(link_name)?;
        let user = check_user(&connection, user)?;
        let id = RecordId::new(connection.link_name.as_str(), user);
        self.revoke_record(&connection, &id, force).await
    }

    /// Revokes every authorisation of all connections of a service: what an edit or the end of a service means for them
    /// (Zoho help page "Connections"), so that no credential outlives the definition that it was given for. The
    /// credentials are forgotten even where the provider cannot be told. Gives what came of each, with its link name.
    ///
    /// # Errors
    /// A registry or vault that cannot be read or written; what was revoked before stays so.
    pub async fn revoke_service(&self, service: &str) -> Result<Vec<(String, Revoked)>, Error> {
        let mut all = Vec::new();
        for connection in self.connections()?.iter().filter(|connection| connection.service == service) {
            let revoked = self.revoke_all(connection.link_name.as_str()).await?;
            all.extend(revoked.into_iter().map(|(_, revoked)| (connection.link_name.to_string(), revoked)));
        }
        Ok(all)
    }

    /// Revokes every authorisation of a connection, as its end does, and gives what came of each with its user. The
    /// credentials are forgotten even where the provider cannot be told.
    ///
    /// # Errors
    /// [`Error::UnknownLinkName`]; a registry or vault that cannot be read or written; what was revoked before stays so.
    pub async fn revoke_all(&self, link_name: &str) -> Result<Vec<(Option<String>, Revoked)>, Error> {
        let connection = self.registry_of(link_name).connection(link_name)?;
        let link_name = connection.link_name.to_string();
        let origin = self.registry_of(&link_name).origin_of(&link_name).unwrap_or(Origin::Program);
        let vault = self.vault_of(origin);
        let mut all = Vec::new();
        for id in aside(move || vault.ids()).await?.iter().filter(|id| id.link_name() == link_name) {
            match self.revoke_record(&connection, id, true).await {
                Ok(revoked) => all.push((id.user().map(str::to_owned), revoked)),
                Err(Error::Revoked { .. } | Error::NotAuthorised { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(all)
    }

    async fn revoke_record(&self, connection: &Connection, id: &RecordId, force: bool) -> Result<Revoked, Error> {
        let link_name = connection.link_name.to_string();
        let registry = self.registry_of(&link_name);
        let vault = self.vault_of(registry.origin_of(&link_name).unwrap_or(Origin::Program));
        let (service, user) = (connection.service.clone(), id.user().map(str::to_owned));
        let _alone = self.alone(id, &vault).await?;
        let (asked, of) = (Arc::clone(&vault), id.clone());
        let record = match aside(move || asked.get(&of)).await? {
            None => {
                let signs_in = self.signs_in(&link_name);
                return Err(Error::NotAuthorised { link_name, service, user, signs_in });
            }
            Some(record) if record.state == State::Revoked => {
                let signs_in = self.signs_in(&link_name);
                return Err(Error::Revoked { link_name, service, user, signs_in });
            }
            Some(record) => record,
        };
        let target = registry
            .service(&service)
            .and_then(|service| Target::new(connection, service, id.user(), Arc::clone(&vault)));
        let told = match target {
            Ok(target) => self.tell(&target, &record).await,
            // Of a service that cannot be read it is not known whether it has an address for that.
            Err(error) => Err(error.to_string()),
        };
        let told = match told {
            Ok(told) => told,
            Err(problem) if force => Told::Unreached { problem },
            Err(problem) => return Err(Error::RevokeFailed { link_name, user, problem }),
        };
        let (now, told_to, of) = (self.now(), Arc::clone(&vault), id.clone());
        let update = move || {
            told_to.update(&of, &mut |stored| {
                stored.map_or(Change::Keep, |stored| Change::Put(Box::new(empty(stored, now))))
            })
        };
        // What the provider has ended is not to be found here as connected.
        certainly(update).await?;
        let vault = aside(move || Ok(vault.describe())).await?;
        Ok(Revoked { told, vault })
    }

    /// Tells the provider; why it could not be told in words.
    async fn tell(&self, target: &Target, record: &Record) -> Result<Told, String> {
        let Auth::OAuth2(oauth2) = &target.service.auth else {
            return Ok(Told::Nothing {
                reason: "credentials of this type can be ended on the provider's own pages alone",
            });
        };
        let Some(url) = &oauth2.revoke_url else {
            return Ok(Told::Nothing { reason: "its service has no `revoke_url`" });
        };
        // Ending the refresh token ends what was got with it (RFC 7009, section 2.1).
        let tokens = [("refresh_token", record.field("refresh_token")), ("access_token", record.field("access_token"))];
        let Some((hint, token)) = tokens.into_iter().find(|(_, token)| !token.is_empty()) else {
            return Ok(Told::Nothing { reason: "no token was stored" });
        };
        if !target.changes(record).is_empty() {
            return Err("its definition changed after it was authorised, so nothing may be sent".to_owned());
        }
        let url = target.values.fill(target.service.link_name.as_str(), url).map_err(|error| error.to_string())?;
        target.check_scheme(&url, &self.client).map_err(|error| error.to_string())?;
        self.register(target, record);
        let exchange = Exchange {
            link_name: &target.link_name,
            oauth2,
            url: url.clone(),
            client_id: record.field("client_id"),
            client_secret: record.field("client_secret"),
            redactor: &self.redactor,
            now: self.now(),
        };
        let request = exchange.request(&[("token", token), ("token_type_hint", hint)]);
        let host = url.host_str().unwrap_or_default().to_owned();
        let response =
            self.client.send(request).await.map_err(|error| self.redactor.redact(&error.to_string()).into_owned())?;
        match (response.status, error_code(&response.body)) {
            (_, Some(code)) if UNKNOWN_TOKEN.contains(&code.as_str()) => Ok(Told::Provider { host }),
            (200..300, None) => Ok(Told::Provider { host }),
            (status, Some(code)) => {
                let code: String = code.chars().filter(|c| !c.is_control()).take(100).collect();
                Err(format!("{host} refused with status {status}: {}", self.redactor.redact(&code)))
            }
            (status, None) => Err(format!("{host} answered with status {status}")),
        }
    }
}

/// The record without anything that opens a door.
fn empty(record: Record, now: u64) -> Record {
    let mut record = Record {
        definition: Vec::new(),
        fields: Default::default(),
        expires_at: None,
        lifetime: None,
        scopes: Vec::new(),
        api_domain: None,
        state: State::Revoked,
        updated_at: now,
        ..record
    };
    record.about.disabled = false;
    record
}

/// The code of an error answer.
fn error_code(body: &[u8]) -> Option<String> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    answer.get("error").and_then(Value::as_str).filter(|code| !code.is_empty()).map(str::to_owned)
}
