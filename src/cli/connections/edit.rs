//! `sluice connections edit`: each setting by an option, or asked for on a terminal when no option is given. Only what
//! nobody is authorised for can be edited.

use std::collections::BTreeMap;
use std::io::IsTerminal;

use clap::Args;

use super::super::{Error, report};
use super::wanted::{Whose, parameters, scopes};
use super::{Common, Place, connect, prompt};
use crate::connections::{self, Connection, Connections, Credentials, EditConnection};
use crate::project::{Use, UseKind};

#[derive(Args, Debug)]
#[command(after_help = "\
A connected connection cannot be edited: revoke it, edit it, authorise it again.

Examples:
  sluice connections edit books --scope ZohoBooks.contacts.READ --scope ZohoBooks.invoices.READ
  sluice connections edit shop --param domain=other --credentials user")]
pub(in crate::cli) struct Options {
    /// The connection
    link_name: String,
    /// The name that people read
    #[arg(long, value_name = "TEXT", env = "SLUICE_NAME", hide_env = true)]
    name: Option<String>,
    /// A scope, in place of those that are there; may be repeated, and an empty one alone takes all away
    #[arg(long, value_name = "SCOPE", env = "SLUICE_SCOPE", hide_env = true)]
    scope: Vec<String>,
    /// A value that the service asks of each connection; may be repeated, and an empty one takes the value away
    #[arg(long, value_name = "KEY=VALUE", env = "SLUICE_PARAM", hide_env = true)]
    param: Vec<String>,
    /// Whose credentials runs use
    #[arg(long, value_name = "WHOSE", value_enum, env = "SLUICE_CREDENTIALS", hide_env = true)]
    credentials: Option<Whose>,
    /// Integration tasks of this group use the connection, in place of those that are there; may be repeated, and an empty
    /// one alone takes all away
    #[arg(long, value_name = "GROUP", env = "SLUICE_DEFAULT_FOR", hide_env = true)]
    default_for: Vec<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place) -> Result<(), Error> {
    let (connections, output) = (place.connections()?, &place.output);
    if let Err(error) = connections.check_editable(&options.link_name) {
        return Err(refused(error, options, place));
    }
    let before = connections.registry_of(&options.link_name).connection(&options.link_name)?;
    let mut change = asked(options)?;
    if change == EditConnection::default() {
        if options.common.json || !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
            return Err(Error::NothingToEdit { link_name: before.link_name.to_string() });
        }
        change = ask(&before, &parameter_keys(&connections, &before)?)?;
    }
    let after = connections.edit(&options.link_name, change)?;
    if options.common.json {
        let mut all: Vec<_> = connections.summary(after.link_name.as_str())?.iter().map(report::connection).collect();
        output.json(&serde_json::json!({"connection": all.pop()}));
        return Ok(());
    }
    let link_name = &after.link_name;
    if after == before {
        output.result(&format!("Nothing of the connection \"{link_name}\" is different."));
        return Ok(());
    }
    output.result(&format!("The connection \"{link_name}\" is changed."));
    if after.scopes != before.scopes {
        output.result("Its scopes are others now, so the consent is asked for again.");
    }
    output.result(&format!("To connect it: {}.", connect(&connections, link_name.as_str())));
    Ok(())
}

/// Why it cannot be edited: scopes that a webhook relies on have a reason of their own (Zoho help page "Connections").
fn refused(error: connections::Error, options: &Options, place: &Place) -> Error {
    let connections::Error::StillConnected { link_name, .. } = &error else { return error.into() };
    let uses = match place.workspace.project().map(|project| project.uses(link_name)).transpose() {
        Ok(uses) => uses.unwrap_or_default(),
        Err(error) => return error.into(),
    };
    let webhooks: Vec<_> = uses.iter().filter(|one| one.kind == UseKind::Webhook).map(Use::to_string).collect();
    if options.scope.is_empty() || webhooks.is_empty() {
        return error.into();
    }
    Error::ScopesInUse { link_name: link_name.clone(), uses: webhooks }
}

/// What the options say.
fn asked(options: &Options) -> Result<EditConnection, Error> {
    Ok(EditConnection {
        name: options.name.clone(),
        scopes: (!options.scope.is_empty()).then(|| scopes(&options.scope)),
        parameters: parameters(&options.param)?,
        credentials: options.credentials.map(Credentials::from),
        default_for: (!options.default_for.is_empty()).then(|| scopes(&options.default_for)),
    })
}

fn parameter_keys(connections: &Connections, connection: &Connection) -> Result<Vec<String>, Error> {
    let service = connections.registry_of(connection.link_name.as_str()).service(&connection.service)?;
    Ok(service.dynamic.iter().map(|parameter| parameter.key.clone()).collect())
}

/// Asks for every setting; an empty answer keeps what is there.
fn ask(before: &Connection, parameters: &[String]) -> Result<EditConnection, Error> {
    let list = |answer: String| scopes(&[answer]);
    let name = prompt::shown("Name", &before.name)?;
    let wanted = prompt::shown("Scopes, with commas", &before.scopes.join(", "))?.map(list);
    let credentials = prompt::shown("Whose credentials, owner or user", before.credentials.as_str())?;
    let credentials = match credentials {
        None => None,
        Some(word) => match Credentials::parse(&word) {
            Some(credentials) => Some(credentials),
            None => {
                let known = vec!["owner".to_owned(), "user".to_owned()];
                return Err(Error::NoSuchName { what: "choice", name: word, known });
            }
        },
    };
    let mut values = BTreeMap::new();
    for key in parameters {
        let there = before.parameters.get(key).map(String::as_str).unwrap_or_default();
        if let Some(value) = prompt::shown(&format!("Parameter {key}"), there)? {
            values.insert(key.clone(), value);
        }
    }
    let default_for = prompt::shown("Default for the groups, with commas", &before.default_for.join(", "))?.map(list);
    Ok(EditConnection { name, scopes: wanted, parameters: values, credentials, default_for })
}
