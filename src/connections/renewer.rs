//! A renewal in a process of its own. Between a server's answer and our disk lies the only moment in which a refresh
//! token can be lost: whoever kills the program then takes the one valid token with it. So the program starts another
//! one, which belongs to no terminal and no group of the first, and which asks and stores. It gets its order by standard
//! input and tells by standard output how it goes; tokens reach the first program through the vault alone.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::auth::Auth;
use super::session::Connections;
use super::target::Target;
use super::vault::Record;
use super::{Error, unix};
use crate::http::Limits;
use crate::secret::Secret;

/// The longest line that is read of the other process, in bytes, and the most of all.
const LARGEST: u64 = 1024 * 1024;

/// The word with which the program `sluice` is started to renew a token. Not for people.
pub const RENEWER_WORD: &str = "renewal-of-a-run";

/// The program that renews tokens for this one: `sluice`, of the same version.
#[derive(Clone, Debug)]
pub struct Renewer {
    program: PathBuf,
    setting: Setting,
}

/// Where the connections are, and how requests leave.
#[derive(Clone, Serialize, Deserialize)]
pub struct Setting {
    /// The project's folder.
    pub project: Option<PathBuf>,
    /// The user's folder.
    pub user: PathBuf,
    /// Routes beside the project's own, as `HOST=URL`.
    pub routes: Vec<String>,
    /// A proxy in place of the project's, with its password; empty for none.
    pub proxy: Option<String>,
    /// When connecting and whole requests give up.
    pub times: (Duration, Duration),
}

/// What the other process is to do. It can be made from JSON, and holds a token at most until it is read.
#[derive(Serialize, Deserialize)]
pub struct Order {
    /// Where, and how.
    pub setting: Setting,
    link_name: String,
    user: Option<String>,
    refused: Option<String>,
}

impl Setting {
    /// The folders, with the network as the project says.
    pub fn new(project: Option<&Path>, user: &Path) -> Self {
        let limits = Limits::default();
        Self {
            project: project.map(Path::to_owned),
            user: user.to_owned(),
            routes: Vec::new(),
            proxy: None,
            times: (limits.connect, limits.total),
        }
    }
}

/// Without the proxy, which may hold a password.
impl std::fmt::Debug for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setting").field("project", &self.project).field("user", &self.user).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Order").field("link_name", &self.link_name).finish_non_exhaustive()
    }
}

/// What it tells, a line each.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// For a trace. The first one is told before anything is sent.
    Note(String),
    /// The vault has a token to use.
    Done,
    Failed(Failure),
}

/// The failures that are possible once something was sent.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Failure {
    Answer { host: String, problem: String, temporary: bool },
    Refused { host: String, code: String, reason: String },
    Reconnect { reason: String },
    Other { problem: String },
}

impl Renewer {
    /// This program `sluice`, for connections in these folders.
    pub fn new(program: PathBuf, setting: Setting) -> Self {
        Self { program, setting }
    }

    /// What came of it, with the notes in between told to these connections. `None` when nothing was sent, so that the
    /// renewal can be made here.
    pub(super) async fn renew(
        &self,
        connections: &Connections,
        target: &Arc<Target>,
        before: &Record,
        refused: Option<&Secret>,
    ) -> Option<Result<(), Error>> {
        let order = Order {
            setting: self.setting.clone(),
            link_name: target.link_name.clone(),
            user: target.id.user().map(str::to_owned),
            refused: refused.map(|token| token.open().to_owned()),
        };
        let mut lines = self.start(&order)?;
        let mut has_begun = false;
        while let Some(line) = lines.recv().await {
            match line {
                Line::Note(text) => {
                    has_begun = true;
                    connections.note(&text);
                }
                Line::Done => return Some(Ok(())),
                Line::Failed(_) if !has_begun => return None,
                Line::Failed(failure) => return Some(Err(failure.error(target))),
            }
        }
        has_begun.then(|| match &target.service.auth {
            Auth::OAuth2(oauth2) => Err(Error::TokenAnswer {
                link_name: target.link_name.clone(),
                host: super::refresh::host(target, oauth2, before),
                problem: "was asked by a process that was stopped before its end".to_owned(),
                temporary: true,
            }),
            _ => Err(Error::Internal("a token was to be renewed that is none")),
        })
    }

    /// Starts the process, if that is possible. A thread of its own listens, so that nobody waits for the process at the
    /// end of a run.
    fn start(&self, order: &Order) -> Option<mpsc::UnboundedReceiver<Line>> {
        let mut command = Command::new(&self.program);
        command.arg(RENEWER_WORD).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        unix::set_apart(&mut command);
        let order = zeroize::Zeroizing::new(serde_json::to_vec(order).ok()?);
        let mut child = command.spawn().ok()?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let (send, receive) = mpsc::unbounded_channel();
        let listening = std::thread::Builder::new().name("sluice-renewal".to_owned()).spawn(move || {
            // One that does not read it says so by ending.
            let _ = stdin.map(|mut stdin| stdin.write_all(&order));
            let lines = stdout.map(|stdout| BufReader::new(std::io::Read::take(stdout, LARGEST)).lines());
            for line in lines.into_iter().flatten().map_while(Result::ok) {
                let Ok(line) = serde_json::from_str(&line) else { break };
                let _ = send.send(line);
            }
            drop(send);
            let _ = child.wait();
        });
        listening.ok().map(|_| receive)
    }
}

impl Failure {
    fn of(error: Error) -> Self {
        match error {
            Error::TokenAnswer { host, problem, temporary, .. } => Failure::Answer { host, problem, temporary },
            Error::TokenRefused { host, code, reason, .. } => Failure::Refused { host, code, reason },
            Error::NeedsReconnect { reason, .. } => Failure::Reconnect { reason },
            other => Failure::Other { problem: other.to_string() },
        }
    }

    fn error(self, target: &Target) -> Error {
        let link_name = target.link_name.clone();
        match self {
            Failure::Answer { host, problem, temporary } => Error::TokenAnswer { link_name, host, problem, temporary },
            Failure::Refused { host, code, reason } => Error::TokenRefused { link_name, host, code, reason },
            Failure::Reconnect { reason } => target.needs_reconnect(reason),
            Failure::Other { problem } => Error::Store { problem },
        }
    }
}

impl Connections {
    #[doc(hidden)] // For the command line.
    /// Does what another process ordered, and tells it by lines how it goes.
    pub async fn obey(self, order: Order, tell: impl Fn(&str) + Send + Sync + 'static) {
        let tell = Arc::new(move |line: &Line| {
            if let Ok(text) = serde_json::to_string(line) {
                tell(&text);
            }
        });
        let of_notes = Arc::clone(&tell);
        let connections = self.with_notes(move |note| of_notes(&Line::Note(note.to_owned())));
        let refused = order.refused.map(Secret::new);
        let outcome = match connections.look_up(&order.link_name, order.user.as_deref()).await {
            Ok((target, _)) => connections.renew(&target, refused).await,
            Err(error) => Err(error),
        };
        tell(&match outcome {
            Ok(_) => Line::Done,
            Err(error) => Line::Failed(Failure::of(error)),
        });
    }
}
