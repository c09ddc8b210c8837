//! Writes that are whole or not at all: a temporary file in the same folder, flushed, renamed over the old one, and the
//! folder flushed. A process that dies anywhere in between leaves the old content.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{Error, unix};

#[cfg(test)]
pub(super) mod faults;

/// How long a short lock is waited for; its holder only rewrites one file.
const PATIENCE: Duration = Duration::from_secs(10);
/// How old a temporary file is that nobody is writing any more.
const ABANDONED: Duration = Duration::from_secs(60 * 60);
/// How the names of temporary files end.
const SUFFIX: &str = ".new";
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
    // Nobody holds a lock here, so what another process may be writing at this moment stays.
    remove_stale(path, ABANDONED);
    let file = filled(path, bytes, unix::private()).map_err(fail)?;
    step(Step::Rename).map_err(fail)?;
    match file.persist_noclobber(path) {
        Ok(_) => flush_folder(path).map(|()| true).map_err(fail),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(fail(error.error)),
    }
}

/// Makes a folder that only its owner may enter, with its parents. One that is there must be one that others cannot
/// write to.
pub(super) fn create_private_folder(path: &Path) -> Result<(), Error> {
    private_folder(path, false)
}

/// The same for a folder that is Sluice's alone: it is closed to others, and no link is followed.
pub(super) fn create_own_folder(path: &Path) -> Result<(), Error> {
    private_folder(path, true)
}

fn private_folder(path: &Path, strict: bool) -> Result<(), Error> {
    let made = step(Step::Folder).and_then(|()| unix::private_folder(path, strict));
    made.map_err(|error| Error::file("create", path, &error))?.map_err(|distrust| distrust.error(path))
}

/// Removes a file, if it is there.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    step(Step::Remove)?;
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The folder of a project for what is not to be committed: private, with a `.gitignore` of `*`.
pub(super) fn create_project_folder(project: &Path) -> Result<PathBuf, Error> {
    let path = project_folder(project);
    create_own_folder(&path)?;
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
pub(crate) struct OsLock {
    _file: File,
}

impl OsLock {
    /// Takes the lock if nobody holds it, in this process or another.
    pub(crate) fn try_take(path: &Path) -> Result<Option<Self>, Error> {
        let fail = |error: io::Error| Error::file("lock", path, &error);
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).read(true).write(true);
        unix::refuse_links(&mut options);
        step(Step::Lock).map_err(fail)?;
        let file = options.open(path).map_err(|error| match unix::is_link(&error) {
            true => unix::Distrust::Link.error(path),
            false => fail(error),
        })?;
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
pub(crate) fn lock_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

/// The caller holds the lock of the file, if it has one.
fn replace(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<()> {
    remove_stale(path, ABANDONED);
    let file = filled(path, bytes, permissions)?;
    step(Step::Rename)?;
    file.persist(path).map_err(|error| error.error)?;
    flush_folder(path)
}

fn filled(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<tempfile::NamedTempFile> {
    step(Step::Create)?;
    // Made with mode 0600, whatever it is to get in the end.
    let mut file = tempfile::Builder::new().prefix(&prefix(path)).suffix(SUFFIX).tempfile_in(folder(path))?;
    // A full disk takes a part of what is written.
    let (first, second) = bytes.split_at(bytes.len() / 2);
    step(Step::Write)?;
    file.write_all(first)?;
    step(Step::Write)?;
    file.write_all(second)?;
    if let Some(permissions) = permissions {
        step(Step::Permissions)?;
        file.as_file().set_permissions(permissions)?;
    }
    step(Step::Flush)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn flush_folder(path: &Path) -> io::Result<()> {
    step(Step::FlushFolder)?;
    unix::flush_folder(folder(path))
}

/// Removes what processes left that died while they were writing this file.
fn remove_stale(path: &Path, age: Duration) {
    let prefix = prefix(path);
    let Ok(entries) = std::fs::read_dir(folder(path)) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_stale = |about: std::fs::Metadata| {
            about.is_file() && about.modified().is_ok_and(|time| time.elapsed().is_ok_and(|passed| passed >= age))
        };
        if name.starts_with(&prefix) && name.ends_with(SUFFIX) && entry.metadata().is_ok_and(is_stale) {
            // It is tried again at the next write.
            let _ = remove(&entry.path());
        }
    }
}

/// How the temporary files of a file begin.
fn prefix(path: &Path) -> String {
    format!(".{}.", path.file_name().unwrap_or_default().to_string_lossy())
}

/// One operation that may fail, or be the last one of its process.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(test), allow(dead_code, reason = "only tests look at which one it is"))]
enum Step {
    Folder,
    Lock,
    Create,
    Write,
    Permissions,
    Flush,
    Rename,
    FlushFolder,
    Remove,
}

/// Where tests let an operation fail or a process die; nothing in the product.
#[cfg(not(test))]
fn step(_step: Step) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
fn step(step: Step) -> io::Result<()> {
    faults::reached(step)
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}
