//! The vault: what it gives back, and that nothing done to its file goes unnoticed or panics.

use std::collections::BTreeMap;
use std::path::Path;

use crate::connections::Error;
use crate::connections::vault::{
    About, Change, FileVault, KeySource, MemoryVault, Record, RecordId, Renewal, State, Vault,
};
use crate::secret::Secret;

fn record(token: &str) -> Record {
    Record {
        definition: vec!["service = acme".into()],
        fields: BTreeMap::from([("access_token".to_owned(), Secret::new(token))]),
        expires_at: Some(7),
        lifetime: Some(3600),
        scopes: vec!["a".into()],
        api_domain: Some("https://www.zohoapis.eu".into()),
        state: State::NeedsReconnect { reason: "because".into() },
        renewal: Renewal { failures: 2, problem: "was busy".into(), ..Renewal::default() },
        about: About { account: Some("a@acme.test".into()), owner: None, disabled: true },
        created_at: 1,
        updated_at: 2,
    }
}

fn vault(folder: &Path) -> FileVault {
    FileVault::of_user(folder, KeySource::File(folder.join("vault.key")))
}

fn put(vault: &dyn Vault, id: &RecordId, record: &Record) {
    vault.update(id, &mut |_| Change::Put(Box::new(record.clone()))).unwrap();
}

fn id(text: &str) -> RecordId {
    RecordId::new(text, None)
}

#[test]
fn a_record_comes_back_whole_from_both_vaults() {
    let folder = tempfile::tempdir().unwrap();
    let vaults: [Box<dyn Vault>; 2] = [Box::new(vault(folder.path())), Box::new(MemoryVault::default())];
    for vault in vaults {
        let user = RecordId::new("acme", Some("asha@example.com/x"));
        assert_eq!(vault.get(&id("acme")).unwrap(), None);
        put(vault.as_ref(), &id("acme"), &record("one"));
        put(vault.as_ref(), &user, &record("two"));
        assert_eq!(vault.get(&id("acme")).unwrap(), Some(record("one")));
        assert_eq!(vault.get(&user).unwrap(), Some(record("two")));
        assert_eq!(vault.ids().unwrap(), [id("acme"), user.clone()]);
        assert_eq!((user.link_name(), user.user()), ("acme", Some("asha@example.com/x")));
        vault.update(&id("acme"), &mut |_| Change::Delete).unwrap();
        assert_eq!(vault.get(&id("acme")).unwrap(), None);
        assert_eq!(vault.get(&user).unwrap(), Some(record("two")));
    }
}

#[test]
fn a_lock_is_held_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let vaults: [Box<dyn Vault>; 2] = [Box::new(vault(folder.path())), Box::new(MemoryVault::default())];
    for vault in vaults {
        let held = vault.try_lock(&id("acme")).unwrap();
        assert!(held.is_some());
        assert!(vault.try_lock(&id("acme")).unwrap().is_none());
        assert!(vault.try_lock(&id("acme")).unwrap().is_none());
        assert!(vault.try_lock(&id("other")).unwrap().is_some());
        drop(held);
        assert!(vault.try_lock(&id("acme")).unwrap().is_some());
    }
}

#[test]
fn the_file_holds_nothing_readable() {
    let folder = tempfile::tempdir().unwrap();
    put(&vault(folder.path()), &id("acme"), &record("marker-secret"));
    let text = std::fs::read_to_string(folder.path().join("vault.json")).unwrap();
    assert!(!text.contains("marker-secret") && !text.contains("access_token") && !text.contains("because"));
}

#[test]
fn every_flipped_byte_is_noticed_or_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path());
    put(&vault, &id("acme"), &record("one"));
    put(&vault, &id("other"), &record("two"));
    let path = folder.path().join("vault.json");
    let intact = std::fs::read(&path).unwrap();
    let mut noticed = 0;
    for at in 0..intact.len() {
        let mut changed = intact.clone();
        changed[at] ^= [0x01, 0x20, 0x80][at % 3];
        std::fs::write(&path, &changed).unwrap();
        match vault.get(&id("acme")) {
            Ok(found) => assert_eq!(found, Some(record("one")), "byte {at}"),
            Err(Error::VaultDamaged { .. } | Error::VaultFormat { .. }) => noticed += 1,
            Err(other) => panic!("byte {at}: {other}"),
        }
    }
    assert!(noticed > intact.len() * 2 / 3, "only {noticed} changes were noticed");
    for cut in (0..intact.len() - 1).step_by(7) {
        std::fs::write(&path, &intact[..cut]).unwrap();
        assert!(vault.get(&id("acme")).is_err(), "cut at {cut}");
    }
}

#[test]
fn records_cannot_be_swapped_removed_or_brought_back() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path());
    put(&vault, &id("acme"), &record("one"));
    let path = folder.path().join("vault.json");
    let old: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    put(&vault, &id("other"), &record("two"));
    let new: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let write = |value: &serde_json::Value| std::fs::write(&path, value.to_string()).unwrap();
    let mut swapped = new.clone();
    swapped["records"]["acme"] = new["records"]["other"].clone();
    write(&swapped);
    assert_eq!(vault.get(&id("acme")).unwrap_err().code(), "connections::vault-damaged");
    let mut removed = new.clone();
    removed["records"] = old["records"].clone();
    write(&removed);
    assert_eq!(vault.get(&id("acme")).unwrap_err().code(), "connections::vault-damaged");
    write(&new);
    assert_eq!(vault.get(&id("acme")).unwrap(), Some(record("one")));
}

#[test]
fn nonsense_never_panics() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path());
    put(&vault, &id("acme"), &record("one"));
    let path = folder.path().join("vault.json");
    let deep = "[".repeat(100_000);
    for text in ["", "{}", "null", "[1]", "{\"format\":2}", "{\"format\":-1}", "{\"format\":1}", "\u{0}\u{1}", &deep] {
        std::fs::write(&path, text).unwrap();
        let error = vault.get(&id("acme")).unwrap_err();
        assert!(matches!(error, Error::VaultDamaged { .. } | Error::VaultFormat { .. }), "{error}");
        // A vault that cannot be read is never written over.
        assert!(vault.update(&id("acme"), &mut |_| Change::Put(Box::new(record("new")))).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
}

#[test]
fn another_key_opens_nothing_and_a_missing_one_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    put(&vault(folder.path()), &id("acme"), &record("one"));
    let other = KeySource::Environment(Secret::new("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    let error = FileVault::of_user(folder.path(), other.clone()).get(&id("acme")).unwrap_err();
    assert_eq!(error.code(), "connections::vault-key-source");
    assert!(error.to_string().contains("SLUICE_VAULT_KEY"), "{error}");
    let elsewhere = tempfile::tempdir().unwrap();
    put(&vault(elsewhere.path()), &id("acme"), &record("one"));
    let wrong = KeySource::File(elsewhere.path().join("vault.key"));
    let error = FileVault::of_user(folder.path(), wrong).get(&id("acme")).unwrap_err();
    assert_eq!(error.code(), "connections::vault-damaged");
    let in_environment = FileVault::of_user(elsewhere.path(), other);
    std::fs::remove_file(in_environment.path()).unwrap();
    put(&in_environment, &id("acme"), &record("one"));
    let short = KeySource::Environment(Secret::new("AAAA"));
    let error = FileVault::of_user(elsewhere.path(), short).get(&id("acme")).unwrap_err();
    assert_eq!(error.code(), "connections::vault-key-invalid");
    assert!(!format!("{error} {error:?} {}", error.help()).contains("AAAA"));
    std::fs::remove_file(folder.path().join("vault.key")).unwrap();
    let vault = vault(folder.path());
    assert_eq!(vault.get(&id("acme")).unwrap_err().code(), "connections::vault-key-missing");
    assert!(vault.update(&id("x"), &mut |_| Change::Put(Box::new(record("one")))).is_err());
    assert!(!folder.path().join("vault.key").exists());
}

#[test]
fn an_environment_key_needs_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let key = KeySource::Environment(Secret::new(" AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"));
    let vault = FileVault::of_user(folder.path(), key);
    put(&vault, &id("acme"), &record("one"));
    assert_eq!(vault.get(&id("acme")).unwrap(), Some(record("one")));
    assert!(!folder.path().join("vault.key").exists());
    assert!(vault.describe().contains("SLUICE_VAULT_KEY"));
}

#[test]
fn writers_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let folder = folder.path();
            scope.spawn(move || {
                for n in 0..5 {
                    put(&vault(folder), &id(&format!("c{thread}_{n}")), &record("one"));
                }
            });
        }
    });
    assert_eq!(vault(folder.path()).ids().unwrap().len(), 40);
}

#[cfg(unix)]
#[test]
fn files_are_private_and_stay_so() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    let project = tempfile::tempdir().unwrap();
    let user = tempfile::tempdir().unwrap();
    let key = user.path().join("made").join("vault.key");
    let vault = FileVault::of_project(project.path(), KeySource::File(key.clone()));
    put(&vault, &id("acme"), &record("one"));
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&project.path().join(".sluice")), 0o700);
    assert_eq!(mode(vault.path()), 0o600);
    assert_eq!(mode(&key), 0o600);
    assert_eq!(mode(&user.path().join("made")), 0o700);
    assert_eq!(std::fs::read_to_string(project.path().join(".sluice/.gitignore")).unwrap(), "*\n");
    for loose in [vault.path(), key.as_path()] {
        for bits in [0o640, 0o604, 0o620] {
            std::fs::set_permissions(loose, Permissions::from_mode(bits)).unwrap();
            let error = vault.get(&id("acme")).unwrap_err();
            assert_eq!(error.code(), "connections::loose-permissions");
            assert!(error.help().contains(&format!("chmod 600 {}", loose.display())), "{}", error.help());
        }
        std::fs::set_permissions(loose, Permissions::from_mode(0o600)).unwrap();
    }
    assert!(vault.get(&id("acme")).unwrap().is_some());
}

#[cfg(unix)]
#[test]
fn links_pipes_and_other_peoples_files_are_not_used() {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, chown, symlink};

    let (project, user) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = FileVault::of_project(project.path(), KeySource::File(user.path().join("vault.key")));
    put(&vault, &id("acme"), &record("one"));
    let (file, key, folder) = (vault.path().to_owned(), user.path().join("vault.key"), project.path().join(".sluice"));
    let refused = |expected: &str| {
        let change = vault.update(&id("acme"), &mut |_| Change::Delete);
        for error in [vault.get(&id("acme")).err(), change.err()].into_iter().flatten() {
            assert!(error.to_string().contains(expected), "{error}");
            assert_eq!(error.code(), "connections::untrusted-file");
        }
        assert!(vault.update(&id("acme"), &mut |_| Change::Delete).is_err());
    };
    for path in [&file, &key, &folder] {
        let elsewhere = user.path().join("elsewhere");
        std::fs::rename(path, &elsewhere).unwrap();
        symlink(&elsewhere, path).unwrap();
        refused("it is a link");
        std::fs::remove_file(path).unwrap();
        std::fs::rename(&elsewhere, path).unwrap();
        if rustix::process::geteuid().is_root() {
            chown(path, Some(12345), None).unwrap();
            refused("another user");
            chown(path, Some(0), None).unwrap();
        }
    }
    let lock = folder.join("vault.json.lock");
    std::fs::remove_file(&lock).unwrap();
    symlink(user.path().join("made-by-a-stranger"), &lock).unwrap();
    assert_eq!(vault.update(&id("acme"), &mut |_| Change::Delete).unwrap_err().code(), "connections::untrusted-file");
    assert!(!user.path().join("made-by-a-stranger").exists());
    std::fs::remove_file(&lock).unwrap();
    // A folder that is a file, and a pipe that would be waited for.
    let pipe = tempfile::tempdir().unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        pipe.path().join("vault.json"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
    let error = FileVault::of_user(pipe.path(), KeySource::File(key)).get(&id("acme")).unwrap_err();
    assert!(error.to_string().contains("no ordinary file"), "{error}");
    // A loose folder of Sluice's own is closed, one of the user's is told.
    std::fs::set_permissions(&folder, Permissions::from_mode(0o777)).unwrap();
    put(&vault, &id("acme"), &record("two"));
    assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    let of_user = self::vault(user.path());
    put(&of_user, &id("acme"), &record("one"));
    std::fs::set_permissions(user.path(), Permissions::from_mode(0o770)).unwrap();
    let error = of_user.update(&id("acme"), &mut |_| Change::Delete).unwrap_err();
    assert_eq!(error.code(), "connections::loose-permissions");
    assert!(error.help().contains("chmod 700"), "{}", error.help());
    std::fs::set_permissions(user.path(), Permissions::from_mode(0o755)).unwrap();
    put(&of_user, &id("acme"), &record("two"));
}
