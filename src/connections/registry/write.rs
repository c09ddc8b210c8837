//! Changes to the files of a registry. `connections.toml` belongs to people too, so an entry is added or cut out as
//! text and all else stays as it was written, comments included; only when cutting would change another entry is the
//! file written anew. Every write happens under a lock, on what the file holds at that moment.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::de::DeTable;

use super::Origin;
use super::file::{CONNECTIONS, Defined, FileRegistry, read_connections, read_service};
use crate::connections::Error;
use crate::connections::connection::Connection;
use crate::connections::document::Document;
use crate::connections::files::{self, OsLock};
use crate::connections::service::Service;

impl FileRegistry {
    /// Where something new is defined: the project if there is one, else the user's folder.
    pub fn origin_of_new(&self) -> Origin {
        match (&self.project, &self.user) {
            (Some(_), _) => Origin::Project,
            (None, Some(_)) => Origin::User,
            (None, None) => Origin::Program,
        }
    }

    /// Adds a connection and writes it into its folder's `connections.toml`.
    ///
    /// # Errors
    /// [`Error::Redefined`] when there is one of this name; the file's errors.
    pub fn create_connection(&mut self, connection: Connection) -> Result<(), Error> {
        let origin = self.origin_of_new();
        let folder = self.folder(origin);
        let path = folder.as_ref().map(|folder| folder.join(CONNECTIONS));
        let place = path.as_ref().map_or_else(|| "the program".to_owned(), |path| path.display().to_string());
        let link_name = connection.link_name.to_string();
        let entry = connection.to_toml();
        self.define_connection(Defined { origin, place, what: connection })?;
        let Some(folder) = folder else { return Ok(()) };
        let written = edit(&folder, origin, |text, connections| match connections.contains(&link_name) {
            true => Err(Error::Redefined {
                kind: "connection",
                link_name: link_name.clone(),
                here: "this command".to_owned(),
                there: folder.join(CONNECTIONS).display().to_string(),
            }),
            false => with_entry(text, &link_name, entry),
        });
        if written.is_err() {
            self.connections.remove(&link_name);
        }
        written
    }

    /// Changes a connection, also in the file that defines it: its entry is written anew where it stands.
    ///
    /// # Errors
    /// [`Error::UnknownLinkName`], or the file's errors.
    pub fn replace_connection(&mut self, connection: Connection) -> Result<(), Error> {
        let link_name = connection.link_name.to_string();
        self.connection(&link_name)?;
        let origin = self.origin_of(&link_name).unwrap_or(Origin::Program);
        if let Some(folder) = self.folder(origin) {
            let entry = connection.to_toml();
            edit(&folder, origin, |text, _| with_other_entry(text, &link_name, entry))?;
        }
        if let Some(defined) = self.connections.get_mut(&link_name) {
            defined.what = connection;
        }
        Ok(())
    }

    /// Removes a connection, also from the file that defines it.
    ///
    /// # Errors
    /// [`Error::UnknownLinkName`], or the file's errors.
    pub fn delete_connection(&mut self, link_name: &str) -> Result<(), Error> {
        self.connection(link_name)?;
        let origin = self.origin_of(link_name).unwrap_or(Origin::Program);
        if let Some(folder) = self.folder(origin) {
            edit(&folder, origin, |text, _| without_entry(text, link_name))?;
        }
        self.connections.remove(link_name);
        Ok(())
    }

    #[doc(hidden)] // For the command line.
    /// Checks a service file and copies it into the folder of services with its picture, unless it is there already.
    ///
    /// # Errors
    /// What is wrong with the file; [`Error::AlreadyExists`] when the name is taken by another definition.
    pub fn install_service(&mut self, file: &Path) -> Result<Arc<Service>, Error> {
        let logo = read_service(file)?.logo.map(|logo| file.with_file_name(logo));
        let text = std::fs::read_to_string(file).map_err(|error| Error::file("read", file, &error))?;
        self.add_service_file(&file.display().to_string(), &text, logo.as_deref())
    }

    pub(super) fn folder(&self, origin: Origin) -> Option<PathBuf> {
        match origin {
            Origin::Project => self.project.clone(),
            Origin::User => self.user.clone(),
            Origin::Program => None,
        }
    }
}

/// Rewrites `connections.toml` under a lock. The change sees the text and the link names that it defines.
fn edit(
    folder: &Path,
    origin: Origin,
    change: impl FnOnce(&str, &[String]) -> Result<String, Error>,
) -> Result<(), Error> {
    // The lock of a project lies where version control does not look.
    let lock = match origin {
        Origin::Project => files::create_project_folder(folder)?,
        Origin::User | Origin::Program => files::create_private_folder(folder).map(|()| folder.to_owned())?,
    };
    let path = &folder.join(CONNECTIONS);
    let _lock = OsLock::take(&files::lock_path(&lock.join(CONNECTIONS)))?;
    let document = Document::read(path)?.unwrap_or_else(|| Document::new(path.display().to_string(), ""));
    let link_names: Vec<String> =
        read_connections(&document)?.iter().map(|known| known.link_name.to_string()).collect();
    let text = change(document.text(), &link_names)?;
    files::write_shared(path, text.as_bytes())
}

fn with_entry(text: &str, link_name: &str, entry: toml::Table) -> Result<String, Error> {
    let mut tables = toml::Table::new();
    tables.insert(link_name.to_owned(), toml::Value::Table(entry));
    let entry = toml::to_string(&tables).map_err(|_| UNWRITABLE)?;
    let gap = match text {
        "" => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    Ok(format!("{text}{gap}{entry}"))
}

/// The text without the lines from an entry's header to the next one's, if what is left then says the same of all
/// others; else all others, written anew.
fn without_entry(text: &str, link_name: &str) -> Result<String, Error> {
    let mut rest: toml::Table = toml::from_str(text).map_err(|_| UNWRITABLE)?;
    rest.remove(link_name);
    let cut =
        cut_entry(text, link_name).filter(|cut| toml::from_str::<toml::Table>(cut).is_ok_and(|left| left == rest));
    match cut {
        Some(cut) => Ok(cut),
        None => toml::to_string(&rest).map_err(|_| UNWRITABLE),
    }
}

/// The text with an entry written anew between the comments above it and what follows, if that then says what it should;
/// else the whole file anew.
fn with_other_entry(text: &str, link_name: &str, entry: toml::Table) -> Result<String, Error> {
    let mut wanted: toml::Table = toml::from_str(text).map_err(|_| UNWRITABLE)?;
    let mut own = toml::Table::new();
    own.insert(link_name.to_owned(), toml::Value::Table(entry.clone()));
    wanted.insert(link_name.to_owned(), toml::Value::Table(entry));
    let own = toml::to_string(&own).map_err(|_| UNWRITABLE)?;
    let replaced = replaced_entry(text, link_name, &own)
        .filter(|replaced| toml::from_str::<toml::Table>(replaced).is_ok_and(|found| found == wanted));
    match replaced {
        Some(replaced) => Ok(replaced),
        None => toml::to_string(&wanted).map_err(|_| UNWRITABLE),
    }
}

fn replaced_entry(text: &str, link_name: &str, own: &str) -> Option<String> {
    let table = DeTable::parse(text).ok()?.into_inner();
    let key = table.keys().find(|key| key.get_ref() == link_name)?.span().start;
    let start = text.get(..key)?.rfind('\n').map_or(0, |at| at + 1);
    let next = table.keys().map(|key| block_start(text, key.span().start)).filter(|next| *next > start).min();
    let (before, after) = (text.get(..start)?, next.and_then(|next| text.get(next..)).unwrap_or_default());
    let gap = if after.is_empty() { "" } else { "\n" };
    Some(format!("{before}{own}{gap}{after}"))
}

fn cut_entry(text: &str, link_name: &str) -> Option<String> {
    let table = DeTable::parse(text).ok()?.into_inner();
    let mut starts: Vec<(usize, bool)> =
        table.keys().map(|key| (block_start(text, key.span().start), key.get_ref() == link_name)).collect();
    starts.sort_unstable();
    let at = starts.iter().position(|(_, wanted)| *wanted)?;
    let (start, _) = starts.get(at)?;
    let end = starts.get(at + 1).map_or(text.len(), |(next, _)| *next);
    Some(format!("{}{}", text.get(..*start)?, text.get(end..)?))
}

/// Where the line of an offset begins, and the comments right above it.
fn block_start(text: &str, offset: usize) -> usize {
    let line_start = |at: usize| text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let mut start = line_start(offset);
    while start > 0 {
        let above = line_start(start - 1);
        if !text.get(above..start).is_some_and(|line| line.trim_start().starts_with('#')) {
            break;
        }
        start = above;
    }
    start
}

const UNWRITABLE: Error = Error::Internal("a connections file cannot be written as TOML");
