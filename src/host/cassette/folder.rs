//! A cassette on disk: `cassette.json`, a numbered file for each exchange, and `bodies/`. New files are written whole under
//! other names first and take their places together, so that a full disk leaves an old cassette as it was, and a new one
//! with the exchanges that found room.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use serde_json::Value;
use tempfile::TempPath;

use super::Error;
use super::content::{Bodies, hash, hashes};
use super::exchange::Exchange;
use super::head::{FORMAT, Head, Version};
use crate::connections::create_private_folder;

/// The name of the head.
const HEAD: &str = "cassette.json";
/// The folder of large and binary bodies.
const BODIES: &str = "bodies";
/// The largest head, in bytes.
const LARGEST_HEAD: u64 = 1024 * 1024;
/// The largest file of an exchange.
pub(super) const LARGEST_EXCHANGE: u64 = 16 * 1024 * 1024;
/// The largest body.
const LARGEST_BODY: u64 = 128 * 1024 * 1024;
/// The most bytes of a whole cassette.
pub(super) const LARGEST: u64 = 512 * 1024 * 1024;
/// The most exchanges of a cassette.
pub(super) const MOST_EXCHANGES: usize = 100_000;

/// What a folder holds.
pub(super) struct Contents {
    pub head: Head,
    /// In order of their numbers, with the names of their files.
    pub exchanges: Vec<(String, Exchange)>,
    pub bodies: Bodies,
    /// The highest number of an exchange.
    pub last: usize,
}

/// A file that is to be written.
pub(super) struct NewExchange {
    pub name: String,
    pub text: String,
    /// The bodies that it names.
    pub hashes: Vec<String>,
}

/// What is to be written.
pub(super) struct Plan<'p> {
    /// The head, where there is none yet or it changes.
    pub head: Option<String>,
    pub exchanges: &'p [NewExchange],
    pub bodies: &'p Bodies,
    /// Whether the exchanges that are there are removed.
    pub replaces: bool,
}

/// Whether there is a cassette.
pub(super) fn exists(folder: &Path) -> bool {
    folder.join(HEAD).exists()
}

/// Reads a whole cassette.
pub(super) fn read(folder: &Path) -> Result<Contents, Error> {
    let mut left = LARGEST;
    let head = read_head(folder, &mut left)?;
    let mut contents = Contents { head, exchanges: Vec::new(), bodies: Bodies::new(), last: 0 };
    for (number, name) in names(folder)? {
        let path = folder.join(&name);
        let damaged = |reason: String| Error::Damaged { path: path.clone(), reason };
        let bytes = read_file(&path, LARGEST_EXCHANGE, &mut left)?;
        let document: Value = serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
        for hash in hashes(&document) {
            read_body(folder, hash, &mut contents.bodies, &mut left).map_err(|error| match error {
                // Of no use without the name of the file that asks for it.
                None => damaged(format!("the body \"{}\" is no hash in hexadecimal", hash.escape_debug())),
                Some(error) => error,
            })?;
        }
        let exchange = Exchange::read(document, &contents.bodies).map_err(damaged)?;
        contents.exchanges.push((name, exchange));
        contents.last = contents.last.max(number);
    }
    Ok(contents)
}

/// Writes a cassette, or adds to one. `step` is called before each step on the disk, and may fail in its place.
pub(super) fn write(folder: &Path, plan: &Plan<'_>, step: &mut dyn FnMut() -> io::Result<()>) -> Result<(), Error> {
    let mut written = 0;
    publish(folder, plan, step, &mut written).map_err(|error| Error::Write {
        path: folder.to_owned(),
        reason: error.to_string(),
        written,
        all: plan.exchanges.len(),
    })
}

fn publish(
    folder: &Path,
    plan: &Plan<'_>,
    step: &mut dyn FnMut() -> io::Result<()>,
    written: &mut usize,
) -> io::Result<()> {
    make_folder(folder, step)?;
    if plan.exchanges.iter().any(|exchange| !exchange.hashes.is_empty()) {
        make_folder(&folder.join(BODIES), step)?;
    }
    let old = if plan.replaces { old_files(folder) } else { Vec::new() };
    let mut staged = Vec::new();
    let (complete, failed) = match stage(folder, plan, &mut staged, step) {
        Ok(()) => (plan.exchanges.len(), None),
        Err((_, error)) if plan.replaces => return Err(error),
        Err((complete, error)) => (complete, Some(error)),
    };
    let mut targets = Vec::new();
    for Staged { file, target, is_exchange } in staged {
        if is_exchange && *written == complete {
            break;
        }
        step()?;
        file.persist(&target).map_err(|error| error.error)?;
        *written += usize::from(is_exchange);
        targets.push(target);
    }
    if let Some(error) = failed {
        return Err(error);
    }
    for path in old.iter().filter(|path| !targets.contains(path)) {
        step()?;
        fs::remove_file(path)?;
    }
    Ok(())
}

/// A file under another name.
struct Staged {
    file: TempPath,
    target: PathBuf,
    is_exchange: bool,
}

/// Writes everything under other names: the head, then each exchange behind its bodies. The error comes with the number of
/// exchanges that are complete.
fn stage(
    folder: &Path,
    plan: &Plan<'_>,
    staged: &mut Vec<Staged>,
    step: &mut dyn FnMut() -> io::Result<()>,
) -> Result<(), (usize, io::Error)> {
    let mut put = |bytes: &[u8], target: PathBuf, is_exchange: bool| {
        step()?;
        // Files made this way can be read by their owner alone.
        let mut file = tempfile::Builder::new().prefix(".sluice-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        staged.push(Staged { file: file.into_temp_path(), target, is_exchange });
        io::Result::Ok(())
    };
    if let Some(head) = &plan.head {
        put(head.as_bytes(), folder.join(HEAD), false).map_err(|error| (0, error))?;
    }
    let mut done: Vec<&String> = Vec::new();
    for (complete, exchange) in plan.exchanges.iter().enumerate() {
        for hash in &exchange.hashes {
            let Some(bytes) = plan.bodies.get(hash).filter(|_| !done.contains(&hash)) else { continue };
            put(bytes, folder.join(BODIES).join(hash), false).map_err(|error| (complete, error))?;
            done.push(hash);
        }
        let target = folder.join(&exchange.name);
        put(exchange.text.as_bytes(), target, true).map_err(|error| (complete, error))?;
    }
    Ok(())
}

/// Makes a folder that only its owner may enter; one that is there stays as it is.
fn make_folder(folder: &Path, step: &mut dyn FnMut() -> io::Result<()>) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    step()?;
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    create_private_folder(folder)
}

/// The files of the exchanges and bodies that are there.
fn old_files(folder: &Path) -> Vec<PathBuf> {
    let exchanges = names(folder).unwrap_or_default().into_iter().map(|(_, name)| folder.join(name));
    let bodies = fs::read_dir(folder.join(BODIES)).into_iter().flatten().flatten();
    let bodies = bodies.filter(|entry| entry.file_name().to_str().is_some_and(is_hash)).map(|entry| entry.path());
    exchanges.chain(bodies).collect()
}

fn read_head(folder: &Path, left: &mut u64) -> Result<Head, Error> {
    let path = folder.join(HEAD);
    if !path.exists() {
        return Err(Error::NoCassette { path: folder.to_owned() });
    }
    let damaged = |error: serde_json::Error| Error::Damaged { path: path.clone(), reason: error.to_string() };
    let bytes = read_file(&path, LARGEST_HEAD, left)?;
    let Version { format } = serde_json::from_slice(&bytes).map_err(damaged)?;
    if format != FORMAT {
        return Err(Error::Format { path: folder.to_owned(), format, known: FORMAT });
    }
    serde_json::from_slice(&bytes).map_err(damaged)
}

/// Numbers and names of the exchanges, in their order. Other files trouble nobody.
fn names(folder: &Path) -> Result<Vec<(usize, String)>, Error> {
    let fail = |error: io::Error| Error::Damaged { path: folder.to_owned(), reason: error.to_string() };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        let name = entry.map_err(fail)?.file_name();
        if let Some(name) = name.to_str()
            && let Some(number) = number_of(name)
        {
            names.push((number, name.to_owned()));
        }
        if names.len() > MOST_EXCHANGES {
            let reason = format!("more than {MOST_EXCHANGES} exchanges are not read");
            return Err(Error::TooLarge { path: folder.to_owned(), reason });
        }
    }
    names.sort();
    Ok(names)
}

/// The number with which the name of an exchange's file begins.
fn number_of(name: &str) -> Option<usize> {
    let stem = name.strip_suffix(".json")?;
    let digits = stem.split('-').next()?;
    let is_number = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

/// Reads a body if it is not there yet. Without an error it is no name of a body.
fn read_body(folder: &Path, name: &str, bodies: &mut Bodies, left: &mut u64) -> Result<(), Option<Error>> {
    if !is_hash(name) {
        return Err(None);
    }
    if bodies.contains_key(name) {
        return Ok(());
    }
    let path = folder.join(BODIES).join(name);
    let bytes = read_file(&path, LARGEST_BODY, left).map_err(Some)?;
    if hash(&bytes) != name {
        return Err(Some(Error::ChangedBody { path }));
    }
    bodies.insert(name.to_owned(), Bytes::from(bytes));
    Ok(())
}

/// 64 digits: a name that leads nowhere but into the folder.
fn is_hash(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn read_file(path: &Path, most: u64, left: &mut u64) -> Result<Vec<u8>, Error> {
    let fail = |error: io::Error| Error::Damaged { path: path.to_owned(), reason: error.to_string() };
    // A pipe or a device would never end.
    if !fs::metadata(path).map_err(fail)?.is_file() {
        return Err(Error::Damaged { path: path.to_owned(), reason: "it is no file".to_owned() });
    }
    let most = most.min(*left);
    let mut bytes = Vec::new();
    File::open(path).map_err(fail)?.take(most + 1).read_to_end(&mut bytes).map_err(fail)?;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > most {
        let reason = format!("more than {most} bytes are not read");
        return Err(Error::TooLarge { path: path.to_owned(), reason });
    }
    *left -= length;
    Ok(bytes)
}
