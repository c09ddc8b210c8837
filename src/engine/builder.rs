//! Setting up an engine.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::application;
use super::log::Sink;
use super::pool::Pool;
use super::{Engine, Error, Info, Shared};
use crate::catalogue::{Catalogue, SystemVariable};
use crate::connections::{Connections, Location};
use crate::effect::Effect;
use crate::environment::{Clock, Environment};
use crate::host::{Cassette, Driver, Dry, Function, Live, cassette};
use crate::http::{Client, Guard, Options, Proxy, Transport};
use crate::secret::Secret;
use crate::syntax::Dialect;
use crate::value::{Data, zone_named};
use crate::vm::Limits;
use crate::{builtins, tasks};

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
    log: Option<Arc<Sink>>,
    user: Option<String>,
    system: Vec<(String, Data)>,
    time_zone: Option<String>,
    replay: Option<PathBuf>,
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
            log: None,
            user: None,
            system: Vec::new(),
            time_zone: None,
            replay: None,
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
    /// They send with the client that they were opened with, which has its own guard, proxy and transport.
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

    /// Sends requests through a client of the application's own instead of the built-in one. Connections still add their
    /// credentials, and routes, redirects, limits and the trace stay as they are; see [`Transport`].
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.network.transport = Some(transport);
        self
    }

    /// Which addresses may be dialled. By default none of a private network, and never those where clouds keep credentials.
    #[must_use]
    pub fn guard(mut self, guard: Guard) -> Self {
        self.network.guard = guard;
        self
    }

    /// The proxy through which requests leave; by default none, whatever the process environment says.
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.network.proxy = Some(proxy);
        self
    }

    /// A PEM file of certificate authorities to trust beside those of this machine.
    #[must_use]
    pub fn certificates(mut self, file: impl Into<PathBuf>) -> Self {
        self.network.certificates.push(file.into());
        self
    }

    /// Tells each effect and performs none: every request is answered with status 200 and `{}`.
    #[must_use]
    pub fn dry_run(self, tell: impl Fn(&Effect) + Send + Sync + 'static) -> Self {
        self.driver(Arc::new(Dry::new(tell)))
    }

    /// Answers effects from a folder that was recorded with a [`Cassette`], or by `sluice run --record`, and sends nothing. Runs
    /// are told the time and the random numbers of the recording.
    #[must_use]
    pub fn replay(self, folder: impl Into<PathBuf>) -> Self {
        Self { replay: Some(folder.into()), ..self }
    }

    /// Takes the `info` lines of all runs, with run and place. It is called on the threads of the runs and must not block. Runs
    /// still collect their own lines, or tell their listener.
    #[must_use]
    pub fn log(self, sink: impl Fn(&Info<'_>) + Send + Sync + 'static) -> Self {
        Self { log: Some(Arc::new(sink)), ..self }
    }

    /// Who runs scripts that do not [say so themselves](crate::Run::user).
    #[must_use]
    pub fn user(self, user: &str) -> Self {
        Self { user: Some(user.to_owned()), ..self }
    }

    /// The value of a system variable, by its name after `zoho.`: `loginuserid`.
    #[must_use]
    pub fn system(mut self, name: &str, value: impl Into<Data>) -> Self {
        self.system.push((name.to_lowercase(), value.into()));
        self
    }

    /// What `now` is: the time of this machine, or one point in time for ever.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.environment.clock = clock;
        self
    }

    /// The time zone of scripts, by its name in the time zone database: `Europe/Dublin`. By default that of this machine.
    #[must_use]
    pub fn time_zone(self, name: &str) -> Self {
        Self { time_zone: Some(name.to_owned()), ..self }
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
        let mut environment = self.environment;
        environment.dialect = self.dialect;
        if let Some(name) = self.time_zone {
            let zone = zone_named(&name).ok_or(Error::TimeZone { name })?;
            environment.dates = Arc::new((*environment.dates).clone().with_zone(zone));
        }
        for (name, value) in self.system {
            let is_known = |variable: &&SystemVariable| variable.function.is_none() && variable.name == name;
            builtins::SYSTEM_VARIABLES.iter().find(is_known).ok_or(Error::SystemVariable { name: name.clone() })?;
            environment.system.insert(name, value);
        }
        let mut driver = match self.driver {
            Some(driver) => driver,
            None => Arc::new(Live::new(connections.clone(), client)),
        };
        if let Some(folder) = self.replay {
            let options = cassette::Options { mode: cassette::Mode::None, ..cassette::Options::default() };
            let cassette = Cassette::open(&folder, options)?;
            cassette.pins().apply(&mut environment);
            driver = Arc::new(cassette.with_dates(Arc::clone(&environment.dates)));
        }
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
            log: self.log,
            user: self.user,
            runs: AtomicU64::new(0),
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
