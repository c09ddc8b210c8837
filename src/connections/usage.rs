//! When each authorisation was last used, for people. It is kept beside the vault and not in it: a file of its own,
//! written at most once a minute for each, that nothing depends on. Whatever goes wrong with it goes unsaid.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::Origin;
use super::files::{self, OsLock};
use super::vault::RecordId;

/// The name of the file.
const FILE: &str = "last-used.json";
/// Between two notes of one authorisation, in seconds.
const PAUSE: u64 = 60;
/// The largest file that is read, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// When authorisations were last used, in seconds since 1970 by their ids.
#[derive(Debug, Default)]
pub(super) struct Usage {
    project: Option<PathBuf>,
    user: Option<PathBuf>,
    here: Mutex<BTreeMap<String, u64>>,
}

impl Usage {
    /// Kept in files beside the vaults of these folders.
    pub(super) fn beside(project: Option<&Path>, user: &Path) -> Self {
        let project = project.map(|project| files::project_folder(project).join(FILE));
        Self { project, user: Some(user.join(FILE)), here: Mutex::default() }
    }

    /// Notes that an authorisation was used.
    pub(super) fn note(&self, origin: Origin, id: &RecordId, now: u64) {
        {
            let mut here = self.here.lock().unwrap_or_else(PoisonError::into_inner);
            let before = here.get(id.as_str()).copied();
            if before.is_some_and(|before| now.saturating_sub(before) < PAUSE) {
                return;
            }
            here.insert(id.as_str().to_owned(), now);
        }
        if let Some(path) = self.path(origin) {
            // Nothing depends on it, so its failure is nobody's concern.
            let _ = write(path, id, now);
        }
    }

    /// When an authorisation was last used, to the minute.
    pub(super) fn last(&self, origin: Origin, id: &RecordId) -> Option<u64> {
        let here = self.here.lock().unwrap_or_else(PoisonError::into_inner).get(id.as_str()).copied();
        let there = self.path(origin).and_then(read).and_then(|all| all.get(id.as_str()).copied());
        here.max(there)
    }

    fn path(&self, origin: Origin) -> Option<&PathBuf> {
        match origin {
            Origin::Project => self.project.as_ref(),
            Origin::User => self.user.as_ref(),
            Origin::Program => None,
        }
    }
}

fn read(path: &PathBuf) -> Option<BTreeMap<String, u64>> {
    let mut text = String::new();
    std::fs::File::open(path).ok()?.take(LARGEST).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

/// Unflushed, unlike the vault: what is lost with the power is one minute.
fn write(path: &PathBuf, id: &RecordId, now: u64) -> Option<()> {
    let _lock = OsLock::try_take(&files::lock_path(path)).ok()??;
    let mut all = read(path).unwrap_or_default();
    if all.get(id.as_str()).is_some_and(|before| now.saturating_sub(*before) < PAUSE) {
        return Some(());
    }
    all.insert(id.as_str().to_owned(), now);
    let mut file = tempfile::Builder::new().prefix(".sluice-").tempfile_in(path.parent()?).ok()?;
    file.write_all(serde_json::to_string_pretty(&all).ok()?.as_bytes()).ok()?;
    file.persist(path).ok().map(|_| ())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_use_is_noted_once_a_minute_and_found_by_others() {
        let folder = tempfile::tempdir().unwrap();
        let (id, other) = (RecordId::new("shop", None), RecordId::new("shop", Some("asha")));
        let open = || Usage::beside(None, folder.path());
        let usage = open();
        assert_eq!(usage.last(Origin::User, &id), None);
        for now in [1_000, 1_030, 1_059] {
            usage.note(Origin::User, &id, now);
        }
        assert_eq!((usage.last(Origin::User, &id), open().last(Origin::User, &id)), (Some(1_000), Some(1_000)));
        open().note(Origin::User, &other, 1_061);
        open().note(Origin::User, &id, 1_061);
        assert_eq!((open().last(Origin::User, &id), open().last(Origin::User, &other)), (Some(1_061), Some(1_061)));
    }

    #[test]
    fn what_cannot_be_read_or_written_troubles_nobody() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "{").unwrap();
        let id = RecordId::new("shop", None);
        assert_eq!(Usage::beside(None, folder.path()).last(Origin::User, &id), None);
        let usage = Usage::beside(None, &folder.path().join("not/there"));
        usage.note(Origin::User, &id, 7);
        assert_eq!(usage.last(Origin::User, &id), Some(7));
    }
}
