//! The driver that really sends: through a connection, whose room adds the credential and checks where it may go, or as
//! the script built the request.

use std::sync::Arc;

use super::io::Io;
use super::{Answer, Driver, Mailer, host_call};
use crate::connections::{self, Connections};
use crate::effect::{Action, Connection, Effect, Mail, Problem, Reply, Request};
use crate::http::{self, Client};
use crate::value::Data;

/// Sends requests.
pub struct Live {
    connections: Connections,
    client: Client,
    mailer: Option<Mailer>,
    io: Arc<Io>,
}

impl Live {
    /// A driver over these connections; requests without connection go out through `client`.
    pub fn new(connections: Connections, client: Client) -> Self {
        Self { connections, client, mailer: None, io: Arc::default() }
    }

    /// The same with a mail server; without one, mails are the error `run::no-mail-server`.
    #[must_use]
    pub fn with_mailer(self, mailer: Option<Mailer>) -> Self {
        Self { mailer, ..self }
    }

    /// Hands a mail to the mail server, if there is one.
    fn mail(&self, mail: Box<Mail>, user: Option<&str>, reply: Answer) {
        let Some(mailer) = self.mailer.clone() else { return reply(Reply::Failed(no_mail_server())) };
        let (connections, user) = (self.connections.clone(), user.map(str::to_owned));
        self.io.spawn(async move {
            let sent = mailer.send(&mail, &connections, user.as_deref()).await;
            reply(sent.map_or_else(Reply::Failed, |()| Reply::Value(Data::Null)));
        });
    }
}

impl Driver for Live {
    fn perform(&self, effect: Effect, user: Option<&str>, reply: Answer) {
        let request = match effect.action {
            Action::Request(request) => request,
            Action::Host(_) => return host_call(effect, user, reply),
            Action::Records(records) => return reply(Reply::Failed(no_store(&records.form))),
            Action::Mail(mail) => return self.mail(mail, user, reply),
            Action::Platform(platform) => return reply(Reply::Failed(platform.out_of_reach)),
            Action::Client(client) => return reply(Reply::Failed(no_form(&client.verb))),
        };
        let (connections, client) = (self.connections.clone(), self.client.clone());
        let user = user.map(str::to_owned);
        let work = async move {
            let result = match link_name(&connections, &request).await {
                Ok(Some(link_name)) => connections
                    .send(&link_name, user.as_deref(), request.http)
                    .await
                    .map_err(|error| connection_problem(&error)),
                Ok(None) => client.send(request.http).await.map_err(|error| http_problem(&error)),
                Err(problem) => Err(problem),
            };
            reply(result.map_or_else(Reply::Failed, Reply::Response));
        };
        // Without a thread the answer is dropped, which its run takes as the end.
        self.io.spawn(work);
    }

    fn with_connections(&self, connections: &Connections) -> Option<Arc<dyn Driver>> {
        let (client, mailer, io) = (self.client.clone(), self.mailer.clone(), Arc::clone(&self.io));
        Some(Arc::new(Self { connections: connections.clone(), client, mailer, io }))
    }

    fn takes_host_calls(&self) -> bool {
        true
    }
}

/// The connection to use, if any.
async fn link_name(connections: &Connections, request: &Request) -> Result<Option<String>, Problem> {
    let group = match &request.connection {
        Connection::None => return Ok(None),
        Connection::Named(name) => return Ok(Some(name.clone())),
        Connection::DefaultFor(group) => group,
    };
    let found = connections.default_for(group).await.map_err(|error| connection_problem(&error))?;
    found.map(Some).ok_or_else(|| Problem {
        code: "connections::no-default".into(),
        message: format!("Connection Name was not found: `{}` names no connection", request.task),
        help: Some(format!(
            "name a connection in the call, or make one the default: default_for = [\"{group}\"] in connections.toml"
        )),
    })
}

fn no_store(form: &str) -> Problem {
    Problem {
        code: "run::no-record-store".into(),
        message: format!("the records of the form `{form}` are not here"),
        help: Some(
            "no store of records is configured; run this in Zoho Creator, or with --dry-run to see what it asks".into(),
        ),
    }
}

fn no_mail_server() -> Problem {
    Problem {
        code: "run::no-mail-server".into(),
        message: "no mail server is configured".into(),
        help: Some(
            "name one under [mail] in sluice.toml; --mails DIR writes mails into a folder instead, and --dry-run shows them"
                .into(),
        ),
    }
}

fn no_form(verb: &str) -> Problem {
    Problem {
        code: "run::no-form".into(),
        message: format!("`{verb}` needs a form before a person"),
        help: Some(
            "there is none in a run from the command line or a server; --dry-run tells what would be shown".into(),
        ),
    }
}

pub(super) fn connection_problem(error: &connections::Error) -> Problem {
    Problem { code: error.code().into(), message: error.to_string(), help: Some(error.help()) }
}

pub(super) fn http_problem(error: &http::Error) -> Problem {
    Problem { code: error.code().into(), message: error.to_string(), help: Some(error.help()) }
}
