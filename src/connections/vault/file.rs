//! The vault as a file. Each record is sealed on its own with a random data key, and the data key with a key that
//! [`Keys`] finds, so that changing the key leaves the records as they are. A seal over the whole file makes a record
//! that was removed, renamed or brought back from an older copy of itself show. The format has a version.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::Digest;

use super::format::{self, Contents, KeyName, Refusal, UNWRITABLE, Wrapped};
use super::seal::{self, Key, Sealed};
use super::{Change, Keys, LockGuard, Record, RecordId, Vault};
use crate::connections::files::{self, OsLock};
use crate::connections::{Error, unix};

/// The largest vault that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;
/// How often the key may change while the vault is being read.
const KEY_CHANGES: u32 = 5;
/// The name of the file.
const FILE: &str = "vault.json";

/// An encrypted file.
#[derive(Debug)]
pub struct FileVault {
    folder: PathBuf,
    path: PathBuf,
    pub(super) keys: Keys,
    /// The project that the folder belongs to.
    project: Option<PathBuf>,
}

/// A vault in memory: still sealed, with the key that opens its records.
pub(super) struct Opened {
    pub(super) key: Key,
    pub(super) wrapped: Wrapped,
    pub(super) records: BTreeMap<String, Sealed>,
}

impl FileVault {
    /// The vault of a user: `vault.json` in the user's folder. Nothing is made before the first record is put.
    pub fn of_user(folder: &Path, keys: impl Into<Keys>) -> Self {
        Self { folder: folder.to_owned(), path: folder.join(FILE), keys: keys.into(), project: None }
    }

    /// The vault of a project: `.sluice/vault.json`, where a `.gitignore` keeps it out of commits.
    pub fn of_project(project: &Path, keys: impl Into<Keys>) -> Self {
        let folder = files::project_folder(project);
        Self { path: folder.join(FILE), folder, keys: keys.into(), project: Some(project.to_owned()) }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file as it is, with nothing in it believed yet.
    pub(super) fn contents(&self) -> Result<Option<Contents>, Error> {
        let fail = |error: std::io::Error| Error::file("read", &self.path, &error);
        // A project from a stranger could otherwise show this user another vault as its own.
        if self.project.is_some() && std::fs::symlink_metadata(&self.folder).is_ok_and(|about| about.is_symlink()) {
            return Err(unix::Distrust::Link.error(&self.folder));
        }
        let file = match unix::open_private(&self.path) {
            Ok(file) => file.map_err(|distrust| distrust.error(&self.path))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(fail(error)),
        };
        let mut bytes = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(fail)?;
        if bytes.len() as u64 > LARGEST {
            return Err(self.damaged("it is too large"));
        }
        match format::read(&bytes) {
            Ok(contents) => Ok(Some(contents)),
            Err(Refusal::Damaged(problem)) => Err(self.damaged(problem)),
            Err(Refusal::Later(format)) => Err(Error::VaultFormat { path: self.path.clone(), format }),
        }
    }

    fn read(&self) -> Result<Option<Opened>, Error> {
        let Some(mut contents) = self.contents()? else { return Ok(None) };
        let mut key = self.keys.open(&contents.key.name, &self.path);
        // Another process may have given the vault a new key, and removed the old one, since the file was read.
        for _ in 0..KEY_CHANGES {
            let (Err(Error::VaultKeyMissing { .. }), Some(now)) = (&key, self.contents()?) else { break };
            if now.key.name == contents.key.name {
                break;
            }
            contents = now;
            key = self.keys.open(&contents.key.name, &self.path);
        }
        self.open(contents, &key?).map(Some)
    }

    /// Opens the contents with the key that seals their data key. An older format becomes the current one in memory, and
    /// in the file at the next write.
    pub(super) fn open(&self, contents: Contents, key: &Key) -> Result<Opened, Error> {
        let format = contents.format;
        let name = &contents.key.name;
        let data_key = seal::open(key, &format::key_purpose(format, name)?, &contents.key.data_key);
        let Some(data_key) = data_key.and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok()) else {
            self.keys.mistrust(name);
            let problem = format!("{} does not open it, or it was changed", self.keys.describe(name));
            return Err(self.damaged(problem));
        };
        let data_key = Key::new(data_key);
        if seal::open(&data_key, &format::whole_purpose(format, &contents.records)?, &contents.seal).is_none() {
            return Err(self.damaged("it was changed by something else than Sluice"));
        }
        let mut opened = Opened { key: data_key, wrapped: contents.key, records: contents.records };
        if format != format::CURRENT {
            opened.wrapped = wrap(opened.wrapped.name, key, &opened.key)?;
            opened.records = self.seal_anew(&opened, format, &opened.key)?;
        }
        Ok(opened)
    }

    /// All records, sealed in the current format with a key.
    pub(super) fn seal_anew(&self, opened: &Opened, format: u64, key: &Key) -> Result<BTreeMap<String, Sealed>, Error> {
        let mut records = BTreeMap::new();
        for (text, sealed) in &opened.records {
            let id = RecordId::from_text(text);
            let plain = seal::open(&opened.key, &format::record_purpose(format, &id), sealed);
            let plain = plain.ok_or_else(|| self.damaged(format!("the record of {id} cannot be decrypted")))?;
            let sealed = seal::seal(key, &format::record_purpose(format::CURRENT, &id), &plain)?;
            records.insert(text.clone(), sealed);
        }
        Ok(records)
    }

    fn new_contents(&self) -> Result<Opened, Error> {
        let (name, key) = self.keys.create()?;
        Opened::new(name, &key)
    }

    /// Writes the vault. The caller holds the lock.
    pub(super) fn write(&self, opened: Opened) -> Result<(), Error> {
        let whole = seal::seal(&opened.key, &format::whole_purpose(format::CURRENT, &opened.records)?, b"")?;
        let contents = Contents { format: format::CURRENT, key: opened.wrapped, records: opened.records, seal: whole };
        let bytes = serde_json::to_vec_pretty(&contents).map_err(|_| UNWRITABLE)?;
        files::write_private(&self.path, &bytes)
    }

    fn record(&self, opened: &Opened, id: &RecordId) -> Result<Option<Record>, Error> {
        let Some(sealed) = opened.records.get(id.as_str()) else { return Ok(None) };
        let plain = seal::open(&opened.key, &format::record_purpose(format::CURRENT, id), sealed);
        let record = plain.and_then(|bytes| Record::from_bytes(&bytes));
        record.map(Some).ok_or_else(|| self.damaged(format!("the record of {id} cannot be decrypted")))
    }

    fn damaged(&self, problem: impl Into<String>) -> Error {
        Error::VaultDamaged { path: self.path.clone(), problem: problem.into() }
    }

    /// Makes the folder, private, keeps it out of version control, and takes the lock under which the vault is changed.
    pub(super) fn lock(&self) -> Result<OsLock, Error> {
        self.prepare_folder()?;
        OsLock::take(&files::lock_path(&self.path))
    }

    fn prepare_folder(&self) -> Result<(), Error> {
        match &self.project {
            Some(project) => files::create_project_folder(project).map(|_| ()),
            None => files::create_private_folder(&self.folder),
        }
    }
}

impl Opened {
    /// An empty vault.
    pub(super) fn new(name: KeyName, key: &Key) -> Result<Self, Error> {
        let data_key = seal::random_key()?;
        let wrapped = wrap(name, key, &data_key)?;
        Ok(Self { key: data_key, wrapped, records: BTreeMap::new() })
    }
}

/// Seals a data key.
pub(super) fn wrap(name: KeyName, key: &Key, data_key: &Key) -> Result<Wrapped, Error> {
    let data_key = seal::seal(key, &format::key_purpose(format::CURRENT, &name)?, data_key.as_ref())?;
    Ok(Wrapped { name, data_key })
}

impl Vault for FileVault {
    fn get(&self, id: &RecordId) -> Result<Option<Record>, Error> {
        match self.read()? {
            Some(opened) => self.record(&opened, id),
            None => Ok(None),
        }
    }

    fn update(&self, id: &RecordId, change: &mut dyn FnMut(Option<Record>) -> Change) -> Result<(), Error> {
        let _lock = self.lock()?;
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
                let sealed = seal::seal(&opened.key, &format::record_purpose(format::CURRENT, id), &bytes)?;
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
        files::create_own_folder(&locks)?;
        // A user's name may hold any character, so the file is named by its hash.
        let hash = sha2::Sha256::digest(id.as_str().as_bytes());
        let name: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let lock = OsLock::try_take(&locks.join(name).with_extension("lock"))?;
        Ok(lock.map(|lock| Box::new(lock) as LockGuard))
    }

    fn describe(&self) -> String {
        let path = self.path.display();
        match self.contents() {
            Ok(Some(contents)) => format!("{path}, opened by {}", self.keys.describe(&contents.key.name)),
            Ok(None) => format!("{path}, which is made with the first credentials"),
            Err(_) => format!("{path}, which cannot be read"),
        }
    }
}
