//! Connections that are made in a line, for tests and for programs that bring their own credentials. Each names the hosts
//! that its credential may go to, as every connection does.

use std::sync::PoisonError;

use super::auth::{ApiKey, Auth, Basic, Location, Parameter};
use super::connection::Connection;
use super::create::CreateConnection;
use super::name::LinkName;
use super::registry::FileRegistry;
use super::service::{Service, Stage};
use super::session::Connections;
use super::{Error, Hosts};
use crate::secret::Secret;

impl Connections {
    /// A fixed token, sent as `Authorization: Bearer …`.
    ///
    /// # Errors
    /// A bad link name, host or token, or a name that is taken.
    pub fn bearer(&self, link_name: &str, token: &Secret, hosts: &[&str]) -> Result<(), Error> {
        let value = Secret::new(format!("Bearer {}", token.open()));
        self.api_key(link_name, "Authorization", &value, Location::Header, hosts)
    }

    /// A user name and password.
    ///
    /// # Errors
    /// As for [`Connections::bearer`].
    pub fn basic(&self, link_name: &str, user_name: &str, password: &Secret, hosts: &[&str]) -> Result<(), Error> {
        let fields = vec![("username".to_owned(), Secret::new(user_name)), ("password".to_owned(), password.clone())];
        self.add(link_name, Auth::Basic(Basic::default()), fields, hosts)
    }

    /// One fixed value under a name, in the query, the form or a header.
    ///
    /// # Errors
    /// As for [`Connections::bearer`].
    pub fn api_key(
        &self,
        link_name: &str,
        key: &str,
        value: &Secret,
        location: Location,
        hosts: &[&str],
    ) -> Result<(), Error> {
        let parameter = Parameter { key: key.to_owned(), name: key.to_owned(), location, prefix: String::new() };
        let auth = Auth::ApiKey(ApiKey { parameters: vec![parameter] });
        self.add(link_name, auth, vec![(key.to_owned(), value.clone())], hosts)
    }

    /// Adds a service for as long as the program runs.
    ///
    /// # Errors
    /// [`Error::Redefined`] when there is one of this name.
    pub fn add_service(&self, service: Service) -> Result<(), Error> {
        self.change_registry(|registry| registry.add_service(service))
    }

    fn add(&self, link_name: &str, auth: Auth, fields: Vec<(String, Secret)>, hosts: &[&str]) -> Result<(), Error> {
        Hosts::parse(hosts.iter().copied()).map_err(|problem| Error::InvalidFile {
            place: format!("the hosts of \"{link_name}\""),
            problem,
            help: "name the exact hosts, or `*.acme.test`, where the credential may go".to_owned(),
        })?;
        let name = LinkName::parse(link_name)?;
        let service = Service {
            link_name: name.clone(),
            name: link_name.to_owned(),
            description: String::new(),
            logo: None,
            stage: Stage::Ready,
            hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
            hosts_verified: true,
            plain_http: false,
            auth,
            dynamic: Vec::new(),
            verify: None,
        };
        if self.registry_of(link_name).connection(link_name).is_ok() {
            return Err(Error::Redefined {
                kind: "connection",
                link_name: link_name.to_owned(),
                here: "the program".to_owned(),
                there: "the registry".to_owned(),
            });
        }
        self.change_registry(|registry| registry.add_both(service, Connection::new(name, link_name)))?;
        // The connection is there already, so this only authorises it.
        let wanted = CreateConnection {
            link_name: link_name.to_owned(),
            service: link_name.to_owned(),
            fields,
            ..CreateConnection::default()
        };
        let created = self.create(wanted).map(|_| ());
        if created.is_err() {
            self.change_registry(|registry| registry.withdraw(link_name));
        }
        created
    }

    fn change_registry<T>(&self, change: impl FnOnce(&mut FileRegistry) -> T) -> T {
        change(&mut self.program.write().unwrap_or_else(PoisonError::into_inner))
    }
}
