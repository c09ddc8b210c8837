//! The key that wraps a vault's data key. It is never in a project folder: a copied project, backup or support bundle
//! then holds nothing that opens its vault.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::seal::{self, Key};
use crate::connections::{Error, files, unix};
use crate::secret::Secret;

/// The environment variable that holds a key in base64.
const VARIABLE: &str = "SLUICE_VAULT_KEY";
/// The name of the key file in the user's folder.
const FILE: &str = "vault.key";

/// Where the wrapping key comes from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum KeySource {
    /// A file of mode 0600 with 32 random bytes in base64, made when it is first needed.
    File(PathBuf),
    /// The environment variable `SLUICE_VAULT_KEY`: 32 bytes in base64.
    Environment(Secret),
}

impl KeySource {
    /// The environment variable if it is set, else the key file in the user's folder.
    pub fn detect(user_folder: &Path) -> Self {
        match std::env::var(VARIABLE) {
            Ok(text) if !text.trim().is_empty() => KeySource::Environment(Secret::new(text)),
            _ => KeySource::File(user_folder.join(FILE)),
        }
    }

    /// For people: which source this is.
    pub fn describe(&self) -> String {
        match self {
            KeySource::File(path) => format!("the key file {}", path.display()),
            KeySource::Environment(_) => format!("the environment variable {VARIABLE}"),
        }
    }

    /// The word in the vault's file.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            KeySource::File(_) => "key-file",
            KeySource::Environment(_) => "environment",
        }
    }

    /// The key of a vault that exists.
    pub(super) fn key(&self) -> Result<Key, Error> {
        match self {
            KeySource::File(path) => match read(path)? {
                Some(key) => Ok(key),
                None => Err(Error::VaultKeyMissing { source_name: self.describe() }),
            },
            KeySource::Environment(text) => decode(text.open(), || self.describe()),
        }
    }

    /// The key of a vault that is about to be made.
    pub(super) fn key_or_new(&self) -> Result<Key, Error> {
        let KeySource::File(path) = self else { return self.key() };
        if let Some(key) = read(path)? {
            return Ok(key);
        }
        if let Some(folder) = path.parent() {
            files::create_private_folder(folder)?;
        }
        let key = seal::random_key()?;
        let text = Zeroizing::new(format!("{}\n", STANDARD.encode(key.as_ref())));
        if files::create_private(path, text.as_bytes())? { Ok(key) } else { self.key() }
    }
}

fn read(path: &Path) -> Result<Option<Key>, Error> {
    let fail = |error: std::io::Error| Error::file("read", path, &error);
    match unix::is_private(path) {
        Ok(true) => {}
        Ok(false) => return Err(Error::LoosePermissions { path: path.to_owned() }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fail(error)),
    }
    let bytes = Zeroizing::new(std::fs::read(path).map_err(fail)?);
    let name = || format!("the key file {}", path.display());
    let text = std::str::from_utf8(&bytes).map_err(|_| Error::VaultKeyInvalid { source_name: name() })?;
    decode(text, name).map(Some)
}

fn decode(text: &str, name: impl Fn() -> String) -> Result<Key, Error> {
    let bytes = STANDARD.decode(text.trim()).map(Zeroizing::new).unwrap_or_default();
    let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| Error::VaultKeyInvalid { source_name: name() })?;
    Ok(Zeroizing::new(key))
}
