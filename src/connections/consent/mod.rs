//! Signing in. A [`Consent`] is one authorisation under way: what is to be authorised is fixed before anybody consents,
//! nothing is written until the provider gave a token, and then all of it is. The ways to a token are files of their own;
//! none of them listens, opens a browser or asks: that is the program's part.

pub(super) mod account;
mod callback;
mod code;
mod data_centre;
mod device;
mod oauth1;
mod problem;
mod proof;

use std::collections::BTreeMap;
use std::sync::PoisonError;

pub use code::{Code, CodeConsent};
pub use device::DeviceCode;
pub use oauth1::{RequestToken, Verifier};
pub use problem::Problem;

use super::Error;
use super::auth::{Auth, Field, Fields, Grant};
use super::connection::Connection;
use super::create::{CreateConnection, Prepared};
use super::service::Service;
use super::session::Connections;
use super::target::Target;
use super::vault::{Record, State};
use crate::secret::Secret;

/// Lines of a definition that do not decide where the client's own credentials go.
const SCOPE_LINE: &str = "connection.scope = ";

/// What a client proves itself with.
const CLIENT: [&str; 4] = ["client_id", "client_secret", "consumer_key", "consumer_secret"];

/// How a connection comes to its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A person consents in a browser (RFC 6749, 4.1).
    Code,
    /// A person types a short code on any device (RFC 8628).
    Device,
    /// A person consents to a request token (RFC 5849, 2).
    OAuth1,
    /// The client asks in its own name (RFC 6749, 4.4).
    Client,
}

/// One authorisation under way.
#[derive(Debug)]
pub struct Consent {
    connections: Connections,
    prepared: Prepared,
    /// What the client proves itself with, and what else is to be kept beside the token.
    fields: Fields,
    /// The client was stored before, so one without a secret has none.
    is_known: bool,
    /// The account, as the person names it.
    account: Option<String>,
    owner: Option<String>,
}

/// What the provider gave, whichever way it was asked.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// The token and what belongs to it, by the keys of the authentication type.
    pub(super) fields: Vec<(String, Secret)>,
    /// The token's life in seconds, when it is known.
    pub(super) life: Option<u64>,
    /// The scopes that the provider named; those that were asked for when it named none.
    pub(super) scopes: Vec<String>,
    /// Zoho's address of the API for the account's data centre.
    pub(super) api_domain: Option<String>,
    /// The account, as the provider names it.
    pub(super) account: Option<String>,
}

/// What was authorised.
#[derive(Clone, Debug, PartialEq)]
pub struct Authorised {
    /// Where the credentials are now.
    pub vault: String,
    /// The account at the provider, when it is known.
    pub account: Option<String>,
    /// When the token ends, in seconds since 1970, when that is known.
    pub expires_at: Option<u64>,
    /// Scopes that were asked for and not given.
    pub refused_scopes: Vec<String>,
    /// What the person should know.
    pub warnings: Vec<String>,
}

impl Connections {
    /// Begins to authorise a connection: one that exists, or one that is made when the provider gave a token. The
    /// client's credentials may be left out when they are stored and the definition is still the one they were given for.
    ///
    /// # Errors
    /// As for [`Connections::create`]; [`Problem::NoConsent`] for a type of authentication that has nothing to consent to.
    pub fn consent(&self, mut wanted: CreateConnection) -> Result<Consent, Error> {
        let given = std::mem::take(&mut wanted.fields);
        let (account, owner) = (wanted.account.clone(), wanted.owner.clone());
        if let Some((key, _)) = given.iter().find(|(key, _)| !CLIENT.contains(&key.as_str())) {
            let problem =
                "comes from the provider; one that you have is stored by `sluice connections create`".to_owned();
            return Err(Error::InvalidCredential { key: key.clone(), problem });
        }
        let prepared = self.prepare(&wanted)?;
        let mut fields = known_client(&prepared.target)?;
        let is_known = !fields.is_empty();
        fields.extend(self.checked_fields(&prepared.target.service, given)?);
        let consent = Consent { connections: self.clone(), prepared, fields, is_known, account, owner };
        consent.way()?;
        self.register_fields(&consent.prepared.target.service, &consent.fields);
        Ok(consent)
    }
}

impl Consent {
    /// How this connection comes to its token.
    ///
    /// # Errors
    /// [`Problem::NoConsent`].
    pub fn way(&self) -> Result<Way, Error> {
        match &self.target().service.auth {
            Auth::OAuth2(oauth2) => Ok(match oauth2.grant {
                Grant::AuthorizationCode | Grant::AuthorizationCodePkce => Way::Code,
                Grant::ClientCredentials => Way::Client,
                Grant::DeviceCode => Way::Device,
            }),
            Auth::OAuth1(_) => Ok(Way::OAuth1),
            auth @ (Auth::Basic(_) | Auth::ApiKey(_) | Auth::AwsV4(_)) => Err(self.problem(Problem::NoConsent {
                link_name: self.target().link_name.clone(),
                service: self.target().service.link_name.to_string(),
                kind: auth.type_name(),
            })),
        }
    }

    /// The connection as it is or will be defined.
    pub fn connection(&self) -> &Connection {
        &self.prepared.connection
    }

    /// The user whose authorisation it will be; the owner when absent.
    pub fn user(&self) -> Option<&str> {
        self.target().id.user()
    }

    /// Whether the client has a secret.
    pub fn has_secret(&self) -> bool {
        ["client_secret", "consumer_secret"].iter().any(|key| !self.field(key).is_empty())
    }

    /// The service of the connection.
    pub fn service(&self) -> &Service {
        &self.target().service
    }

    /// What the client proves itself with and is not known yet: to be asked for, and given with [`Consent::add`].
    pub fn lacks(&self) -> Vec<Field> {
        let fields = self.service().auth.fields();
        let own: Vec<Field> = fields.into_iter().filter(|field| CLIENT.contains(&field.key.as_str())).collect();
        own.into_iter().filter(|field| !self.is_known && !self.fields.contains_key(&field.key)).collect()
    }

    /// Adds what was asked for.
    ///
    /// # Errors
    /// A value that cannot be sent, or a key that is not known.
    pub fn add(&mut self, given: Vec<(String, Secret)>) -> Result<(), Error> {
        let fields = self.connections.checked_fields(&self.prepared.target.service, given)?;
        self.fields.extend(fields);
        self.connections.register_fields(&self.prepared.target.service, &self.fields);
        Ok(())
    }

    fn target(&self) -> &Target {
        &self.prepared.target
    }

    /// One of the client's credentials; empty when it was not given.
    fn field(&self, key: &str) -> &str {
        self.fields.get(key).map(Secret::open).unwrap_or_default()
    }

    /// Says which of the client's credentials are missing, if any are.
    fn check_client(&self, needed: &[(&str, &str)]) -> Result<(), Error> {
        let missing: Vec<_> = needed.iter().filter(|(key, _)| self.field(key).is_empty()).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let missing: Vec<_> = missing.iter().map(|(key, name)| format!("`{key}` ({name})")).collect();
        let service = self.target().service.link_name.to_string();
        Err(Error::MissingCredential { service, missing: missing.join(", ") })
    }

    fn problem(&self, problem: Problem) -> Error {
        Error::Consent(Box::new(problem))
    }

    /// Stores what the provider gave: the record in the vault, and the connection's entry when it is new. Then the service
    /// is asked for the account, if it has an address for that and nobody told it yet.
    async fn store(self, given: Given) -> Result<Authorised, Error> {
        let (connections, target) = (self.connections.clone(), self.prepared.target.id.clone());
        let asks = self.prepared.target.service.verify.as_ref().is_some_and(|verify| verify.account.is_some());
        let mut authorised = {
            // A renewal of the old token that is under way must not be stored over the new one.
            let _alone = connections.alone(&target, &self.prepared.target.vault).await?;
            self.store_alone(given)?
        };
        if asks && authorised.account.is_none() {
            let tested = connections.test(target.link_name(), target.user(), None).await;
            // That the account is not known is no reason to call off what was authorised.
            authorised.account = tested.ok().and_then(|tested| tested.account);
        }
        Ok(authorised)
    }

    fn store_alone(self, given: Given) -> Result<Authorised, Error> {
        let Self { connections, prepared, mut fields, account, owner, .. } = self;
        let target = &prepared.target;
        let _changing = connections.changing.lock().unwrap_or_else(PoisonError::into_inner);
        fields.extend(given.fields);
        let mut warnings = connections.warnings(&target.service, target, &fields);
        warnings.extend(ends_soon(&target.service.auth, &fields, given.life));
        let before = target.vault.get(&target.id)?;
        let mut record = connections.new_record(target, fields, given.life, before.as_ref());
        record.api_domain = given.api_domain;
        // Whoever signs in chooses the account anew, so the one that was known before says nothing.
        record.about = connections.about(target, None, owner, before.as_ref())?;
        record.about.account = account.or(given.account);
        let is_refused = |scope: &&String| {
            !given.scopes.is_empty() && !given.scopes.iter().any(|given| given.eq_ignore_ascii_case(scope))
        };
        let refused_scopes = target.scopes.iter().filter(is_refused).cloned().collect();
        if !given.scopes.is_empty() {
            record.scopes = given.scopes;
        }
        let account = record.about.account.clone();
        let expires_at = record.expires_at;
        let warnings = connections.put_prepared(&prepared, record, before, warnings)?;
        Ok(Authorised { vault: target.vault.describe(), account, expires_at, refused_scopes, warnings })
    }
}

/// What to know of a token that ends and cannot be renewed.
fn ends_soon(auth: &Auth, fields: &Fields, life: Option<u64>) -> Option<String> {
    let Auth::OAuth2(oauth2) = auth else { return None };
    let life = life.filter(|_| !fields.contains_key("refresh_token") && oauth2.grant != Grant::ClientCredentials)?;
    Some(format!(
        "the provider gave no refresh token, so the access ends in {life} seconds and somebody has to sign in again; many \
         providers give one when the scopes or the `authorize_url` of the service ask for it (`offline_access`, \
         `access_type=offline`)"
    ))
}

/// What is stored of the client itself, unless it could now go elsewhere than it was meant to.
fn known_client(target: &Target) -> Result<Fields, Error> {
    let Some(record) = target.vault.get(&target.id)? else { return Ok(BTreeMap::new()) };
    let is_same =
        target.changes(&record).iter().all(|line| line.get(2..).is_some_and(|line| line.starts_with(SCOPE_LINE)));
    if record.state == State::Revoked || !is_same {
        return Ok(BTreeMap::new());
    }
    let Record { fields, .. } = record;
    Ok(fields.into_iter().filter(|(key, _)| CLIENT.contains(&key.as_str())).collect())
}
