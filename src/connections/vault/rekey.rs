//! Changes the key of a vault. The new key is stored before the vault names it, and the old one is forgotten after, so
//! that a process that dies anywhere in between leaves a vault with the key that it names; at worst a key stays that no
//! vault needs.

use std::path::PathBuf;

use super::file::{Opened, wrap};
use super::{FileVault, KeyKind, format, seal};
use crate::connections::Error;
use crate::secret::Secret;

/// What is to be changed.
#[derive(Clone, Debug, Default)]
pub struct Rekey {
    /// The source of the new key; that of the old one when absent.
    pub to: Option<KeyKind>,
    /// The new key in base64, or the new passphrase, where the source is one of these.
    pub secret: Option<Secret>,
    /// Whether the key that seals the data key stays as it is.
    pub keep_key: bool,
    /// Whether the records are encrypted with a new data key: for when the old key may be known to somebody.
    pub data_key: bool,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rekeyed {
    /// The vault.
    pub path: PathBuf,
    /// Where the old key is or was, for people; none when there was no vault.
    pub before: Option<String>,
    /// Where the new key is, for people.
    pub after: String,
    /// The source of the new key.
    pub source: KeyKind,
    /// How many records the vault has.
    pub records: usize,
    /// Whether the old key is still where it was: other vaults may use it, or it could not be removed.
    pub old_key_stays: bool,
}

impl FileVault {
    /// The source of the key that the vault names; none when there is no vault yet.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn key_kind(&self) -> Result<Option<KeyKind>, Error> {
        Ok(self.contents()?.and_then(|contents| contents.key.name.kind()))
    }

    /// Gives the vault another key; without a vault, makes an empty one. The old key is taken from where the vault says
    /// that it is, whatever else the environment gives.
    ///
    /// # Errors
    /// When the old or the new key cannot be had, or the vault cannot be read or written; it can then still be opened
    /// with one of the two.
    pub fn rekey(&self, change: &Rekey) -> Result<Rekeyed, Error> {
        let _lock = self.lock()?;
        let Some(contents) = self.contents()? else { return self.make_empty(change) };
        let old = contents.key.name.clone();
        let old_key = self.keys.fetch(&old, self.path())?;
        let mut opened = self.open(contents, &old_key)?;
        if change.data_key {
            let data_key = seal::random_key()?;
            opened.records = self.seal_anew(&opened, format::CURRENT, &data_key)?;
            opened.key = data_key;
        }
        let (name, key) = match (change.keep_key, change.to.or_else(|| old.kind())) {
            (false, Some(kind)) => self.keys.make(kind, change.secret.clone(), true)?,
            _ => (old.clone(), old_key),
        };
        opened.wrapped = wrap(name.clone(), &key, &opened.key)?;
        let records = opened.records.len();
        self.write(opened)?;
        let old_key_stays = name == old || !self.keys.forget(&old);
        Ok(Rekeyed {
            path: self.path().to_owned(),
            before: Some(self.keys.describe(&old)),
            after: self.keys.describe(&name),
            source: name.kind().unwrap_or(KeyKind::File),
            records,
            old_key_stays,
        })
    }

    fn make_empty(&self, change: &Rekey) -> Result<Rekeyed, Error> {
        let (name, key) = match change.to {
            Some(kind) => self.keys.make(kind, change.secret.clone(), true)?,
            None => self.keys.create()?,
        };
        let after = self.keys.describe(&name);
        let source = name.kind().unwrap_or(KeyKind::File);
        self.write(Opened::new(name, &key)?)?;
        Ok(Rekeyed { path: self.path().to_owned(), before: None, after, source, records: 0, old_key_stays: false })
    }
}
