//! `sluice services create`: a service from its file, from options, or from the answers of a person at a terminal.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use clap::builder::FalseyValueParser;
use serde_json::json;

use super::super::{Error, Exit, report};
use super::fields::Fields;
use super::form::{Draft, Form};
use super::{Common, Place, validate};
use crate::connections::{self, FileRegistry, LinkName, Service, Stage};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  sluice services create --file services/acme.toml
  sluice services create open_weather --auth-type api_key --host api.openweathermap.org \\
         --location query --parameter \"appid=API key\" --ready")]
pub(in crate::cli) struct Options {
    /// The name that connections use: lower-case letters, digits and _, at most 50
    #[arg(conflicts_with = "file")]
    link_name: Option<String>,
    /// The service's file
    #[arg(long, value_name = "FILE.toml", env = "SLUICE_FILE", hide_env = true)]
    file: Option<PathBuf>,
    /// Make it ready at once; a draft can have no connections
    #[arg(long, env = "SLUICE_READY", hide_env = true, value_parser = FalseyValueParser::new())]
    ready: bool,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: Options, place: &Place<'_>) -> Result<Exit, Error> {
    if let Some(file) = &options.file {
        if !options.fields.is_empty() || options.ready {
            return Err(Error::FileBesideSettings);
        }
        let problems = validate::problems(file);
        if !problems.is_empty() {
            return Ok(validate::all(&problems, place));
        }
        let mut registry = place.registry()?;
        let service = registry.install_service(file)?;
        done(&service, &registry, place);
        return Ok(Exit::Ok);
    }
    let mut draft = Draft { link_name: options.link_name, fields: options.fields, ready: options.ready };
    if let Some(link_name) = &draft.link_name {
        LinkName::of_service(link_name)?;
    }
    if !draft.is_complete() && std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        let registry = place.registry()?;
        let (mut input, mut output) = (std::io::stdin().lock(), std::io::stderr());
        let is_taken = |name: &str| !matches!(registry.service(name), Err(connections::Error::UnknownService { .. }));
        Form { input: &mut input, output: &mut output }.fill(&mut draft, &is_taken)?;
    }
    let link_name = draft.link_name.ok_or(Error::NoServiceName)?;
    let text = draft.fields.to_text(&link_name, draft.ready)?;
    write(&link_name, &text, &draft.fields, place)
}

/// Checks the text that was put together, and writes it.
fn write(link_name: &str, text: &str, fields: &Fields, place: &Place<'_>) -> Result<Exit, Error> {
    let name = format!("the service {link_name}");
    let problems = Service::problems(&name, text);
    if !problems.is_empty() {
        let problems: Vec<Error> = problems.into_iter().map(Error::from).collect();
        return Ok(validate::all(&problems, place));
    }
    let mut registry = place.registry()?;
    let service = registry.add_service_file(&name, text, fields.logo_file().as_deref())?;
    done(&service, &registry, place);
    Ok(Exit::Ok)
}

fn done(service: &Arc<Service>, registry: &FileRegistry, place: &Place<'_>) {
    let link_name = &service.link_name;
    let hosts = service.hosts.join(", ");
    let next = match service.stage {
        Stage::Ready => format!("`sluice connections create NAME --service {link_name}` makes a connection."),
        Stage::Draft => {
            format!("It is a draft; `sluice services ready {link_name}` makes it ready for connections.")
        }
    };
    let lines = [format!("The service \"{link_name}\" is there; its credentials may go to {hosts}."), next];
    place.report(&json!({"service": report::service(service, registry)}), &lines);
}
