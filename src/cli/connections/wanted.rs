//! The options that say what a connection is made of, for the verbs that make or authorise one.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};

use super::super::Error;
use super::credential::{Argument, Reader};
use crate::connections::{self, Connections, CreateConnection};

#[derive(Args, Debug)]
pub(super) struct Wanted {
    /// The link name of the service [default: that of the connection, when it exists]
    #[arg(long, value_name = "SERVICE", env = "SLUICE_SERVICE", hide_env = true)]
    service: Option<String>,
    /// The name that people read [default: the link name]
    #[arg(long, value_name = "TEXT", env = "SLUICE_NAME", hide_env = true)]
    name: Option<String>,
    /// A scope to ask for, or that was granted with the token that is given; may be repeated
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
    /// The user whose authorisation this is, when runs use the login user's credentials
    #[arg(long, value_name = "ID", env = "SLUICE_USER", hide_env = true)]
    user: Option<String>,
    /// The account at the service, for `list` and `show`
    #[arg(long, value_name = "TEXT", env = "SLUICE_ACCOUNT", hide_env = true)]
    account: Option<String>,
    /// Who authorises; the first one is shown as the connection's owner [default: the login name]
    #[arg(long = "as", value_name = "NAME", env = "SLUICE_AS", hide_env = true)]
    owner: Option<String>,
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

impl Wanted {
    /// The connection that is wanted, with the credentials that have a source.
    pub(super) fn read(
        self,
        link_name: &str,
        connections: &Connections,
        reader: &mut Reader,
    ) -> Result<CreateConnection, Error> {
        let arguments = self.credential.iter().map(|text| Argument::parse(text)).collect::<Result<Vec<_>, _>>()?;
        let service = match self.service {
            Some(service) => service,
            None => service_of(connections, link_name)?,
        };
        let known = connections.registry_of(link_name).service(&service)?.auth.fields();
        let mut fields = Vec::new();
        for argument in &arguments {
            let value = reader.read(argument)?;
            let may_be_empty = known.iter().any(|field| field.key == argument.key && field.may_be_empty);
            if value.is_empty() && !may_be_empty {
                return Err(Error::Credential { key: argument.key.clone(), problem: "it is empty".to_owned() });
            }
            fields.push((argument.key.clone(), value));
        }
        Ok(CreateConnection {
            link_name: link_name.to_owned(),
            name: self.name,
            service,
            scopes: scopes(&self.scope),
            parameters: parameters(&self.param)?,
            credentials: match self.credentials {
                Some(whose) => whose.into(),
                None => known_credentials(connections, link_name),
            },
            default_for: self.default_for,
            fields,
            expires_in: None,
            user: self.user,
            account: self.account,
            owner: self.owner.or_else(login_name),
        })
    }
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
