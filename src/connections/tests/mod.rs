//! Tests of the room as its users see it: files in a temporary folder, and a server on loopback that issues tokens,
//! rotates and refuses them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[cfg(feature = "bundles")]
mod bundle;
mod consent;
mod create;
mod device;
mod faults;
mod life;
mod pacing;
mod placement;
mod refresh;
mod registry;
mod safety;
mod server;
mod service;
mod three_legged;
mod token_answers;
mod vault;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use tempfile::TempDir;

use super::vault::KeySource;
use super::{Clock, Connections, CreateConnection};
use crate::http::{Client, Guard, Method, Options, Request};
use crate::secret::{Redactor, Secret};

/// A user's folder, connections over it, and a clock to set.
struct Bench {
    folder: TempDir,
    connections: Connections,
    time: Arc<AtomicU64>,
    notes: Arc<Mutex<Vec<String>>>,
}

const START: u64 = 1_800_000_000;

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let time = Arc::new(AtomicU64::new(START));
        let notes = Arc::new(Mutex::new(Vec::new()));
        let connections = open(folder.path(), &time, &notes);
        Self { folder, connections, time, notes }
    }

    /// With a service file.
    fn with_service(text: &str) -> Self {
        let mut bench = Self::new();
        bench.write_service(text);
        bench.reopen();
        bench
    }

    fn write_service(&self, text: &str) {
        let services = self.path().join("services");
        std::fs::create_dir_all(&services).unwrap();
        std::fs::write(services.join("acme.toml"), text).unwrap();
    }

    /// As a new process would see the folder.
    fn reopen(&mut self) {
        self.connections = open(self.path(), &self.time, &self.notes);
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn pass(&self, seconds: u64) {
        self.time.fetch_add(seconds, Ordering::SeqCst);
    }

    fn notes(&self) -> Vec<String> {
        self.notes.lock().unwrap().clone()
    }
}

fn open(user: &Path, time: &Arc<AtomicU64>, notes: &Arc<Mutex<Vec<String>>>) -> Connections {
    let (time, notes) = (Arc::clone(time), Arc::clone(notes));
    let clock: Clock = Arc::new(move || UNIX_EPOCH + Duration::from_secs(time.load(Ordering::SeqCst)));
    let key = KeySource::File(user.join("vault.key"));
    let redactor = Arc::new(Redactor::default());
    Connections::open(None, user, key, client(), redactor)
        .unwrap()
        .with_clock(clock)
        .with_notes(move |note| notes.lock().unwrap().push(note.to_owned()))
}

fn client() -> Client {
    Client::new(Options { guard: Guard::off(), ..Options::default() }).unwrap()
}

#[test]
fn sending_can_move_between_threads() {
    fn check<T: Send + Sync>(_: &T) {}
    fn is_send<T: Send>(_: &T) {}
    let bench = Bench::new();
    check(&bench.connections);
    is_send(&bench.connections.send("x", None, get("https://a.test/")));
}

/// What `connections create acme_main --service acme` asks for.
fn wanted(fields: &[(&str, &str)]) -> CreateConnection {
    CreateConnection {
        link_name: "acme_main".to_owned(),
        service: "acme".to_owned(),
        fields: fields.iter().map(|(key, value)| ((*key).to_owned(), Secret::new(*value))).collect(),
        ..CreateConnection::default()
    }
}

fn get(url: &str) -> Request {
    Request::new(Method::Get, url.parse().unwrap())
}
