//! Where credentials are kept. One [`Record`] per connection and user; [`FileVault`] keeps them encrypted in a file,
//! [`MemoryVault`] for as long as the program runs. A record is only ever changed by [`Vault::update`], which reads,
//! changes and writes in one step, whoever else is at work.

mod file;
mod format;
mod key;
mod keyring;
mod keys;
mod memory;
mod passphrase;
mod record;
mod rekey;
mod seal;

pub use file::FileVault;
pub use key::{KeyKind, KeySource};
pub use keys::{Ask, Keys};
pub use memory::MemoryVault;
#[cfg(feature = "bundles")]
pub(super) use record::Plain;
pub use record::{About, Record, RecordId, Renewal, State};
pub use rekey::{Rekey, Rekeyed};

use super::Error;

/// What becomes of a record after it was looked at.
#[derive(Debug)]
pub enum Change {
    /// It stays as it is.
    Keep,
    /// It is written.
    Put(Box<Record>),
    /// It is removed.
    Delete,
}

/// Holds a lock until it is dropped.
pub type LockGuard = Box<dyn Send>;

/// A store of records.
pub trait Vault: Send + Sync {
    /// One record.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    fn get(&self, id: &RecordId) -> Result<Option<Record>, Error>;

    /// Reads a record, lets `change` decide, and writes, as one step.
    ///
    /// # Errors
    /// When the store cannot be read or written; then it is as it was before.
    fn update(&self, id: &RecordId, change: &mut dyn FnMut(Option<Record>) -> Change) -> Result<(), Error>;

    /// The names of all records.
    ///
    /// # Errors
    /// As for [`Vault::get`].
    fn ids(&self) -> Result<Vec<RecordId>, Error>;

    /// Takes the lock under which this record's token is renewed, if nobody holds it, in any process.
    ///
    /// # Errors
    /// When the lock cannot be made.
    fn try_lock(&self, id: &RecordId) -> Result<Option<LockGuard>, Error>;

    /// Where the records and their key are, for people.
    fn describe(&self) -> String;
}

#[cfg(test)]
mod tests;
