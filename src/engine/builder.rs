//! Setting up an engine.

use std::sync::Arc;

use super::application;
use super::pool::Pool;
use super::{Engine, Error, Shared};
use crate::connections::{Connections, Location};
use crate::environment::Environment;
use crate::host::{Driver, Function, Live};
use crate::http::{Client, Options};
use crate::secret::Secret;
use crate::syntax::Dialect;
use crate::value::Data;
use crate::vm::Limits;
use crate::{builtins, catalogue::Catalogue, tasks};

/// What an engine is made of. Every part has a default that is safe inside a server.
pub struct Builder {
    network: Options,
    own: Vec<Own>,
    connections: Option<Connections>,
    driver: Option<Arc<dyn Driver>>,
    environment: Environment,
    limits: Limits,
    dialect: Dialect,
    threads: Option<usize>,
    application: application::Own,
}

/// A connection that the embedding program brings.
struct Own {
    link_name: String,
    hosts: Vec<String>,
    credential: Credential,
}

enum Credential {
    Bearer(Secret),
    Basic(String, Secret),
    ApiKey(String, Secret, Location),
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            network: Options::default(),
            own: Vec::new(),
            connections: None,
            driver: None,
            environment: Environment::default(),
            limits: Limits::default(),
            dialect: Dialect::Portable,
            threads: None,
            application: application::Own::default(),
        }
    }
}

impl Builder {
    /// Adds a connection that sends `Authorization: Bearer …` to these hosts (exact names, or one leading `*.`).
    #[must_use]
    pub fn bearer(self, link_name: &str, token: Secret, hosts: &[&str]) -> Self {
        self.own(link_name, hosts, Credential::Bearer(token))
    }

    /// Adds a connection that sends a user name and a password to these hosts.
    #[must_use]
    pub fn basic(self, link_name: &str, user_name: &str, password: Secret, hosts: &[&str]) -> Self {
        self.own(link_name, hosts, Credential::Basic(user_name.to_owned(), password))
    }

    /// Adds a connection that sends a key under a name, in the query, the form or a header, to these hosts.
    #[must_use]
    pub fn api_key(self, link_name: &str, key: &str, value: Secret, location: Location, hosts: &[&str]) -> Self {
        self.own(link_name, hosts, Credential::ApiKey(key.to_owned(), value, location))
    }

    /// Uses these connections, for example those of a project folder; the ones added singly join them.
    #[must_use]
    pub fn connections(self, connections: Connections) -> Self {
        Self { connections: Some(connections), ..self }
    }

    /// How requests leave: guard, routes, proxy, trace. Its limits hold for every request, whatever those of a run allow.
    #[must_use]
    pub fn network(self, network: Options) -> Self {
        Self { network, ..self }
    }

    /// Performs effects in another way than sending them.
    #[must_use]
    pub fn driver(self, driver: Arc<dyn Driver>) -> Self {
        Self { driver: Some(driver), ..self }
    }

    /// What runs are told about the world.
    #[must_use]
    pub fn environment(self, environment: Environment) -> Self {
        Self { environment, ..self }
    }

    /// The limits of runs that bring none of their own.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The dialect of scripts that [`Engine::compile`] compiles; in Creator's, dates also compare as they do there.
    #[must_use]
    pub fn dialect(self, dialect: Dialect) -> Self {
        Self { dialect, ..self }
    }

    /// How many threads run scripts; at least one, by default one per processor. A waiting script is on none.
    #[must_use]
    pub fn threads(self, threads: usize) -> Self {
        Self { threads: Some(threads.max(1)), ..self }
    }

    /// Adds a function of the application, which scripts call as they call a built-in; see [`host::function`](crate::host::function),
    /// [`host::asynchronous`](crate::host::asynchronous) and [`host::task`](crate::host::task).
    #[must_use]
    pub fn function(mut self, function: Function) -> Self {
        self.application.functions.push(function);
        self
    }

    /// Adds a constant of the application, which scripts read by its name (`myapp.version`) and cannot assign. `about` says in a
    /// sentence what it holds. Each read of a list, map or file gives a new one.
    #[must_use]
    pub fn constant(mut self, name: &str, value: impl Into<Data>, about: &str) -> Self {
        self.application.constants.push((name.to_owned(), value.into(), about.to_owned()));
        self
    }

    /// Puts the engine together. No thread is started and nothing is opened before the first run needs it.
    ///
    /// # Errors
    /// A connection that was added has a bad link name, host or credential, the network options contradict, or a function or
    /// constant cannot have its name.
    pub fn build(self) -> Result<Engine, Error> {
        let redactor = Arc::clone(&self.network.redactor);
        let mut network = self.network;
        network.limits.connect = network.limits.connect.min(self.limits.connect_time);
        let client = Client::new(network)?;
        let connections = match self.connections {
            Some(connections) => connections,
            None => Connections::in_memory(client.clone(), redactor),
        };
        for own in &self.own {
            let hosts: Vec<&str> = own.hosts.iter().map(String::as_str).collect();
            match &own.credential {
                Credential::Bearer(token) => connections.bearer(&own.link_name, token, &hosts)?,
                Credential::Basic(user, password) => connections.basic(&own.link_name, user, password, &hosts)?,
                Credential::ApiKey(key, value, location) => {
                    connections.api_key(&own.link_name, key, value, *location, &hosts)?;
                }
            }
        }
        let driver = match self.driver {
            Some(driver) => driver,
            None => Arc::new(Live::new(connections.clone(), client)),
        };
        let mut environment = self.environment;
        environment.dialect = self.dialect;
        if self.dialect == Dialect::Creator && !environment.dates.compares_days() {
            environment.dates = Arc::new((*environment.dates).clone().as_in_creator());
        }
        let catalogue = Catalogue::new(builtins::tables(), builtins::SYSTEM_VARIABLES, tasks::load);
        let shared = Shared {
            catalogue: Arc::new(self.application.join(catalogue)?),
            connections,
            driver,
            environment: Arc::new(environment),
            limits: self.limits,
            dialect: self.dialect,
            pool: Pool::new(self.threads),
        };
        Ok(Engine { shared: Arc::new(shared) })
    }

    fn own(mut self, link_name: &str, hosts: &[&str], credential: Credential) -> Self {
        let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
        self.own.push(Own { link_name: link_name.to_owned(), hosts, credential });
        self
    }
}
