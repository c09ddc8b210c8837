//! Looks at files and folders of ours without changing them: what a later use would refuse is told before.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Error, files, unix};

/// Whether a file that must be its owner's alone is there.
///
/// # Errors
/// Why it would be refused.
pub fn private_file(path: &Path) -> Result<bool, Error> {
    match unix::open_private(path) {
        Ok(file) => file.map(|_| true).map_err(|distrust| distrust.error(path)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::file("read", path, &error)),
    }
}

/// Whether a folder that others must not write to is there; with `own`, they must not read it either.
///
/// # Errors
/// Why it would be refused.
pub fn private_folder(path: &Path, own: bool) -> Result<bool, Error> {
    match unix::look_at_folder(path, own) {
        Ok(None) => Ok(true),
        Ok(Some(distrust)) => Err(distrust.error(path)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::file("read", path, &error)),
    }
}

/// The folder of a project for what is not to be committed.
pub fn project_folder(project: &Path) -> PathBuf {
    files::project_folder(project)
}
