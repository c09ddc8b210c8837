//! The driver of a dry run: it tells what would be sent and sends nothing. Every request is answered with status 200 and
//! an empty JSON object, every mail counts as sent, and every form has no records, so that a script can go on.

use std::sync::Arc;

use bytes::Bytes;

use super::{Answer, Driver};
use crate::connections::Connections;
use crate::effect::{Action, Effect, Operation, Reply, Wanted};
use crate::http::Response;
use crate::value::Data;

/// Tells effects instead of performing them.
pub struct Dry {
    tell: Arc<dyn Fn(&Effect) + Send + Sync>,
}

impl Dry {
    /// `tell` is called with each effect.
    pub fn new(tell: impl Fn(&Effect) + Send + Sync + 'static) -> Self {
        Self { tell: Arc::new(tell) }
    }
}

/// What reading and writing records gives when there are none.
fn nothing(action: &Action) -> Data {
    match action {
        Action::Records(records) => match &records.operation {
            Operation::Fetch { wanted: Wanted::Records | Wanted::All(_), .. } => Data::list([]),
            Operation::Fetch { wanted: Wanted::Aggregate { function, .. }, .. } if function == "count" => {
                Data::Number(0)
            }
            _ => Data::Null,
        },
        Action::Platform(platform) => platform.idle.clone(),
        _ => Data::Null,
    }
}

impl Driver for Dry {
    fn perform(&self, effect: Effect, _user: Option<&str>, reply: Answer) {
        (self.tell)(&effect);
        let Action::Request(request) = effect.action else { return reply(Reply::Value(nothing(&effect.action))) };
        reply(Reply::Response(Response {
            status: 200,
            headers: vec![("content-type".into(), "application/json".into())],
            body: Bytes::from_static(b"{}"),
            url: request.http.url,
        }));
    }

    /// Nothing is sent, so the connections are not looked at.
    fn with_connections(&self, _connections: &Connections) -> Option<Arc<dyn Driver>> {
        Some(Arc::new(Self { tell: Arc::clone(&self.tell) }))
    }

    fn takes_host_calls(&self) -> bool {
        true
    }
}
