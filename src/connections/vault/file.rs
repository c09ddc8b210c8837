//! The vault as a file. Each record is sealed on its own with a random data key, and the data key with the key of the
//! [`KeySource`], so that changing the source leaves the records as they are. A seal over the whole file makes a
//! record that was removed, renamed or brought back from an older copy of itself show. The format has a version.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::Digest;

use super::seal::{self, Key, Sealed};
use super::{Change, KeySource, LockGuard, Record, RecordId, Vault};
use crate::connections::files::{self, OsLock};
use crate::connections::{Error, unix};

/// The format that is written.
const FORMAT: u64 = 1;
/// The largest vault that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;
/// The name of the file.
const FILE: &str = "vault.json";

/// An encrypted file.
#[derive(Debug)]
pub struct FileVault {
    folder: PathBuf,
    path: PathBuf,
    key: KeySource,
    /// The project that the folder belongs to.
    project: Option<PathBuf>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contents {
    format: u64,
    key: Wrapped,
    records: BTreeMap<String, Sealed>,
    seal: Sealed,
}

/// The data key, sealed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrapped {
    source: String,
    data_key: Sealed,
}

/// A vault in memory: still sealed, with the key that opens its records.
struct Opened {
    key: Key,
    wrapped: Wrapped,
    records: BTreeMap<String, Sealed>,
}

impl FileVault {
    /// The vault of a user: `vault.json` in the user's folder. Nothing is made before the first record is put.
    pub fn of_user(folder: &Path, key: KeySource) -> Self {
        Self { folder: folder.to_owned(), path: folder.join(FILE), key, project: None }
    }

    /// The vault of a project: `.sluice/vault.json`, where a `.gitignore` keeps it out of commits.
    pub fn of_project(project: &Path, key: KeySource) -> Self {
        let folder = files::project_folder(project);
        Self { path: folder.join(FILE), folder, key, project: Some(project.to_owned()) }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn read(&self) -> Result<Option<Opened>, Error> {
        let fail = |error: std::io::Error| Error::file("read", &self.path, &error);
        match std::fs::metadata(&self.path) {
            Ok(about) if about.len() > LARGEST => return Err(self.damaged("it is too large")),
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(fail(error)),
        }
        if !unix::is_private(&self.path).map_err(fail)? {
            return Err(Error::LoosePermissions { path: self.path.clone() });
        }
        self.open(&std::fs::read(&self.path).map_err(fail)?).map(Some)
    }

    fn open(&self, bytes: &[u8]) -> Result<Opened, Error> {
        /// Read first: a later format may look different in all else.
        #[derive(Deserialize)]
        struct Version {
            format: u64,
        }
        let Version { format } = serde_json::from_slice(bytes).map_err(|_| self.damaged("it is no vault"))?;
        if format != FORMAT {
            return Err(Error::VaultFormat { path: self.path.clone(), format });
        }
        let contents: Contents = serde_json::from_slice(bytes).map_err(|_| self.damaged("it is no vault"))?;
        let data_key = seal::open(&self.key.key()?, &key_purpose(&contents.key.source), &contents.key.data_key);
        let Some(key) = data_key.and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok()) else {
            let problem = format!(
                "its key was sealed from {}, and {} does not open it, or it was changed",
                in_words(&contents.key.source),
                self.key.describe()
            );
            return Err(self.damaged(problem));
        };
        let key = Key::new(key);
        if seal::open(&key, &whole_purpose(&contents.records)?, &contents.seal).is_none() {
            return Err(self.damaged("it was changed by something else than Sluice"));
        }
        Ok(Opened { key, wrapped: contents.key, records: contents.records })
    }

    fn new_contents(&self) -> Result<Opened, Error> {
        let key = seal::random_key()?;
        let source = self.key.kind().to_owned();
        let data_key = seal::seal(&self.key.key_or_new()?, &key_purpose(&source), key.as_ref())?;
        Ok(Opened { key, wrapped: Wrapped { source, data_key }, records: BTreeMap::new() })
    }

    fn write(&self, opened: Opened) -> Result<(), Error> {
        let whole = seal::seal(&opened.key, &whole_purpose(&opened.records)?, b"")?;
        let contents = Contents { format: FORMAT, key: opened.wrapped, records: opened.records, seal: whole };
        let bytes = serde_json::to_vec_pretty(&contents).map_err(|_| UNWRITABLE)?;
        files::write_private(&self.path, &bytes)
    }

    fn record(&self, opened: &Opened, id: &RecordId) -> Result<Option<Record>, Error> {
        let Some(sealed) = opened.records.get(id.as_str()) else { return Ok(None) };
        let record = seal::open(&opened.key, &record_purpose(id), sealed).and_then(|bytes| Record::from_bytes(&bytes));
        record.map(Some).ok_or_else(|| self.damaged(format!("the record of {id} cannot be decrypted")))
    }

    fn damaged(&self, problem: impl Into<String>) -> Error {
        Error::VaultDamaged { path: self.path.clone(), problem: problem.into() }
    }

    /// Makes the folder, private, and keeps it out of version control.
    fn prepare_folder(&self) -> Result<(), Error> {
        match &self.project {
            Some(project) => files::create_project_folder(project).map(|_| ()),
            None => files::create_private_folder(&self.folder),
        }
    }
}

impl Vault for FileVault {
    fn get(&self, id: &RecordId) -> Result<Option<Record>, Error> {
        match self.read()? {
            Some(opened) => self.record(&opened, id),
            None => Ok(None),
        }
    }

    fn update(&self, id: &RecordId, change: &mut dyn FnMut(Option<Record>) -> Change) -> Result<(), Error> {
        self.prepare_folder()?;
        let _lock = OsLock::take(&files::lock_path(&self.path))?;
        let opened = self.read()?;
        let record = match &opened {
            Some(opened) => self.record(opened, id)?,
            None => None,
        };
        let change = change(record);
        let mut opened = match (opened, &change) {
            (_, Change::Keep) | (None, Change::Delete) => return Ok(()),
            (Some(opened), _) => opened,
            (None, Change::Put(_)) => self.new_contents()?,
        };
        match change {
            Change::Put(record) => {
                let bytes = record.to_bytes().ok_or(UNWRITABLE)?;
                let sealed = seal::seal(&opened.key, &record_purpose(id), &bytes)?;
                opened.records.insert(id.as_str().to_owned(), sealed);
            }
            Change::Delete if opened.records.remove(id.as_str()).is_none() => return Ok(()),
            Change::Delete | Change::Keep => {}
        }
        self.write(opened)
    }

    fn ids(&self) -> Result<Vec<RecordId>, Error> {
        let opened = self.read()?;
        let ids = opened.iter().flat_map(|opened| opened.records.keys());
        Ok(ids.map(|id| RecordId::from_text(id)).collect())
    }

    fn try_lock(&self, id: &RecordId) -> Result<Option<LockGuard>, Error> {
        self.prepare_folder()?;
        let locks = self.folder.join("locks");
        files::create_private_folder(&locks)?;
        // A user's name may hold any character, so the file is named by its hash.
        let hash = sha2::Sha256::digest(id.as_str().as_bytes());
        let name: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let lock = OsLock::try_take(&locks.join(name).with_extension("lock"))?;
        Ok(lock.map(|lock| Box::new(lock) as LockGuard))
    }

    fn describe(&self) -> String {
        format!("{}, opened by {}", self.path.display(), self.key.describe())
    }
}

fn key_purpose(source: &str) -> Vec<u8> {
    format!("sluice vault {FORMAT}\0data key\0{source}").into_bytes()
}

fn record_purpose(id: &RecordId) -> Vec<u8> {
    format!("sluice vault {FORMAT}\0record\0{id}").into_bytes()
}

fn whole_purpose(records: &BTreeMap<String, Sealed>) -> Result<Vec<u8>, Error> {
    let mut purpose = format!("sluice vault {FORMAT}\0whole\0").into_bytes();
    serde_json::to_writer(&mut purpose, records).map_err(|_| UNWRITABLE)?;
    Ok(purpose)
}

fn in_words(source: &str) -> &str {
    match source {
        "key-file" => "a key file",
        "environment" => "the environment",
        _ => "somewhere unknown",
    }
}

const UNWRITABLE: Error = Error::Internal("a vault cannot be turned to text");
