//! Mails: written as messages (`message.rs`), handed to a mail server (`smtp.rs`), or put into a folder (`folder.rs`). A
//! script's texts meet the syntax of mail headers in `message.rs` alone, so that is where nothing may slip through.

mod address;
mod dial;
mod error;
mod file_name;
mod folder;
mod message;
mod plain_text;
mod smtp;
#[cfg(test)]
mod tests;
mod wire;

use std::path::PathBuf;
use std::sync::Arc;

pub use error::Error;
pub use folder::MailFolder;
#[cfg(test)]
pub(super) use tests::{MailServerStub, Manners};

use crate::connections::{self, Connections};
use crate::effect::{Mail, Problem};
use crate::http;
use crate::secret::{Redactor, Secret};

/// The mail server that mails are handed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailServer {
    /// Its name, which its certificate must show.
    pub host: String,
    /// Its port, mostly 587 or 465.
    pub port: u16,
    /// How the connection is encrypted.
    pub security: Security,
    /// The connection whose user name and password log in there; without one nobody logs in.
    pub connection: Option<String>,
}

/// How the connection to a mail server is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Security {
    /// It begins plainly and goes on only encrypted (RFC 3207).
    #[default]
    StartTls,
    /// It is encrypted from its first byte (RFC 8314).
    Tls,
    /// Not at all, which is possible on this machine only, and for hosts that the guard makes an exception for.
    None,
}

impl Security {
    /// Every word of `security` in `sluice.toml`.
    pub const NAMES: [&str; 3] = ["starttls", "tls", "none"];

    /// By its word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "starttls" => Some(Security::StartTls),
            "tls" => Some(Security::Tls),
            "none" => Some(Security::None),
            _ => None,
        }
    }

    /// The port that mail programs use with it (RFC 8314).
    pub fn port(self) -> u16 {
        match self {
            Security::StartTls => 587,
            Security::Tls => 465,
            Security::None => 25,
        }
    }
}

/// Hands mails to a mail server, under the same guard and time limits as requests.
#[derive(Clone, Debug)]
pub struct Mailer {
    server: MailServer,
    guard: http::Guard,
    limits: http::Limits,
    redactor: Arc<Redactor>,
    resolver: http::Resolver,
    certificates: Vec<PathBuf>,
}

impl Mailer {
    /// A mailer for this server that looks names up, trusts, checks and gives up as requests with these options do. A
    /// proxy of theirs is not used, since it speaks HTTP.
    pub fn new(server: MailServer, options: &http::Options) -> Self {
        Self {
            server,
            guard: options.guard.clone(),
            limits: options.limits.clone(),
            redactor: Arc::clone(&options.redactor),
            resolver: options.resolver.clone(),
            certificates: options.certificates.clone(),
        }
    }

    /// Sends a mail. The login is that of `user` where the connection asks for the user's.
    pub(super) async fn send(&self, mail: &Mail, connections: &Connections, user: Option<&str>) -> Result<(), Problem> {
        // Whatever the server says back could hold what was sent to it.
        let masked =
            |problem: Problem| Problem { message: self.redactor.redact(&problem.message).into_owned(), ..problem };
        let MailServer { host, port, connection, .. } = &self.server;
        let login = match connection {
            Some(name) => log_in(connections, name, user, host, *port).await.map(Some),
            None => Ok(None),
        };
        let login = login.map_err(|error| masked(super::live::connection_problem(&error)))?;
        let stamp = message::Stamp::of_now();
        let letter = message::write(mail, &stamp).map_err(|error| masked(error.problem()))?;
        let delivery = smtp::deliver(self, login.as_ref(), &letter);
        let outcome = tokio::time::timeout(self.limits.total, delivery).await;
        let late = || Error::Timeout { server: host.clone(), limit: self.limits.total };
        outcome.unwrap_or_else(|_| Err(late())).map_err(|error| masked(error.problem()))
    }
}

/// Looks the login up where waiting holds up nobody: the vault may be a database, or its key may have to be asked for.
async fn log_in(
    connections: &Connections,
    link_name: &str,
    user: Option<&str>,
    host: &str,
    port: u16,
) -> Result<(String, Secret), connections::Error> {
    let (connections, user) = (connections.clone(), user.map(str::to_owned));
    let (link_name, host) = (link_name.to_owned(), host.to_owned());
    let found = tokio::task::spawn_blocking(move || connections.mail_login(&link_name, user.as_deref(), &host, port));
    found.await.unwrap_or(Err(connections::Error::Internal("looking up a login was interrupted")))
}
