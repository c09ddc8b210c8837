//! `sluice connections`: what scripts send through. Definitions go to the project's `connections.toml`, or to the user's
//! folder when there is no project; secrets go to the vault and never pass through an argument.

mod create;
mod credential;
mod delete;
mod list;
pub(super) mod prompt;
mod rekey;
mod show;

use std::sync::Arc;

use clap::builder::FalseyValueParser;
use clap::{Args, Subcommand};

use super::workspace::Workspace;
use super::{Error, Exit, Output, Shared};
use crate::secret::Redactor;

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Make a connection, or authorise one again
    Create(create::Options),
    /// List all connections
    List(list::Options),
    /// Show one connection, without its secrets
    Show(show::Options),
    /// Delete a connection and its secrets
    Delete(delete::Options),
    /// Give the vault with the secrets another key
    Rekey(rekey::Options),
}

/// The options that all of these verbs have.
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
        Verb::List(options) => &options.common,
        Verb::Show(options) => &options.common,
        Verb::Delete(options) => &options.common,
        Verb::Rekey(options) => &options.common,
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
        Verb::List(options) => list::main(&options, &place),
        Verb::Show(options) => show::main(&options, &place),
        Verb::Delete(options) => delete::main(&options, &place),
        Verb::Rekey(options) => rekey::main(&options, &place),
    };
    let exit = match done {
        Ok(()) => Exit::Ok,
        Err(error) => place.output.problem(&error, json),
    };
    place.output.finish(exit)
}

impl Place {
    fn connections(&self) -> Result<crate::connections::Connections, Error> {
        self.workspace.idle_connections(self.output.redactor())
    }
}
