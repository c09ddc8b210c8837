//! The way out of a run. The engine gets a driver at once; what really sends is put behind it only when the program is
//! known to have tasks, because opening the registry costs more than a whole script without them.

use std::sync::{Arc, OnceLock};

use super::super::workspace::Workspace;
use super::super::{Error, Output, renewal};
use super::dry;
use crate::effect::{Effect, Problem, Reply};
use crate::host::{Answer, Driver, Dry, Live, Mailer};
use crate::http::{self, Client, Detail, Proxy};
use crate::vm::Limits;

/// What a run sends with.
pub(in crate::cli) struct Network {
    options: http::Options,
    output: Arc<Output>,
    live: Arc<Later>,
    /// As they were given, for the process that renews tokens.
    routes: Vec<String>,
    proxy: Option<String>,
}

impl Network {
    /// Nothing is opened yet; only the routes are checked.
    pub(in crate::cli) fn new(
        workspace: &Workspace,
        routes: &[String],
        trace: Option<Detail>,
        output: &Arc<Output>,
    ) -> Result<Self, Error> {
        let mut options = workspace.network(routes, Arc::clone(output.redactor()))?;
        let teller = Arc::clone(output);
        options.trace = trace.map(|detail| http::Trace::new(move |line| teller.trace(line)).with_detail(detail));
        Ok(Self { options, output: Arc::clone(output), live: Arc::default(), routes: routes.to_vec(), proxy: None })
    }

    /// The same through a proxy; an empty address means none, also where the project has one.
    pub(in crate::cli) fn with_proxy(mut self, address: Option<&str>) -> Result<Self, Error> {
        let Some(address) = address else { return Ok(self) };
        self.proxy = Some(address.to_owned());
        self.options.proxy = if address.trim().is_empty() { None } else { Some(Proxy::parse(address)?) };
        if let Some(password) = self.options.proxy.as_ref().and_then(Proxy::password) {
            self.options.redactor.register(password);
        }
        Ok(self)
    }

    /// The same with the limits of a run, which also hold for requests that the run does not see, such as for tokens.
    pub(in crate::cli) fn with_limits(mut self, limits: &Limits) -> Self {
        let most = limits.answer.max(limits.zoho_answer).max(limits.posturl_answer);
        self.options.limits.connect = limits.connect_time;
        self.options.limits.total = limits.request_time;
        self.options.limits.response_bytes = most;
        self
    }

    /// The same with one more listener for every request.
    pub(in crate::cli) fn with_listener(mut self, listener: http::Listener) -> Self {
        self.options.listener = Some(match self.options.listener.take() {
            Some(known) => known.and(listener),
            None => listener,
        });
        self
    }

    /// The driver for the engine.
    pub(in crate::cli) fn driver(&self, dry: bool) -> Arc<dyn Driver> {
        if dry {
            let output = Arc::clone(&self.output);
            return Arc::new(Dry::new(move |effect| dry::tell(effect, &output)));
        }
        Arc::clone(&self.live) as Arc<dyn Driver>
    }

    /// When requests give up.
    pub(super) fn limits(&self) -> http::Limits {
        self.options.limits.clone()
    }

    /// Opens the connections.
    pub(in crate::cli) fn open(&self, workspace: &Workspace) -> Result<(), Error> {
        let client = Client::new(self.options.clone())?;
        let mut connections = workspace.connections(client.clone(), Arc::clone(&self.options.redactor))?;
        if self.options.trace.is_some() {
            let output = Arc::clone(&self.output);
            connections = connections.with_notes(move |note| output.trace(&format!("* {note}")));
        }
        // What is watched happens here, where it can be shown.
        if self.options.trace.is_none()
            && self.options.listener.is_none()
            && let Some(renewer) =
                renewal::renewer(workspace, &self.routes, self.proxy.as_deref(), &self.options.limits)
        {
            connections = connections.with_renewer(renewer);
        }
        let output = Arc::clone(&self.output);
        connections = connections.with_warnings(move |text| output.warning(text));
        // Opened once; a second time would change nothing.
        let mailer = workspace.mail_server().map(|server| Mailer::new(server, &self.options));
        let _ = self.live.0.set(Live::new(connections, client).with_mailer(mailer));
        Ok(())
    }
}

/// A driver that is put in place later.
#[derive(Default)]
struct Later(OnceLock<Live>);

impl Driver for Later {
    fn perform(&self, effect: Effect, user: Option<&str>, reply: Answer) {
        match self.0.get() {
            Some(live) => live.perform(effect, user, reply),
            None => reply(Reply::Failed(Problem {
                code: "run::internal".to_owned(),
                message: "the network was not opened for this run".to_owned(),
                help: Some("please report this with the script".to_owned()),
            })),
        }
    }
}
