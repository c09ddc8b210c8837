//! Puts connections into a bundle. Only what was asked for goes in, and only what another machine can use: credentials
//! that were revoked, or given for another definition, stay here, and the person is told.

use std::path::Path;
use std::sync::{Arc, PoisonError};

use super::{ACCESS, Bundle, BundleError, BundledConnection, BundledService, PREVIOUS, REFRESH};
use crate::connections::auth::Auth;
use crate::connections::connection::{Connection, Credentials};
use crate::connections::logo::check_logo;
use crate::connections::service::{Service, Stage};
use crate::connections::session::Connections;
use crate::connections::target::Target;
use crate::connections::vault::{Record, Renewal, State};
use crate::connections::{Error, Origin};

/// What is wanted.
#[derive(Clone, Debug, Default)]
pub struct Gather {
    /// The connections; all when absent.
    pub link_names: Option<Vec<String>>,
    /// Only the authorisations of these users; everybody's, the owner's included, when empty.
    pub users: Vec<String>,
    /// Whether tokens come without anything to renew them with.
    pub access_only: bool,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// The bundle.
    pub bundle: Bundle,
    /// What the person should know before it goes anywhere.
    pub warnings: Vec<String>,
}

impl Connections {
    /// Seconds since 1970 by the clock of these connections, to tell how long tokens in a [`Bundle`] still live.
    pub fn seconds(&self) -> u64 {
        self.now()
    }

    /// Puts connections with their credentials into a bundle.
    ///
    /// # Errors
    /// [`Error::UnknownLinkName`], a vault that cannot be opened, or [`BundleError::Empty`].
    pub fn gather(&self, wanted: &Gather) -> Result<Gathered, Error> {
        let connections = match &wanted.link_names {
            Some(names) => self.named(names)?,
            None => self.connections()?,
        };
        let mut warnings = Vec::new();
        let mut bundle = Bundle {
            made_at: self.now(),
            made_by: env!("CARGO_PKG_VERSION").to_owned(),
            access_only: wanted.access_only,
            services: Vec::new(),
            connections: Vec::new(),
        };
        for connection in connections {
            let link_name = connection.link_name.as_str();
            let service = match self.registry_of(link_name).service(&connection.service) {
                Ok(service) if service.stage == Stage::Ready => service,
                Ok(_) => {
                    warnings.push(format!("{link_name} is left out: its service is a draft"));
                    continue;
                }
                Err(error) => {
                    warnings.push(format!("{link_name} is left out: {error}"));
                    continue;
                }
            };
            let records = self.records_of(&connection, &service, wanted, &mut warnings)?;
            if records.is_empty() && !wanted.users.is_empty() {
                continue;
            }
            self.bundle_service(&mut bundle, &service)?;
            bundle.connections.push(BundledConnection { connection, records });
        }
        if bundle.connections.is_empty() {
            return Err(BundleError::Empty.into());
        }
        Ok(Gathered { bundle, warnings })
    }

    /// The connections of these names, each once.
    fn named(&self, names: &[String]) -> Result<Vec<Connection>, Error> {
        let mut found: Vec<Connection> = Vec::new();
        for name in names {
            let connection = self.registry_of(name).connection(name)?;
            if !found.iter().any(|known| known.link_name == connection.link_name) {
                found.push(connection);
            }
        }
        Ok(found)
    }

    fn records_of(
        &self,
        connection: &Connection,
        service: &Arc<Service>,
        wanted: &Gather,
        warnings: &mut Vec<String>,
    ) -> Result<Vec<(Option<String>, Record)>, Error> {
        let link_name = connection.link_name.as_str();
        let origin = self.registry_of(link_name).origin_of(link_name).unwrap_or(Origin::Program);
        let vault = self.vault_of(origin);
        let mut records = Vec::new();
        for id in vault.ids()?.iter().filter(|id| id.link_name() == link_name) {
            let user = id.user().map(str::to_owned);
            let is_wanted = wanted.users.is_empty() || user.as_ref().is_some_and(|user| wanted.users.contains(user));
            // What a connection of the login user's left behind when it became its owner's is of no use to anybody.
            let is_used = user.is_none() || connection.credentials == Credentials::User;
            if !is_wanted || !is_used {
                continue;
            }
            let target = Target::new(connection, Arc::clone(service), user.as_deref(), Arc::clone(&vault))?;
            let Some(record) = vault.get(id)? else { continue };
            self.register(&target, &record);
            match portable(&target, record, wanted.access_only) {
                Ok(record) => {
                    warnings.extend(caution(id.as_str(), &record, self.now(), wanted.access_only));
                    records.push((user, record));
                }
                Err(why) => warnings.push(format!("the authorisation of {id} is left out: {why}")),
            }
        }
        Ok(records)
    }

    /// Adds a custom service with its file. What has no file must be known on the other machine too.
    fn bundle_service(&self, bundle: &mut Bundle, service: &Arc<Service>) -> Result<(), Error> {
        let link_name = service.link_name.as_str();
        if bundle.service(link_name).is_some() {
            return Ok(());
        }
        let file = {
            let registry = self.program.read().unwrap_or_else(PoisonError::into_inner);
            match registry.origin_of_service(link_name) {
                Origin::Program => return Ok(()),
                Origin::Project | Origin::User => registry.service_file(link_name, "exported")?,
            }
        };
        let logo = service.logo.as_ref().map(|name| picture(&file.path.with_file_name(name))).transpose()?;
        bundle.services.push(BundledService { service: Arc::clone(service), text: file.text, logo });
        Ok(())
    }
}

/// The record as it goes out, or why it does not.
fn portable(target: &Target, record: Record, access_only: bool) -> Result<Record, &'static str> {
    if record.state == State::Revoked || record.fields.is_empty() {
        return Err("it was revoked, so there are no credentials");
    }
    if !target.changes(&record).is_empty() {
        return Err("its definition changed after it was authorised");
    }
    // How renewals went here says nothing about there.
    let mut record = Record { renewal: Renewal::default(), ..record };
    if access_only && matches!(target.service.auth, Auth::OAuth2(_)) {
        record.fields.retain(|key, _| key == ACCESS);
        if record.field(ACCESS).is_empty() {
            return Err("it has no access token yet; `sluice connections test` gets one");
        }
    }
    Ok(record)
}

/// What to know about a record that goes out.
fn caution(id: &str, record: &Record, now: u64, access_only: bool) -> Option<String> {
    if !record.field(PREVIOUS).is_empty() {
        return Some(format!(
            "the service of {id} replaces its refresh token at each renewal: from now on only one of the two machines may \
             renew it, the other is locked out; `--access-only` leaves it here"
        ));
    }
    if !record.field(REFRESH).is_empty() {
        return Some(format!(
            "the refresh token of {id} goes along: if its service replaces refresh tokens, only one machine can go on \
             renewing; `--access-only` leaves it here"
        ));
    }
    let is_over = record.expires_at.is_some_and(|end| end <= now);
    (access_only && is_over).then(|| format!("the access token of {id} has expired already"))
}

fn picture(path: &Path) -> Result<Vec<u8>, Error> {
    check_logo(path)?;
    std::fs::read(path).map_err(|error| Error::file("read", path, &error))
}
