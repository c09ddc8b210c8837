//! `sluice connections export`: an encrypted file for another machine. What goes into it is listed first; then a person at
//! a terminal is asked.

use std::io::IsTerminal;
use std::path::Path;

use clap::Args;
use clap::builder::FalseyValueParser;
use serde_json::{Value, json};

use super::super::table::{count, draw_columns};
use super::super::{Error, Output};
use super::list::remaining;
use super::{Common, Place, passphrase, prompt};
use crate::connections::bundle::{self, Bundle, Content, Gather, Lock};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  sluice connections export books --to age1… -o books.age
  sluice connections export --all --passphrase-file - -o all.age
  sluice connections export books --access-only --to age1… -o for-ci.age")]
pub(in crate::cli) struct Options {
    /// The connections
    #[arg(value_name = "NAME", required_unless_present = "all")]
    link_names: Vec<String>,
    /// Export all connections
    #[arg(long, conflicts_with = "link_names")]
    #[arg(env = "SLUICE_ALL", hide_env = true, value_parser = FalseyValueParser::new())]
    all: bool,
    /// Only the authorisation of this user; may be repeated [default: everybody's]
    #[arg(long, value_name = "ID", env = "SLUICE_USER", hide_env = true)]
    user: Vec<String>,
    /// Who can open the bundle: what `identity` prints there; may be repeated
    #[arg(
        long,
        value_name = "RECIPIENT",
        required_unless_present = "passphrase_file",
        env = "SLUICE_TO",
        hide_env = true
    )]
    to: Vec<String>,
    /// Encrypt with the passphrase in this file; `-` reads a line of standard input, or asks
    #[arg(long, value_name = "FILE", conflicts_with = "to", env = "SLUICE_PASSPHRASE_FILE", hide_env = true)]
    passphrase_file: Option<String>,
    /// The file to write, which must not be there yet [default: standard output, unless it is a terminal]
    #[arg(short, long, value_name = "FILE", env = "SLUICE_OUTPUT", hide_env = true)]
    output: Option<String>,
    /// Leave out everything that a token could be renewed with
    #[arg(long, env = "SLUICE_ACCESS_ONLY", hide_env = true, value_parser = FalseyValueParser::new())]
    access_only: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place) -> Result<(), Error> {
    let (connections, output) = (place.connections()?, &place.output);
    let file = match options.output.as_deref() {
        Some("-") if !options.common.json => None,
        Some(file) if file != "-" => Some(Path::new(file)),
        None if !options.common.json && !std::io::stdout().is_terminal() => None,
        _ => return Err(Error::NoOutput),
    };
    let lock = match &options.passphrase_file {
        Some(file) => Lock::Passphrase(passphrase::new(file)?),
        None => Lock::recipients(&options.to)?,
    };
    let gathered = connections.gather(&Gather {
        link_names: (!options.all).then(|| options.link_names.clone()),
        users: options.user.clone(),
        access_only: options.access_only,
    })?;
    let contents = gathered.bundle.contents(connections.seconds());
    gathered.warnings.iter().for_each(|warning| output.warning(warning));
    if !options.common.json {
        // Standard output may be taken by the bundle.
        let show = |text: &str| match file {
            Some(_) => {
                output.result(text);
            }
            None => output.note(text),
        };
        show(&table(&contents));
        services(&gathered.bundle).iter().for_each(|line| show(line));
    }
    if !options.yes && !prompt::confirmed(&format!("Export {}?", count(contents.len(), "authorisation"))) {
        return Err(Error::NotConfirmed);
    }
    let sealed = gathered.bundle.seal(&lock)?;
    match file {
        Some(file) => bundle::write_new(file, &sealed)?,
        None => output.text(&String::from_utf8_lossy(&sealed)),
    }
    if let Some(file) = file {
        report(file, options, &contents, &gathered.warnings, output);
    }
    Ok(())
}

fn report(file: &Path, options: &Options, contents: &[Content], warnings: &[String], output: &Output) {
    if options.common.json {
        output.json(&json!({
            "file": file,
            "access_only": options.access_only,
            "contents": contents.iter().map(document).collect::<Value>(),
            "warnings": warnings.iter().map(|text| output.redactor().redact(text)).collect::<Vec<_>>(),
        }));
        return;
    }
    let who = match &options.passphrase_file {
        Some(_) => "who knows the passphrase".to_owned(),
        None => format!("the owner of {}", options.to.join(" or of ")),
    };
    output.result(&format!("\nWritten to {}. Only {who} can open it.", file.display()));
}

/// What is in a bundle, for people.
pub(super) fn table(contents: &[Content]) -> String {
    let column = |header: &'static str, cell: &dyn Fn(&Content) -> String| {
        (header, contents.iter().map(cell).collect::<Vec<String>>())
    };
    let mut columns = vec![
        column("link name", &|one| one.link_name.clone()),
        column("service", &|one| one.service.clone()),
        column("user", &|one| one.user.clone().unwrap_or_default()),
        column("account", &|one| one.account.clone().unwrap_or_default()),
        column("state", &|one| one.state.to_owned()),
        column("credentials", &|one| one.credentials.join(", ")),
        column("refresh token", &|one| if one.has_refresh_token { "yes" } else { "no" }.to_owned()),
        column("expires in", &|one| one.expires_in.map(remaining).unwrap_or_default()),
        column("default for", &|one| one.default_for.join(", ")),
    ];
    columns.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    draw_columns(columns.iter().map(|(header, cells)| (*header, cells.as_slice())))
}

/// The services that come along, with where credentials may go.
pub(super) fn services(bundle: &Bundle) -> Vec<String> {
    let line = |(name, hosts): (&str, &[String])| format!("With the service {name}, for {}.", hosts.join(", "));
    bundle.services().map(line).collect()
}

pub(super) fn document(content: &Content) -> Value {
    json!({
        "link_name": content.link_name,
        "service": content.service,
        "with_service": content.with_service,
        "user": content.user,
        "account": content.account,
        "state": content.state,
        "credentials": content.credentials,
        "has_refresh_token": content.has_refresh_token,
        "rotates": content.rotates,
        "expires_in": content.expires_in,
        "default_for": content.default_for,
    })
}
