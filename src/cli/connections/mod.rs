//! `sluice connections`: what scripts send through. Definitions go to the project's `connections.toml`, or to the user's
//! folder when there is no project; secrets go to the vault and never pass through an argument.

mod authorize;
mod create;
mod credential;
mod delete;
mod edit;
mod export;
mod identity;
mod import;
pub(super) mod list;
mod passphrase;
pub(super) mod prompt;
mod rekey;
mod revoke;
mod sample;
pub(super) mod show;
mod switch;
mod test;
mod wanted;

use std::sync::Arc;

use clap::builder::FalseyValueParser;
use clap::{Args, Subcommand};

use super::workspace::Workspace;
use super::{Error, Exit, Output, Shared};
use crate::connections::{self, Connections};
use crate::secret::Redactor;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Make a connection, or authorise one again
    Create(create::Options),
    /// Sign in: let the provider give access, in a browser or by a code
    Authorize(Box<authorize::Options>),
    /// List all connections
    List(list::Options),
    /// Show one connection, without its secrets
    Show(show::Options),
    /// Send a request through a connection and say whether it works
    Test(test::Options),
    /// Print a request through a connection, for scripts and for client-side code
    Sample(sample::Options),
    /// Change a connection that is not connected
    Edit(edit::Options),
    /// End an authorisation, at the provider and here
    Revoke(revoke::Options),
    /// Switch a connection off and keep its secrets
    Disable(switch::Options),
    /// Switch a connection on again
    Enable(switch::Options),
    /// Delete a connection and its secrets
    Delete(delete::Options),
    /// Give the vault with the secrets another key
    Rekey(rekey::Options),
    /// Encrypt connections for another machine or a CI job
    Export(export::Options),
    /// Take in connections that were exported
    Import(import::Options),
    /// Print the recipient that other machines encrypt connections for
    Identity(identity::Options),
}

// The options that all of these verbs have. No doc comment, which would take the place of the verb's.
#[derive(Args, Debug)]
struct Common {
    /// Use the user's own connections, also inside a project folder
    #[arg(long, env = "SLUICE_USER_REGISTRY", hide_env = true, value_parser = FalseyValueParser::new())]
    user_registry: bool,
    /// Print one JSON document
    #[arg(long, env = "SLUICE_JSON", hide_env = true, value_parser = FalseyValueParser::new())]
    json: bool,
}

/// What a verb works with.
struct Place {
    workspace: Workspace,
    output: Output,
}

pub(super) fn main(verb: Verb, shared: &Shared) -> Exit {
    let common = match &verb {
        Verb::Create(options) => &options.common,
        Verb::Authorize(options) => &options.common,
        Verb::List(options) => &options.common,
        Verb::Show(options) => &options.common,
        Verb::Test(options) => &options.common,
        Verb::Sample(options) => &options.common,
        Verb::Edit(options) => &options.common,
        Verb::Revoke(options) => &options.common,
        Verb::Disable(options) | Verb::Enable(options) => &options.common,
        Verb::Delete(options) => &options.common,
        Verb::Rekey(options) => &options.common,
        Verb::Export(options) => &options.common,
        Verb::Import(options) => &options.common,
        Verb::Identity(options) => &options.common,
    };
    let json = common.json;
    let output = Output::new(shared.color, false, Arc::new(Redactor::default()));
    let workspace = if common.user_registry { Ok(Workspace::of_user()) } else { Workspace::open(shared) };
    let workspace = match workspace {
        Ok(workspace) => workspace,
        Err(error) => return output.problem(&error, json),
    };
    let place = Place { workspace, output };
    let done = match verb {
        Verb::Create(options) => create::main(options, &place),
        Verb::Authorize(options) => return ended(authorize::main(*options, &place), &place, json),
        Verb::List(options) => list::main(&options, &place),
        Verb::Show(options) => show::main(&options, &place),
        Verb::Test(options) => return ended(test::main(&options, &place), &place, json),
        Verb::Sample(options) => sample::main(&options, &place),
        Verb::Edit(options) => edit::main(&options, &place),
        Verb::Revoke(options) => revoke::main(&options, &place),
        Verb::Disable(options) => switch::main(&options, &place, true),
        Verb::Enable(options) => switch::main(&options, &place, false),
        Verb::Delete(options) => delete::main(&options, &place),
        Verb::Rekey(options) => rekey::main(&options, &place),
        Verb::Export(options) => export::main(&options, &place),
        Verb::Import(options) => return ended(import::main(&options, &place), &place, json),
        Verb::Identity(options) => identity::main(&options, &place),
    };
    ended(done.map(|()| Exit::Ok), &place, json)
}

fn ended(done: Result<Exit, Error>, place: &Place, json: bool) -> Exit {
    let exit = done.unwrap_or_else(|error| place.output.problem(&error, json));
    place.output.finish(exit)
}

/// The command that connects a connection.
pub(super) fn connect(connections: &Connections, link_name: &str) -> String {
    match connections.signs_in(link_name) {
        true => format!("`sluice connections authorize {link_name}`"),
        false => format!("`sluice connections create {link_name}` with its credentials"),
    }
}

/// Waits for something that goes over the network.
pub(super) fn wait<T>(work: impl Future<Output = T>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|_| connections::Error::Internal("the network cannot be used"))?;
    Ok(runtime.block_on(work))
}

impl Place {
    fn connections(&self) -> Result<crate::connections::Connections, Error> {
        self.workspace.idle_connections(self.output.redactor())
    }
}
