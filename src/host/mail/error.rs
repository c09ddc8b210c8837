//! Why a mail was not sent or not written. Where the server said something, its words are in the message, cut to one line;
//! the mailer masks what is secret in them.

use std::path::PathBuf;
use std::time::Duration;

use crate::effect::Problem;
use crate::http;

/// The most characters of a server's words in a message.
const SHOWN_CHARACTERS: usize = 200;

/// Why a mail did not get where it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing accepts connections there.
    #[error("could not connect to the mail server {server}: {reason}")]
    Connect {
        /// The server with its port.
        server: String,
        /// What the operating system said.
        reason: String,
    },
    /// No trustworthy encrypted connection.
    #[error("could not make a secure connection to the mail server {server}: {reason}")]
    Tls {
        /// The server with its port.
        server: String,
        /// What went wrong.
        reason: String,
    },
    /// The connection would not be encrypted and leave this machine.
    #[error("mails are not sent to {server} without encryption")]
    NotEncrypted {
        /// The server.
        server: String,
    },
    /// The name leads nowhere, or to where the guard lets nothing go.
    #[error(transparent)]
    Network(#[from] http::Error),
    /// The user name and the password are not accepted.
    #[error("the mail server {server} refused the login: {reply}")]
    LoginRefused {
        /// The server.
        server: String,
        /// Its words, with the reply code.
        reply: String,
    },
    /// The server does not send for this sender.
    #[error("the mail server refused the sender {address}: {reply}")]
    SenderRefused {
        /// The sender's address.
        address: String,
        /// The server's words, with the reply code.
        reply: String,
    },
    /// The server does not take the mail for some of its receivers.
    #[error("the mail server refused {} of {total} receivers, so the mail was not sent: {}", .refused.len(), list(.refused))]
    ReceiverRefused {
        /// Addresses and what the server said to each.
        refused: Vec<(String, String)>,
        /// How many receivers the mail has.
        total: usize,
    },
    /// The mail is larger than the server takes.
    #[error("the mail of {size} bytes is too large for the mail server: {reply}")]
    TooLarge {
        /// The bytes of the whole message.
        size: usize,
        /// The server's words, with the reply code.
        reply: String,
    },
    /// The server refuses the mail as it is.
    #[error("the mail server refused the mail: {reply}")]
    Refused {
        /// The server's words, with the reply code.
        reply: String,
    },
    /// The whole did not end in its time.
    #[error("the mail server {server} did not answer in time")]
    Timeout {
        /// The server.
        server: String,
        /// The time that it had.
        limit: Duration,
    },
    /// The connection broke off, or what the server says is no SMTP.
    #[error("the answer of the mail server {server} cannot be read: {reason}")]
    BrokenAnswer {
        /// The server.
        server: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An address cannot stand in a mail.
    #[error("{shown} is no address that mails can be sent to")]
    InvalidAddress {
        /// The text, on one line.
        shown: String,
    },
    /// The file of a mail cannot be written.
    #[error("the mail cannot be written to {}: {reason}", .folder.display())]
    File {
        /// The folder.
        folder: PathBuf,
        /// The operating system's words.
        reason: String,
    },
}

impl Error {
    /// The stable code, `mail::kebab-case`; that of the network where it is the network's.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Connect { .. } => "mail::connect",
            Error::Tls { .. } => "mail::tls",
            Error::NotEncrypted { .. } => "mail::not-encrypted",
            Error::Network(error) => error.code(),
            Error::LoginRefused { .. } => "mail::login-refused",
            Error::SenderRefused { .. } => "mail::sender-refused",
            Error::ReceiverRefused { .. } => "mail::receiver-refused",
            Error::TooLarge { .. } => "mail::too-large",
            Error::Refused { .. } => "mail::refused",
            Error::Timeout { .. } => "mail::timeout",
            Error::BrokenAnswer { .. } => "mail::broken-answer",
            Error::InvalidAddress { .. } => "mail::invalid-address",
            Error::File { .. } => "mail::file",
        }
    }

    /// What the reader can do about it.
    pub fn help(&self) -> String {
        match self {
            Error::Connect { .. } => "check `server` and `port` under [mail] in sluice.toml, and that the way there is open".into(),
            Error::Tls { .. } => {
                "check `security` under [mail] in sluice.toml; the server needs a valid certificate for the name in `server`".into()
            }
            Error::NotEncrypted { .. } => {
                "set `security = \"starttls\"` or `\"tls\"` under [mail]; `\"none\"` is for this machine and for what allow_private lists"
                    .into()
            }
            Error::Network(error) => error.help(),
            Error::LoginRefused { .. } => {
                "check the user name and password of the connection that [mail] names; many services want a password for programs"
                    .into()
            }
            Error::SenderRefused { .. } => "send `from` an address that the mail server lets this login use".into(),
            Error::ReceiverRefused { .. } => "correct or leave out these addresses and send the mail again".into(),
            Error::TooLarge { .. } => "send fewer or smaller attachments, or a link to them".into(),
            Error::Refused { .. } => "the server's words say why; a reply that begins with 4 may be different later".into(),
            Error::Timeout { limit, .. } => format!(
                "it had {} s; whether the mail was sent is not known",
                limit.as_secs_f64()
            ),
            Error::BrokenAnswer { .. } => {
                "check that a mail server listens on that port, and that `security` is the one it expects there".into()
            }
            Error::InvalidAddress { .. } => "write name@host, or Name <name@host>".into(),
            Error::File { .. } => "check that the folder is yours to write, and that the disk is not full".into(),
        }
    }

    /// The error as a script gets it.
    pub fn problem(&self) -> Problem {
        Problem { code: self.code().into(), message: self.to_string(), help: Some(self.help()) }
    }
}

/// A server's words on one line and not endless.
pub(super) fn in_one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_control() || c == ' ').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(SHOWN_CHARACTERS).collect()
}

/// The first few refusals.
fn list(refused: &[(String, String)]) -> String {
    const SHOWN: usize = 5;
    let mut text: Vec<String> =
        refused.iter().take(SHOWN).map(|(address, reply)| format!("{address} ({reply})")).collect();
    if refused.len() > SHOWN {
        text.push(format!("and {} more", refused.len() - SHOWN));
    }
    text.join(", ")
}
