//! `sluice connections create`. Every question has an option, so that it can be scripted; on a terminal, credentials
//! that are missing are asked for without echo.

use std::io::IsTerminal;

use clap::Args;

use super::super::{Error, report};
use super::credential::Reader;
use super::wanted::Wanted;
use super::{Common, Place};
use crate::connections::{self, Auth};
use crate::secret::Secret;

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  sluice connections create books --service zoho_books --scope ZohoBooks.contacts.ALL
  sluice connections create shop --service acme --param domain=shop \\
         --credential client_id=env:ACME_ID --credential client_secret=- \\
         --credential refresh_token=file:token.txt")]
pub(in crate::cli) struct Options {
    /// The name that scripts will use
    link_name: String,
    #[command(flatten)]
    wanted: Wanted,
    /// The remaining life of a given access token; 0 when it has ended
    #[arg(long, value_name = "SECONDS", env = "SLUICE_EXPIRES_IN", hide_env = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(0..=315_360_000))]
    expires_in: Option<i64>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: Options, place: &Place) -> Result<(), Error> {
    let output = &place.output;
    let connections = place.connections()?;
    let (link_name, expires_in) = (options.link_name, options.expires_in);
    let mut wanted = options.wanted.read(&link_name, &connections, &mut Reader::default())?;
    let service = wanted.service.clone();
    if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        let auth = connections.registry_of(&link_name).service(&service)?.auth.clone();
        ask(&auth, &mut wanted.fields)?;
    }
    wanted.expires_in = expires_in;
    let created = connections.create(wanted)?;
    if options.common.json {
        let mut document: Vec<_> = connections.summary(&link_name)?.iter().map(report::connection).collect();
        let connection = if document.len() == 1 { document.pop().unwrap_or_default() } else { document.into() };
        output.json(&serde_json::json!({"connection": connection, "warnings": created.warnings}));
        return Ok(());
    }
    created.warnings.iter().for_each(|warning| output.warning(warning));
    output.result(&format!("The connection \"{link_name}\" for the service \"{service}\" is ready."));
    output.result(&format!("Its credentials are in {}.", created.vault));
    Ok(())
}

/// Asks for what is missing: first what must be given, then, while it is not enough, what may be.
fn ask(auth: &Auth, fields: &mut Vec<(String, Secret)>) -> Result<(), Error> {
    let mut open = auth.fields();
    open.sort_by_key(|field| !field.required);
    for field in open {
        let given: connections::Fields = fields.iter().cloned().collect();
        if given.contains_key(&field.key) {
            continue;
        }
        if auth.missing(&given).is_none() {
            return Ok(());
        }
        let hint = match (field.required, field.may_be_empty) {
            (false, _) => ", empty to leave it out",
            (true, true) => ", may be empty",
            (true, false) => "",
        };
        let value = Reader::ask(&field.key, &format!("{} (`{}`{hint}): ", field.name, field.key))?;
        if !value.is_empty() || field.may_be_empty {
            fields.push((field.key, value));
        }
    }
    Ok(())
}
