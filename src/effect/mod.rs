//! The contract between the machine and the world. A script that reaches a task hands out an [`Effect`], plain data
//! that says what it wants, and stops; a driver performs it (or replays it, or only prints it) and answers with a
//! [`Reply`]. Nothing else may perform an effect of a script.

mod host_call;
mod mail;
mod platform;
mod records;

use std::fmt::{self, Write as _};
use std::sync::Arc;

pub use host_call::HostCall;
pub(crate) use host_call::{Caller, HostBody};
pub use mail::{Mail, MailContent};
pub use platform::Platform;
pub use records::{Chosen, Client, Criteria, Operation, Records, Wanted};
use url::{Position, Url};

use crate::http;
use crate::value::Data;

/// Something a script wants from the world.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The stable name of this effect within a run of this program.
    pub name: EffectName,
    /// The line of the script that asks, from 1.
    pub line: u32,
    /// What is wanted.
    pub action: Action,
}

/// Names an effect the same way in every run of the same program: the function, which task in it (counted in source
/// order), and how many times that task ran before.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EffectName {
    /// The function; empty for the statements outside functions.
    pub function: Arc<str>,
    /// The task's place among the tasks of the function, from 0.
    pub site: u32,
    /// How many times this task ran before in this run.
    pub occurrence: u32,
}

/// The kinds of effects.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// An HTTP request, through a connection or not.
    Request(Box<Request>),
    /// Records of a Creator application.
    Records(Box<Records>),
    /// Something on the form before a person.
    Client(Client),
    /// A mail. The reply is any value.
    Mail(Box<Mail>),
    /// Something that only Zoho's platform does. The reply is a value.
    Platform(Box<Platform>),
    /// A call of a function of the application that embeds Sluice. The reply is a value.
    Host(Box<HostCall>),
}

/// What is wanted in a few words, without bodies, queries and secrets: `GET https://crm.test/v8/Leads through crm`.
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Action::Request(request) => {
                f.write_str(request.http.method.as_str())?;
                f.write_char(' ')?;
                write_address(f, &request.http.url)?;
                match &request.connection {
                    Connection::None => Ok(()),
                    Connection::Named(name) => write!(f, " through {name}"),
                    Connection::DefaultFor(service) => write!(f, " through the default connection for {service}"),
                }
            }
            Action::Records(records) => records.fmt(f),
            Action::Client(client) => client.fmt(f),
            Action::Mail(mail) => {
                let count = mail.to.len() + mail.cc.len() + mail.bcc.len();
                write!(f, "send a mail to {count} address{}", if count == 1 { "" } else { "es" })
            }
            Action::Platform(platform) => platform.fmt(f),
            Action::Host(call) => write!(f, "call {}", call.function),
        }
    }
}

/// Scheme, host, port and path. Every request of every run is told so, and to put its origin together takes many copies.
fn write_address(f: &mut fmt::Formatter<'_>, url: &Url) -> fmt::Result {
    match url.scheme() {
        scheme @ ("http" | "https") => {
            f.write_str(scheme)?;
            f.write_str("://")?;
            f.write_str(&url[Position::BeforeHost..Position::AfterPath])
        }
        _ => write!(f, "{}{}", url.origin().ascii_serialization(), url.path()),
    }
}

/// A request as a script asks for it: without any credential, which the driver adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The task that asks: `invokeurl`, `zoho.crm.getRecordById`.
    pub task: String,
    /// Whose credentials go with it.
    pub connection: Connection,
    /// What is to be sent.
    pub http: http::Request,
}

/// The connection of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connection {
    /// The request goes out as it is.
    None,
    /// The connection of this link name.
    Named(String),
    /// The connection that is set up as default for the service of an integration task, for example `crm`.
    DefaultFor(String),
}

/// What the driver answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The answer of a server, whatever its status.
    Response(http::Response),
    /// What a store of records answered: records, an ID, a figure.
    Value(Data),
    /// No answer: the request could not be made or got none. Raised in the script as a catchable error.
    Failed(Problem),
}

impl Problem {
    /// Whether the run ends whatever the script would catch: a test that asked for what is not recorded proves nothing, and
    /// a function of the application that panicked leaves nothing that a script could mend.
    pub fn ends_run(&self) -> bool {
        matches!(self.code.as_str(), "replay::miss" | "run::host-panic")
    }
}

/// Why an effect has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable name, `room::kebab-case`.
    pub code: String,
    /// What scripts read as `e.message`.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}
