//! `sluice connections delete`. A person at a terminal is asked first; a program that says delete means it, unless scripts
//! of the project still name the connection: then it has to say `--yes`. What rules, webhooks and connectors use is deleted
//! by force alone. The provider is told before anything is forgotten, as `revoke` tells it; one that cannot be told does not
//! keep a connection that nobody wants.

use std::io::IsTerminal;

use clap::Args;
use clap::builder::FalseyValueParser;

use super::super::Error;
use super::super::table::{count, some};
use super::revoke::document;
use super::{Common, Place, prompt, wait};
use crate::connections::Told;
use crate::engine::Engine;
use crate::program::names_connection;
use crate::project::{Export, Project, Script, Use, scripts_below};
use crate::source::Source;
use crate::syntax::Dialect;

/// So many scripts are named in the warning.
const SHOWN: usize = 10;

#[derive(Args, Debug)]
pub(in crate::cli) struct Options {
    /// The connection
    link_name: String,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    /// Delete it although rules, webhooks or connectors use it
    #[arg(long, env = "SLUICE_FORCE", hide_env = true, value_parser = FalseyValueParser::new())]
    force: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place) -> Result<(), Error> {
    let (connections, output) = (place.connections()?, &place.output);
    let found = connections.registry_of(&options.link_name).connection(&options.link_name)?;
    let link_name = &found.link_name.to_string();
    connections.check_own(link_name)?;
    let uses = place.workspace.project().map(|project| project.uses(link_name)).transpose()?.unwrap_or_default();
    let uses: Vec<String> = uses.iter().map(Use::to_string).collect();
    if !uses.is_empty() {
        if !options.force {
            return Err(Error::ConnectionInUse { link_name: link_name.clone(), uses });
        }
        output.warning(&format!("\"{link_name}\" is still used: {}", some(&uses, SHOWN)));
    }
    let scripts = place.workspace.project().map(|project| naming(project, link_name)).transpose()?.unwrap_or_default();
    if !scripts.is_empty() {
        let number = count(scripts.len(), "script");
        let verb = if scripts.len() == 1 { "names" } else { "name" };
        output.warning(&format!("{number} {verb} \"{link_name}\": {}", some(&scripts, SHOWN)));
    }
    if !options.yes {
        if !scripts.is_empty() && !std::io::stdin().is_terminal() {
            return Err(Error::NotConfirmed);
        }
        if !prompt::confirmed(&format!("Delete the connection \"{link_name}\" and its credentials?")) {
            return Err(Error::NotConfirmed);
        }
    }
    let revoked = wait(connections.revoke_all(link_name))??;
    connections.delete(link_name)?;
    for (_, revoked) in &revoked {
        if let Told::Unreached { problem } = &revoked.told {
            output.warning(&format!("the provider could not be told: {problem}; end the access on its own pages"));
        }
    }
    if options.common.json {
        let revoked = revoked.iter().map(|(user, revoked)| document(link_name, user.as_deref(), revoked));
        output.json(&serde_json::json!({"deleted": link_name, "revoked": revoked.collect::<Vec<_>>()}));
        return Ok(());
    }
    for host in revoked.iter().filter_map(|(_, revoked)| revoked.told.host()) {
        output.result(&format!("{host} was told and ended the access."));
    }
    output.result(&format!("The connection \"{link_name}\" and its credentials are deleted."));
    Ok(())
}

/// The project's scripts that send through the connection, by either of its names: within the project's own namespace,
/// that may be left out.
fn naming(project: &Project, link_name: &str) -> Result<Vec<String>, Error> {
    let engine = Engine::builder().build()?;
    let namespace = project.settings().namespace.as_deref().unwrap_or_default();
    let other = match link_name.strip_prefix(&format!("{namespace}__")) {
        Some(short) => short.to_owned(),
        None => format!("{namespace}__{link_name}"),
    };
    let names = [link_name, other.as_str()];
    let mut found = Vec::new();
    for path in scripts_below(project.folder(), Some(project))? {
        // What cannot be read names nothing.
        let Ok(script) = Script::read(&path) else { continue };
        let dialect = match script.looks_like_creator() {
            Some(_) => Dialect::Creator,
            None => Dialect::default(),
        };
        let is_named = |source: &Source| names_connection(source, dialect, &names, engine.catalogue());
        let is_found = match Export::read(&script.source) {
            None => is_named(&script.source),
            Some(export) => export.functions.iter().chain(export.scripts.iter().map(|(_, one)| one)).any(is_named),
        };
        if is_found {
            let path = path.strip_prefix(project.folder()).unwrap_or(&path);
            found.push(path.display().to_string());
        }
    }
    Ok(found)
}
