//! `sluice services edit`: single settings by options, or everything by a file. All connections of an edited service are
//! revoked (Zoho help page "Connections"), which has to be confirmed.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use toml_edit::DocumentMut;

use super::super::{Error, Exit, report};
use super::confirm::{confirm, to_be_revoked};
use super::fields::{Fields, Removals};
use super::{Common, Place, validate};
use crate::connections::{Service, check_edit, configuration};

#[derive(Args, Debug)]
#[command(after_help = "\
An empty text removes a setting that may be left out. --host replaces all hosts; --parameter, --scope and
--dynamic add to their lists, or rename what has the key already.")]
pub(in crate::cli) struct Options {
    /// The service
    link_name: String,
    /// A file that replaces its file
    #[arg(long, value_name = "FILE.toml", env = "SLUICE_FILE", hide_env = true)]
    file: Option<PathBuf>,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    removals: Removals,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: Options, place: &Place<'_>) -> Result<Exit, Error> {
    let link_name = &options.link_name;
    let mut registry = place.registry()?;
    let file = registry.service_file(link_name, "edited")?;
    let name = file.path.display().to_string();
    let has_settings = !options.fields.is_empty() || !options.removals.is_empty();
    let (name, text, logo) = match &options.file {
        Some(_) if has_settings => return Err(Error::FileBesideSettings),
        Some(new) => {
            let problems = validate::problems(new);
            if !problems.is_empty() {
                return Ok(validate::all(&problems, place));
            }
            let name = new.display().to_string();
            let text = validate::read(new)?;
            let logo = Service::parse(&name, &text)?.logo.map(|logo| new.with_file_name(logo));
            (name, text, logo)
        }
        None if !has_settings => return Err(Error::NoSettings),
        None => {
            // What is wrong with the file now is said before what would be wrong with it then.
            Service::parse(&name, &file.text)?;
            let text = changed(&file.text, &options)?;
            (name, text, options.fields.logo_file())
        }
    };
    let problems = Service::problems(&name, &text);
    if !problems.is_empty() {
        return Ok(validate::all(&problems.into_iter().map(Error::from).collect::<Vec<_>>(), place));
    }
    let connections = registry.connections_of(link_name);
    if text == file.text && logo.is_none() {
        place.report(
            &json!({"service": registry.service(link_name).map(|one| report::service(&one, &registry))?,
            "revoked": []}),
            &[format!("Nothing changes in the service \"{link_name}\".")],
        );
        return Ok(Exit::Ok);
    }
    // A file that was broken by hand has no state that the rules could hold it to; its connections are revoked in any case.
    if Service::parse(&name, &file.text).is_ok() {
        check_edit(&file.text, &text, connections.len())?;
    }
    let mut losses = lost_settings(&file.text, &text);
    losses.extend(to_be_revoked(&registry, link_name));
    confirm(options.yes, &losses, &format!("Change the service \"{link_name}\"?"))?;
    // First, because the provider can be told only by the definition that the credentials were given for.
    let revoked = place.revoke(link_name, &connections)?;
    let service = registry.replace_service_file(&file, &text, logo.as_deref())?;
    let mut lines = vec![format!("The service \"{link_name}\" is changed.")];
    lines.extend(revoked.iter().map(|connection| {
        let verb = if service.auth.signs_in() { "authorize" } else { "create" };
        format!(
            "The connection \"{connection}\" is revoked; `sluice connections {verb} {connection}` authorises it again."
        )
    }));
    place.report(&json!({"service": report::service(&service, &registry), "revoked": revoked}), &lines);
    Ok(Exit::Ok)
}

fn changed(text: &str, options: &Options) -> Result<String, Error> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| Error::Read {
        what: format!("the service \"{}\"", options.link_name),
        reason: error.message().to_owned(),
    })?;
    options.fields.apply(&mut document, &options.link_name, &options.removals)?;
    Ok(document.to_string())
}

/// What another authentication type loses of the old one's settings.
fn lost_settings(before: &str, after: &str) -> Vec<String> {
    let type_of = |text: &str| Service::parse("", text).ok().map(|service| service.auth.type_name());
    match (type_of(before), type_of(after)) {
        (Some(from), Some(to)) if from != to => {
            let mut lines = vec![format!("the authentication type becomes {to}, and the settings of {from} are lost")];
            lines.extend(configuration(before).into_iter().map(|line| format!("  {line}")));
            lines
        }
        _ => Vec::new(),
    }
}
