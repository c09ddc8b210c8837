//! The driver that really sends: through a connection, whose room adds the credential and checks where it may go, or as
//! the script built the request.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::io::Io;
use super::{Answer, Driver};
use crate::connections::{self, Connections};
use crate::effect::{Action, Connection, Effect, Problem, Reply, Request};
use crate::http::{self, Client};

/// Sends requests.
pub struct Live {
    connections: Connections,
    client: Client,
    io: Io,
    listener: Option<Listener>,
}

/// Is told of every request that a script made.
type Listener = Arc<dyn Fn(&Exchange) + Send + Sync>;

/// A request that was made, for reports: nothing in it is secret.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// For example `PUT`.
    pub method: &'static str,
    /// Host, path and query, as the script asked for them.
    pub url: url::Url,
    /// The link name of the connection, if one was used.
    pub connection: Option<String>,
    /// The status of the answer, or the code of the problem.
    pub outcome: Result<u16, String>,
    /// From the effect to the reply; a renewal of a token is part of it.
    pub time: Duration,
}

impl Live {
    /// A driver over these connections; requests without connection go out through `client`.
    pub fn new(connections: Connections, client: Client) -> Self {
        Self { connections, client, io: Io::default(), listener: None }
    }

    /// The same with a listener.
    #[must_use]
    pub fn with_listener(self, listener: impl Fn(&Exchange) + Send + Sync + 'static) -> Self {
        Self { listener: Some(Arc::new(listener)), ..self }
    }
}

impl Driver for Live {
    fn perform(&self, effect: Effect, user: Option<&str>, reply: Answer) {
        let Action::Request(request) = effect.action;
        let (connections, client) = (self.connections.clone(), self.client.clone());
        let (listener, user) = (self.listener.clone(), user.map(str::to_owned));
        let work = async move {
            let begun = Instant::now();
            let (method, url) = (request.http.method.as_str(), request.http.url.clone());
            let connection = link_name(&connections, &request);
            let result = match connection.clone() {
                Ok(Some(link_name)) => connections
                    .send(&link_name, user.as_deref(), request.http)
                    .await
                    .map_err(|error| connection_problem(&error)),
                Ok(None) => client.send(request.http).await.map_err(|error| http_problem(&error)),
                Err(problem) => Err(problem),
            };
            if let Some(listener) = listener {
                let outcome = result.as_ref().map(|response| response.status).map_err(|problem| problem.code.clone());
                let connection = connection.unwrap_or_default();
                listener(&Exchange { method, url, connection, outcome, time: begun.elapsed() });
            }
            reply(result.map_or_else(Reply::Failed, Reply::Response));
        };
        // Without a thread the answer is dropped, which its run takes as the end.
        self.io.spawn(work);
    }
}

/// The connection to use, if any.
fn link_name(connections: &Connections, request: &Request) -> Result<Option<String>, Problem> {
    match &request.connection {
        Connection::None => Ok(None),
        Connection::Named(name) => Ok(Some(name.clone())),
        Connection::DefaultFor(group) => connections.default_for(group).map(Some).ok_or_else(|| Problem {
            code: "connections::no-default".into(),
            message: format!("Connection Name was not found: `{}` names no connection", request.task),
            help: Some(format!(
                "pass the link name as last argument, or make a connection the default: default_for = [\"{group}\"] in connections.toml"
            )),
        }),
    }
}

fn connection_problem(error: &connections::Error) -> Problem {
    Problem { code: error.code().into(), message: error.to_string(), help: Some(error.help()) }
}

fn http_problem(error: &http::Error) -> Problem {
    Problem { code: error.code().into(), message: error.to_string(), help: Some(error.help()) }
}
