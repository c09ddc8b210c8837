//! A project folder on disk: the folder that holds `sluice.toml`, found from where one stands, and what that file says.
//! Without one everything still works, with the user's own folder and the defaults.

mod document;
mod duration;
mod error;
mod export;
mod glob;
mod lints;
mod mail;
mod mocks;
mod save;
mod script;
mod settings;
mod uses;

pub use duration::duration;
pub use error::Error;
pub use export::Export;
pub use glob::Glob;
pub use lints::Lints;
pub use mail::MailSettings;
pub use mocks::Mocks;
pub use save::save;
pub use script::{Script, scripts_below};
pub use settings::Settings;
pub use uses::{Use, UseKind};

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use crate::program::{Context, Library};
use crate::syntax::Dialect;

/// The file that makes a folder a project.
pub const FILE: &str = "sluice.toml";

/// The folder of a project's functions.
const FUNCTIONS: &str = "functions";

/// A project folder.
#[derive(Clone, Debug)]
pub struct Project {
    folder: PathBuf,
    settings: Settings,
}

impl Project {
    /// The nearest folder, from `start` upwards, that holds a `sluice.toml`.
    pub fn find(start: &Path) -> Option<PathBuf> {
        start.ancestors().find(|folder| folder.join(FILE).is_file()).map(Path::to_owned)
    }

    /// Reads a project. A folder that was named but holds no `sluice.toml` is a project with the defaults.
    ///
    /// # Errors
    /// [`Error::NoFolder`], or what is wrong with the file.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        if !folder.is_dir() {
            return Err(Error::NoFolder { path: folder.to_owned() });
        }
        let path = folder.join(FILE);
        let settings = match std::fs::read_to_string(&path) {
            Ok(text) => Settings::parse(&path.display().to_string(), &text)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Settings::default(),
            Err(error) => return Err(Error::file(&path, &error)),
        };
        Ok(Self { folder: folder.to_owned(), settings })
    }

    /// A project folder whose `sluice.toml` is left aside.
    pub fn without_settings(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), settings: Settings::default() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What `sluice.toml` says.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The place of the platform that a script is made for, if `[contexts]` tells.
    pub fn context_of(&self, script: &Path) -> Option<&'static Context> {
        if self.settings.contexts.is_empty() {
            return None;
        }
        let path = self.relative(script)?;
        self.settings.contexts.iter().find(|(glob, _)| glob.matches(&path)).map(|(_, context)| *context)
    }

    /// The functions of the files in the folder `functions` and of those that `include` names. What is no text or does not
    /// parse is left out. `dialect` is how they are read; without one each file tells.
    ///
    /// # Errors
    /// A folder or file that cannot be read.
    pub fn library(&self, dialect: Option<Dialect>) -> Result<Library, Error> {
        let functions = self.folder.join(FUNCTIONS);
        let mut paths = if functions.is_dir() { scripts_below(&functions, Some(self))? } else { Vec::new() };
        if !self.settings.include.is_empty() {
            paths.extend(scripts_below(&self.folder, Some(self))?.into_iter().filter(|path| self.includes(path)));
        }
        paths.sort();
        paths.dedup();
        let mut files = Vec::new();
        for path in paths {
            let script = Script::read(&path)?;
            let own = || script.looks_like_creator().map_or(Dialect::default(), |_| Dialect::Creator);
            match Export::read(&script.source) {
                Some(export) => files.extend(export.functions.map(|source| (source, Dialect::Creator))),
                None => files.push((script.source.clone(), dialect.unwrap_or_else(own))),
            }
        }
        Ok(Library::new(files))
    }

    /// Whether `include` makes a script of this file.
    fn includes(&self, file: &Path) -> bool {
        let globs = &self.settings.include;
        !globs.is_empty() && self.relative(file).is_some_and(|path| globs.iter().any(|glob| glob.matches(&path)))
    }

    /// The path of a file below the project, with `/` between its parts.
    fn relative(&self, file: &Path) -> Option<String> {
        let (folder, file) = (self.folder.canonicalize().ok()?, file.canonicalize().ok()?);
        let parts = file.strip_prefix(&folder).ok()?.components().filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        });
        Some(parts.collect::<Vec<_>>().join("/"))
    }
}

/// The user's own configuration folder: `SLUICE_HOME`, else `sluice` in the folder that the XDG base directory
/// specification names. It may not exist yet.
///
/// # Errors
/// [`Error::NoUserFolder`] when the environment names none.
pub fn user_folder() -> Result<PathBuf, Error> {
    let named = |name: &str| std::env::var_os(name).filter(|value: &OsString| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = named("SLUICE_HOME") {
        return Ok(std::path::absolute(&folder).unwrap_or(folder));
    }
    // A relative path there is to be ignored, the specification says.
    let configuration = named("XDG_CONFIG_HOME").filter(|folder| folder.is_absolute());
    let configuration = configuration.or_else(|| named("HOME").map(|home| home.join(".config")));
    configuration.map(|folder| folder.join("sluice")).ok_or(Error::NoUserFolder)
}

#[cfg(test)]
mod tests;
