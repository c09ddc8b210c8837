//! One at a time for each authorisation: first in this process, then, by a lock of the vault, among all.

use std::collections::HashMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use super::Error;
use super::blocking::aside;
use super::session::Connections;
use super::vault::{LockGuard, RecordId, Vault};

/// How long another process may take for its renewal: more than an exchange that is given up.
const PATIENCE: Duration = Duration::from_secs(100);
/// Between two looks at a lock.
const PAUSE: Duration = Duration::from_millis(20);

/// The renewals that are under way in this process.
#[derive(Debug, Default)]
pub(super) struct InFlight(Mutex<HashMap<RecordId, Weak<Flight>>>);

/// The renewals of one authorisation, one after the other.
#[derive(Debug, Default)]
pub(super) struct Flight {
    /// Holds what the last one came to, if it failed.
    pub(super) turn: Arc<tokio::sync::Mutex<Option<Error>>>,
    /// How many have ended. Who waited while one ended shares its outcome.
    pub(super) ended: AtomicU64,
}

impl InFlight {
    pub(super) fn of(&self, id: &RecordId) -> Arc<Flight> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get(id).and_then(Weak::upgrade) {
            return known;
        }
        all.retain(|_, known| known.strong_count() > 0);
        let new = Arc::new(Flight::default());
        all.insert(id.clone(), Arc::downgrade(&new));
        new
    }
}

/// That nobody renews the token of a record, as long as it lives.
pub(super) struct Alone {
    // Released in this order: who waits here must find the lock of the processes free.
    _everywhere: LockGuard,
    _turn: tokio::sync::OwnedMutexGuard<Option<Error>>,
    /// Others find the turn by it.
    _flight: Arc<Flight>,
}

impl Connections {
    /// Waits until nobody renews this record's token, here or in another process, and keeps it so until the guard is
    /// dropped. Who changes a record otherwise takes it too: a renewal that finds another record drops its new token.
    pub(super) async fn alone(&self, id: &RecordId, vault: &Arc<dyn Vault>) -> Result<Alone, Error> {
        let flight = self.in_flight.of(id);
        let turn = Arc::clone(&flight.turn).lock_owned().await;
        let everywhere = lock_everywhere(id, vault).await?;
        Ok(Alone { _everywhere: everywhere, _turn: turn, _flight: flight })
    }
}

/// Waits for the lock that every process takes.
pub(super) async fn lock_everywhere(id: &RecordId, vault: &Arc<dyn Vault>) -> Result<LockGuard, Error> {
    let waited = async {
        loop {
            let (vault, id) = (Arc::clone(vault), id.clone());
            if let Some(lock) = aside(move || vault.try_lock(&id)).await? {
                return Ok(lock);
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    match tokio::time::timeout(PATIENCE, waited).await {
        Ok(lock) => lock,
        Err(_) => Err(Error::Busy { path: vault.describe().into() }),
    }
}
