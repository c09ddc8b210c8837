//! The driver that writes mails into a folder instead of sending them, for tests and for looking at them. Everything else
//! goes on to the driver behind it. Files are complete when they appear, can be read by their owner alone, and never take
//! the place of another.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::Error;
use super::file_name::{file_name, number_of};
use super::message::{self, Stamp};
use crate::connections::Connections;
use crate::effect::{Action, Effect, Mail, Reply};
use crate::host::io::Io;
use crate::host::{Answer, Driver, pass_on};
use crate::secret::Redactor;
use crate::value::Data;

/// Writes mails as files.
pub struct MailFolder {
    shared: Arc<Shared>,
    inner: Arc<dyn Driver>,
    io: Arc<Io>,
}

struct Shared {
    folder: PathBuf,
    redactor: Arc<Redactor>,
    date: Option<SystemTime>,
    /// The number of the latest mail, once the folder was looked at.
    latest: Mutex<Option<u32>>,
    written: Box<Told>,
}

/// Who is told of a mail and its file.
type Told = dyn Fn(&Effect, &Path) + Send + Sync;

impl MailFolder {
    /// Writes into `folder`, which is made when the first mail comes. Secrets that the redactor knows are masked in
    /// what is written. What is no mail goes to `inner`.
    pub fn new(folder: impl Into<PathBuf>, redactor: Arc<Redactor>, inner: Arc<dyn Driver>) -> Self {
        let shared = Shared {
            folder: folder.into(),
            redactor,
            date: None,
            latest: Mutex::new(None),
            written: Box::new(|_, _| {}),
        };
        Self { shared: Arc::new(shared), inner, io: Arc::default() }
    }

    /// The same with this date in each mail. Without one there is no `Date` in them, so that the same run writes the
    /// same files.
    #[must_use]
    pub fn dated(mut self, date: SystemTime) -> Self {
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.date = Some(date);
        }
        self
    }

    /// The same with a listener that is told of each mail and its file.
    #[must_use]
    pub fn on_written(mut self, told: impl Fn(&Effect, &Path) + Send + Sync + 'static) -> Self {
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.written = Box::new(told);
        }
        self
    }
}

impl Driver for MailFolder {
    fn perform(&self, effect: Effect, user: Option<&str>, reply: Answer) {
        if !matches!(effect.action, Action::Mail(_)) {
            return pass_on(&self.inner, effect, user, reply);
        }
        let shared = Arc::clone(&self.shared);
        let work = move || {
            let Action::Mail(mail) = &effect.action else { return reply(Reply::Value(Data::Null)) };
            reply(match shared.write(mail) {
                Ok(path) => {
                    (shared.written)(&effect, &path);
                    Reply::Value(Data::Null)
                }
                Err(error) => Reply::Failed(error.problem()),
            });
        };
        // A disk may take its time, and the thread of requests must not wait for it.
        self.io.spawn(async move { drop(tokio::task::spawn_blocking(work)) });
    }

    fn with_connections(&self, connections: &Connections) -> Option<Arc<dyn Driver>> {
        let inner = self.inner.with_connections(connections)?;
        Some(Arc::new(Self { shared: Arc::clone(&self.shared), inner, io: Arc::clone(&self.io) }))
    }

    fn takes_host_calls(&self) -> bool {
        true
    }
}

impl Shared {
    fn write(&self, mail: &Mail) -> Result<PathBuf, Error> {
        let failed = |error: std::io::Error| Error::File { folder: self.folder.clone(), reason: error.to_string() };
        let mail = self.masked(mail);
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if latest.is_none() {
            std::fs::create_dir_all(&self.folder).map_err(failed)?;
        }
        let mut number = match *latest {
            Some(number) => number,
            None => highest(&self.folder).map_err(failed)?,
        };
        loop {
            number = number.saturating_add(1);
            let letter = message::write(&mail, &Stamp::of_content(&mail, number, self.date))?;
            let receiver = mail.to.first().map(String::as_str).unwrap_or_default();
            let path = self.folder.join(file_name(number, receiver, &mail.subject));
            let mut file = tempfile::NamedTempFile::new_in(&self.folder).map_err(failed)?;
            file.write_all(&letter.bytes).and_then(|()| file.flush()).map_err(failed)?;
            match file.persist_noclobber(&path) {
                Ok(_) => {
                    *latest = Some(number);
                    return Ok(path);
                }
                // Another run took the number.
                Err(taken) if taken.error.kind() == std::io::ErrorKind::AlreadyExists && number < u32::MAX => {}
                Err(other) => return Err(failed(other.error)),
            }
        }
    }

    /// The mail without secrets: a file stays, and may be kept with a project.
    fn masked(&self, mail: &Mail) -> Mail {
        let mask = |text: &str| self.redactor.redact(text).into_owned();
        let mut mail = mail.clone();
        (mail.subject, mail.message) = (mask(&mail.subject), mask(&mail.message));
        for file in &mut mail.attachments {
            file.name = mask(&file.name);
            if let Ok(text) = std::str::from_utf8(&file.bytes) {
                file.bytes = mask(text).into_bytes().into();
            }
        }
        mail
    }
}

/// The highest number that a mail in the folder has.
fn highest(folder: &Path) -> std::io::Result<u32> {
    let mut highest = 0;
    for entry in std::fs::read_dir(folder)? {
        if let Some(number) = entry?.file_name().to_str().and_then(number_of) {
            highest = highest.max(number);
        }
    }
    Ok(highest)
}
