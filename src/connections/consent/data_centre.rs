//! Zoho has a server of accounts in each of its data centres, and a code is good only at that of the person's account,
//! which the callback names. It is believed as far as the service lists that server among the values of the parameter
//! that stands for it: the client's secret goes nowhere else.

use std::sync::Arc;

use url::Url;

use super::{Consent, Problem};
use crate::connections::auth::{Auth, OAuth2};
use crate::connections::dynamic::DynamicParameter;
use crate::connections::groups;
use crate::connections::service::Service;
use crate::connections::target::Target;
use crate::connections::vault::State;
use crate::connections::{Connection, Error};

impl Service {
    /// The parameter whose values are the provider's servers of accounts, one in each data centre.
    pub fn accounts_servers(&self) -> Option<&DynamicParameter> {
        let host = oauth2(self)?.token_url.host_str()?;
        let key = host.strip_prefix('{')?.strip_suffix('}')?;
        self.dynamic.iter().find(|parameter| parameter.key.eq_ignore_ascii_case(key) && !parameter.values.is_empty())
    }

    /// Whether a person can make codes by hand on the provider's pages, as with Zoho's Self Client.
    pub fn has_self_client(&self) -> bool {
        let Some(oauth2) = oauth2(self) else { return false };
        oauth2.sign_in.self_client.unwrap_or_else(|| match self.accounts_servers() {
            Some(parameter) => parameter.values.iter().all(|host| groups::is_zoho_accounts(host)),
            None => oauth2.token_url.host_str().is_some_and(groups::is_zoho_accounts),
        })
    }

    /// Where clients of a connection are registered, as far as it is known.
    pub fn console(&self, connection: &Connection) -> Option<String> {
        let oauth2 = oauth2(self)?;
        if let Some(url) = &oauth2.sign_in.console_url {
            return Some(url.to_string());
        }
        let host = match self.accounts_servers() {
            Some(parameter) => connection.parameters.get(&parameter.key).or(parameter.default.as_ref())?,
            None => oauth2.token_url.host_str()?,
        };
        let domain = host.strip_prefix("accounts.").filter(|_| groups::is_zoho_accounts(host))?;
        Some(format!("https://api-console.{domain}/"))
    }
}

impl Consent {
    /// Goes on at the server that the callback named.
    pub(super) fn move_to(&mut self, server: &str) -> Result<(), Error> {
        let service = Arc::clone(&self.target().service);
        let Some(parameter) = service.accounts_servers() else { return Ok(()) };
        let host = Url::parse(server).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let now = self.connection().parameters.get(&parameter.key).or(parameter.default.as_ref()).cloned();
        if now.as_deref() == Some(host.as_str()) {
            return Ok(());
        }
        let link_name = self.target().link_name.clone();
        if !parameter.values.contains(&host) {
            let host: String = host.chars().take(100).collect();
            return Err(self.problem(Problem::UnknownAccountsServer {
                link_name,
                service: service.link_name.to_string(),
                host,
            }));
        }
        if self.has_others()? {
            let other = now.unwrap_or_default();
            return Err(self.problem(Problem::OtherAccountsServer { link_name, host, other }));
        }
        let mut connection = self.connection().clone();
        connection.parameters.insert(parameter.key.clone(), host);
        // What was given for the other data centre follows from now on.
        for other in service.dynamic.iter().filter(|other| other.follows.as_ref() == Some(&parameter.key)) {
            connection.parameters.remove(&other.key);
        }
        let vault = Arc::clone(&self.target().vault);
        let target = Target::new(&connection, Arc::clone(&service), self.user(), vault)?;
        self.prepared.is_edited = !self.prepared.is_new;
        self.prepared.connection = connection;
        self.prepared.target = target;
        Ok(())
    }

    /// Whether somebody else is authorised for the connection.
    fn has_others(&self) -> Result<bool, Error> {
        let target = self.target();
        for id in target.vault.ids()?.iter().filter(|id| id.link_name() == target.link_name && **id != target.id) {
            if target.vault.get(id)?.is_some_and(|record| record.state != State::Revoked) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn oauth2(service: &Service) -> Option<&OAuth2> {
    match &service.auth {
        Auth::OAuth2(oauth2) => Some(oauth2),
        Auth::Basic(_) | Auth::ApiKey(_) | Auth::OAuth1(_) | Auth::AwsV4(_) => None,
    }
}
