//! Records that live as long as the program: for tests, and for programs that bring their own credentials.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Change, LockGuard, Record, RecordId, Vault};
use crate::connections::Error;

/// Records in memory.
#[derive(Debug, Default)]
pub struct MemoryVault {
    records: Mutex<BTreeMap<RecordId, Record>>,
    locked: Arc<Mutex<BTreeSet<RecordId>>>,
}

impl Vault for MemoryVault {
    fn get(&self, id: &RecordId) -> Result<Option<Record>, Error> {
        Ok(open(&self.records).get(id).cloned())
    }

    fn update(&self, id: &RecordId, change: &mut dyn FnMut(Option<Record>) -> Change) -> Result<(), Error> {
        let mut records = open(&self.records);
        match change(records.get(id).cloned()) {
            Change::Keep => {}
            Change::Put(record) => {
                records.insert(id.clone(), *record);
            }
            Change::Delete => {
                records.remove(id);
            }
        }
        Ok(())
    }

    fn ids(&self) -> Result<Vec<RecordId>, Error> {
        Ok(open(&self.records).keys().cloned().collect())
    }

    fn try_lock(&self, id: &RecordId) -> Result<Option<LockGuard>, Error> {
        if !open(&self.locked).insert(id.clone()) {
            return Ok(None);
        }
        Ok(Some(Box::new(Held { id: id.clone(), locked: Arc::clone(&self.locked) })))
    }

    fn describe(&self) -> String {
        "memory".to_owned()
    }
}

/// A held lock.
struct Held {
    id: RecordId,
    locked: Arc<Mutex<BTreeSet<RecordId>>>,
}

impl Drop for Held {
    fn drop(&mut self) {
        open(&self.locked).remove(&self.id);
    }
}

/// A thread that panicked cannot have left the map half changed.
fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
