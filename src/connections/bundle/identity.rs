//! The identity of a machine: a secret key of age that opens the bundles which are encrypted for its recipient. The file is
//! that of `age-keygen`, and lies beside the key of the user's vault.

use std::io::Read;
use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret;
use zeroize::Zeroizing;

use super::BundleError;
use crate::connections::{Error, files, unix};

/// The name of the file.
const FILE: &str = "identity.txt";
/// The longest file that is read, in bytes.
const LONGEST: u64 = 64 * 1024;
/// How a secret key begins.
const PREFIX: &str = "AGE-SECRET-KEY-";

/// The identity of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// What bundles for this machine are encrypted for. It is no secret.
    pub recipient: String,
    /// Where the identity is.
    pub path: PathBuf,
    /// Whether it was made just now.
    pub is_new: bool,
}

/// Secret keys that may open a bundle.
pub struct Identities(Vec<age::x25519::Identity>);

impl Identity {
    /// The identity in the user's folder, which is made when it is not there.
    ///
    /// # Errors
    /// When the file cannot be read, trusted or written.
    pub fn of_user(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(FILE);
        if let Some(found) = read_private(&path)? {
            return found.first(path, false);
        }
        files::create_private_folder(folder)?;
        let identity = age::x25519::Identity::generate();
        let secret = identity.to_string();
        let text = Zeroizing::new(format!("# public key: {}\n{}\n", identity.to_public(), secret.expose_secret()));
        if files::create_private(&path, text.as_bytes())? {
            return Identities(vec![identity]).first(path, true);
        }
        // Another process was faster.
        match read_private(&path)? {
            Some(found) => found.first(path, false),
            None => Err(Error::Internal("an identity vanished while it was made")),
        }
    }
}

impl Identities {
    /// The identity of this machine, if it has one.
    ///
    /// # Errors
    /// When the file cannot be read or trusted.
    pub fn of_user(folder: &Path) -> Result<Option<Self>, Error> {
        read_private(&folder.join(FILE))
    }

    /// Whether a text is an identity itself, and not the name of its file.
    pub fn is_identity(text: &str) -> bool {
        text.lines().any(|line| line.trim_start().to_ascii_uppercase().starts_with(PREFIX))
    }

    /// Takes an identity itself.
    ///
    /// # Errors
    /// [`BundleError::InvalidIdentity`], which does not repeat the text.
    pub fn parse(place: &str, text: &str) -> Result<Self, Error> {
        let wrong = |problem| Error::from(BundleError::InvalidIdentity { place: place.to_owned(), problem });
        let mut all = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            all.push(line.parse().map_err(|_| match Self::is_identity(line) {
                true => wrong("a key in it is of another kind, or was changed"),
                false => wrong("there is something else in it"),
            })?);
        }
        if all.is_empty() { Err(wrong("it is empty")) } else { Ok(Self(all)) }
    }

    /// Reads a file that a person named. Whose it is and who may read it is that person's decision, since the files of
    /// CI systems are often links or readable to a group.
    ///
    /// # Errors
    /// When it cannot be read, or holds no identity.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let file = std::fs::File::open(path).map_err(|error| Error::file("read", path, &error))?;
        Self::from_file(path, file)
    }

    fn from_file(path: &Path, file: impl Read) -> Result<Self, Error> {
        let mut text = Zeroizing::new(String::with_capacity(1024));
        file.take(LONGEST).read_to_string(&mut text).map_err(|error| Error::file("read", path, &error))?;
        Self::parse(&path.display().to_string(), &text)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &dyn age::Identity> {
        self.0.iter().map(|identity| identity as &dyn age::Identity)
    }

    fn first(&self, path: PathBuf, is_new: bool) -> Result<Identity, Error> {
        let first = self.0.first().ok_or(Error::Internal("a file of identities holds none"))?;
        Ok(Identity { recipient: first.to_public().to_string(), path, is_new })
    }
}

fn read_private(path: &Path) -> Result<Option<Identities>, Error> {
    match unix::open_private(path) {
        Ok(file) => Identities::from_file(path, file.map_err(|distrust| distrust.error(path))?).map(Some),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file("read", path, &error)),
    }
}
