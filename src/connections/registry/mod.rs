//! Which services and connections there are. [`FileRegistry`] reads them from the project's folder and the user's, or
//! keeps them in memory; a program that embeds Sluice may look them up in a database of its own, with one view for each
//! tenant. What is looked up holds no secret: those are in the [vault](super::vault).

mod file;
mod services;
mod write;

pub use file::FileRegistry;
pub use services::ServiceFile;

use std::sync::Arc;

use super::Error;
use super::connection::Connection;
use super::service::Service;

/// Services and connections, as one user or tenant sees them. Sending through a connection asks on a thread that may
/// wait, so an implementation may ask a database; all else asks on the thread of its caller.
pub trait Registry: Send + Sync {
    /// A service by its link name. Implementations end with [`super::defaults::find`], which knows the default ones.
    ///
    /// # Errors
    /// [`Error::UnknownService`], or [`Error::Store`] when the registry cannot be asked.
    fn service(&self, link_name: &str) -> Result<Arc<Service>, Error>;

    /// A connection by its link name, as a script writes it.
    ///
    /// # Errors
    /// [`Error::UnknownLinkName`], or [`Error::Store`] when the registry cannot be asked.
    fn connection(&self, link_name: &str) -> Result<Connection, Error>;

    /// Every connection, by link name.
    ///
    /// # Errors
    /// [`Error::Store`] when the registry cannot be asked.
    fn connections(&self) -> Result<Vec<Connection>, Error>;

    /// The link name of the connection that integration tasks of a group (`crm`, `bigin`, …) use when a call names none.
    ///
    /// # Errors
    /// [`Error::Store`] when the registry cannot be asked.
    fn default_for(&self, group: &str) -> Result<Option<String>, Error> {
        let mut all = self.connections()?.into_iter();
        let found = all.find(|connection| connection.default_for.iter().any(|name| name == group));
        Ok(found.map(|connection| connection.link_name.to_string()))
    }

    /// Adds a connection that was checked against its service.
    ///
    /// # Errors
    /// [`Error::Redefined`] when there is one of this name, or [`Error::Store`].
    fn create_connection(&self, connection: Connection) -> Result<(), Error>;

    /// Changes a connection that was checked against its service. Unless an implementation does it in one step, it is
    /// removed and added again.
    ///
    /// # Errors
    /// [`Error::UnknownLinkName`], or [`Error::Store`].
    fn replace_connection(&self, connection: Connection) -> Result<(), Error> {
        self.delete_connection(connection.link_name.as_str())?;
        self.create_connection(connection)
    }

    /// Removes a connection.
    ///
    /// # Errors
    /// [`Error::UnknownLinkName`], or [`Error::Store`].
    fn delete_connection(&self, link_name: &str) -> Result<(), Error>;

    /// Whose files define a connection; a registry without a project is its user's.
    fn origin_of(&self, _link_name: &str) -> Option<Origin> {
        Some(Origin::User)
    }

    /// Where something new is defined.
    fn origin_of_new(&self) -> Origin {
        Origin::User
    }
}

/// Whose files define something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The project's folder.
    Project,
    /// The user's folder, or the registry of an embedding program.
    User,
    /// The program itself: default services, and what an embedding program adds.
    Program,
}
