//! `sluice services`: what connections are made with. The default services come with the program; custom ones are files,
//! made and changed here so that the rules of their stages hold.

mod changes;
mod confirm;
mod create;
mod delete;
mod edit;
mod fields;
mod form;
mod list;
mod ready;
mod show;
mod toml;
mod validate;

use std::sync::Arc;

use clap::builder::FalseyValueParser;
use clap::{Args, Subcommand};

use super::connections::wait;
use super::workspace::Workspace;
use super::{Error, Exit, Output, Shared};
use crate::connections::{FileRegistry, Told};
use crate::secret::Redactor;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// List the services
    List(list::Options),
    /// Show one service and what a connection needs
    Show(show::Options),
    /// Make a service: from a file, from options, or step by step
    Create(Box<create::Options>),
    /// Change a service
    Edit(Box<edit::Options>),
    /// Say that a draft is complete, so that connections can be made
    Ready(ready::Options),
    /// Delete a service
    Delete(delete::Options),
    /// Check service files without adding them
    Validate(validate::Options),
}

// The options that all of these verbs have. No doc comment, which would take the place of the verb's.
#[derive(Args, Debug)]
struct Common {
    /// Use the user's own services, also inside a project folder
    #[arg(long, env = "SLUICE_USER_REGISTRY", hide_env = true, value_parser = FalseyValueParser::new())]
    user_registry: bool,
    /// Print one JSON document
    #[arg(long, env = "SLUICE_JSON", hide_env = true, value_parser = FalseyValueParser::new())]
    json: bool,
}

/// What a verb works with.
struct Place<'a> {
    shared: &'a Shared,
    user_registry: bool,
    json: bool,
    output: Output,
}

pub(super) fn main(verb: Verb, shared: &Shared) -> Exit {
    let common = match &verb {
        Verb::List(options) => &options.common,
        Verb::Show(options) => &options.common,
        Verb::Create(options) => &options.common,
        Verb::Edit(options) => &options.common,
        Verb::Ready(options) => &options.common,
        Verb::Delete(options) => &options.common,
        Verb::Validate(options) => &options.common,
    };
    let output = Output::new(shared.color, false, Arc::new(Redactor::default()));
    let place = Place { shared, user_registry: common.user_registry, json: common.json, output };
    let done = match verb {
        Verb::List(options) => list::main(&options, &place).map(|()| Exit::Ok),
        Verb::Show(options) => show::main(&options, &place).map(|()| Exit::Ok),
        Verb::Create(options) => create::main(*options, &place),
        Verb::Edit(options) => edit::main(*options, &place),
        Verb::Ready(options) => ready::main(&options, &place).map(|()| Exit::Ok),
        Verb::Delete(options) => delete::main(&options, &place).map(|()| Exit::Ok),
        Verb::Validate(options) => Ok(validate::main(&options, &place)),
    };
    let exit = match done {
        Ok(exit) => exit,
        Err(error) => place.output.problem(&error, place.json),
    };
    place.output.finish(exit)
}

impl Place<'_> {
    fn workspace(&self) -> Result<Workspace, Error> {
        if self.user_registry { Ok(Workspace::of_user()) } else { Workspace::open(self.shared) }
    }

    fn registry(&self) -> Result<FileRegistry, Error> {
        self.workspace()?.registry()
    }

    /// Revokes what the connections of a service are authorised for, and gives the link names of those that were.
    fn revoke(&self, service: &str, connections: &[String]) -> Result<Vec<String>, Error> {
        // Without any, no key is asked for.
        if connections.is_empty() {
            return Ok(Vec::new());
        }
        let connections = self.workspace()?.idle_connections(self.output.redactor())?;
        let mut revoked = Vec::new();
        for (link_name, one) in wait(connections.revoke_service(service))?? {
            if let Told::Unreached { problem } = one.told {
                self.output.warning(&format!(
                    "the provider could not be told about \"{link_name}\": {problem}; end the access on its own pages"
                ));
            }
            revoked.push(link_name);
        }
        revoked.dedup();
        Ok(revoked)
    }

    /// Prints the document, or the lines for people.
    fn report(&self, document: &serde_json::Value, lines: &[String]) {
        if self.json {
            self.output.json(document);
        } else {
            lines.iter().for_each(|line| {
                self.output.result(line);
            });
        }
    }
}
