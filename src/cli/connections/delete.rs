//! `sluice connections delete`. A person at a terminal is asked first; a program that says delete means it, unless scripts
//! of the project still name the connection: then it has to say `--yes`.

use std::io::IsTerminal;

use clap::Args;

use super::super::Error;
use super::super::table::{count, some};
use super::{Common, Place, prompt};
use crate::engine::Engine;
use crate::program::names_connection;
use crate::project::{Export, Project, Script, scripts_below};
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
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place) -> Result<(), Error> {
    let (connections, output) = (place.connections()?, &place.output);
    let found = connections.registry_of(&options.link_name).connection(&options.link_name)?;
    let link_name = &found.link_name.to_string();
    connections.check_own(link_name)?;
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
    connections.delete(link_name)?;
    if options.common.json {
        output.json(&serde_json::json!({"deleted": link_name}));
        return Ok(());
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
