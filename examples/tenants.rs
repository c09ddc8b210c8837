//! Connections in a database of one's own, with one view for each tenant. The table here is a map in memory; the same
//! few functions ask a real database. Two tenants use one script and one link name, and never see each other's secrets.
#![allow(clippy::print_stdout)]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sluice::connections::vault::{Change, LockGuard, Record, RecordId, Vault};
use sluice::connections::{Connection, CreateConnection, Error, LinkName, Registry, Service, defaults};
use sluice::http::{Guard, Options};
use sluice::{Engine, Run, Secret};

/// A table whose first column is the tenant.
type Table<Key, Row> = Mutex<HashMap<(String, Key), Row>>;

/// What the tenants share: two tables, and the locks under which tokens are renewed.
#[derive(Default)]
struct Database {
    connections: Table<String, Connection>,
    /// In clear; a real database gets them encrypted.
    records: Table<RecordId, Record>,
    locks: Table<RecordId, Arc<Mutex<()>>>,
    services: HashMap<String, Arc<Service>>,
}

/// One tenant's rows of it.
#[derive(Clone)]
struct Tenant {
    name: String,
    database: Arc<Database>,
}

impl Registry for Tenant {
    fn service(&self, link_name: &str) -> Result<Arc<Service>, Error> {
        if let Some(known) = self.database.services.get(link_name) {
            return Ok(Arc::clone(known));
        }
        let unknown = || Error::UnknownService { service: link_name.to_owned(), suggestion: None, known: Vec::new() };
        defaults::find(link_name)?.map(Arc::new).ok_or_else(unknown)
    }

    fn connection(&self, link_name: &str) -> Result<Connection, Error> {
        let found = open(&self.database.connections).get(&self.key(link_name)).cloned();
        let link_name = link_name.to_owned();
        found.ok_or(Error::UnknownLinkName { link_name, suggestion: None, known: Vec::new() })
    }

    fn connections(&self) -> Result<Vec<Connection>, Error> {
        let all = open(&self.database.connections);
        Ok(all.iter().filter(|((tenant, _), _)| *tenant == self.name).map(|(_, found)| found.clone()).collect())
    }

    fn create_connection(&self, connection: Connection) -> Result<(), Error> {
        open(&self.database.connections).insert(self.key(connection.link_name.as_str()), connection);
        Ok(())
    }

    fn delete_connection(&self, link_name: &str) -> Result<(), Error> {
        open(&self.database.connections).remove(&self.key(link_name));
        Ok(())
    }
}

impl Vault for Tenant {
    fn get(&self, id: &RecordId) -> Result<Option<Record>, Error> {
        Ok(open(&self.database.records).get(&(self.name.clone(), id.clone())).cloned())
    }

    fn update(&self, id: &RecordId, change: &mut dyn FnMut(Option<Record>) -> Change) -> Result<(), Error> {
        // One transaction.
        let mut records = open(&self.database.records);
        let row = (self.name.clone(), id.clone());
        match change(records.get(&row).cloned()) {
            Change::Keep => {}
            Change::Put(record) => drop(records.insert(row, *record)),
            Change::Delete => drop(records.remove(&row)),
        }
        Ok(())
    }

    fn ids(&self) -> Result<Vec<RecordId>, Error> {
        let all = open(&self.database.records);
        Ok(all.keys().filter(|(tenant, _)| *tenant == self.name).map(|(_, id)| id.clone()).collect())
    }

    /// A database has locks of its own for this, held until the guard is dropped; here, one flag for each row.
    fn try_lock(&self, id: &RecordId) -> Result<Option<LockGuard>, Error> {
        let mut locks = open(&self.database.locks);
        let lock = Arc::clone(locks.entry((self.name.clone(), id.clone())).or_default());
        // Whoever holds a clone holds the lock: the map has one, and this is another.
        Ok((Arc::strong_count(&lock) == 2).then(|| Box::new(lock) as LockGuard))
    }

    fn describe(&self) -> String {
        format!("the database, as {}", self.name)
    }
}

impl Tenant {
    fn key(&self, link_name: &str) -> (String, String) {
        (self.name.clone(), link_name.to_owned())
    }
}

/// Runs one script for two tenants, and for a third one that has no connection.
///
/// # Errors
/// A service or script that is not right, or no port to listen on.
pub fn answers() -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let api = start_api()?;
    let service = format!("link_name = \"acme\"\nhosts = [\"{api}\"]\n[auth]\ntype = \"basic\"\n");
    let services = HashMap::from([("acme".to_owned(), Arc::new(Service::parse("acme.toml", &service)?))]);
    let database = Arc::new(Database { services, ..Database::default() });

    let engine = Engine::builder().network(Options { guard: Guard::off(), ..Options::default() }).build()?;
    let script = format!("return invokeurl [ url: \"http://{api}/me\" type: GET connection: \"acme_main\" ];");
    let program = engine.compile("me.dg", &script)?;

    let mut answers = Vec::new();
    for name in ["north", "south", "west"] {
        let tenant = Arc::new(Tenant { name: name.to_owned(), database: Arc::clone(&database) });
        let view = engine.connections().view(Arc::clone(&tenant) as _, tenant);
        if name != "west" {
            view.create(CreateConnection {
                link_name: LinkName::parse("acme_main")?.to_string(),
                service: "acme".to_owned(),
                fields: vec![
                    ("username".to_owned(), Secret::new(name)),
                    ("password".to_owned(), Secret::new(format!("password of {name}"))),
                ],
                ..CreateConnection::default()
            })?;
        }
        let outcome = engine.run_blocking(&program, Run::script().connections(view));
        answers.push(match outcome.result {
            Ok(value) => value.print().unwrap_or_default(),
            Err(trouble) => trouble.to_string(),
        });
    }
    Ok(answers)
}

/// Prints what the API answered to each tenant.
///
/// # Errors
/// As for [`answers`].
pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    for answer in answers()? {
        println!("{answer}");
    }
    Ok(())
}

/// An API that tells everybody how they have shown who they are.
fn start_api() -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let lines = BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
            let head: Vec<String> = lines.collect();
            let shown = head.iter().find_map(|line| line.split_once(": ").filter(|(name, _)| *name == "authorization"));
            let shown = shown.map(|(_, value)| value).unwrap_or_default();
            let length = shown.len();
            // Whoever asked may be gone by now.
            let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{shown}");
        }
    });
    Ok(address)
}

fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
