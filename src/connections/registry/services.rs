//! Changes to the files of custom services. A file belongs to its author: it is replaced by the text that was made from
//! it, under a lock and only while it still says what that text was made from.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Origin;
use super::file::{Custom, Defined, FileRegistry, SERVICES, read_service};
use crate::connections::document::Document;
use crate::connections::files::{self, OsLock};
use crate::connections::logo::{TOO_LARGE as LARGEST_LOGO, check_logo};
use crate::connections::service::Service;
use crate::connections::{Error, defaults};

/// The file of a custom service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceFile {
    /// Where it is.
    pub path: PathBuf,
    /// Whose it is.
    pub origin: Origin,
    /// What it says.
    pub text: String,
}

#[doc(hidden)] // For the command line, which edits the files of services.
impl FileRegistry {
    /// The file of a custom service; `action` (`edited`, `deleted`) is for the message about a default one.
    ///
    /// # Errors
    /// [`Error::DefaultService`], [`Error::UnknownService`], or a file that cannot be read.
    pub fn service_file(&self, link_name: &str, action: &'static str) -> Result<ServiceFile, Error> {
        let path = match self.services.get(link_name) {
            Some(Defined { what: Custom::Broken(path), origin, .. }) => (path.clone(), *origin),
            Some(defined) => (PathBuf::from(&defined.place), defined.origin),
            None => {
                let service = self.service(link_name)?.link_name.to_string();
                return Err(Error::DefaultService { service, action });
            }
        };
        let (path, origin) = path;
        let Some(document) = Document::read(&path)? else {
            return Err(Error::File { action: "read", path, reason: "it is not there any more".to_owned() });
        };
        Ok(ServiceFile { text: document.text().to_owned(), path, origin })
    }

    /// Whose files define a service; the program's for the default ones.
    pub fn origin_of_service(&self, link_name: &str) -> Origin {
        self.services.get(link_name).map_or(Origin::Program, |defined| defined.origin)
    }

    /// The link names of a service's connections.
    pub fn connections_of(&self, service: &str) -> Vec<String> {
        let own = self.connections().filter(|connection| connection.service == service);
        own.map(|connection| connection.link_name.to_string()).collect()
    }

    /// Checks the text of a service and writes it into the folder of services, unless it is there already. `name` is for
    /// messages; `logo` is the picture that the text names, wherever it is now.
    ///
    /// # Errors
    /// What is wrong with the text or the picture; [`Error::AlreadyExists`] when the name is taken by another definition.
    pub fn add_service_file(&mut self, name: &str, text: &str, logo: Option<&Path>) -> Result<Arc<Service>, Error> {
        let service = Arc::new(Service::parse(name, text)?);
        let link_name = service.link_name.to_string();
        let taken = |differs: String| Error::AlreadyExists { kind: "service", link_name: link_name.clone(), differs };
        if defaults::find(&link_name)?.is_some() {
            return Err(taken("it is one of the default services".to_owned()));
        }
        if let Some(defined) = self.services.get(&link_name) {
            return match &defined.what {
                Custom::Service(known) if **known == *service => Ok(Arc::clone(known)),
                _ => Err(taken(format!("{} defines it", defined.place))),
            };
        }
        let origin = self.origin_of_new();
        let mut place = PathBuf::from(name);
        if let Some(folder) = self.folder(origin) {
            let folder = folder.join(SERVICES);
            check_folder(origin, &folder)?;
            std::fs::create_dir_all(&folder).map_err(|error| Error::file("create", &folder, &error))?;
            place = folder.join(format!("{link_name}.toml"));
            // A link counts too, wherever it leads.
            if place.symlink_metadata().is_ok() {
                return Err(taken(format!("{} is there already", place.display())));
            }
            self.copy_logo(&service, logo, &folder)?;
            files::write_shared(&place, text.as_bytes())?;
        }
        let what = Custom::Service(Arc::clone(&service));
        self.services.insert(link_name, Defined { origin, place: place.display().to_string(), what });
        Ok(service)
    }

    /// Replaces the text of a custom service; what may change is for the caller to decide (see
    /// [`check_edit`](crate::connections::check_edit)).
    ///
    /// # Errors
    /// What is wrong with the text or the picture; that the file is no longer what it was; the file's errors.
    pub fn replace_service_file(
        &mut self,
        file: &ServiceFile,
        text: &str,
        logo: Option<&Path>,
    ) -> Result<Arc<Service>, Error> {
        let service = Arc::new(Service::parse(&file.path.display().to_string(), text)?);
        let _lock = self.lock(file)?;
        no_link("write", &file.path)?;
        self.copy_logo(&service, logo, file.path.parent().unwrap_or(Path::new(".")))?;
        files::write_shared(&file.path, text.as_bytes())?;
        let place = file.path.display().to_string();
        let what = Custom::Service(Arc::clone(&service));
        self.services.insert(service.link_name.to_string(), Defined { origin: file.origin, place, what });
        Ok(service)
    }

    /// Removes the file of a custom service, and its picture when it is beside it.
    ///
    /// # Errors
    /// That the file is no longer what it was; the file's errors.
    pub fn delete_service_file(&mut self, link_name: &str, file: &ServiceFile) -> Result<(), Error> {
        let _lock = self.lock(file)?;
        let logo = read_service(&file.path).ok().and_then(|service| service.logo);
        let logo = logo.filter(|logo| self.user_of_logo(logo, link_name, file.origin).is_none());
        // Of a link, the link itself is removed and not what it leads to.
        std::fs::remove_file(&file.path).map_err(|error| Error::file("delete", &file.path, &error))?;
        if let Some(logo) = logo.and_then(|logo| Some(file.path.parent()?.join(logo))) {
            // Without its service a picture harms nobody, if it cannot be removed or is not there.
            let _ = std::fs::remove_file(logo);
        }
        self.services.remove(link_name);
        Ok(())
    }

    /// Puts the picture beside the service's file.
    fn copy_logo(&self, service: &Service, from: Option<&Path>, folder: &Path) -> Result<(), Error> {
        let Some(name) = &service.logo else { return Ok(()) };
        let to = folder.join(name);
        let from = from.unwrap_or(&to);
        check_logo(from)?;
        let is_same = matches!((from.canonicalize(), to.canonicalize()), (Ok(from), Ok(to)) if from == to);
        if is_same {
            return Ok(());
        }
        no_link("write", &to)?;
        let origin = self.services.get(service.link_name.as_str()).map_or(self.origin_of_new(), |known| known.origin);
        if let Some(user) = self.user_of_logo(name, service.link_name.as_str(), origin) {
            let reason = format!("it is the logo of the service \"{user}\"; give the picture another name");
            return Err(Error::File { action: "write", path: to, reason });
        }
        let mut bytes = Vec::new();
        let fail = |error: std::io::Error| Error::file("read", from, &error);
        std::fs::File::open(from).map_err(fail)?.take(LARGEST_LOGO).read_to_end(&mut bytes).map_err(fail)?;
        files::write_shared(&to, &bytes)
    }

    /// Another service of the same folder whose picture this is.
    fn user_of_logo(&self, logo: &str, besides: &str, origin: Origin) -> Option<&str> {
        let uses = |defined: &Defined<Custom>| match &defined.what {
            Custom::Service(service) => defined.origin == origin && service.logo.as_deref() == Some(logo),
            Custom::Broken(_) => false,
        };
        let found = self.services.iter().find(|(link_name, defined)| *link_name != besides && uses(defined));
        found.map(|(link_name, _)| link_name.as_str())
    }

    /// Keeps other commands of ours away from a file, and makes sure that none was faster.
    fn lock(&self, file: &ServiceFile) -> Result<OsLock, Error> {
        let folder = match (file.origin, self.folder(file.origin)) {
            (Origin::Project, Some(folder)) => files::create_project_folder(&folder)?,
            (_, Some(folder)) => folder,
            (_, None) => return Err(Error::Internal("a file of the program's own")),
        };
        if let Some(parent) = file.path.parent() {
            check_folder(file.origin, parent)?;
        }
        let lock = OsLock::take(&files::lock_path(&folder.join(SERVICES)))?;
        match Document::read(&file.path)? {
            Some(document) if document.text() == file.text => Ok(lock),
            _ => {
                let reason = "it changed meanwhile".to_owned();
                Err(Error::File { action: "write", path: file.path.clone(), reason })
            }
        }
    }
}

/// Refuses a folder of services that leads out of a project. A person may keep the own folder elsewhere.
fn check_folder(origin: Origin, folder: &Path) -> Result<(), Error> {
    if origin == Origin::Project { no_link("change", folder) } else { Ok(()) }
}

/// Refuses a path that is a link: what it leads to may be anybody's file, and a project may come from a stranger.
fn no_link(action: &'static str, path: &Path) -> Result<(), Error> {
    match path.symlink_metadata() {
        Ok(about) if about.is_symlink() => {
            let reason = "it is a link; change what it leads to, or put a file of its own there".to_owned();
            Err(Error::File { action, path: path.to_owned(), reason })
        }
        _ => Ok(()),
    }
}
