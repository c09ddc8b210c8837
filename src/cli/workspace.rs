//! Where a command works: the project around it, if there is one, and the user's own folder. Nothing of it is read
//! before it is needed, since most of the time of a short run would go there.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::connections::prompt;
use super::surroundings::Surroundings;
use super::{Error, Shared};
use crate::connections::vault::{FileVault, Keys};
use crate::connections::{Connections, FileRegistry};
use crate::environment::Environment;
use crate::host::MailServer;
use crate::http::{self, Client, Guard, Routes};
use crate::program::Library;
use crate::project::{self, Project, Settings};
use crate::secret::{Redactor, Secret};
use crate::syntax::Dialect;
use crate::vm::{Limits, PROFILES};

/// The folders of a command.
pub(super) struct Workspace {
    project: Option<Project>,
    /// The user's folder, when it is not the one that the environment names.
    user: Option<PathBuf>,
    /// Where keys of vaults are looked for; kept, so that a person is asked once.
    keys: OnceLock<Keys>,
}

impl Workspace {
    /// Finds and reads the project: the one that was named, else the nearest one upwards from here.
    pub(super) fn open(shared: &Shared) -> Result<Self, Error> {
        let project = folder_of(shared).as_deref().map(Project::load).transpose()?;
        Ok(Self { project, user: None, keys: OnceLock::new() })
    }

    /// The same also when `sluice.toml` cannot be read: its settings are left aside, and what is wrong is told.
    pub(super) fn open_anyway(shared: &Shared) -> (Self, Option<Error>) {
        let loaded = folder_of(shared).map(|folder| (Project::load(&folder), folder));
        let (project, problem) = match loaded {
            None => (None, None),
            Some((Ok(project), _)) => (Some(project), None),
            Some((Err(error), folder)) => {
                (folder.is_dir().then(|| Project::without_settings(&folder)), Some(error.into()))
            }
        };
        (Self { project, user: None, keys: OnceLock::new() }, problem)
    }

    /// The workspace of the user alone, whatever project is around.
    pub(super) fn of_user() -> Self {
        Self { project: None, user: None, keys: OnceLock::new() }
    }

    /// The workspace of these folders.
    pub(super) fn of_folders(project: Option<&Path>, user: PathBuf) -> Result<Self, Error> {
        let project = project.map(Project::load).transpose()?;
        Ok(Self { project, user: Some(user), keys: OnceLock::new() })
    }

    /// A project with a user's folder of its own.
    pub(super) fn with_user_folder(project: Project, user: PathBuf) -> Self {
        Self { project: Some(project), user: Some(user), keys: OnceLock::new() }
    }

    pub(super) fn project(&self) -> Option<&Project> {
        self.project.as_ref()
    }

    pub(super) fn settings(&self) -> Option<&Settings> {
        self.project.as_ref().map(Project::settings)
    }

    pub(super) fn user_folder(&self) -> Result<PathBuf, project::Error> {
        self.user.clone().map_or_else(project::user_folder, Ok)
    }

    /// The dialect that was asked for, or that the project is in.
    pub(super) fn dialect(&self, asked: Option<&str>) -> Result<Option<Dialect>, Error> {
        match asked {
            Some(name) => Dialect::parse(name).map(Some).ok_or_else(|| Error::NoSuchName {
                what: "dialect",
                name: name.to_owned(),
                known: Dialect::names().map(str::to_owned).collect(),
            }),
            None => Ok(self.settings().and_then(|settings| settings.dialect)),
        }
    }

    /// The limits that were asked for by the name of a profile, or that the project has; single numbers, as in
    /// `zoho-crm,depth=100`, replace those of the profile, or of the project where none is named.
    pub(super) fn limits(&self, asked: Option<&str>) -> Result<Limits, Error> {
        let mut limits = self.settings().and_then(|settings| settings.limits.clone()).unwrap_or_default();
        for part in asked.unwrap_or_default().split(',').map(str::trim).filter(|part| !part.is_empty()) {
            match part.split_once('=') {
                None => limits = profile(part)?,
                Some((key, number)) => set_limit(&mut limits, key.trim(), number.trim())?,
            }
        }
        Ok(limits)
    }

    /// The functions of the project's other files.
    pub(super) fn library(&self, dialect: Option<Dialect>) -> Result<Arc<Library>, Error> {
        let library = self.project.as_ref().map(|project| project.library(dialect)).transpose()?;
        Ok(Arc::new(library.unwrap_or_default()))
    }

    /// What scripts are told about the world.
    pub(super) fn environment(&self, asked: &Surroundings) -> Result<Environment, Error> {
        let mut environment = Environment::default();
        if let Some(settings) = self.settings() {
            environment.system.extend(settings.system.clone());
            environment.data_center = settings.data_center.unwrap_or(environment.data_center);
        }
        asked.apply(self.settings(), &mut environment)?;
        Ok(environment)
    }

    /// How requests leave: a person's own run may go anywhere, also into the network around.
    pub(super) fn network(&self, routes: &[String], redactor: Arc<Redactor>) -> Result<http::Options, Error> {
        let mut guard = Guard::off();
        let mut all = Routes::new();
        if let Some(settings) = self.settings() {
            for range in &settings.allow_private {
                guard.allow(range)?;
            }
            all = settings.routes.clone();
        }
        for route in routes {
            all.parse(route)?;
        }
        let proxy = self.settings().and_then(|settings| settings.proxy.clone());
        let certificates = self.certificates();
        let options = http::Options::default();
        let per_host = self.settings().and_then(|settings| settings.per_host).unwrap_or(options.per_host);
        Ok(http::Options { guard, routes: all, proxy, certificates, per_host, redactor, ..options })
    }

    /// The files of authorities that the project trusts.
    fn certificates(&self) -> Vec<PathBuf> {
        let Some(project) = &self.project else { return Vec::new() };
        project.settings().certificates.iter().map(|file| project.folder().join(file)).collect()
    }

    /// The mail server of the project.
    pub(super) fn mail_server(&self) -> Option<MailServer> {
        self.settings().and_then(|settings| settings.mail.server.clone())
    }

    /// The folder that the project wants mails written into.
    pub(super) fn mail_folder(&self) -> Option<PathBuf> {
        let project = self.project.as_ref()?;
        project.settings().mail.folder.as_ref().map(|folder| project.folder().join(folder))
    }

    /// The connections of the project and of the user.
    pub(super) fn connections(&self, client: Client, redactor: Arc<Redactor>) -> Result<Connections, Error> {
        let project = self.project().map(Project::folder);
        let user = match (self.user_folder(), project) {
            (Ok(user), _) => user,
            // Without any folder there are no connections, which troubles only the scripts that name one.
            (Err(_), None) => return Ok(Connections::in_memory(client, redactor)),
            (Err(error), Some(_)) => return Err(error.into()),
        };
        let connections = Connections::open(project, &user, self.keys(&user), client, redactor)?;
        Ok(connections.with_namespace(self.namespace()))
    }

    /// The vault of the project, if there is one, else that of the user.
    pub(super) fn vault(&self) -> Result<FileVault, Error> {
        let user = self.user_folder()?;
        Ok(match self.project() {
            Some(project) => FileVault::of_project(project.folder(), self.keys(&user)),
            None => FileVault::of_user(&user, self.keys(&user)),
        })
    }

    /// The vault of the user, whatever project is around.
    pub(super) fn user_vault(&self) -> Result<FileVault, Error> {
        let user = self.user_folder()?;
        Ok(FileVault::of_user(&user, self.keys(&user)))
    }

    fn keys(&self, user: &Path) -> Keys {
        self.keys.get_or_init(|| keys(user)).clone()
    }

    /// The same, for commands that set them up and send nothing.
    pub(super) fn idle_connections(&self, redactor: &Arc<Redactor>) -> Result<Connections, Error> {
        // Setting something up needs a folder to keep it in.
        self.user_folder()?;
        let client = Client::new(self.network(&[], Arc::clone(redactor))?)?;
        self.connections(client, Arc::clone(redactor))
    }

    /// The services and connections alone.
    pub(super) fn registry(&self) -> Result<FileRegistry, Error> {
        let project = self.project().map(Project::folder);
        let mut registry = FileRegistry::load(project, &self.user_folder()?)?;
        registry.set_namespace(self.namespace());
        Ok(registry)
    }

    /// What stands before `__` in the link names of the project's own connections; empty when nothing does.
    fn namespace(&self) -> &str {
        self.settings().and_then(|settings| settings.namespace.as_deref()).unwrap_or_default()
    }
}

/// The project that was named, else the nearest one upwards from here.
fn folder_of(shared: &Shared) -> Option<PathBuf> {
    match &shared.project {
        Some(folder) => Some(std::path::absolute(folder).unwrap_or_else(|_| folder.clone())),
        None => std::env::current_dir().ok().and_then(|here| Project::find(&here)),
    }
}

/// The keys of vaults; a person at a terminal is asked for a passphrase when it is needed.
fn keys(user: &Path) -> Keys {
    Keys::detect(user).asking(Arc::new(|question| {
        let is_there = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        is_there.then(|| prompt::hidden(question).ok().map(Secret::new)).flatten()
    }))
}

fn profile(name: &str) -> Result<Limits, Error> {
    Limits::profile(name).ok_or_else(|| Error::NoSuchName {
        what: "limits profile",
        name: name.to_owned(),
        known: PROFILES.iter().map(|(name, _)| (*name).to_owned()).collect(),
    })
}

fn set_limit(limits: &mut Limits, key: &str, number: &str) -> Result<(), Error> {
    let number = number.replace('_', "").parse().map_err(|_| Error::LimitForm { shown: number.to_owned() })?;
    match limits.set(key, number) {
        true => Ok(()),
        false => Err(Error::NoSuchName {
            what: "limit",
            name: key.to_owned(),
            known: Limits::KEYS.map(str::to_owned).to_vec(),
        }),
    }
}
