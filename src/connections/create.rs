//! Makes and removes connections. Making one again under the same definition authorises it again, which is also how a
//! changed definition is confirmed; anything that differs from what is there must be deleted first, because in Zoho too a
//! connected connection cannot be edited (help page "Connections").

use std::collections::BTreeMap;
use std::sync::PoisonError;

use super::Error;
use super::auth::{Auth, Fields};
use super::connection::{Connection, Credentials};
use super::name::LinkName;
use super::service::{Service, Stage};
use super::session::Connections;
use super::target::Target;
use super::vault::{About, Change, Record, RecordId, Renewal, State};
use crate::diagnostic::suggest;
use crate::secret::Secret;

/// The longest user name.
const LONGEST_USER: usize = 200;

/// What a connection is made of.
#[derive(Clone, Debug, Default)]
pub struct CreateConnection {
    /// The name that scripts will use.
    pub link_name: String,
    /// The name that people read; the link name when absent.
    pub name: Option<String>,
    /// The service's link name.
    pub service: String,
    /// The scopes that were granted, or that client credentials ask for.
    pub scopes: Vec<String>,
    /// Values of the service's dynamic parameters.
    pub parameters: BTreeMap<String, String>,
    /// Whose credentials runs use.
    pub credentials: Credentials,
    /// Groups of integration tasks that use this connection when a call names none.
    pub default_for: Vec<String>,
    /// The credentials under the keys that the service asks for (see [`Auth::fields`]).
    pub fields: Vec<(String, Secret)>,
    /// The remaining life of a given access token in seconds; unknown when absent.
    pub expires_in: Option<i64>,
    /// Whose authorisation this is, for a connection whose credentials are the user's; the owner's when absent.
    pub user: Option<String>,
    /// The account at the service, for people.
    pub account: Option<String>,
    /// Who authorises; the first one stays the owner of the connection.
    pub owner: Option<String>,
}

/// A connection that is about to be authorised.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) connection: Connection,
    pub(super) target: Target,
    /// It has no entry yet.
    pub(super) is_new: bool,
    /// Its entry is to be another one.
    pub(super) is_edited: bool,
}

/// What was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Created {
    /// Where the credentials are now.
    pub vault: String,
    /// What the person should know.
    pub warnings: Vec<String>,
}

impl Connections {
    /// Makes a connection, or authorises one that exists: its entry in `connections.toml` and its record in the vault.
    ///
    /// # Errors
    /// What is wrong with the names, settings or credentials; nothing is written then.
    pub fn create(&self, wanted: CreateConnection) -> Result<Created, Error> {
        let _alone = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let prepared = self.prepare(&wanted)?;
        let target = &prepared.target;
        let fields = self.check_fields(&target.service, wanted.fields)?;
        check_expiry(&target.service, wanted.expires_in)?;
        let warnings = self.warnings(&target.service, target, &fields);
        let before = target.vault.get(&target.id)?;
        let life = wanted.expires_in.map(|seconds| u64::try_from(seconds).unwrap_or(0));
        let mut record = self.new_record(target, fields, life, before.as_ref());
        record.about = self.about(target, wanted.account, wanted.owner, before.as_ref())?;
        let warnings = self.put_prepared(&prepared, record, before, warnings)?;
        Ok(Created { vault: target.vault.describe(), warnings })
    }

    /// What is to be authorised: the connection that exists, if it is what is wanted, or one that is yet to be made.
    pub(super) fn prepare(&self, wanted: &CreateConnection) -> Result<Prepared, Error> {
        let registry = self.registry_of(&wanted.link_name);
        let service = registry.service(&wanted.service)?;
        if service.stage == Stage::Draft {
            return Err(Error::ServiceInDraft { service: service.link_name.to_string() });
        }
        let (connection, origin, is_new) = match registry.connection(&wanted.link_name) {
            Ok(known) => {
                check_same(&known, wanted, &service)?;
                let origin = registry.origin_of(&wanted.link_name).unwrap_or_else(|| registry.origin_of_new());
                (known, origin, false)
            }
            Err(Error::UnknownLinkName { .. }) => (new_connection(wanted, &service)?, registry.origin_of_new(), true),
            Err(error) => return Err(error),
        };
        let user = check_user(&connection, wanted.user.as_deref())?;
        let target = Target::new(&connection, service, user, self.vault_of(origin))?;
        Ok(Prepared { connection, target, is_new, is_edited: false })
    }

    /// Writes the record, and the connection's entry when it is new. Gives the warnings with what else there is to know.
    pub(super) fn put_prepared(
        &self,
        prepared: &Prepared,
        record: Record,
        before: Option<Record>,
        mut warnings: Vec<String>,
    ) -> Result<Vec<String>, Error> {
        let target = &prepared.target;
        if record.about.disabled {
            let user = target.id.user().map(str::to_owned);
            let disabled = Error::Disabled { link_name: target.link_name.clone(), user };
            warnings.push(format!("it is still disabled; {}", disabled.help()));
        }
        put(target, Some(record))?;
        let registry = self.registry_of(&target.link_name);
        let written = match prepared {
            Prepared { is_new: true, connection, .. } => registry.create_connection(connection.clone()),
            Prepared { is_edited: true, connection, .. } => registry.replace_connection(connection.clone()),
            _ => Ok(()),
        };
        if let Err(error) = written {
            // Without its entry the record would be of no use to anybody.
            put(target, before)?;
            return Err(error);
        }
        Ok(warnings)
    }

    /// Removes a connection with all its authorisations.
    ///
    /// # Errors
    /// [`Error::UnknownLinkName`], or what is wrong with the files.
    pub fn delete(&self, link_name: &str) -> Result<(), Error> {
        let _alone = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let registry = self.registry_of(link_name);
        let link_name = registry.connection(link_name)?.link_name.to_string();
        let link_name = link_name.as_str();
        let origin = registry.origin_of(link_name).unwrap_or_else(|| registry.origin_of_new());
        let vault = self.vault_of(origin);
        for id in vault.ids()?.iter().filter(|id| id.link_name() == link_name) {
            vault.update(id, &mut |_| Change::Delete)?;
        }
        registry.delete_connection(link_name)
    }

    fn check_fields(&self, service: &Service, given: Vec<(String, Secret)>) -> Result<Fields, Error> {
        let fields = self.checked_fields(service, given)?;
        if let Some(missing) = service.auth.missing(&fields) {
            return Err(Error::MissingCredential { service: service.link_name.to_string(), missing });
        }
        Ok(fields)
    }

    /// Credentials that each can be used; whether they are enough is another question.
    pub(super) fn checked_fields(&self, service: &Service, given: Vec<(String, Secret)>) -> Result<Fields, Error> {
        let known: Vec<String> = service.auth.fields().into_iter().map(|field| field.key).collect();
        let mut fields = Fields::new();
        for (key, secret) in given {
            if !known.contains(&key) {
                let suggestion = suggest(&key, known.iter().map(String::as_str)).map(str::to_owned);
                let service = service.link_name.to_string();
                return Err(Error::UnknownCredential { service, key, suggestion, known });
            }
            service
                .auth
                .check_value(&key, &secret)
                .map_err(|problem| Error::InvalidCredential { key: key.clone(), problem })?;
            if fields.contains_key(&key) {
                return Err(Error::InvalidCredential { key, problem: "was given twice".to_owned() });
            }
            fields.insert(key, secret);
        }
        Ok(fields)
    }

    /// What is known of an authorisation stays known when it is given again; a connection that was switched off stays
    /// so for every user.
    pub(super) fn about(
        &self,
        target: &Target,
        account: Option<String>,
        owner: Option<String>,
        before: Option<&Record>,
    ) -> Result<About, Error> {
        if let Some(before) = before {
            let known = before.about.clone();
            return Ok(About { account: account.or(known.account), owner: known.owner.or(owner), ..known });
        }
        let mut about = About { account, owner, disabled: false };
        let ids = target.vault.ids()?;
        for id in ids.iter().filter(|id| id.link_name() == target.link_name) {
            about.disabled |= target.vault.get(id)?.is_some_and(|record| record.about.disabled);
        }
        Ok(about)
    }

    /// Makes credentials known to the redactor.
    pub(super) fn register_fields(&self, service: &Service, fields: &Fields) {
        for secret in service.auth.wire_secrets(fields) {
            self.redactor.register(&secret);
        }
    }

    pub(super) fn warnings(&self, service: &Service, target: &Target, fields: &Fields) -> Vec<String> {
        let mut warnings = Vec::new();
        self.register_fields(service, fields);
        for (key, secret) in fields {
            let is_masked = service.auth.is_masked(key, fields);
            if is_masked && !secret.is_empty() && !self.redactor.register(secret) {
                warnings.push(format!("`{key}` is too short to be masked in traces and output"));
            }
        }
        if target.hosts.allow_every_host() {
            let service = &service.link_name;
            warnings
                .push(format!("the service \"{service}\" has `hosts = [\"*\"]`: its credentials may go to every host"));
        }
        warnings
    }

    pub(super) fn new_record(
        &self,
        target: &Target,
        fields: Fields,
        life: Option<u64>,
        before: Option<&Record>,
    ) -> Record {
        let now = self.now();
        Record {
            definition: target.definition.clone(),
            fields,
            expires_at: life.map(|life| now.saturating_add(life)),
            lifetime: life,
            scopes: target.scopes.clone(),
            api_domain: None,
            state: State::Connected,
            renewal: Renewal::default(),
            about: About::default(),
            created_at: before.map_or(now, |record| record.created_at),
            updated_at: now,
        }
    }
}

fn new_connection(wanted: &CreateConnection, service: &Service) -> Result<Connection, Error> {
    let link_name = LinkName::parse(&wanted.link_name)?;
    Ok(Connection {
        name: wanted.name.clone().unwrap_or_else(|| link_name.to_string()),
        service: service.link_name.to_string(),
        scopes: wanted.scopes.clone(),
        credentials: wanted.credentials,
        parameters: wanted.parameters.clone(),
        default_for: wanted.default_for.clone(),
        link_name,
    })
}

/// What is given again must be what is there; what is left out is taken from there.
fn check_same(known: &Connection, wanted: &CreateConnection, service: &Service) -> Result<(), Error> {
    let differs = if known.service != service.link_name.as_str() && known.service != wanted.service {
        format!("its service is \"{}\"", known.service)
    } else if !wanted.scopes.is_empty() && wanted.scopes != known.scopes {
        format!("its scopes are {}", known.scopes.join(", "))
    } else if !wanted.parameters.is_empty() && wanted.parameters != known.parameters {
        "its parameters have other values".to_owned()
    } else if wanted.credentials == Credentials::User && known.credentials == Credentials::Owner {
        "it uses the owner's credentials".to_owned()
    } else if !wanted.default_for.is_empty() && wanted.default_for != known.default_for {
        format!("it is the default for {}", known.default_for.join(", "))
    } else {
        return Ok(());
    };
    Err(Error::AlreadyExists { kind: "connection", link_name: known.link_name.to_string(), differs })
}

pub(super) fn check_user<'a>(connection: &Connection, user: Option<&'a str>) -> Result<Option<&'a str>, Error> {
    let wrong = |problem: &str| Error::InvalidCredential { key: "user".to_owned(), problem: problem.to_owned() };
    match user {
        None => Ok(None),
        Some(_) if connection.credentials == Credentials::Owner => {
            Err(wrong("was named, but the connection uses its owner's credentials; make it with `--credentials user`"))
        }
        Some(user) if user.is_empty() || user.len() > LONGEST_USER || user.chars().any(char::is_control) => {
            Err(wrong("is empty, too long or holds control characters"))
        }
        Some(user) => Ok(Some(user)),
    }
}

fn check_expiry(service: &Service, expires_in: Option<i64>) -> Result<(), Error> {
    if expires_in.is_none() || matches!(service.auth, Auth::OAuth2(_)) {
        return Ok(());
    }
    let problem = "tells how long an access token lives, but this service has none".to_owned();
    Err(Error::InvalidCredential { key: "expires-in".to_owned(), problem })
}

/// Writes a record, or takes it away.
fn put(target: &Target, record: Option<Record>) -> Result<(), Error> {
    let id: &RecordId = &target.id;
    let mut record = record.map(Box::new);
    target.vault.update(id, &mut |_| record.take().map_or(Change::Delete, Change::Put))
}
