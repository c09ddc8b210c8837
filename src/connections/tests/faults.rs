//! Every operation on files fails once, as on a full disk, and every one is once the last of its process: afterwards the
//! store holds what it held before or what was to be written, and nothing that others could read. A process that is
//! killed is a real one, this test program started again, which halts at the operation and is killed there.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use proptest::prelude::*;

use crate::connections::files::faults::{Fault, HALTED, with_fault};
use crate::connections::vault::{Change, FileVault, KeyKind, KeySource, Record, RecordId, Rekey, State, Vault};
use crate::connections::{Connection, Error, FileRegistry, LinkName};
use crate::secret::Secret;

/// What a child process is told: what to do, at which operation to halt, and where.
const CHILD: &str = "VAULT_TEST_CHILD";
/// More operations than any change has.
const MANY: usize = 60;
/// What no file may hold.
const MARKER: &str = "marker-secret";

/// One change of a project's store.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Doing {
    Make,
    Change,
    Remove,
    NewKey,
    NewDataKey,
    Define,
}

const ALL: [Doing; 6] = [Doing::Make, Doing::Change, Doing::Remove, Doing::NewKey, Doing::NewDataKey, Doing::Define];

impl Doing {
    /// What must be there before.
    fn prepare(self, place: &Path) {
        if self != Doing::Make {
            put(&vault(place), "acme", "old").unwrap();
            put(&vault(place), "other", "old").unwrap();
        }
    }

    fn perform(self, place: &Path) -> Result<(), Error> {
        let vault = vault(place);
        match self {
            Doing::Make | Doing::Change => put(&vault, "acme", "new"),
            Doing::Remove => vault.update(&id("acme"), &mut |_| Change::Delete),
            Doing::NewKey => vault.rekey(&Rekey { to: Some(KeyKind::File), ..Rekey::default() }).map(|_| ()),
            Doing::NewDataKey => vault.rekey(&Rekey { keep_key: true, data_key: true, ..Rekey::default() }).map(|_| ()),
            Doing::Define => {
                let mut registry = FileRegistry::load(Some(&place.join("project")), &place.join("user"))?;
                registry.create_connection(Connection::new(LinkName::parse("acme")?, "slack"))
            }
        }
    }

    /// The store is as before the change or as after it; whether it is as after it.
    fn check(self, place: &Path) -> bool {
        let found = contents(place);
        let (acme, other) = (found.get("acme").map(String::as_str), found.get("other").map(String::as_str));
        match self {
            Doing::Make => {
                assert_eq!(other, None);
                assert!(matches!(acme, None | Some("new")), "{acme:?}");
                acme.is_some()
            }
            Doing::Change => {
                assert_eq!(other, Some("old"));
                assert!(matches!(acme, Some("old" | "new")), "{acme:?}");
                acme == Some("new")
            }
            Doing::Remove => {
                assert_eq!(other, Some("old"));
                assert!(matches!(acme, None | Some("old")), "{acme:?}");
                acme.is_none()
            }
            Doing::NewKey | Doing::NewDataKey => {
                assert_eq!((acme, other), (Some("old"), Some("old")));
                true
            }
            Doing::Define => {
                let registry = FileRegistry::load(Some(&place.join("project")), &place.join("user")).unwrap();
                registry.has_connection("acme")
            }
        }
    }
}

fn vault(place: &Path) -> FileVault {
    FileVault::of_project(&place.join("project"), KeySource::File(place.join("user/vault.key")))
}

fn id(text: &str) -> RecordId {
    RecordId::new(text, None)
}

fn put(vault: &FileVault, name: &str, token: &str) -> Result<(), Error> {
    let record = Record {
        definition: Vec::new(),
        fields: BTreeMap::from([(MARKER.to_owned(), Secret::new(token))]),
        expires_at: None,
        lifetime: None,
        scopes: Vec::new(),
        api_domain: None,
        renewal: Default::default(),
        state: State::Connected,
        about: Default::default(),
        created_at: 0,
        updated_at: 0,
    };
    vault.update(&id(name), &mut |_| Change::Put(Box::new(record.clone())))
}

/// All records, as a new process finds them.
fn contents(place: &Path) -> BTreeMap<String, String> {
    let vault = vault(place);
    let ids = vault.ids().unwrap();
    ids.iter().map(|id| (id.to_string(), vault.get(id).unwrap().unwrap().field(MARKER).to_owned())).collect()
}

/// A folder with room for a project and a user.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    std::fs::create_dir(place.path().join("project")).unwrap();
    place
}

/// Nothing but what may be committed is for others to read, and nothing anywhere is in clear.
fn nothing_is_open(place: &Path) {
    let mut folders = vec![place.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            assert!(!text.contains(MARKER), "{}", path.display());
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let is_open = path.metadata().unwrap().permissions().mode() & 0o077 != 0;
                let name = path.file_name().unwrap().to_str().unwrap();
                let is_for_all = [".gitignore", "connections.toml"].iter().any(|known| name.contains(known));
                assert!(!is_open || is_for_all, "{}", path.display());
            }
        }
    }
}

fn leftovers(place: &Path) -> usize {
    let folders = ["project", "project/.sluice", "user"];
    let entries = folders.iter().flat_map(|folder| std::fs::read_dir(place.join(folder)).into_iter().flatten());
    entries.filter(|entry| entry.as_ref().unwrap().file_name().to_str().unwrap().ends_with(".new")).count()
}

#[test]
fn a_disk_that_fails_at_any_operation_leaves_the_old_or_the_new() {
    for doing in ALL {
        for fault in [Fault::Full, Fault::Broken] {
            let mut operations = 0;
            for n in 1..MANY {
                let place = place();
                doing.prepare(place.path());
                let (result, is_reached) = with_fault(n, fault, || doing.perform(place.path()));
                let is_done = doing.check(place.path());
                assert!(result.is_err() || is_done, "{doing:?}, operation {n}: it said that it was done");
                nothing_is_open(place.path());
                assert_eq!(leftovers(place.path()), 0, "{doing:?}, operation {n}");
                if !is_reached {
                    result.unwrap();
                    break;
                }
                operations = n;
                // What failed can be done again when there is room.
                if !is_done || matches!(doing, Doing::NewKey | Doing::NewDataKey) {
                    doing.perform(place.path()).unwrap();
                    assert!(doing.check(place.path()));
                }
            }
            assert!((7..MANY - 1).contains(&operations), "{doing:?} had {operations} operations");
        }
    }
}

#[test]
fn a_process_that_is_killed_at_any_operation_leaves_the_old_or_the_new() {
    for doing in ALL {
        for n in 1..MANY {
            let place = place();
            doing.prepare(place.path());
            let is_halted = kill_at(doing, n, place.path());
            let is_done = doing.check(place.path());
            nothing_is_open(place.path());
            // No lock outlives its process.
            put(&vault(place.path()), "next", "new").unwrap();
            if !is_halted {
                assert!(is_done && n > 7, "{doing:?} had {n} operations");
                break;
            }
        }
    }
}

/// Starts a process that does this, and kills it when it has come to its n-th operation; whether it has.
fn kill_at(doing: Doing, n: usize, place: &Path) -> bool {
    let what = ALL.iter().position(|known| *known == doing).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "connections::tests::faults::child", "--nocapture", "--test-threads", "1"])
        .env(CHILD, format!("{what} {n} {}", place.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let is_halted = output.lines().map_while(Result::ok).any(|line| line.contains(HALTED));
    // SIGKILL, where there are signals.
    child.kill().unwrap();
    child.wait().unwrap();
    is_halted
}

/// What such a process does; nothing in an ordinary run of the tests.
#[test]
fn child() {
    let Ok(told) = std::env::var(CHILD) else { return };
    let parts: Vec<&str> = told.splitn(3, ' ').collect();
    let doing = ALL[parts[0].parse::<usize>().unwrap()];
    let (result, _) = with_fault(parts[1].parse().unwrap(), Fault::Halt, || doing.perform(Path::new(parts[2])));
    result.unwrap();
}

#[test]
fn what_dead_processes_left_is_cleared_away_later() {
    let place = place();
    Doing::Change.prepare(place.path());
    let folder = place.path().join("project/.sluice");
    for (name, age) in [(".vault.json.old.new", 2 * 60 * 60), (".vault.json.now.new", 0), ("mine.new", 2 * 60 * 60)] {
        std::fs::write(folder.join(name), "x").unwrap();
        let file = std::fs::File::options().write(true).open(folder.join(name)).unwrap();
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(age)).unwrap();
    }
    put(&vault(place.path()), "acme", "new").unwrap();
    assert!(!folder.join(".vault.json.old.new").exists());
    assert!(folder.join(".vault.json.now.new").exists() && folder.join("mine.new").exists());
}

#[derive(Clone, Debug)]
enum Action {
    Put(u8, u8),
    Delete(u8),
    Rekey { keep_key: bool, data_key: bool },
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        4 => (0..4u8, any::<u8>()).prop_map(|(name, token)| Action::Put(name, token)),
        2 => (0..4u8).prop_map(Action::Delete),
        1 => any::<(bool, bool)>().prop_map(|(keep_key, data_key)| Action::Rekey { keep_key, data_key }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_changes_with_any_failures_keep_what_was_stored(
        actions in prop::collection::vec((action(), prop::option::of(1..20usize)), 1..12),
    ) {
        let place = place();
        let mut expected = BTreeMap::new();
        for (action, fault) in actions {
            let mut after = expected.clone();
            match &action {
                Action::Put(name, token) => drop(after.insert(format!("c{name}"), token.to_string())),
                Action::Delete(name) => drop(after.remove(&format!("c{name}"))),
                Action::Rekey { .. } => {}
            }
            let vault = vault(place.path());
            let (result, _) = with_fault(fault.unwrap_or(usize::MAX), Fault::Full, || match &action {
                Action::Put(name, token) => put(&vault, &format!("c{name}"), &token.to_string()),
                Action::Delete(name) => vault.update(&id(&format!("c{name}")), &mut |_| Change::Delete),
                Action::Rekey { keep_key, data_key } => vault
                    .rekey(&Rekey { keep_key: *keep_key, data_key: *data_key, ..Rekey::default() })
                    .map(|_| ()),
            });
            let found = contents(place.path());
            prop_assert!(found == after || (result.is_err() && found == expected), "{found:?} after {action:?}");
            prop_assert!(result.is_ok() || fault.is_some());
            expected = found;
        }
        nothing_is_open(place.path());
    }
}

#[test]
fn processes_that_change_different_records_lose_nothing() {
    let place = place();
    let children: Vec<_> = (0..3)
        .map(|number| {
            Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "connections::tests::faults::writer", "--nocapture"])
                .env(WRITER, format!("{number} {}", place.path().display()))
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(contents(place.path()).len(), 3 * 8);
}

const WRITER: &str = "VAULT_TEST_WRITER";

/// What such a process does; nothing in an ordinary run of the tests.
#[test]
fn writer() {
    let Ok(told) = std::env::var(WRITER) else { return };
    let (number, place) = told.split_once(' ').unwrap();
    for n in 0..8 {
        put(&vault(Path::new(place)), &format!("c{number}_{n}"), "one").unwrap();
        if n == 4 {
            vault(Path::new(place)).rekey(&Rekey::default()).unwrap();
        }
    }
}
