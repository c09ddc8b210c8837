//! Sources of the key that wraps a vault's data key. None of them is in a project folder: a copied project, backup or
//! support bundle then holds nothing that opens its vault.

use std::io::Read;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::seal::{self, Key};
use crate::connections::{Error, files, unix};
use crate::secret::Secret;

/// The environment variable that holds a key in base64.
pub(super) const VARIABLE: &str = "SLUICE_VAULT_KEY";
/// The name of the key file that the vaults of a user share.
pub(super) const FILE: &str = "vault.key";
/// The longest key file that is read, in bytes.
const LONGEST: u64 = 1_024;

/// A key that is given, or where it lies.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum KeySource {
    /// A file of mode 0600 with 32 random bytes in base64, made when it is first needed. Keys that `rekey` makes lie
    /// beside it.
    File(PathBuf),
    /// What the environment variable `SLUICE_VAULT_KEY` holds: 32 bytes in base64.
    Environment(Secret),
    /// A passphrase, from which Argon2id makes the key.
    Passphrase(Secret),
}

/// The kinds of sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// The keyring of the operating system.
    Keyring,
    /// A file in the user's folder.
    File,
    /// An environment variable.
    Environment,
    /// A passphrase that a person knows.
    Passphrase,
}

impl KeySource {
    /// What kind of source it is.
    pub fn kind(&self) -> KeyKind {
        match self {
            KeySource::File(_) => KeyKind::File,
            KeySource::Environment(_) => KeyKind::Environment,
            KeySource::Passphrase(_) => KeyKind::Passphrase,
        }
    }
}

impl KeyKind {
    /// All of them.
    pub const ALL: [KeyKind; 4] = [KeyKind::Keyring, KeyKind::File, KeyKind::Environment, KeyKind::Passphrase];

    /// The word on the command line: `keyring`, `file`, `environment` or `passphrase`.
    pub fn as_str(self) -> &'static str {
        match self {
            KeyKind::Keyring => "keyring",
            KeyKind::File => "file",
            KeyKind::Environment => "environment",
            KeyKind::Passphrase => "passphrase",
        }
    }

    /// The kind of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The word in a vault's file.
    pub(super) fn in_file(self) -> &'static str {
        match self {
            KeyKind::File => "key-file",
            other => other.as_str(),
        }
    }

    /// For people.
    pub(super) fn in_words(self) -> &'static str {
        match self {
            KeyKind::Keyring => "the keyring of the operating system",
            KeyKind::File => "a key file",
            KeyKind::Environment => "the environment variable SLUICE_VAULT_KEY",
            KeyKind::Passphrase => "a passphrase",
        }
    }
}

/// The key in a file; none when there is no file.
pub(super) fn read(path: &Path) -> Result<Option<Key>, Error> {
    let fail = |error: std::io::Error| Error::file("read", path, &error);
    let file = match unix::open_private(path) {
        Ok(file) => file.map_err(|distrust| distrust.error(path))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fail(error)),
    };
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST as usize));
    file.take(LONGEST).read_to_end(&mut bytes).map_err(fail)?;
    let name = format!("the key file {}", path.display());
    let text = std::str::from_utf8(&bytes).map_err(|_| Error::VaultKeyInvalid { source_name: name.clone() })?;
    decode(text, &name).map(Some)
}

/// The key in a file, which is made with a new key if it is not there.
pub(super) fn read_or_create(path: &Path) -> Result<Key, Error> {
    if let Some(key) = read(path)? {
        return Ok(key);
    }
    if let Some(folder) = path.parent() {
        files::create_private_folder(folder)?;
    }
    let key = seal::random_key()?;
    let text = Zeroizing::new(format!("{}\n", STANDARD.encode(key.as_slice())));
    if files::create_private(path, text.as_bytes())? {
        return Ok(key);
    }
    // Another process was faster.
    read(path)?.ok_or_else(|| Error::VaultKeyMissing { source_name: format!("the key file {}", path.display()) })
}

/// A key in base64.
pub(super) fn decode(text: &str, name: &str) -> Result<Key, Error> {
    let bytes = STANDARD.decode(text.trim()).map(Zeroizing::new).unwrap_or_default();
    let key: [u8; 32] =
        bytes.as_slice().try_into().map_err(|_| Error::VaultKeyInvalid { source_name: name.to_owned() })?;
    Ok(Zeroizing::new(key))
}
