//! What a task refuses before anything is sent. Texts that a Zoho page gives are used as they are, because scripts
//! compare `e.message`. No message holds a header's value or the query of an address: both may carry a key.

use crate::value::{Failure, Kind, Kinds};

/// Why a task cannot ask for anything.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// The `url` cannot be dialled.
    #[error("the url \"{shown}\" cannot be used: {reason}")]
    InvalidUrl {
        /// The address without user, query and fragment.
        shown: String,
        /// What is wrong with it.
        reason: String,
    },
    /// `type` is no method.
    #[error("\"{given}\" is no request type")]
    Type {
        /// What was given.
        given: String,
    },
    /// A header's name or value holds what must not stand in a header (RFC 9110, section 5).
    #[error("the header \"{name}\" cannot be sent: {reason}")]
    InvalidHeader {
        /// The header's name, with what cannot be shown escaped.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Both say what is to be sent (help page "invokeUrl task" forbids it).
    #[error("body and parameters cannot be given together")]
    BodyAndParameters,
    /// `response-format` is none of the known words.
    #[error("\"{given}\" is no response format")]
    ResponseFormat {
        /// What was given.
        given: String,
    },
    /// `response-decoding`, or the encoding of a part, names no charset.
    #[error("\"{given}\" is no charset")]
    Charset {
        /// What was given.
        given: String,
    },
    /// `service` of `invokeapi` names no service that it knows.
    #[error("\"{given}\" is no service of invokeapi")]
    Service {
        /// What was given.
        given: String,
        /// What may have been meant.
        near: Option<&'static str>,
        /// Every name.
        known: String,
    },
    /// `path` of `invokeapi` holds what no path may hold. It is not shown, because it may carry a key in its query.
    #[error("the path cannot be used: {reason}")]
    Path {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A mail without sender (text: help page "error messages").
    #[error("'FROM' message is missing for sendmail task")]
    MailSender,
    /// A mail without receiver (text: help page "error messages").
    #[error("'TO' message is missing for sendmail task")]
    MailReceiver,
    /// What is no mail address (text: help page "error messages").
    #[error("Invalid email address found")]
    MailAddress {
        /// What was given.
        shown: String,
    },
    /// More addresses for answers than a mail may have (help page "send mail").
    #[error("a mail has at most {most} addresses under reply to")]
    MailReplyTo {
        /// How many it may have.
        most: usize,
    },
    /// `content type` of a mail is neither of the two.
    #[error("\"{given}\" is no content type of a mail")]
    MailContent {
        /// What was given.
        given: String,
    },
    /// More arguments than parameters (text: help page "error messages").
    #[error("No. of arguments mismatches for the function {task}")]
    ArgumentCount {
        /// The task.
        task: String,
        /// How many it takes at most.
        most: usize,
    },
    /// An argument of a kind that its parameter does not take (text: help page "error messages").
    #[error("Argument type mismatches for the function {task} at index {index}")]
    ArgumentType {
        /// The task.
        task: String,
        /// The argument, from 1.
        index: usize,
        /// What it takes there.
        wanted: Kinds,
        /// What was given.
        found: Kind,
    },
    /// A module's name that cannot be part of an address (text: help page "error messages").
    #[error("Invalid module name for the function {task} at index {index}")]
    InvalidModule {
        /// The task.
        task: String,
        /// The argument, from 1.
        index: usize,
    },
    /// The driver of an embedding program answered with the wrong kind of reply.
    #[error("the program that runs this script answered with {found} where {wanted} is needed")]
    WrongReply {
        /// What it gave.
        found: &'static str,
        /// What the task needs.
        wanted: &'static str,
    },
    /// Another argument that cannot be part of an address.
    #[error("Invalid value for the function {task} at index {index}")]
    InvalidPathValue {
        /// The task.
        task: String,
        /// The argument, from 1.
        index: usize,
    },
}

impl Error {
    /// The stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Error::InvalidUrl { .. } => "run::invalid-url",
            Error::Type { .. } => "run::invokeurl-type",
            Error::InvalidHeader { .. } => "run::invalid-header",
            Error::BodyAndParameters => "run::body-and-parameters",
            Error::ResponseFormat { .. } => "run::invokeurl-response-format",
            Error::Charset { .. } => "run::charset",
            Error::Service { .. } => "run::invokeapi-service",
            Error::Path { .. } => "run::invokeapi-path",
            Error::MailSender | Error::MailReceiver => "run::mail-incomplete",
            Error::MailAddress { .. } => "run::mail-address",
            Error::MailReplyTo { .. } => "run::mail-reply-to",
            Error::MailContent { .. } => "run::mail-content-type",
            Error::ArgumentCount { .. } => "run::argument-count",
            Error::ArgumentType { .. } => "run::argument-type",
            Error::InvalidModule { .. } => "run::invalid-module",
            Error::WrongReply { .. } => "run::wrong-reply",
            Error::InvalidPathValue { .. } => "run::invalid-path-value",
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Error::InvalidUrl { .. } => {
                "give the whole address, for example https://api.example.com/contacts".to_owned()
            }
            Error::Type { .. } => "use one of GET, POST, PUT, PATCH, DELETE, OPTIONS".to_owned(),
            Error::InvalidHeader { .. } => {
                "names are letters, digits and hyphens; values must not hold line breaks".to_owned()
            }
            Error::BodyAndParameters => {
                "give only one of them; what belongs into the query can be written at the end of the url".to_owned()
            }
            Error::ResponseFormat { .. } => "use one of DEFAULT, COLLECTION, STRING, FILE, NONE".to_owned(),
            Error::Charset { .. } => "use a name such as UTF-8, ISO-8859-1, windows-1252 or Shift_JIS".to_owned(),
            Error::Service { near: Some(near), .. } => format!("did you mean {near}?"),
            Error::Service { known, .. } => format!("use one of {known}; other services are called with invokeurl"),
            Error::Path { .. } => "give what follows the host in the address, for example /crm/v8/Leads".to_owned(),
            Error::MailSender => "the attribute is null or blank here; zoho.adminuserid and zoho.loginuserid are set under [system] in sluice.toml".to_owned(),
            Error::MailReceiver => "the attribute is null, blank or an empty list here".to_owned(),
            Error::MailAddress { shown } => {
                format!("{shown} is no address; write name@example.com or Name <name@example.com>, several with commas")
            }
            Error::MailReplyTo { .. } => "leave some of them out".to_owned(),
            Error::MailContent { .. } => "write HTML or Plain Text, or leave it out for HTML".to_owned(),
            Error::ArgumentCount { most, .. } => format!("it takes at most {most}"),
            Error::ArgumentType { wanted, found, .. } => format!("give {} here, not {}", wanted.names(), found.name()),
            Error::InvalidModule { .. } => "give the module's API name, for example \"Contacts\"".to_owned(),
            Error::WrongReply { .. } => {
                "its driver must answer requests with responses, and all else with values".to_owned()
            }
            Error::InvalidPathValue { .. } => "give an id or a name; it must not be empty".to_owned(),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::new(error.code(), error.to_string()).help(error.help())
    }
}

/// A text of a script as it may stand in a message: short, and without control characters.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(60).flat_map(char::escape_debug).collect();
    if text.chars().nth(60).is_some() {
        shown.push('…');
    }
    shown
}
