//! Which services and connections there are, read from the project's folder and the user's. The project's are found
//! first; but a project, which may come from a stranger, can never redefine a service or connection of the user's, nor
//! can either redefine a default service: that is an error which names both files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::{Origin, Registry};
use crate::connections::connection::Connection;
use crate::connections::document::Document;
use crate::connections::service::Service;
use crate::connections::{Error, defaults};
use crate::diagnostic::suggest;

/// The file that holds the connections of a folder.
pub(super) const CONNECTIONS: &str = "connections.toml";
/// The folder that holds its services.
pub(super) const SERVICES: &str = "services";

/// The services and connections of folders, and those that the program adds for as long as it runs. Behind a lock it is
/// a [`Registry`].
#[derive(Debug, Default)]
pub struct FileRegistry {
    pub(super) services: BTreeMap<String, Defined<Custom>>,
    pub(super) connections: BTreeMap<String, Defined<Connection>>,
    pub(super) project: Option<PathBuf>,
    pub(super) user: Option<PathBuf>,
    /// What stands before `__` in the link names of the project's own connections.
    pub(super) namespace: Option<String>,
}

/// Something with the place that defines it.
#[derive(Debug)]
pub(super) struct Defined<T> {
    pub(super) origin: Origin,
    /// The file, for messages.
    pub(super) place: String,
    pub(super) what: T,
}

/// A custom service. A file that cannot be read troubles only those who ask for its service.
#[derive(Debug)]
pub(super) enum Custom {
    Service(Arc<Service>),
    Broken(PathBuf),
}

impl FileRegistry {
    /// An empty registry beside the default services, for embedding and tests; nothing is written anywhere.
    pub fn in_memory() -> Self {
        Self::default()
    }

    /// Reads the folders. Those that do not exist are empty.
    ///
    /// # Errors
    /// A `connections.toml` that cannot be understood, and anything defined twice. A broken service file is kept for
    /// [`FileRegistry::problems`].
    pub fn load(project: Option<&Path>, user: &Path) -> Result<Self, Error> {
        let mut registry =
            Self { project: project.map(Path::to_owned), user: Some(user.to_owned()), ..Self::default() };
        // The user's first, so that the project's file is the one that "defines again".
        registry.read_folder(Origin::User, user)?;
        if let Some(project) = project.filter(|project| *project != user) {
            registry.read_folder(Origin::Project, project)?;
        }
        Ok(registry)
    }

    /// Adds a service for as long as the program runs.
    ///
    /// # Errors
    /// [`Error::Redefined`] when there is one of this name.
    pub fn add_service(&mut self, service: Service) -> Result<(), Error> {
        let link_name = service.link_name.to_string();
        let service = Custom::Service(Arc::new(service));
        self.define_service(
            link_name,
            Defined { origin: Origin::Program, place: "the program".to_owned(), what: service },
        )
    }

    /// Adds a connection for as long as the program runs.
    ///
    /// # Errors
    /// [`Error::Redefined`] when there is one of this name.
    pub fn add_connection(&mut self, connection: Connection) -> Result<(), Error> {
        let place = "the program".to_owned();
        self.define_connection(Defined { origin: Origin::Program, place, what: connection })
    }

    /// Adds a service and a connection of the same name, or neither.
    pub(in crate::connections) fn add_both(&mut self, service: Service, connection: Connection) -> Result<(), Error> {
        let link_name = connection.link_name.to_string();
        self.add_connection(connection)?;
        self.add_service(service).inspect_err(|_| {
            self.connections.remove(&link_name);
        })
    }

    /// Takes back what was added for as long as the program runs.
    pub(in crate::connections) fn withdraw(&mut self, link_name: &str) {
        self.connections.retain(|known, defined| known != link_name || defined.origin != Origin::Program);
        self.services.retain(|known, defined| known != link_name || defined.origin != Origin::Program);
    }

    /// A service by its link name: a custom one, else a default one.
    ///
    /// # Errors
    /// [`Error::UnknownService`] with a suggestion, or what is wrong with its file.
    pub fn service(&self, link_name: &str) -> Result<Arc<Service>, Error> {
        match self.services.get(link_name).map(|defined| &defined.what) {
            Some(Custom::Service(service)) => return Ok(Arc::clone(service)),
            Some(Custom::Broken(path)) => return read_service(path).map(Arc::new),
            None => {}
        }
        if let Some(service) = defaults::find(link_name)? {
            return Ok(Arc::new(service));
        }
        let known: Vec<String> =
            self.services.keys().cloned().chain(defaults::link_names().map(str::to_owned)).collect();
        let suggestion = suggest(link_name, known.iter().map(String::as_str)).map(str::to_owned);
        Err(Error::UnknownService { service: link_name.to_owned(), suggestion, known })
    }

    #[doc(hidden)] // For the command line.
    /// Says what stands before `__` in the link names of the project's own connections, so that it can be left out or put
    /// there when one is looked up.
    pub fn set_namespace(&mut self, namespace: &str) {
        self.namespace = Some(namespace.to_owned()).filter(|namespace| !namespace.is_empty());
    }

    /// The namespace of the project, when it is an extension's.
    pub(in crate::connections) fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    /// What is defined under exactly this name, else within the project's namespace.
    fn find(&self, link_name: &str) -> Option<&Defined<Connection>> {
        if let Some(defined) = self.connections.get(link_name) {
            return Some(defined);
        }
        let namespace = self.namespace.as_deref()?;
        match link_name.split_once("__") {
            Some((before, name)) if before == namespace => self.connections.get(name),
            Some(_) => None,
            None => self.connections.get(&format!("{namespace}__{link_name}")),
        }
    }

    /// A connection by its link name, as a script writes it: exactly this one, else the one within the project's namespace.
    ///
    /// # Errors
    /// [`Error::UnknownLinkName`] with a suggestion and all names.
    pub fn connection(&self, link_name: &str) -> Result<&Connection, Error> {
        if let Some(defined) = self.find(link_name) {
            return Ok(&defined.what);
        }
        let known: Vec<String> = self.connections.keys().cloned().collect();
        let suggestion = suggest(link_name, known.iter().map(String::as_str)).map(str::to_owned);
        Err(Error::UnknownLinkName { link_name: link_name.to_owned(), suggestion, known })
    }

    /// Whether there is a connection of this name: what decides whether the last text of a task call names one.
    pub fn has_connection(&self, link_name: &str) -> bool {
        self.find(link_name).is_some()
    }

    /// The connection that integration tasks of a group (`crm`, `bigin`, …) use when a call names none: the project's
    /// choice before the user's.
    pub fn default_for(&self, group: &str) -> Option<&Connection> {
        let chosen = |defined: &&Defined<Connection>| defined.what.default_for.iter().any(|name| name == group);
        let mut all: Vec<_> = self.connections.values().filter(chosen).collect();
        all.sort_by_key(|defined| defined.origin != Origin::Project);
        all.first().map(|defined| &defined.what)
    }

    /// Every connection, by link name.
    pub fn connections(&self) -> impl Iterator<Item = &Connection> {
        self.connections.values().map(|defined| &defined.what)
    }

    /// Every name by which a script can name a connection.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.connections.keys().cloned().collect();
        if let Some(namespace) = &self.namespace {
            let long = names.iter().filter(|name| !name.contains("__")).map(|name| format!("{namespace}__{name}"));
            let short = names.iter().filter_map(|name| name.strip_prefix(&format!("{namespace}__")).map(str::to_owned));
            names.extend(long.chain(short).collect::<Vec<_>>());
        }
        names
    }

    /// Whose file defines a connection.
    pub fn origin_of(&self, link_name: &str) -> Option<Origin> {
        self.find(link_name).map(|defined| defined.origin)
    }

    /// Every custom service that can be read, by link name.
    pub fn custom_services(&self) -> impl Iterator<Item = &Arc<Service>> {
        self.services.values().filter_map(|defined| match &defined.what {
            Custom::Service(service) => Some(service),
            Custom::Broken(_) => None,
        })
    }

    #[doc(hidden)] // For the command line.
    /// What is wrong with the service files that cannot be read.
    pub fn problems(&self) -> Vec<Error> {
        let problem = |defined: &Defined<Custom>| match &defined.what {
            Custom::Service(_) => None,
            Custom::Broken(path) => read_service(path).err(),
        };
        self.services.values().filter_map(problem).collect()
    }

    fn read_folder(&mut self, origin: Origin, folder: &Path) -> Result<(), Error> {
        for path in service_files(&folder.join(SERVICES))? {
            let place = path.display().to_string();
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let (link_name, what) = match read_service(&path) {
                Ok(service) => (service.link_name.to_string(), Custom::Service(Arc::new(service))),
                Err(_) => (stem, Custom::Broken(path)),
            };
            self.define_service(link_name, Defined { origin, place, what })?;
        }
        let Some(document) = Document::read(&folder.join(CONNECTIONS))? else { return Ok(()) };
        for connection in read_connections(&document)? {
            self.define_connection(Defined { origin, place: document.name().to_owned(), what: connection })?;
        }
        Ok(())
    }

    fn define_service(&mut self, link_name: String, defined: Defined<Custom>) -> Result<(), Error> {
        let there = match self.services.get(&link_name) {
            Some(earlier) => Some(earlier.place.clone()),
            None => defaults::find(&link_name)?.map(|_| "Sluice itself".to_owned()),
        };
        match there {
            Some(there) => Err(Error::Redefined { kind: "service", link_name, here: defined.place, there }),
            None => {
                self.services.insert(link_name, defined);
                Ok(())
            }
        }
    }

    pub(super) fn define_connection(&mut self, defined: Defined<Connection>) -> Result<(), Error> {
        let link_name = defined.what.link_name.to_string();
        if let Some(earlier) = self.connections.get(&link_name) {
            let there = earlier.place.clone();
            return Err(Error::Redefined { kind: "connection", link_name, here: defined.place, there });
        }
        self.connections.insert(link_name, defined);
        Ok(())
    }
}

impl Registry for RwLock<FileRegistry> {
    fn service(&self, link_name: &str) -> Result<Arc<Service>, Error> {
        open(self).service(link_name)
    }

    fn connection(&self, link_name: &str) -> Result<Connection, Error> {
        open(self).connection(link_name).cloned()
    }

    fn connections(&self) -> Result<Vec<Connection>, Error> {
        Ok(open(self).connections().cloned().collect())
    }

    fn default_for(&self, group: &str) -> Result<Option<String>, Error> {
        Ok(open(self).default_for(group).map(|found| found.link_name.to_string()))
    }

    fn create_connection(&self, connection: Connection) -> Result<(), Error> {
        open_to_change(self).create_connection(connection)
    }

    fn replace_connection(&self, connection: Connection) -> Result<(), Error> {
        open_to_change(self).replace_connection(connection)
    }

    fn delete_connection(&self, link_name: &str) -> Result<(), Error> {
        open_to_change(self).delete_connection(link_name)
    }

    fn origin_of(&self, link_name: &str) -> Option<Origin> {
        open(self).origin_of(link_name)
    }

    fn origin_of_new(&self) -> Origin {
        open(self).origin_of_new()
    }
}

/// A thread that panicked cannot have left the maps half changed.
fn open(registry: &RwLock<FileRegistry>) -> RwLockReadGuard<'_, FileRegistry> {
    registry.read().unwrap_or_else(PoisonError::into_inner)
}

fn open_to_change(registry: &RwLock<FileRegistry>) -> RwLockWriteGuard<'_, FileRegistry> {
    registry.write().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn read_service(path: &Path) -> Result<Service, Error> {
    match Document::read(path)? {
        Some(document) => Service::read(&document),
        None => {
            let reason = "it is not there any more".to_owned();
            Err(Error::File { action: "read", path: path.to_owned(), reason })
        }
    }
}

pub(super) fn read_connections(document: &Document) -> Result<Vec<Connection>, Error> {
    let tables = document.table()?.into_tables()?;
    tables.into_iter().map(|(link_name, table)| Connection::read(&link_name, table)).collect()
}

/// The service files of a folder, sorted.
fn service_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let fail = |error: std::io::Error| Error::file("read", folder, &error);
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(fail(error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(fail)?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
