//! The file of the history: one input a line, line feeds and backslashes escaped, below a line `#V2`, as rustyline writes
//! it. Each change reads the file anew under a lock and puts a new one in its place, so that prompts that are open at once
//! lose nothing of one another, and whoever reads sees a whole file. It is not flushed to the disk: a history is not worth
//! a wait at each input.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::MOST_ENTRIES;
use super::mask::masked;
use crate::connections::{OsLock, create_private_folder, lock_path};
use crate::secret::Redactor;

const HEADER: &str = "#V2";

/// How large the file becomes.
const MOST_BYTES: usize = 1_000_000;

/// A larger file was not written by us; it is not read.
const MOST_READ_BYTES: u64 = 4_000_000;

/// A longer input would push out everything else.
const LONGEST_ENTRY_BYTES: usize = 250_000;

/// How long other prompts are waited for. What was not written is written with the next input.
const PATIENCE: Duration = Duration::from_secs(1);

/// How many bytes of the latest inputs of this prompt are looked at again when a secret becomes known.
const MOST_OWN_BYTES: usize = 500_000;

/// The file, and what this prompt has written or still has to write.
pub(super) struct HistoryFile {
    path: PathBuf,
    redactor: Arc<Redactor>,
    /// The inputs of this prompt as the file has them, the oldest first.
    own: Vec<String>,
    /// Those that could not be written yet.
    waiting: Vec<String>,
}

/// What opening gave. Without a file the history is in memory only.
pub(super) struct Opened {
    pub file: Option<HistoryFile>,
    pub entries: Vec<String>,
    pub note: Option<String>,
}

/// Why the entries of a file are not known.
enum Unread {
    /// It is not what we write.
    Damaged(&'static str),
    /// The system does not let us.
    Refused(io::Error),
}

impl HistoryFile {
    pub fn open(path: &Path, redactor: Arc<Redactor>) -> Opened {
        // A link is followed, so that the file it leads to is replaced and not the link.
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let file = Self { path: path.clone(), redactor, own: Vec::new(), waiting: Vec::new() };
        match read(&path) {
            Ok(entries) => Opened { file: Some(file), entries, note: close_to_others(&path) },
            Err(Unread::Damaged(why)) => {
                let aside = aside(&path);
                let note = format!(
                    "the history in {} is not used: {why}. A new one is begun, and this file is kept as {}",
                    path.display(),
                    aside.display()
                );
                Opened { file: Some(file), entries: Vec::new(), note: Some(note) }
            }
            Err(Unread::Refused(error)) => {
                let note = format!("the history in {} cannot be read, so none is kept: {error}", path.display());
                Opened { file: None, entries: Vec::new(), note: Some(note) }
            }
        }
    }

    /// Writes an input, masked. The error is a sentence for the person.
    pub fn add(&mut self, entry: &str) -> Result<(), String> {
        let entry = masked(entry, &self.redactor);
        if entry.len() <= LONGEST_ENTRY_BYTES {
            self.waiting.push(entry);
        }
        self.settle()
    }

    /// Writes what waits, and masks inputs of this prompt in which a secret became known.
    pub fn settle(&mut self) -> Result<(), String> {
        // What stands under a telling name was masked at once; only what the redactor knows has become more.
        let known = |entry: &String| match self.redactor.redact(entry) {
            Cow::Owned(now) => Some((entry.clone(), now)),
            Cow::Borrowed(_) => None,
        };
        let changed: Vec<_> = self.own.iter().filter_map(known).collect();
        for entry in &mut self.waiting {
            *entry = self.redactor.redact(entry).into_owned();
        }
        if changed.is_empty() && self.waiting.is_empty() {
            return Ok(());
        }
        self.rewrite(&changed).map_err(|error| {
            keep_latest(&mut self.waiting);
            format!("the history in {} could not be written: {error}", self.path.display())
        })?;
        for (before, now) in changed {
            self.own.iter_mut().filter(|entry| **entry == before).for_each(|entry| entry.clone_from(&now));
        }
        self.own.append(&mut self.waiting);
        keep_latest(&mut self.own);
        Ok(())
    }

    fn rewrite(&self, changed: &[(String, String)]) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            create_private_folder(folder)?;
        }
        let _lock = lock(&self.path)?;
        let mut entries = match read(&self.path) {
            Ok(entries) => entries,
            Err(Unread::Damaged(_)) => {
                std::fs::rename(&self.path, aside(&self.path))?;
                Vec::new()
            }
            Err(Unread::Refused(error)) => return Err(error),
        };
        for (before, now) in changed {
            entries.iter_mut().filter(|entry| *entry == before).for_each(|entry| entry.clone_from(now));
        }
        entries.extend(self.waiting.iter().cloned());
        write(&self.path, &latest(entries))
    }
}

/// Leaves out the oldest entries that are too much to look at again and again.
fn keep_latest(entries: &mut Vec<String>) {
    let mut room = MOST_OWN_BYTES;
    let fits = |entry: &&String| {
        let left = room.checked_sub(entry.len());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let kept = entries.iter().rev().take_while(fits).count();
    entries.drain(..entries.len() - kept);
}

/// The entries of a file, the oldest first, each once. Of a file that is not there, none.
fn read(path: &Path) -> Result<Vec<String>, Unread> {
    let about = match std::fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Unread::Refused(error)),
    };
    if !about.is_file() {
        return Err(Unread::Refused(io::Error::other("it is no ordinary file")));
    }
    if about.len() > MOST_READ_BYTES {
        return Err(Unread::Damaged("it is larger than any history"));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(Unread::Refused)?;
    file.take(MOST_READ_BYTES).read_to_end(&mut bytes).map_err(Unread::Refused)?;
    let text = String::from_utf8(bytes).map_err(|_| Unread::Damaged("it is no text"))?;
    if text.contains('\0') {
        return Err(Unread::Damaged("it is no text"));
    }
    let entries = match text.strip_prefix(HEADER).and_then(|rest| rest.strip_prefix('\n')) {
        Some(rest) => rest.split('\n').map(unescaped).collect(),
        // A list of inputs from elsewhere, or nothing at all.
        None => text.lines().map(str::to_owned).collect(),
    };
    Ok(latest(entries))
}

/// Each entry once, where it stood last, and the oldest left out as far as there are too many.
fn latest(entries: Vec<String>) -> Vec<String> {
    let mut kept = Vec::with_capacity(entries.len());
    let mut seen = HashSet::with_capacity(entries.len());
    let mut room = MOST_BYTES - HEADER.len() - 1;
    for entry in entries.iter().rev() {
        if entry.is_empty() || !seen.insert(entry.as_str()) {
            continue;
        }
        let size = escaped(entry).len() + 1;
        if size > room || kept.len() == MOST_ENTRIES {
            break;
        }
        room -= size;
        kept.push(entry.clone());
    }
    kept.reverse();
    kept
}

fn write(path: &Path, entries: &[String]) -> io::Result<()> {
    let mut text = format!("{HEADER}\n");
    for entry in entries {
        text.push_str(&escaped(entry));
        text.push('\n');
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Made so that nobody else may read it, whatever the file before it allowed.
    let mut file = tempfile::Builder::new().prefix(".repl_history.").suffix(".new").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

fn escaped(entry: &str) -> String {
    entry.replace('\\', "\\\\").replace('\n', "\\n")
}

/// A backslash before anything else is one that nobody escaped.
fn unescaped(line: &str) -> String {
    let mut entry = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            entry.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => entry.push('\n'),
            Some('\\') | None => entry.push('\\'),
            Some(other) => entry.extend(['\\', other]),
        }
    }
    entry
}

fn lock(path: &Path) -> io::Result<OsLock> {
    let path = lock_path(path);
    let began = Instant::now();
    loop {
        match OsLock::try_take(&path) {
            Ok(Some(lock)) => return Ok(lock),
            Ok(None) if began.elapsed() > PATIENCE => return Err(io::Error::other("another prompt holds its lock")),
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Err(error) => return Err(io::Error::other(error.to_string())),
        }
    }
}

fn aside(path: &Path) -> PathBuf {
    path.with_extension("damaged")
}

/// Takes from others the right to read a file that was there before. A note when that is refused.
#[cfg(unix)]
fn close_to_others(path: &Path) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    if mode & 0o077 == 0 {
        return None;
    }
    let error = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).err()?;
    Some(format!("others may read the history in {}, and that cannot be changed: {error}", path.display()))
}

/// Where there are no Unix permissions, a file takes those of its folder, which is the user's own.
#[cfg(not(unix))]
fn close_to_others(_path: &Path) -> Option<String> {
    None
}
