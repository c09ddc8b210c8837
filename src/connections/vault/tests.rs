//! Where keys come from, how they are changed, and that older files are read.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::keyring::Keyring;
use super::seal::Key;
use super::*;
use crate::secret::Secret;

/// The key of the file of format 1.
const FIXTURE_KEY: &str = "c2x1aWNlIGZpeHR1cmUga2V5LCAzMiBieXRlcyBsb24=";

/// A keyring in memory, which may be away or locked.
#[derive(Default)]
struct Memory {
    keys: Mutex<BTreeMap<String, Key>>,
    is_away: bool,
    is_locked: bool,
}

impl Keyring for Memory {
    fn probe(&self) -> Result<(), String> {
        if self.is_away { Err("there is none".into()) } else { Ok(()) }
    }

    fn read(&self, id: &str) -> Result<Option<Key>, String> {
        self.probe()?;
        Ok(self.keys.lock().unwrap().get(id).cloned())
    }

    fn write(&self, id: &str, key: &Key) -> Result<(), String> {
        self.probe()?;
        if self.is_locked {
            return Err("it is locked".into());
        }
        self.keys.lock().unwrap().insert(id.to_owned(), key.clone());
        Ok(())
    }

    fn delete(&self, id: &str) -> Result<(), String> {
        self.keys.lock().unwrap().remove(id);
        Ok(())
    }
}

fn record(token: &str) -> Record {
    Record {
        definition: vec!["service = acme".into()],
        fields: BTreeMap::from([("access_token".to_owned(), Secret::new(token))]),
        expires_at: None,
        lifetime: None,
        scopes: Vec::new(),
        api_domain: None,
        renewal: Default::default(),
        state: State::Connected,
        about: Default::default(),
        created_at: 1,
        updated_at: 2,
    }
}

fn id(text: &str) -> RecordId {
    RecordId::new(text, None)
}

fn put(vault: &FileVault, name: &str, token: &str) {
    vault.update(&id(name), &mut |_| Change::Put(Box::new(record(token)))).unwrap();
}

fn token(vault: &FileVault, name: &str) -> String {
    vault.get(&id(name)).unwrap().unwrap().field("access_token").to_owned()
}

/// As another process would open it.
fn with_keyring(folder: &Path, keyring: &Arc<Memory>) -> FileVault {
    FileVault::of_user(folder, Keys::with_keyring(folder, Arc::clone(keyring) as _))
}

fn with_passphrase(folder: &Path, passphrase: &str) -> FileVault {
    FileVault::of_user(folder, KeySource::Passphrase(Secret::new(passphrase)))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_new_vault_takes_the_keyring_if_it_answers_and_keeps_keys() {
    for (is_away, is_locked, expected) in
        [(false, false, "keyring"), (true, false, "key-file"), (false, true, "key-file")]
    {
        let folder = tempfile::tempdir().unwrap();
        let keyring = Arc::new(Memory { is_away, is_locked, ..Memory::default() });
        put(&with_keyring(folder.path(), &keyring), "acme", "one");
        assert_eq!(token(&with_keyring(folder.path(), &keyring), "acme"), "one");
        let text = std::fs::read_to_string(folder.path().join("vault.json")).unwrap();
        assert!(text.contains(&format!("\"source\": \"{expected}\"")), "{text}");
        assert_eq!(keyring.keys.lock().unwrap().len(), usize::from(expected == "keyring"));
        assert_eq!(folder.path().join("vault.key").exists(), expected == "key-file");
    }
}

#[test]
fn a_keyring_that_lost_the_key_is_told_and_no_other_key_is_made() {
    let folder = tempfile::tempdir().unwrap();
    put(&with_keyring(folder.path(), &Arc::default()), "acme", "one");
    let before = std::fs::read(folder.path().join("vault.json")).unwrap();
    for keyring in [Memory::default(), Memory { is_away: true, ..Memory::default() }] {
        let is_away = keyring.is_away;
        let vault = with_keyring(folder.path(), &Arc::new(keyring));
        let error = vault.update(&id("acme"), &mut |_| Change::Put(Box::new(record("two")))).unwrap_err();
        let expected = if is_away { "connections::vault-keyring" } else { "connections::vault-key-missing" };
        assert_eq!(error.code(), expected);
    }
    assert_eq!(std::fs::read(folder.path().join("vault.json")).unwrap(), before);
    assert!(!folder.path().join("vault.key").exists());
}

#[test]
fn a_passphrase_opens_its_vault_and_no_other_does() {
    let folder = tempfile::tempdir().unwrap();
    put(&with_passphrase(folder.path(), "correct horse"), "acme", "one");
    assert_eq!(token(&with_passphrase(folder.path(), "correct horse"), "acme"), "one");
    let error = with_passphrase(folder.path(), "correct house").get(&id("acme")).unwrap_err();
    assert_eq!(error.code(), "connections::vault-damaged");
    assert!(error.to_string().contains("a passphrase"), "{error}");
    // Nobody to ask, nothing given.
    let asked = Arc::new(Mutex::new(0));
    let count = Arc::clone(&asked);
    let vault = with_keyring(folder.path(), &Arc::default());
    assert_eq!(vault.get(&id("acme")).unwrap_err().code(), "connections::vault-key-missing");
    let asking = Keys::with_keyring(folder.path(), Arc::<Memory>::default()).asking(Arc::new(move |_| {
        *count.lock().unwrap() += 1;
        // The first time it is mistyped, which must not be remembered.
        Some(Secret::new(if *count.lock().unwrap() == 1 { "corect horse" } else { "correct horse" }))
    }));
    let vault = FileVault::of_user(folder.path(), asking);
    assert!(vault.get(&id("acme")).is_err());
    assert_eq!((token(&vault, "acme"), token(&vault, "acme")), ("one".to_owned(), "one".to_owned()));
    assert_eq!(*asked.lock().unwrap(), 2);
    assert_eq!(names(folder.path()), ["vault.json", "vault.json.lock"]);
}

#[test]
fn a_cost_without_measure_in_the_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    put(&with_passphrase(folder.path(), "correct horse"), "acme", "one");
    let path = folder.path().join("vault.json");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"memory\": 65536", "\"memory\": 1073741824")).unwrap();
    let error = with_passphrase(folder.path(), "correct horse").get(&id("acme")).unwrap_err();
    assert!(error.to_string().contains("out of bounds"), "{error}");
}

#[test]
fn two_sources_that_disagree_are_told_and_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    let file = || KeySource::File(folder.path().join("vault.key"));
    put(&FileVault::of_user(folder.path(), file()), "acme", "one");
    let before = std::fs::read(folder.path().join("vault.json")).unwrap();
    for given in [KeySource::Environment(Secret::new(FIXTURE_KEY)), KeySource::Passphrase(Secret::new("correct horse"))]
    {
        let kind = given.kind();
        let vault = FileVault::of_user(folder.path(), given);
        let put = vault.update(&id("acme"), &mut |_| Change::Put(Box::new(record("two")))).unwrap_err();
        for error in [vault.get(&id("acme")).unwrap_err(), put] {
            assert_eq!(error.code(), "connections::vault-key-source");
            let text = error.to_string();
            assert!(text.contains("a key file") && text.contains(kind.in_words()), "{text}");
            assert!(!format!("{text}{error:?}{}", error.help()).contains(FIXTURE_KEY));
        }
    }
    assert_eq!(std::fs::read(folder.path().join("vault.json")).unwrap(), before);
    assert_eq!(token(&FileVault::of_user(folder.path(), file()), "acme"), "one");
}

#[test]
fn every_source_can_follow_every_other() {
    let folder = tempfile::tempdir().unwrap();
    let keyring = Arc::new(Memory::default());
    let vault = || with_keyring(folder.path(), &keyring);
    put(&vault(), "acme", "one");
    put(&vault(), "other", "two");
    let secret_of = |kind| match kind {
        KeyKind::Environment => Some(Secret::new(FIXTURE_KEY)),
        KeyKind::Passphrase => Some(Secret::new("correct horse")),
        KeyKind::Keyring | KeyKind::File => None,
    };
    // What the environment must give to open a vault with this kind of key.
    let keys = |kind: KeyKind| match (kind, secret_of(kind)) {
        (KeyKind::Environment, Some(secret)) => Keys::from(KeySource::Environment(secret)),
        (KeyKind::Passphrase, Some(secret)) => Keys::from(KeySource::Passphrase(secret)),
        _ => Keys::with_keyring(folder.path(), Arc::clone(&keyring) as _),
    };
    let mut before = KeyKind::Keyring;
    for to in [
        KeyKind::Keyring,
        KeyKind::File,
        KeyKind::File,
        KeyKind::Keyring,
        KeyKind::Environment,
        KeyKind::Environment,
        KeyKind::Keyring,
        KeyKind::Passphrase,
        KeyKind::Passphrase,
        KeyKind::Keyring,
    ] {
        let old_file = std::fs::read_to_string(folder.path().join("vault.json")).unwrap();
        let vault = FileVault::of_user(folder.path(), keys(before));
        let done = match (before, to) {
            // A person who has only the variables of the new source set.
            (KeyKind::Keyring, _) | (_, KeyKind::Environment | KeyKind::Passphrase) => {
                vault.rekey(&Rekey { to: Some(to), secret: secret_of(to), data_key: true, ..Rekey::default() })
            }
            _ => {
                let mut both = Keys::with_keyring(folder.path(), Arc::clone(&keyring) as _);
                both = match (before, secret_of(before)) {
                    (KeyKind::Environment, Some(secret)) => both.with_given(KeySource::Environment(secret)),
                    (KeyKind::Passphrase, Some(secret)) => both.with_given(KeySource::Passphrase(secret)),
                    _ => both,
                };
                FileVault::of_user(folder.path(), both).rekey(&Rekey { to: Some(to), ..Rekey::default() })
            }
        }
        .unwrap();
        assert_eq!((done.source, done.records), (to, 2));
        let vault = FileVault::of_user(folder.path(), keys(to));
        assert_eq!((token(&vault, "acme"), token(&vault, "other")), ("one".to_owned(), "two".to_owned()));
        assert_ne!(std::fs::read_to_string(folder.path().join("vault.json")).unwrap(), old_file);
        // Old keys are gone, and nothing of them stays behind.
        let files = names(folder.path()).iter().filter(|name| name.ends_with(".key")).count();
        assert_eq!(files, usize::from(to == KeyKind::File));
        assert_eq!(keyring.keys.lock().unwrap().len(), usize::from(to == KeyKind::Keyring));
        before = to;
    }
}

#[test]
fn a_new_key_of_one_vault_leaves_the_others_theirs() {
    let (user, project) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = || KeySource::File(user.path().join("vault.key"));
    let (one, two) = (FileVault::of_user(user.path(), file()), FileVault::of_project(project.path(), file()));
    put(&one, "acme", "one");
    put(&two, "acme", "two");
    let done = two.rekey(&Rekey::default()).unwrap();
    assert!(done.old_key_stays && done.after != done.before.unwrap());
    assert_eq!((token(&one, "acme"), token(&two, "acme")), ("one".to_owned(), "two".to_owned()));
    let done = two.rekey(&Rekey::default()).unwrap();
    assert!(!done.old_key_stays);
    assert_eq!(names(user.path()).iter().filter(|name| name.ends_with(".key")).count(), 2);
    // A copy of the vault from before, with the data key that somebody may know, opens nothing new.
    let before = std::fs::read_to_string(two.path()).unwrap();
    two.rekey(&Rekey { keep_key: true, data_key: true, ..Rekey::default() }).unwrap();
    let records = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()["records"].clone();
    let after = std::fs::read_to_string(two.path()).unwrap();
    let mut mixed: serde_json::Value = serde_json::from_str(&before).unwrap();
    mixed["records"] = records(&after);
    std::fs::write(two.path(), mixed.to_string()).unwrap();
    assert!(two.get(&id("acme")).is_err());
}

#[test]
fn a_vault_without_records_can_be_given_its_source() {
    let folder = tempfile::tempdir().unwrap();
    let vault = FileVault::of_user(folder.path(), KeySource::Passphrase(Secret::new("correct horse")));
    assert_eq!(vault.key_kind().unwrap(), None);
    let done = vault.rekey(&Rekey { to: Some(KeyKind::Passphrase), ..Rekey::default() }).unwrap();
    assert_eq!((done.before, done.records), (None, 0));
    assert_eq!(vault.key_kind().unwrap(), Some(KeyKind::Passphrase));
    assert_eq!(vault.ids().unwrap(), []);
}

#[test]
fn a_file_of_format_1_is_read_as_it_is_and_changed_with_the_next_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.json");
    let fixture = include_str!("../tests/fixtures/vault-1.json");
    crate::connections::files::create_private(&path, fixture.as_bytes()).unwrap();
    let vault = FileVault::of_user(folder.path(), KeySource::Environment(Secret::new(FIXTURE_KEY)));
    let user = RecordId::new("acme", Some("asha@example.com"));
    assert_eq!(token(&vault, "acme"), "one");
    assert_eq!(vault.get(&user).unwrap().unwrap().field("access_token"), "two");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), fixture);
    put(&vault, "acme", "three");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("{\n  \"format\": 2,"));
    assert_eq!(token(&vault, "acme"), "three");
    let record = vault.get(&user).unwrap().unwrap();
    assert_eq!((record.field("access_token"), record.expires_at, record.lifetime), ("two", Some(7), Some(3600)));
    // With another key, the old file is neither opened nor changed.
    std::fs::write(&path, fixture).unwrap();
    let other = KeySource::Environment(Secret::new("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    let other = FileVault::of_user(folder.path(), other);
    assert!(other.update(&user, &mut |_| Change::Delete).is_err());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), fixture);
}

#[test]
fn a_later_format_is_refused_with_advice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.json");
    let text = r#"{"format": 3, "keys": [], "anything": {"else": true}}"#;
    crate::connections::files::create_private(&path, text.as_bytes()).unwrap();
    let vault = FileVault::of_user(folder.path(), KeySource::Environment(Secret::new(FIXTURE_KEY)));
    for error in [vault.get(&id("acme")).unwrap_err(), vault.rekey(&Rekey::default()).unwrap_err()] {
        assert_eq!(error.code(), "connections::vault-format");
        assert!(error.help().contains("later"), "{}", error.help());
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn the_name_of_a_key_cannot_lead_to_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let vault = FileVault::of_user(folder.path(), KeySource::File(folder.path().join("vault.key")));
    put(&vault, "acme", "one");
    let mut contents: serde_json::Value = serde_json::from_slice(&std::fs::read(vault.path()).unwrap()).unwrap();
    for bad in ["../../etc/passwd", "", "a/b", "x", &"0".repeat(100)] {
        contents["key"]["id"] = bad.into();
        std::fs::write(vault.path(), contents.to_string()).unwrap();
        assert_eq!(vault.get(&id("acme")).unwrap_err().code(), "connections::vault-damaged");
    }
    contents["key"]["source"] = "age".into();
    contents["key"]["id"] = "00".into();
    std::fs::write(vault.path(), contents.to_string()).unwrap();
    let error = vault.get(&id("acme")).unwrap_err();
    assert!(error.to_string().contains("\"age\""), "{error}");
}
