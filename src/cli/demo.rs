//! `sluice demo`: the whole way of a script on this machine alone. A stand-in for the platform is started on a loopback
//! port, a project is made in a temporary folder by the same code that makes real ones, and a contact sync runs twice,
//! for a contact that Books knows and for one that it does not. Tokens end after three uses, so one is renewed halfway.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clap::Args;

use super::run::{Network, Trace, choose_dialect, compile, parse_trace, print_info};
use super::surroundings::Surroundings;
use super::table::draw;
use super::workspace::Workspace;
use super::{Error, Exit, Output, Shared};
use crate::connections::CreateConnection;
use crate::engine::{Engine, Run};
use crate::http::{Client, Listener};
use crate::program::{self, Program};
use crate::project::{FILE, Project, Script};
use crate::sandbox::{self, CONTACT_KNOWN_TO_BOOKS, CONTACT_NEW_TO_BOOKS, Guard, Logged, Sandbox};
use crate::secret::{Redactor, Secret};
use crate::value::Data;

/// The script that is run.
const SCRIPT: &str = include_str!("../../scripts/contact_sync.dg");
/// Its place in the project.
const SCRIPT_FILE: &str = "contact_sync.dg";
/// After so many requests an access token is refused: the second run needs a new one before it is through.
const USES_PER_TOKEN: u32 = 3;

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Show what is sent and received on standard error, without secrets: `headers`, or `body` for all
    #[arg(long, value_name = "DETAIL", num_args = 0..=1, require_equals = true, default_missing_value = "body")]
    #[arg(env = "SLUICE_TRACE", hide_env = true, value_parser = parse_trace)]
    trace: Option<Trace>,
}

/// One connection of the demonstration, with the client that the sandbox knows it by.
struct Connected {
    link_name: &'static str,
    service: &'static str,
    scopes: &'static [&'static str],
    client: sandbox::Client,
}

pub(super) fn main(options: &Options, shared: &Shared) -> Exit {
    let output = Arc::new(Output::new(shared.color, false, Arc::new(Redactor::default())));
    let exit = match attempt(options, &output) {
        Ok(exit) => exit,
        Err(error) => output.problem(&error, false),
    };
    output.finish(exit)
}

fn attempt(options: &Options, output: &Arc<Output>) -> Result<Exit, Error> {
    let fail = |error: std::io::Error| Error::Demo(error.to_string());
    let settings = sandbox::Options { uses_per_token: Some(USES_PER_TOKEN), ..sandbox::Options::default() };
    let sandbox = Sandbox::start(settings).map_err(fail)?;
    let folder = tempfile::Builder::new().prefix("sluice-demo-").tempdir().map_err(fail)?;
    let connected = [
        Connected {
            link_name: "contacts_bigin",
            service: "zoho_bigin",
            scopes: &["ZohoBigin.modules.ALL"],
            client: sandbox.client(),
        },
        Connected {
            link_name: "books",
            service: "zoho_books",
            scopes: &["ZohoBooks.contacts.ALL"],
            client: sandbox.register_client().map_err(fail)?,
        },
    ];
    let workspace = make_project(folder.path(), sandbox.base_url())?;
    let vault = connect(&workspace, &connected, output)?;

    output.title("A contact sync from Bigin to Books, on this machine alone");
    output.result(&format!("\nA stand-in for the platform answers on {}.", sandbox.base_url()));
    output.result("The project's routes send www.zohoapis.com, accounts.zoho.com and books.zoho.com there.");
    output.result(&format!("Two connections were made, contacts_bigin and books; their secrets are in {vault}."));

    let times: Arc<Mutex<Vec<Duration>>> = Arc::default();
    let taken = Arc::clone(&times);
    let listener = Listener::new(move |sent| taken.lock().unwrap_or_else(PoisonError::into_inner).push(sent.time));
    let network = Network::new(&workspace, &[], Trace::detail(options.trace), output)?.with_listener(listener);
    let engine = Engine::builder()
        .environment(workspace.environment(&Surroundings::default())?)
        .driver(network.driver(false))
        .build()?;
    let script = Script::read(&folder.path().join(SCRIPT_FILE))?;
    let dialect = choose_dialect(None, &script, output);
    let checked = program::Options { dialect, given: vec!["contact".to_owned()], ..program::Options::default() };
    let (program, found) = compile(&engine, &script, &checked, None);
    found.iter().for_each(|one| output.diagnostic(one, &script.source));
    let Some(program) = program else { return Ok(Exit::Check) };
    network.open(&workspace)?;

    let mut seen = 0;
    for (title, id) in [
        ("A contact whom Books knows by the e-mail address: updated", CONTACT_KNOWN_TO_BOOKS),
        ("A contact whom Books does not know: created", CONTACT_NEW_TO_BOOKS),
    ] {
        output.result("");
        output.title(title);
        output.result("");
        let exit = run(&engine, &program, id, output);
        let requests = sandbox.requests();
        let new = requests.get(seen..).unwrap_or_default();
        seen = requests.len();
        output.result("");
        output.result(&table(
            new,
            &std::mem::take(&mut *times.lock().unwrap_or_else(PoisonError::into_inner)),
            &connected,
        ));
        if exit != Exit::Ok {
            return Ok(exit);
        }
    }
    output.result(
        "\nRequests to /oauth/v2/token got a new access token: at first, and after the 401, when one was used up.",
    );
    output.result("The script is scripts/contact_sync.dg. To go on:");
    output.result("  sluice demo --trace                  shows every request, without secrets");
    output.result("  sluice run FILE                      runs a script of yours");
    output.result("  sluice connections create --help     tells how to connect to a real service");
    output.result("  README.md and COMPATIBILITY.md       tell what works, and what differs from Zoho");
    Ok(Exit::Ok)
}

/// Writes the files that a person would write, and reads them as any project.
fn make_project(folder: &Path, base_url: &str) -> Result<Workspace, Error> {
    let settings = format!(
        "name = \"contact sync\"\n\n[network.routes]\n\
         \"www.zohoapis.com\" = \"{base_url}\"\n\
         \"accounts.zoho.com\" = \"{base_url}\"\n\
         \"books.zoho.com\" = \"{base_url}/books\"\n"
    );
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).map_err(|error| Error::Demo(error.to_string()))
    };
    write(FILE, &settings)?;
    write(SCRIPT_FILE, SCRIPT)?;
    Ok(Workspace::with_user_folder(Project::load(folder)?, folder.join("user")))
}

/// Makes the connections; says where their secrets are.
fn connect(workspace: &Workspace, connected: &[Connected], output: &Output) -> Result<String, Error> {
    let redactor = output.redactor();
    let client = Client::new(workspace.network(&[], Arc::clone(redactor))?)?;
    let connections = workspace.connections(client, Arc::clone(redactor))?;
    let mut vault = String::new();
    for one in connected {
        let secret = |key: &str, value: &str| (key.to_owned(), Secret::new(value));
        let created = connections.create(CreateConnection {
            link_name: one.link_name.to_owned(),
            service: one.service.to_owned(),
            scopes: one.scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            fields: vec![
                secret("client_id", &one.client.client_id),
                secret("client_secret", &one.client.client_secret),
                secret("refresh_token", &one.client.refresh_token),
            ],
            ..CreateConnection::default()
        })?;
        vault = created.vault;
    }
    Ok(vault)
}

fn run(engine: &Engine, program: &Arc<Program>, id: &str, output: &Arc<Output>) -> Exit {
    let contact = Data::map([("Contacts.ID", Data::from(id))]);
    let outcome = engine.run_blocking(program, print_info(Run::script().argument("contact", contact), output));
    match outcome.result {
        Err(trouble) if !output.is_closed() => {
            output.trouble(&trouble.diagnostic(), program, trouble.file);
            Exit::of_run(&trouble.code)
        }
        _ => Exit::Ok,
    }
}

/// The requests that reached the sandbox, and how long each took from here. A refused one proved nothing about itself; it belongs to the connection that
/// gets a new token next.
fn table(requests: &[Logged], times: &[Duration], connected: &[Connected]) -> String {
    let connection = |request: &Logged| match &request.guard {
        Guard::Client(id) => connected.iter().find(|one| one.client.client_id == *id).map(|one| one.link_name),
        _ => None,
    };
    let times = times.iter().map(Some).chain(std::iter::repeat(None));
    let rows = requests.iter().zip(times).enumerate().map(|(at, (request, time))| {
        let later = || requests.get(at + 1..).unwrap_or_default().iter().find_map(connection);
        [
            request.method.clone(),
            request.target.split('?').next().unwrap_or_default().to_owned(),
            connection(request).or_else(later).unwrap_or_default().to_owned(),
            request.status.to_string(),
            time.map_or_else(String::new, |time| format!("{:.1}", time.as_secs_f64() * 1_000.0)),
        ]
    });
    draw(["method", "path", "connection", "status", "ms"], rows)
}
