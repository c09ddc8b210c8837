//! Changes a connection that nobody is authorised for: as long as there are credentials, what they were given for does
//! not change (Zoho help page "Connections": revoke, edit, connect again).

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use super::connection::{Connection, Credentials};
use super::session::Connections;
use super::target::Target;
use super::vault::{Change, State};
use super::{Error, Origin};

/// What becomes different; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EditConnection {
    /// The name that people read.
    pub name: Option<String>,
    /// The scopes, all of them.
    pub scopes: Option<Vec<String>>,
    /// Values of the service's dynamic parameters; an empty one takes a value away, and those not named stay.
    pub parameters: BTreeMap<String, String>,
    /// Whose credentials runs use.
    pub credentials: Option<Credentials>,
    /// Groups of integration tasks that use this connection when a call names none, all of them.
    pub default_for: Option<Vec<String>>,
}

impl Connections {
    /// Changes a connection that is not connected, and gives what it is then.
    ///
    /// # Errors
    /// [`Error::OfExtension`], [`Error::StillConnected`]; what is wrong with a parameter; the file's errors.
    pub fn edit(&self, link_name: &str, change: EditConnection) -> Result<Connection, Error> {
        self.check_editable(link_name)?;
        let _alone = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let registry = self.registry_of(link_name);
        let before = registry.connection(link_name)?;
        let origin = registry.origin_of(link_name).unwrap_or(Origin::Program);
        let vault = self.vault_of(origin);
        let own: Vec<_> = vault.ids()?.into_iter().filter(|id| id.link_name() == before.link_name.as_str()).collect();
        let after = changed(&before, change);
        // The values must fit the service, as when the connection was made.
        Target::new(&after, registry.service(&after.service)?, None, Arc::clone(&vault))?;
        registry.replace_connection(after.clone())?;
        if after.credentials != before.credentials {
            // What is left of revoked authorisations belongs to users that count no more.
            for id in &own {
                vault.update(id, &mut |stored| match stored {
                    Some(stored) if stored.state == State::Revoked => Change::Delete,
                    _ => Change::Keep,
                })?;
            }
        }
        Ok(after)
    }

    /// Whether a connection may be edited: only when it is no other extension's and nobody is authorised.
    ///
    /// # Errors
    /// [`Error::OfExtension`]; [`Error::StillConnected`] with the user whose authorisation is there.
    pub fn check_editable(&self, link_name: &str) -> Result<(), Error> {
        self.check_own(link_name)?;
        let registry = self.registry_of(link_name);
        let known = registry.connection(link_name)?;
        let origin = registry.origin_of(link_name).unwrap_or(Origin::Program);
        let vault = self.vault_of(origin);
        for id in vault.ids()?.iter().filter(|id| id.link_name() == known.link_name.as_str()) {
            if vault.get(id)?.is_some_and(|record| record.state != State::Revoked) {
                let user = id.user().map(str::to_owned);
                return Err(Error::StillConnected { link_name: known.link_name.to_string(), user });
            }
        }
        Ok(())
    }
}

impl Connections {
    /// Whether a connection is this project's own to edit and delete: one without a namespace, or with the project's. A
    /// program that installs and removes extensions need not ask.
    ///
    /// # Errors
    /// [`Error::OfExtension`].
    pub fn check_own(&self, link_name: &str) -> Result<(), Error> {
        let known = self.registry_of(link_name).connection(link_name)?;
        let link_name = known.link_name.as_str();
        let Some((namespace, _)) = link_name.split_once("__") else { return Ok(()) };
        if self.program.read().unwrap_or_else(PoisonError::into_inner).namespace() == Some(namespace) {
            return Ok(());
        }
        Err(Error::OfExtension { link_name: link_name.to_owned(), namespace: namespace.to_owned() })
    }
}

fn changed(before: &Connection, change: EditConnection) -> Connection {
    let mut after = before.clone();
    after.name = change.name.unwrap_or(after.name);
    after.scopes = change.scopes.unwrap_or(after.scopes);
    after.credentials = change.credentials.unwrap_or(after.credentials);
    after.default_for = change.default_for.unwrap_or(after.default_for);
    after.parameters.extend(change.parameters);
    after.parameters.retain(|_, value| !value.is_empty());
    after
}
