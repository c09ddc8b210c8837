//! Sends one request through one connection. A token is renewed before sending when we know that it ends, and after a 401
//! when we did not; a request causes at most one renewal, and scripts that find the same token expired share one. Nothing
//! is sent before the definition, the host and the scheme were found to be what the credentials were given for.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

use super::Error;
use super::auth::{Auth, Occasion};
use super::connection::Connection;
use super::refresh::{is_due, is_renewable};
use super::registry::{FileRegistry, Origin, Registry};
use super::renewer::Renewer;
use super::target::Target;
use super::turn::InFlight;
use super::usage::Usage;
use super::vault::{FileVault, Keys, MemoryVault, Record, Vault};
use crate::http::{Client, Reach, Request, Response};
use crate::secret::{Redactor, Secret};

/// What time it is, for the life of tokens: never the script's clock.
pub type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// Everything that is needed to send through connections. Clones share all of it.
#[derive(Clone)]
pub struct Connections {
    registry: Arc<dyn Registry>,
    /// What the program adds for as long as it runs; the registry itself, when that is one of files or of memory.
    pub(super) program: Arc<RwLock<FileRegistry>>,
    /// Held while a connection is made or removed.
    pub(super) changing: Arc<Mutex<()>>,
    vaults: Vaults,
    pub(super) client: Client,
    pub(super) redactor: Arc<Redactor>,
    clock: Clock,
    notes: Listener,
    warnings: Warnings,
    pub(super) in_flight: Arc<InFlight>,
    pub(super) usage: Arc<Usage>,
    pub(super) renewer: Option<Arc<Renewer>>,
}

impl std::fmt::Debug for Connections {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connections").finish_non_exhaustive()
    }
}

type Listener = Arc<dyn Fn(&str) + Send + Sync>;

/// Who is told what the person should know, and what was told: each warning is given once.
#[derive(Clone, Default)]
struct Warnings {
    listener: Option<Listener>,
    given: Arc<Mutex<BTreeSet<String>>>,
}

/// The most warnings that are remembered, so that memory has a bound; after them none is given.
const MOST_WARNINGS: usize = 1000;

/// Where the records of each origin's connections are.
#[derive(Clone)]
struct Vaults {
    project: Arc<dyn Vault>,
    user: Arc<dyn Vault>,
    program: Arc<dyn Vault>,
}

impl Vaults {
    /// One vault for all but what the program adds, which stays in memory.
    fn one(vault: Arc<dyn Vault>) -> Self {
        Self { project: Arc::clone(&vault), user: vault, program: Arc::new(MemoryVault::default()) }
    }
}

impl Connections {
    /// The connections of a project, if there is one, and of the user. Vaults are looked at when they are needed.
    ///
    /// # Errors
    /// As for [`FileRegistry::load`].
    pub fn open(
        project: Option<&Path>,
        user: &Path,
        keys: impl Into<Keys>,
        client: Client,
        redactor: Arc<Redactor>,
    ) -> Result<Self, Error> {
        let registry = Arc::new(RwLock::new(FileRegistry::load(project, user)?));
        let keys: Keys = keys.into();
        let of_user: Arc<dyn Vault> = Arc::new(FileVault::of_user(user, keys.clone()));
        let of_project = project.map(|project| Arc::new(FileVault::of_project(project, keys)) as Arc<dyn Vault>);
        // What a program adds to connections from files stays in memory.
        let vaults = Vaults {
            project: of_project.unwrap_or_else(|| Arc::clone(&of_user)),
            user: of_user,
            program: Arc::new(MemoryVault::default()),
        };
        let connections = Self::over(Arc::clone(&registry) as _, registry, vaults, client, redactor);
        Ok(Self { usage: Arc::new(Usage::beside(project, user)), ..connections })
    }

    /// The same for a project with this namespace: a script may leave it out of a link name.
    #[must_use]
    pub fn with_namespace(self, namespace: &str) -> Self {
        self.program.write().unwrap_or_else(PoisonError::into_inner).set_namespace(namespace);
        self
    }

    /// Connections that live as long as the program. The default services are there; add connections with
    /// [`Connections::bearer`] and its siblings, or [`Connections::create`].
    pub fn in_memory(client: Client, redactor: Arc<Redactor>) -> Self {
        let registry = Arc::new(RwLock::new(FileRegistry::in_memory()));
        let vaults = Vaults::one(Arc::new(MemoryVault::default()));
        Self::over(Arc::clone(&registry) as _, registry, vaults, client, redactor)
    }

    /// Connections over a registry and a vault of one's own, for example in a database. What is added with
    /// [`Connections::bearer`] and its siblings stays in memory.
    pub fn new(registry: Arc<dyn Registry>, vault: Arc<dyn Vault>, client: Client, redactor: Arc<Redactor>) -> Self {
        Self::over(registry, Arc::default(), Vaults::one(vault), client, redactor)
    }

    /// Other connections over the same client, redactor, clock and notes: one tenant's. Nothing of these is seen there,
    /// and nothing of those here. Keep it for as long as the tenant has runs, because renewals at the same time are
    /// found in it; give it to a run with `Run::connections`. `examples/tenants.rs` shows a registry and a vault in a database.
    #[must_use]
    pub fn view(&self, registry: Arc<dyn Registry>, vault: Arc<dyn Vault>) -> Self {
        Self {
            registry,
            program: Arc::default(),
            changing: Arc::default(),
            vaults: Vaults::one(vault),
            in_flight: Arc::default(),
            usage: Arc::default(),
            renewer: None,
            ..self.clone()
        }
    }

    fn over(
        registry: Arc<dyn Registry>,
        program: Arc<RwLock<FileRegistry>>,
        vaults: Vaults,
        client: Client,
        redactor: Arc<Redactor>,
    ) -> Self {
        Self {
            registry,
            program,
            changing: Arc::default(),
            vaults,
            client,
            redactor,
            clock: Arc::new(SystemTime::now),
            notes: Arc::new(|_| {}),
            warnings: Warnings::default(),
            in_flight: Arc::default(),
            usage: Arc::default(),
            renewer: None,
        }
    }

    /// The same with another clock.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// The same with a listener for what a trace should mention: renewed tokens, headers that were replaced.
    #[must_use]
    pub fn with_notes(self, notes: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { notes: Arc::new(notes), ..self }
    }

    /// The same with a listener for what the person who runs a script should know: that the connection's credential took
    /// the place of the script's own. Each text is told once.
    #[must_use]
    pub fn with_warnings(self, warn: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { warnings: Warnings { listener: Some(Arc::new(warn)), ..Warnings::default() }, ..self }
    }

    /// The same over another client, for example one with a run's own trace. Renewals stay shared.
    #[must_use]
    pub fn with_client(self, client: Client) -> Self {
        Self { client, ..self }
    }

    #[doc(hidden)] // For the command line.
    /// The same, with the renewals of refresh tokens made by another process, where that can be started and the connection
    /// is in a file. It survives a kill of this one, so that a token which a server gave still reaches the vault.
    #[must_use]
    pub fn with_renewer(self, renewer: Renewer) -> Self {
        Self { renewer: Some(Arc::new(renewer)), ..self }
    }

    #[doc(hidden)] // For the command line.
    /// The registry that knows a connection, or that something new belongs to: the program's own additions first, which
    /// no registry can take the place of.
    pub fn registry_of(&self, link_name: &str) -> &dyn Registry {
        let program: &dyn Registry = self.program.as_ref();
        if program.connection(link_name).is_ok() { program } else { self.registry.as_ref() }
    }

    /// Every connection, the program's own additions included.
    ///
    /// # Errors
    /// [`Error::Store`] when the registry cannot be asked.
    pub fn connections(&self) -> Result<Vec<Connection>, Error> {
        let mut all = self.registry.connections()?;
        for own in self.program.connections()? {
            if !all.iter().any(|known| known.link_name == own.link_name) {
                all.push(own);
            }
        }
        Ok(all)
    }

    /// The link name of the connection that integration tasks of a group use when a call names none.
    ///
    /// # Errors
    /// [`Error::Store`] when the registry cannot be asked.
    pub async fn default_for(&self, group: &str) -> Result<Option<String>, Error> {
        let (registry, group) = (Arc::clone(&self.registry), group.to_owned());
        let found = tokio::task::spawn_blocking(move || registry.default_for(&group));
        found.await.unwrap_or(Err(INTERRUPTED))
    }

    /// Sends a request through a connection. `user` is who runs the script; it counts for connections whose credentials
    /// are the user's, and for those no user means the owner.
    ///
    /// # Errors
    /// Every [`Error`] of finding, opening and renewing; [`Error::Http`] when the request itself got no answer.
    pub async fn send(&self, link_name: &str, user: Option<&str>, request: Request) -> Result<Response, Error> {
        let (target, mut record) = self.look_up(link_name, user).await?;
        let request = target.address(request, &self.client)?;
        let was_due = match &target.service.auth {
            Auth::OAuth2(oauth2) => is_due(oauth2, &record, self.now()),
            Auth::Basic(_) | Auth::ApiKey(_) | Auth::OAuth1(_) | Auth::AwsV4(_) => false,
        };
        if was_due {
            record = self.renew(&target, None).await?;
        }
        let response = self.send_once(&target, &record, &request).await?;
        // A 401 of another origin, after a redirect, says nothing about the token: it never got there.
        let is_refusal = response.status == 401 && response.url.origin() == request.url.origin();
        if !is_refusal || was_due || !is_renewable(&target.service.auth, &record) {
            return Ok(response);
        }
        let refused = Secret::new(record.field("access_token"));
        let record = match self.renew(&target, Some(refused)).await {
            // The answer tells the script more than we could.
            Err(error @ Error::RenewalTooSoon { .. }) => {
                self.warn(&error.to_string());
                return Ok(response);
            }
            other => other?,
        };
        self.note("the request is sent once more, with the new token");
        self.send_once(&target, &record, &request).await
    }

    /// The connection and its authorisation. Registry and vault may be files or databases, and a vault's key may have to
    /// be computed or asked for, so this happens where waiting holds up nobody.
    pub(super) async fn look_up(&self, link_name: &str, user: Option<&str>) -> Result<(Arc<Target>, Record), Error> {
        let (this, link_name, user) = (self.clone(), link_name.to_owned(), user.map(str::to_owned));
        let found = tokio::task::spawn_blocking(move || {
            let target = this.target(&link_name, user.as_deref())?;
            let record = target.record()?;
            Ok((Arc::new(target), record))
        });
        found.await.unwrap_or(Err(INTERRUPTED))
    }

    async fn send_once(&self, target: &Target, record: &Record, request: &Request) -> Result<Response, Error> {
        self.register(target, record);
        let mut request = request.clone();
        let occasion = Occasion {
            link_name: &target.link_name,
            service: target.service.link_name.as_str(),
            values: &target.values,
            now: self.now(),
        };
        for note in target.service.auth.apply(&occasion, &record.fields, &mut request)? {
            self.warn(&format!("{note} ({})", target.link_name));
        }
        // Where a redirect would have led that the service does not list.
        let strayed = Arc::new(Mutex::new(None));
        let (hosts, stray) = (target.hosts.clone(), Arc::clone(&strayed));
        request.reach = Some(Reach::new(move |url| {
            let is_listed = hosts.allow(url);
            if !is_listed {
                *stray.lock().unwrap_or_else(PoisonError::into_inner) = Some(url.clone());
            }
            is_listed
        }));
        let outcome = self.client.send(request).await;
        match strayed.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(url) => Err(target.invalid_domain(&url)),
            None => {
                let response = outcome?;
                let origin =
                    self.registry_of(&target.link_name).origin_of(&target.link_name).unwrap_or(Origin::Program);
                self.usage.note(origin, &target.id, self.now());
                Ok(response)
            }
        }
    }

    /// Finds a connection with all that belongs to it.
    pub(super) fn target(&self, link_name: &str, user: Option<&str>) -> Result<Target, Error> {
        let registry = self.registry_of(link_name);
        let connection = registry.connection(link_name)?;
        let service = registry.service(&connection.service)?;
        let origin = registry.origin_of(link_name).unwrap_or(Origin::Program);
        Target::new(&connection, service, user, self.vault_of(origin))
    }

    /// Whether a person consents for a connection, in a browser or by a code, and gives no credentials. Of one that cannot
    /// be read it is not known.
    pub fn signs_in(&self, link_name: &str) -> bool {
        let registry = self.registry_of(link_name);
        let service = registry.connection(link_name).and_then(|connection| registry.service(&connection.service));
        service.is_ok_and(|service| service.auth.signs_in())
    }

    /// The vault for the connections of an origin.
    pub(super) fn vault_of(&self, origin: Origin) -> Arc<dyn Vault> {
        Arc::clone(match origin {
            Origin::Project => &self.vaults.project,
            Origin::User => &self.vaults.user,
            Origin::Program => &self.vaults.program,
        })
    }

    /// Seconds since 1970.
    pub(super) fn now(&self) -> u64 {
        (self.clock)().duration_since(UNIX_EPOCH).map(|since| since.as_secs()).unwrap_or_default()
    }

    pub(super) fn note(&self, text: &str) {
        (self.notes)(&self.redactor.redact(text));
    }

    /// Tells the person, and whoever listens to notes.
    fn warn(&self, text: &str) {
        self.note(text);
        let Some(listener) = &self.warnings.listener else { return };
        let text = self.redactor.redact(text).into_owned();
        let mut given = self.warnings.given.lock().unwrap_or_else(PoisonError::into_inner);
        if given.len() < MOST_WARNINGS && given.insert(text.clone()) {
            listener(&text);
        }
    }

    /// Makes the credentials known to the redactor, before they are used.
    pub(super) fn register(&self, target: &Target, record: &Record) {
        for secret in target.service.auth.wire_secrets(&record.fields) {
            self.redactor.register(&secret);
        }
    }
}

const INTERRUPTED: Error = Error::Internal("looking up a connection was interrupted");
