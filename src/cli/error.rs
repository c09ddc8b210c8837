//! What stops a command before a script decides anything: wrong arguments, files that cannot be read, and the errors of
//! the rooms below in one voice. None of the texts holds a value that was given for a credential.

use super::exit::Exit;
use crate::connections::bundle::BundleError;
use crate::diagnostic::suggest;
use crate::host::cassette;
use crate::{connections, engine, http, project};

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error("no script was named")]
    NoScript,
    #[error("standard input holds no script")]
    EmptyInput,
    #[error("`-` stands beside other paths")]
    InputBesidePaths,
    #[error("cannot read {what}: {reason}")]
    Read { what: String, reason: String },
    #[error("cannot write to standard output: {0}")]
    Write(String),
    #[error("cannot write {what}: {reason}")]
    WriteFile { what: String, reason: String },
    #[error("{what} is no valid JSON")]
    NotJson { what: String, problem: String },
    #[error("{what} is no JSON object")]
    NotAnObject { what: String },
    #[error("`--arg {shown}` is not of the form NAME=VALUE")]
    ArgumentForm { shown: String },
    #[error("`--system {given}` is not of the form NAME=VALUE")]
    SystemForm { given: String },
    #[error("the argument `{name}` is no {wanted}")]
    Argument { name: String, wanted: &'static str, problem: Option<String> },
    #[error("the function `{function}` needs the argument `{name}`")]
    MissingArgument { function: String, name: String, wanted: String },
    #[error("the function `{function}` has no parameter `{name}`")]
    UnknownArgument { function: String, name: String, known: Vec<String> },
    #[error("there is no function `{name}`")]
    NoFunction { name: String, known: Vec<String> },
    #[error("the script only defines functions, and more than one")]
    WhichFunction { known: Vec<String> },
    #[error("the application's export holds no function and no script")]
    NothingExported,
    #[error("there is no {what} \"{name}\"")]
    NoSuchName { what: &'static str, name: String, known: Vec<String> },
    #[error("nothing is called `{name}`")]
    NotInReference { name: String, near: Option<String> },
    #[error("\"{shown}\" is no number for a limit")]
    LimitForm { shown: String },
    #[error("there is no code `{code}`")]
    UnknownCode { code: String, near: Option<&'static str> },
    #[error("there is no time zone \"{name}\"")]
    TimeZone { name: String, near: Option<String> },
    #[error("\"{format}\" is no date format")]
    DateFormat { format: String },
    #[error("\"{text}\" is no point in time")]
    Now { text: String },
    #[error(
        "the value of a credential must not stand on the command line, where other users and the shell's history see it"
    )]
    BareCredential,
    #[error("the credential `{key}` cannot be read: {problem}")]
    Credential { key: String, problem: String },
    #[error("the port {port} of this machine is taken")]
    PortTaken { port: u16 },
    #[error("the port {port} of this machine cannot be used: {reason}")]
    Listen { port: u16, reason: String },
    #[error("`--param` is not of the form KEY=VALUE")]
    ParameterForm,
    #[error("no service was named for the connection \"{link_name}\"")]
    NoService { link_name: String },
    #[error("nothing was done")]
    NotConfirmed,
    #[error("nothing was changed: {losses}")]
    LossNotConfirmed { losses: String },
    #[error("no file was named for the bundle")]
    NoOutput,
    #[error("no service was named")]
    NoServiceName,
    #[error("the questions were not answered to the end, so nothing was made")]
    FormEnded,
    #[error("no setting was given")]
    NoSettings,
    #[error("settings stand beside `--file`")]
    FileBesideSettings,
    #[error("the connection \"{link_name}\" is in use: {}", uses.join("; "))]
    ConnectionInUse { link_name: String, uses: Vec<String> },
    #[error("the scopes of the connection \"{link_name}\" cannot change while it is connected and a webhook uses it: {}", uses.join("; "))]
    ScopesInUse { link_name: String, uses: Vec<String> },
    #[error("nothing was named to change about the connection \"{link_name}\"")]
    NothingToEdit { link_name: String },
    #[error("`--url` is no address: {problem}")]
    Address { problem: String },
    #[error("the demonstration could not be set up: {0}")]
    Demo(String),
    #[error("{0}")]
    CassetteChoice(&'static str),
    #[error(transparent)]
    Cassette(#[from] cassette::Error),
    #[error(transparent)]
    Project(#[from] project::Error),
    #[error(transparent)]
    Connections(#[from] connections::Error),
    #[error(transparent)]
    Network(#[from] http::Error),
    #[error(transparent)]
    Engine(#[from] engine::Error),
    #[cfg(feature = "repl")]
    #[error(transparent)]
    Prompt(#[from] crate::repl::Error),
}

impl Error {
    /// The stable code, `room::kebab-case`.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Error::NoScript => "cli::no-script",
            Error::EmptyInput => "cli::empty-input",
            Error::InputBesidePaths => "cli::input-beside-paths",
            Error::Read { .. } => "cli::read",
            Error::Write(_) => "cli::write",
            Error::WriteFile { .. } => "cli::write-file",
            Error::NotJson { .. } => "cli::not-json",
            Error::NotAnObject { .. } => "cli::not-an-object",
            Error::ArgumentForm { .. } => "cli::argument-form",
            Error::SystemForm { .. } => "cli::system-form",
            Error::Argument { .. } => "cli::argument",
            Error::MissingArgument { .. } => "cli::missing-argument",
            Error::UnknownArgument { .. } => "cli::unknown-argument",
            Error::NoFunction { .. } => "cli::no-function",
            Error::WhichFunction { .. } => "cli::which-function",
            Error::NothingExported => "cli::nothing-exported",
            Error::NoSuchName { .. } => "cli::no-such-name",
            Error::NotInReference { .. } => "cli::not-in-reference",
            Error::LimitForm { .. } => "cli::limit-form",
            Error::UnknownCode { .. } => "cli::unknown-code",
            Error::TimeZone { .. } => "cli::time-zone",
            Error::DateFormat { .. } => "cli::date-format",
            Error::Now { .. } => "cli::now",
            Error::BareCredential => "cli::bare-credential",
            Error::Credential { .. } => "cli::credential",
            Error::PortTaken { .. } => "cli::port-taken",
            Error::Listen { .. } => "cli::listen",
            Error::ParameterForm => "cli::parameter-form",
            Error::NoService { .. } => "cli::no-service",
            Error::NotConfirmed | Error::LossNotConfirmed { .. } => "cli::not-confirmed",
            Error::NoOutput => "cli::no-output",
            Error::NoServiceName => "cli::no-service-name",
            Error::FormEnded => "cli::form-ended",
            Error::NoSettings => "cli::no-settings",
            Error::FileBesideSettings => "cli::file-beside-settings",
            Error::NothingToEdit { .. } => "cli::nothing-to-edit",
            Error::ConnectionInUse { .. } => "cli::connection-in-use",
            Error::ScopesInUse { .. } => "cli::scopes-in-use",
            Error::Address { .. } => "cli::address",
            Error::Demo(_) => "cli::demo",
            Error::CassetteChoice(_) => "cli::cassette-choice",
            #[cfg(feature = "repl")]
            Error::Prompt(error) => error.code(),
            Error::Cassette(error) => error.code(),
            Error::Project(error) => error.code(),
            Error::Connections(error) => error.code(),
            Error::Network(error) => error.code(),
            Error::Engine(error) => error.code(),
        }
    }

    /// What to do about it.
    pub(super) fn help(&self) -> Option<String> {
        Some(match self {
            Error::NoScript => {
                "name a file, or `-` to read the script from standard input: `sluice run hello.dg`".into()
            }
            Error::EmptyInput => "name a file, or pipe a script in: `echo 'info 1 + 1;' | sluice run -`".into(),
            Error::InputBesidePaths => "format standard input in a call of its own: `sluice fmt - < script.dg`".into(),
            Error::Read { .. } => "check the path, and that the file is yours to read".into(),
            Error::Write(_) => "check that the disk is not full".into(),
            Error::WriteFile { .. } => {
                "check the path, that its folder is there and yours to write, and that the disk is not full".into()
            }
            Error::NotJson { problem, .. } => problem.clone(),
            Error::NotAnObject { .. } => "write {\"name\": value, …}".into(),
            Error::ArgumentForm { .. } => {
                "write `--arg name=text`, or `--arg name:=json` for a number, list or map".into()
            }
            Error::SystemForm { .. } => "for example `--system loginuserid=asha@example.com`".into(),
            Error::Argument { problem: Some(problem), .. } => problem.clone(),
            Error::Argument { wanted, name, .. } => match *wanted {
                "MAP" => format!("write `--arg '{name}={{\"key\": \"value\"}}'`"),
                "LIST" => format!("write `--arg '{name}=[1, 2]'`"),
                "DATE" => format!("write for example `--arg {name}=2026-01-31`"),
                "BOOLEAN" => format!("write `--arg {name}=true` or `--arg {name}=false`"),
                _ => format!("write for example `--arg {name}=42`"),
            },
            Error::MissingArgument { name, wanted, .. } => {
                format!("give it with `--arg {name}={wanted}`, --args or --input")
            }
            Error::UnknownArgument { name, known, .. } => {
                choose(name, known, "its parameters are", "it takes no arguments")
            }
            Error::NoFunction { name, known } => {
                choose(name, known, "the script defines", "the script defines no function")
            }
            Error::NothingExported => "export an application that has functions or workflows with scripts".to_owned(),
            Error::WhichFunction { known } => format!("choose one with --function: {}", known.join(", ")),
            Error::NoSuchName { what, name, known } => {
                choose(name, known, &format!("{}:", plural(what)), "there is none")
            }
            Error::NotInReference { near, .. } => {
                let near = near.as_ref().map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
                format!("{near}`sluice functions` lists everything, and --search TEXT looks into the descriptions")
            }
            Error::LimitForm { .. } => "write for example `--limits zoho-crm,depth=100`; time is in seconds".into(),
            Error::UnknownCode { near, .. } => {
                let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
                format!("{near}`sluice explain` lists all codes")
            }
            Error::TimeZone { near, .. } => {
                let near = near.as_ref().map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
                format!("{near}write a name of the time zone database, such as Asia/Kolkata, or GMT+5:30")
            }
            Error::DateFormat { .. } => {
                "write a pattern with day, month and year and no time, such as dd-MMM-yyyy or yyyy-MM-dd".into()
            }
            Error::Now { .. } => {
                "write it as 2026-01-31T09:00:00Z, or in the time zone of the script as \"2026-01-31 09:00:00\"".into()
            }
            Error::BareCredential => {
                "write KEY=- to read standard input, KEY=env:NAME for an environment variable, or KEY=file:PATH; \
                 if the value was real, consider it seen"
                    .into()
            }
            Error::Credential { .. } => "check the place where the value comes from".into(),
            Error::PortTaken { port } => format!(
                "another sign-in may be waiting, or another program has it (`ss -ltnp 'sport = :{port}'` shows which); end \
                 that, or take another with `--port N` and register its callback address too"
            ),
            Error::Listen { .. } => "take another with `--port N`, 1024 or higher".into(),
            Error::ParameterForm => "write for example `--param domain=shop`".into(),
            Error::NoService { .. } => "name it with --service; `sluice services list` shows them".into(),
            Error::NotConfirmed | Error::LossNotConfirmed { .. } => "answer `y`, or pass --yes".into(),
            Error::NoOutput => {
                "name one with `-o FILE`, which `--json` always needs; `-o -` prints the bundle on the terminal".into()
            }
            Error::NoServiceName => {
                "give its link name with its settings, or --file FILE; on a terminal, `sluice services create` asks"
                    .into()
            }
            Error::FormEnded => "start again, or give the answers as options: --help lists them".into(),
            Error::NoSettings => "give what is to change, such as --name TEXT, or --file FILE; --help lists all".into(),
            Error::FileBesideSettings => "write them into the file, or leave --file out".into(),
            Error::NothingToEdit { link_name } => format!(
                "for example `sluice connections edit {link_name} --name \"Main account\"`; --scope, --param, --credentials and \
                 --default-for change the rest"
            ),
            Error::ConnectionInUse { link_name, .. } => format!(
                "let them use another connection first, or delete it all the same with `sluice connections delete {link_name} \
                 --force`"
            ),
            Error::ScopesInUse { link_name, .. } => format!(
                "let the webhook use another connection, or run `sluice connections revoke {link_name}` first, change the \
                 scopes, then `sluice connections authorize {link_name}`"
            ),
            Error::Address { .. } => "write for example `--url https://api.example.com/me`".into(),
            Error::Demo(_) => {
                "check that the folder for temporary files is writable and a loopback port is free".into()
            }
            Error::CassetteChoice(_) => {
                "write one of --cassette DIR, --record DIR and --replay DIR; --cassette-mode goes with --cassette"
                    .into()
            }
            #[cfg(feature = "repl")]
            Error::Prompt(error) => error.help(),
            Error::Cassette(error) => error.help(),
            Error::Project(error) => error.help(),
            Error::Connections(error) => error.help(),
            Error::Network(error) => error.help(),
            Error::Engine(error) => error.help(),
        })
    }

    /// The exit code. A connection that is not there or cannot be used is told apart from wrong usage.
    pub(super) fn exit(&self) -> Exit {
        use connections::Error as Connection;
        match self {
            Error::Connections(error) | Error::Engine(engine::Error::Connection(error)) => match error {
                Connection::UnknownLinkName { .. }
                | Connection::NotAuthorised { .. }
                | Connection::NeedsReconnect { .. }
                | Connection::Revoked { .. }
                | Connection::Disabled { .. }
                | Connection::Consent(_)
                | Connection::TestFailed { .. }
                | Connection::DefinitionChanged { .. }
                | Connection::TokenRefused { .. }
                | Connection::TokenAnswer { .. }
                | Connection::RenewalTooSoon { .. }
                | Connection::LoosePermissions { .. }
                | Connection::UntrustedFile { .. }
                | Connection::VaultDamaged { .. }
                | Connection::VaultFormat { .. }
                | Connection::VaultKeyMissing { .. }
                | Connection::VaultKeyInvalid { .. }
                | Connection::VaultKeySource { .. }
                | Connection::VaultKeyring { .. }
                | Connection::Bundle(BundleError::LeftOut { .. }) => Exit::Connection,
                _ => Exit::Usage,
            },
            _ => Exit::Usage,
        }
    }
}

/// The nearest name and the list, or what to say when there is no list.
fn choose(wanted: &str, known: &[String], list: &str, none: &str) -> String {
    if known.is_empty() {
        return none.to_owned();
    }
    let near = suggest(wanted, known.iter().map(String::as_str));
    let near = near.map(|name| format!("did you mean `{name}`? ")).unwrap_or_default();
    format!("{near}{list} {}", known.join(", "))
}

fn plural(thing: &str) -> String {
    match thing.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{thing}s"),
    }
}
