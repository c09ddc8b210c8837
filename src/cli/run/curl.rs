//! `--curl`: each request of a script as a command, shown before it is performed, whoever performs it.

use std::sync::Arc;

use super::super::workspace::Workspace;
use super::super::{Error, Output};
use crate::connections::FileRegistry;
use crate::effect::{Action, Connection, Effect, Request};
use crate::host::{Answer, Driver};
use crate::http::Command;

/// A driver that shows what it hands on.
pub(super) struct Commands {
    inner: Arc<dyn Driver>,
    registry: FileRegistry,
    output: Arc<Output>,
}

impl Commands {
    pub(super) fn new(inner: Arc<dyn Driver>, workspace: &Workspace, output: &Arc<Output>) -> Result<Self, Error> {
        let registry = match (workspace.registry(), workspace.project()) {
            // Without any folder there are no connections, as for a run that sends.
            (Err(Error::Project(_)), None) => FileRegistry::in_memory(),
            (registry, _) => registry?,
        };
        Ok(Self { inner, registry, output: Arc::clone(output) })
    }

    fn command(&self, request: &Request) -> Command {
        let http = request.http.clone();
        match &request.connection {
            Connection::None => Command::new(http),
            Connection::Named(name) => self.registry.command(name, http),
            Connection::DefaultFor(group) => match self.registry.default_for(group) {
                Some(connection) => self.registry.command(connection.link_name.as_str(), http),
                None => self.registry.command(group, http),
            },
        }
    }
}

impl Driver for Commands {
    fn perform(&self, effect: Effect, user: Option<&str>, reply: Answer) {
        if let Action::Request(request) = &effect.action {
            let lines = self.command(request).lines(self.output.redactor());
            let place = format!("# line {}: {}", effect.line, request.task);
            // In one piece, so that the commands of two threads do not mix.
            self.output.note(&format!("{place}\n{}", lines.join("\n")));
        }
        self.inner.perform(effect, user, reply);
    }
}
