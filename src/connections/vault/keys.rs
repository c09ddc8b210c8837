//! Finds the key of a vault. The vault's file names the source, and nothing else is tried: what the environment gives
//! must be that source, so that a variable that was set for another vault is told and not used. Only for a vault that is
//! about to be made is there a choice: what was asked for, what was given, the keyring if it answers, else a key file.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::format::KeyName;
use super::key::{self, FILE, KeyKind, KeySource, VARIABLE};
use super::keyring::{Keyring, System};
use super::passphrase::Cost;
use super::seal::{self, Key};
use crate::connections::{Error, files};
use crate::secret::Secret;

/// The environment variable that holds a passphrase.
const PASSPHRASE: &str = "SLUICE_VAULT_PASSPHRASE";
/// The environment variable that names the source of new vaults' keys.
const WANTED: &str = "SLUICE_VAULT_SOURCE";

/// Asks a person for a passphrase, without echo: the question first, none when there is nobody to ask.
pub type Ask = Arc<dyn Fn(&str) -> Option<Secret> + Send + Sync>;

/// Where keys are looked for. Clones share what was found.
#[derive(Clone)]
pub struct Keys {
    given: Vec<KeySource>,
    /// The source for vaults that are about to be made, as a person wrote it.
    wanted: Option<String>,
    /// The key file that vaults share.
    file: Option<PathBuf>,
    ask: Option<Ask>,
    keyring: Arc<dyn Keyring>,
    found: Arc<Found>,
}

/// What was asked for once, and is not asked for again.
#[derive(Default)]
struct Found {
    /// Keys that cost time or a question.
    keys: Mutex<Vec<(KeyName, Key)>>,
    has_keyring: OnceLock<bool>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("given", &self.given).field("file", &self.file).finish_non_exhaustive()
    }
}

/// One source and no other.
impl From<KeySource> for Keys {
    fn from(source: KeySource) -> Self {
        let file = match &source {
            KeySource::File(path) => Some(path.clone()),
            KeySource::Environment(_) | KeySource::Passphrase(_) => None,
        };
        Self { given: vec![source], file, ..Self::in_folder(None) }
    }
}

impl Keys {
    /// As the environment says: `SLUICE_VAULT_KEY` or `SLUICE_VAULT_PASSPHRASE`, if one is set; else the keyring of the
    /// operating system and the key file in the user's folder. `SLUICE_VAULT_SOURCE` chooses for new vaults.
    pub fn detect(user_folder: &Path) -> Self {
        let variable = |name| std::env::var(name).ok().filter(|text| !text.trim().is_empty());
        let key = variable(VARIABLE).map(|text| KeySource::Environment(Secret::new(text)));
        let passphrase = variable(PASSPHRASE).map(|text| KeySource::Passphrase(Secret::new(text)));
        Self {
            given: key.into_iter().chain(passphrase).collect(),
            wanted: variable(WANTED),
            ..Self::in_folder(Some(user_folder))
        }
    }

    /// The same with somebody to ask for passphrases.
    #[must_use]
    pub fn asking(self, ask: Ask) -> Self {
        Self { ask: Some(ask), ..self }
    }

    fn in_folder(folder: Option<&Path>) -> Self {
        Self {
            given: Vec::new(),
            wanted: None,
            file: folder.map(|folder| folder.join(FILE)),
            ask: None,
            keyring: Arc::new(System),
            found: Arc::default(),
        }
    }

    #[cfg(test)]
    pub(super) fn with_keyring(user_folder: &Path, keyring: Arc<dyn Keyring>) -> Self {
        Self { keyring, ..Self::in_folder(Some(user_folder)) }
    }

    #[cfg(test)]
    pub(super) fn with_given(mut self, source: KeySource) -> Self {
        self.given.push(source);
        self
    }

    /// The key that a vault names.
    pub(super) fn open(&self, name: &KeyName, vault: &Path) -> Result<Key, Error> {
        let kind = name.kind().ok_or_else(|| unknown(name, vault))?;
        if !self.given.is_empty() && !self.given.iter().any(|given| given.kind() == kind) {
            let found: Vec<_> = self.given.iter().map(|given| given.kind().in_words()).collect();
            return Err(Error::VaultKeySource {
                path: vault.to_owned(),
                named: kind.in_words().to_owned(),
                found: found.join(" and "),
            });
        }
        self.fetch(name, vault)
    }

    /// The same, whatever else the environment gives: to change from one source to another.
    pub(super) fn fetch(&self, name: &KeyName, vault: &Path) -> Result<Key, Error> {
        let missing = || Error::VaultKeyMissing { source_name: self.describe(name) };
        match name.kind().ok_or_else(|| unknown(name, vault))? {
            KeyKind::File => key::read(&self.file_of(name)?)?.ok_or_else(missing),
            KeyKind::Environment => key::decode(self.given(KeyKind::Environment).ok_or_else(missing)?.open(), VARIABLE),
            KeyKind::Keyring => self.once(name, || {
                let id = name.id.as_deref().unwrap_or_default();
                let fail = |problem| Error::VaultKeyring { problem };
                self.keyring.read(id).map_err(fail)?.ok_or_else(missing)
            }),
            KeyKind::Passphrase => self.once(name, || {
                let question = format!("Passphrase of {}: ", vault.display());
                let given = self.given(KeyKind::Passphrase).or_else(|| self.ask.as_ref()?(&question));
                let cost = name.argon2id.as_ref().ok_or_else(missing)?;
                cost.key(&given.ok_or_else(missing)?).ok_or_else(|| Error::VaultDamaged {
                    path: vault.to_owned(),
                    problem: "what it says of its passphrase is out of bounds".to_owned(),
                })
            }),
        }
    }

    /// The key of a vault that is about to be made.
    pub(super) fn create(&self) -> Result<(KeyName, Key), Error> {
        let kind = match (&self.wanted, self.given.first()) {
            (Some(word), _) => KeyKind::parse(word.trim()).ok_or_else(|| Error::InvalidFile {
                place: WANTED.to_owned(),
                problem: format!("\"{word}\" is no source of keys"),
                help: "write keyring, file, environment or passphrase".to_owned(),
            })?,
            (None, Some(given)) => given.kind(),
            (None, None) => {
                let has_keyring = *self.found.has_keyring.get_or_init(|| self.keyring.probe().is_ok());
                // One that answers may still be locked, with nobody there to unlock it.
                let made = has_keyring.then(|| self.make(KeyKind::Keyring, None, false)).and_then(Result::ok);
                return made.map_or_else(|| self.make(KeyKind::File, None, false), Ok);
            }
        };
        // Otherwise the vault could not be opened the way it was made.
        if !self.given.is_empty() && !self.given.iter().any(|given| given.kind() == kind) {
            let found: Vec<_> = self.given.iter().map(|given| given.kind().in_words()).collect();
            return Err(Error::InvalidFile {
                place: WANTED.to_owned(),
                problem: format!("it asks for {}, but {} is given", kind.in_words(), found.join(" and ")),
                help: "take one of the two variables away".to_owned(),
            });
        }
        self.make(kind, None, false)
    }

    /// A key of a kind; of a secret that is given for it, or of the one that the environment gives. A fresh one is like no
    /// other, also where vaults share one.
    pub(super) fn make(&self, kind: KeyKind, secret: Option<Secret>, fresh: bool) -> Result<(KeyName, Key), Error> {
        let mut name = KeyName::of(kind);
        let given = secret.or_else(|| self.given(kind));
        let key = match kind {
            KeyKind::File => {
                if fresh {
                    name.id = Some(new_id()?);
                }
                key::read_or_create(&self.file_of(&name)?)?
            }
            KeyKind::Keyring => {
                let id = new_id()?;
                let key = seal::random_key()?;
                self.keyring.write(&id, &key).map_err(|problem| Error::VaultKeyring { problem })?;
                name.id = Some(id);
                key
            }
            KeyKind::Environment => {
                let missing = Error::VaultKeyMissing { source_name: self.describe(&name) };
                key::decode(given.ok_or(missing)?.open(), VARIABLE)?
            }
            KeyKind::Passphrase => {
                let missing = Error::VaultKeyMissing { source_name: self.describe(&name) };
                let given = given.or_else(|| self.ask.as_ref()?("New passphrase of the vault: ")).ok_or(missing)?;
                let cost = Cost::new()?;
                let key = cost.key(&given).ok_or(Error::Internal("a passphrase gives no key"))?;
                name.argon2id = Some(cost);
                key
            }
        };
        if matches!(kind, KeyKind::Keyring | KeyKind::Passphrase) {
            self.keep(&name, &key);
        }
        Ok((name, key))
    }

    /// Forgets a key that no vault names any more. One that vaults share stays.
    pub(super) fn forget(&self, name: &KeyName) -> bool {
        let Some(id) = &name.id else { return name.kind() != Some(KeyKind::File) };
        match name.kind() {
            Some(KeyKind::Keyring) => self.keyring.delete(id).is_ok(),
            Some(KeyKind::File) => self.file_of(name).is_ok_and(|path| files::remove(&path).is_ok()),
            _ => true,
        }
    }

    /// For people: the key that a vault names.
    pub(super) fn describe(&self, name: &KeyName) -> String {
        match (name.kind(), self.file_of(name)) {
            (Some(KeyKind::File), Ok(path)) => format!("the key file {}", path.display()),
            (Some(KeyKind::Passphrase), _) => "a passphrase, which SLUICE_VAULT_PASSPHRASE can give".to_owned(),
            (Some(kind), _) => kind.in_words().to_owned(),
            (None, _) => "a source that this version does not know".to_owned(),
        }
    }

    fn given(&self, kind: KeyKind) -> Option<Secret> {
        self.given.iter().find_map(|given| match given {
            KeySource::Environment(secret) | KeySource::Passphrase(secret) if given.kind() == kind => {
                Some(secret.clone())
            }
            _ => None,
        })
    }

    fn file_of(&self, name: &KeyName) -> Result<PathBuf, Error> {
        let shared = self.file.as_ref();
        let shared = shared.ok_or_else(|| Error::VaultKeyMissing { source_name: "a key file".to_owned() })?;
        Ok(match &name.id {
            Some(id) => shared.with_file_name(format!("vault-{id}.key")),
            None => shared.clone(),
        })
    }

    /// A key that is found once. Nobody else looks for it meanwhile: deriving one takes much memory, and a person is to
    /// be asked once.
    fn once(&self, name: &KeyName, find: impl FnOnce() -> Result<Key, Error>) -> Result<Key, Error> {
        let mut keys = self.found.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, key)) = keys.iter().find(|(known, _)| known == name) {
            return Ok(key.clone());
        }
        let key = find()?;
        keys.push((name.clone(), key.clone()));
        Ok(key)
    }

    fn keep(&self, name: &KeyName, key: &Key) {
        let mut keys = self.found.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.push((name.clone(), key.clone()));
    }

    /// Forgets what was found under a name: it did not open the vault, and may be asked for again.
    pub(super) fn mistrust(&self, name: &KeyName) {
        self.found.keys.lock().unwrap_or_else(PoisonError::into_inner).retain(|(known, _)| known != name);
    }
}

fn new_id() -> Result<String, Error> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|_| Error::Internal("the operating system gives no randomness"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn unknown(name: &KeyName, vault: &Path) -> Error {
    let shown: String = name.source.chars().filter(|character| !character.is_control()).take(40).collect();
    let problem = format!("it takes its key from \"{shown}\", which this version does not know, or it was changed");
    Error::VaultDamaged { path: vault.to_owned(), problem }
}
