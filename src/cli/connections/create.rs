//! `sluice connections create`. Every question has an option, so that it can be scripted; on a terminal, credentials
//! that are missing are asked for without echo.

use std::collections::BTreeMap;
use std::io::IsTerminal;

use clap::{Args, ValueEnum};

use super::super::{Error, report};
use super::credential::{Argument, Reader};
use super::{Common, Place};
use crate::connections::{self, Auth, Connections, CreateConnection};
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
    /// The link name of the service [default: that of the connection, when it exists]
    #[arg(long, value_name = "SERVICE", env = "SLUICE_SERVICE", hide_env = true)]
    service: Option<String>,
    /// The name that people read [default: the link name]
    #[arg(long, value_name = "TEXT", env = "SLUICE_NAME", hide_env = true)]
    name: Option<String>,
    /// A scope that was granted; may be repeated
    #[arg(long, value_name = "SCOPE", env = "SLUICE_SCOPE", hide_env = true)]
    scope: Vec<String>,
    /// A value that the service asks of each connection; may be repeated
    #[arg(long, value_name = "KEY=VALUE", env = "SLUICE_PARAM", hide_env = true)]
    param: Vec<String>,
    /// Whose credentials runs use [default: owner]
    #[arg(long, value_name = "WHOSE", value_enum, env = "SLUICE_CREDENTIALS", hide_env = true)]
    credentials: Option<Whose>,
    /// Integration tasks of this group (crm, bigin, …) use the connection when they name none; may be repeated
    #[arg(long, value_name = "GROUP", env = "SLUICE_DEFAULT_FOR", hide_env = true)]
    default_for: Vec<String>,
    /// Where a secret comes from: KEY=- (a line of standard input), KEY=env:NAME or KEY=file:PATH; may be repeated
    #[arg(long, value_name = "KEY=SOURCE")]
    credential: Vec<String>,
    /// The remaining life of a given access token; 0 when it has ended
    #[arg(long, value_name = "SECONDS", env = "SLUICE_EXPIRES_IN", hide_env = true)]
    #[arg(value_parser = clap::value_parser!(i64).range(0..=315_360_000))]
    expires_in: Option<i64>,
    /// The user whose authorisation this is, when runs use the login user's credentials
    #[arg(long, value_name = "ID", env = "SLUICE_USER", hide_env = true)]
    user: Option<String>,
    /// The account at the service, for `list` and `show`
    #[arg(long, value_name = "TEXT", env = "SLUICE_ACCOUNT", hide_env = true)]
    account: Option<String>,
    /// Who authorises; the first one is shown as the connection's owner [default: the login name]
    #[arg(long = "as", value_name = "NAME", env = "SLUICE_AS", hide_env = true)]
    owner: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Whose {
    /// The owner's, whoever runs the script
    Owner,
    /// Those of the user who runs the script
    User,
}

impl From<Whose> for connections::Credentials {
    fn from(whose: Whose) -> Self {
        match whose {
            Whose::Owner => connections::Credentials::Owner,
            Whose::User => connections::Credentials::User,
        }
    }
}

pub(super) fn main(options: Options, place: &Place) -> Result<(), Error> {
    let output = &place.output;
    let arguments = options.credential.iter().map(|text| Argument::parse(text)).collect::<Result<Vec<_>, _>>()?;
    let connections = place.connections()?;
    let service = match options.service {
        Some(service) => service,
        None => service_of(&connections, &options.link_name)?,
    };
    let auth = connections.registry_of(&options.link_name).service(&service)?.auth.clone();
    let mut reader = Reader::default();
    let mut fields = Vec::new();
    for argument in &arguments {
        let value = reader.read(argument)?;
        let may_be_empty = auth.fields().iter().any(|field| field.key == argument.key && field.may_be_empty);
        if value.is_empty() && !may_be_empty {
            return Err(Error::Credential { key: argument.key.clone(), problem: "it is empty".to_owned() });
        }
        fields.push((argument.key.clone(), value));
    }
    if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        ask(&auth, &mut fields)?;
    }
    let wanted = CreateConnection {
        link_name: options.link_name.clone(),
        name: options.name,
        service: service.clone(),
        scopes: scopes(&options.scope),
        parameters: parameters(&options.param)?,
        credentials: match options.credentials {
            Some(whose) => whose.into(),
            None => known_credentials(&connections, &options.link_name),
        },
        default_for: options.default_for,
        fields,
        expires_in: options.expires_in,
        user: options.user,
        account: options.account,
        owner: options.owner.or_else(login_name),
    };
    let created = connections.create(wanted)?;
    if options.common.json {
        let mut document: Vec<_> = connections.summary(&options.link_name)?.iter().map(report::connection).collect();
        let connection = if document.len() == 1 { document.pop().unwrap_or_default() } else { document.into() };
        output.json(&serde_json::json!({"connection": connection, "warnings": created.warnings}));
        return Ok(());
    }
    created.warnings.iter().for_each(|warning| output.warning(warning));
    let link_name = &options.link_name;
    output.result(&format!("The connection \"{link_name}\" for the service \"{service}\" is ready."));
    output.result(&format!("Its credentials are in {}.", created.vault));
    Ok(())
}

/// The name under which the person is logged in on this machine.
fn login_name() -> Option<String> {
    let named = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(named)
}

/// The service of a connection that is to be authorised again.
fn service_of(connections: &Connections, link_name: &str) -> Result<String, Error> {
    let known = connections.registry_of(link_name).connection(link_name).ok().map(|found| found.service);
    known.ok_or_else(|| Error::NoService { link_name: link_name.to_owned() })
}

/// Whose credentials an existing connection uses; the owner's for a new one.
fn known_credentials(connections: &Connections, link_name: &str) -> connections::Credentials {
    connections.registry_of(link_name).connection(link_name).map(|found| found.credentials).unwrap_or_default()
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

/// Scopes may also be given as Zoho writes them, several with commas.
pub(super) fn scopes(given: &[String]) -> Vec<String> {
    let parts = given.iter().flat_map(|scopes| scopes.split(','));
    parts.map(str::trim).filter(|scope| !scope.is_empty()).map(str::to_owned).collect()
}

pub(super) fn parameters(given: &[String]) -> Result<BTreeMap<String, String>, Error> {
    let pair = |text: &String| {
        let (key, value) = text.split_once('=').ok_or(Error::ParameterForm)?;
        Ok((key.trim().to_owned(), value.trim().to_owned()))
    };
    given.iter().map(pair).collect()
}
