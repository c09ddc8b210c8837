//! Writes that are whole or not at all: a temporary file in the same folder, flushed, renamed over the old one, and the
//! folder flushed. A process that dies anywhere in between leaves the old content.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{Error, unix};

/// How long a short lock is waited for; its holder only rewrites one file.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(5);

/// Replaces a file that only its owner may read.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace(path, bytes, unix::private()).map_err(|error| Error::file("write", path, &error))
}

/// Replaces a file that may be committed; it keeps the permissions it has.
pub(super) fn write_shared(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    // A link is followed, so that the file it leads to is replaced and not the link.
    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let permissions = std::fs::metadata(&path).ok().map(|about| about.permissions()).or_else(unix::shared);
    replace(&path, bytes, permissions).map_err(|error| Error::file("write", &path, &error))
}

/// Writes a private file that is not there yet. `false` when another process was faster.
pub(super) fn create_private(path: &Path, bytes: &[u8]) -> Result<bool, Error> {
    let fail = |error: io::Error| Error::file("write", path, &error);
    let file = filled(path, bytes, unix::private()).map_err(fail)?;
    match file.persist_noclobber(path) {
        Ok(_) => unix::flush_folder(folder(path)).map(|()| true).map_err(fail),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(fail(error.error)),
    }
}

/// Makes a folder that only its owner may enter, with its parents.
pub(super) fn create_private_folder(path: &Path) -> Result<(), Error> {
    unix::create_private_folder(path).map_err(|error| Error::file("create", path, &error))
}

/// The folder of a project for what is not to be committed: private, with a `.gitignore` of `*`.
pub(super) fn create_project_folder(project: &Path) -> Result<PathBuf, Error> {
    let path = project_folder(project);
    create_private_folder(&path)?;
    let ignore = path.join(".gitignore");
    if !ignore.exists() {
        write_shared(&ignore, b"*\n")?;
    }
    Ok(path)
}

/// Where that folder is.
pub(super) fn project_folder(project: &Path) -> PathBuf {
    project.join(".sluice")
}

/// A lock that the operating system keeps on a file beside the one it protects, and releases when the process dies. Never
/// on the protected file itself: that one is replaced.
#[derive(Debug)]
pub(super) struct OsLock {
    _file: File,
}

impl OsLock {
    /// Takes the lock if nobody holds it, in this process or another.
    pub(super) fn try_take(path: &Path) -> Result<Option<Self>, Error> {
        let fail = |error: io::Error| Error::file("lock", path, &error);
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).read(true).write(true);
        let file = options.open(path).map_err(fail)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(std::fs::TryLockError::WouldBlock) => Ok(None),
            Err(std::fs::TryLockError::Error(error)) => Err(fail(error)),
        }
    }

    /// Takes the lock, waiting for its holder to finish a short task.
    pub(super) fn take(path: &Path) -> Result<Self, Error> {
        let began = Instant::now();
        loop {
            match Self::try_take(path)? {
                Some(lock) => return Ok(lock),
                None if began.elapsed() > PATIENCE => return Err(Error::Busy { path: path.to_owned() }),
                None => std::thread::sleep(PAUSE),
            }
        }
    }
}

/// The path of the lock beside a file.
pub(super) fn lock_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

fn replace(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<()> {
    filled(path, bytes, permissions)?.persist(path).map_err(|error| error.error)?;
    unix::flush_folder(folder(path))
}

fn filled(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix(".sluice-").tempfile_in(folder(path))?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}
