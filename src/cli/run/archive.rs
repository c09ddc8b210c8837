//! The file of `--har`. Whether it can be written is tried before the run, which may do what cannot be done twice; it is
//! written at the end, whole or not at all, for nobody but its owner.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::NamedTempFile;

use super::super::{Error, Output};
use crate::http::{Har, Listener};

/// An archive and the file that it will be.
pub(super) struct Archive {
    har: Arc<Har>,
    path: PathBuf,
}

impl Archive {
    /// Fails when the file could not be written.
    pub(super) fn new(path: &Path, output: &Output) -> Result<Self, Error> {
        let archive = Self { har: Arc::new(Har::new(Arc::clone(output.redactor()))), path: path.to_owned() };
        match archive.is_special() {
            true => std::fs::OpenOptions::new().write(true).open(path).map(drop),
            false if path.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            false => archive.beside().map(drop),
        }
        .map_err(|error| archive.problem(&error))?;
        Ok(archive)
    }

    /// Puts every request into the archive.
    pub(super) fn listener(&self) -> Listener {
        self.har.listener()
    }

    /// Writes the file.
    pub(super) fn write(self) -> Result<(), Error> {
        self.try_write().map_err(|error| self.problem(&error))
    }

    fn try_write(&self) -> io::Result<()> {
        let mut text = serde_json::to_vec_pretty(&self.har.document())?;
        text.push(b'\n');
        if self.is_special() {
            return std::fs::OpenOptions::new().write(true).open(&self.path)?.write_all(&text);
        }
        let mut file = self.beside()?;
        file.write_all(&text)?;
        file.as_file().sync_all()?;
        file.persist(&self.path)?;
        Ok(())
    }

    /// Something that is written to and not replaced, such as `/dev/null`.
    fn is_special(&self) -> bool {
        std::fs::metadata(&self.path).is_ok_and(|about| !about.is_file() && !about.is_dir())
    }

    /// A new private file in the same folder.
    fn beside(&self) -> io::Result<NamedTempFile> {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        tempfile::Builder::new().prefix(".sluice-").tempfile_in(folder.unwrap_or(Path::new(".")))
    }

    fn problem(&self, error: &io::Error) -> Error {
        Error::WriteFile { what: self.path.display().to_string(), reason: error.to_string() }
    }
}
