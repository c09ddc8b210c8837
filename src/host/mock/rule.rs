//! One rule: which effects it covers and what it answers. All that is given must fit; a rule that gives nothing covers
//! every effect.

use std::time::Duration;

use bytes::Bytes;
use serde_json::Value as Json;

use super::{Fault, Wildcard};
use crate::effect::{Action, Connection, Effect, Operation, Reply, Request};
use crate::http::{Body, Limits, Response};
use crate::value::Data;

/// A rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MockRule {
    /// What messages call it, for example file and line.
    pub name: String,
    /// The task: `invokeurl`, `sendmail`, `zoho.crm.*`; for records `fetch`, `insert`, `update` and `delete`; for
    /// statements on forms and pages their verb, such as `openurl`.
    pub task: Option<Wildcard>,
    /// The method of a request.
    pub method: Option<Wildcard>,
    /// The whole address of a request, with its query.
    pub url: Option<Wildcard>,
    /// The link name of the connection.
    pub connection: Option<Wildcard>,
    /// The form of records.
    pub form: Option<Wildcard>,
    /// What is sent: the body of a request, the message of a mail, the arguments of a task of the platform.
    pub body: Option<BodyMatch>,
    /// How often it answers; always when there is none.
    pub times: Option<u32>,
    /// How many effects that it covers it leaves alone first.
    pub after: u32,
    /// How long it waits before its answer.
    pub delay: Duration,
    /// What it answers.
    pub answer: MockAnswer,
}

/// What a body must be like.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyMatch {
    /// The text stands in it.
    Contains(String),
    /// It is JSON, or a form, that has at least this: objects may have more keys, lists are the same.
    Json(Json),
}

/// What a rule answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum MockAnswer {
    /// What the driver behind answers.
    #[default]
    Pass,
    /// The answer of a server. What is no request takes its body: JSON as the value that it is, else as text.
    Response {
        /// The status.
        status: u16,
        /// Header names and values.
        headers: Vec<(String, String)>,
        /// The body.
        body: Bytes,
    },
    /// A value. Requests get it as the JSON of a server.
    Value(Data),
    /// A fault.
    Fault(Fault),
}

impl MockRule {
    /// Whether the rule is about this effect.
    pub(super) fn covers(&self, effect: &Effect) -> bool {
        let request = match &effect.action {
            Action::Request(request) => Some(&**request),
            _ => None,
        };
        let fits = |pattern: &Option<Wildcard>, text: Option<&str>| match pattern {
            Some(pattern) => text.is_some_and(|text| pattern.covers(text)),
            None => true,
        };
        fits(&self.task, Some(task(&effect.action)))
            && fits(&self.method, request.map(|request| request.http.method.as_str()))
            && fits(&self.url, request.map(|request| request.http.url.as_str()))
            && fits(&self.connection, request.and_then(connection))
            && fits(&self.form, form(&effect.action))
            && self.body.as_ref().is_none_or(|wanted| wanted.fits(&effect.action))
    }

    /// The answer; none when the driver behind is to give it.
    pub(super) fn answer(&self, effect: &Effect, limits: &Limits) -> Option<Reply> {
        match (&self.answer, &effect.action) {
            (MockAnswer::Pass | MockAnswer::Fault(Fault::Slow), _) => None,
            (MockAnswer::Fault(fault), _) => Some(fault.reply(effect, limits)),
            (MockAnswer::Response { body, .. }, Action::Request(_)) if body.len() > limits.response_bytes => {
                Some(Fault::TooLarge.reply(effect, limits))
            }
            (MockAnswer::Response { status, headers, body }, Action::Request(request)) => {
                let (headers, url) = (headers.clone(), request.http.url.clone());
                Some(Reply::Response(Response { status: *status, headers, body: body.clone(), url }))
            }
            (MockAnswer::Response { body, .. }, _) => Some(Reply::Value(as_value(body))),
            (MockAnswer::Value(value), Action::Request(request)) => {
                let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
                let body = value.to_json().unwrap_or_default().into();
                Some(Reply::Response(Response { status: 200, headers, body, url: request.http.url.clone() }))
            }
            (MockAnswer::Value(value), _) => Some(Reply::Value(value.clone())),
        }
    }
}

impl BodyMatch {
    fn fits(&self, action: &Action) -> bool {
        match (self, action) {
            (BodyMatch::Contains(part), Action::Request(request)) => match &request.http.body {
                Body::Empty => part.is_empty(),
                Body::Form(fields) => form_text(fields).contains(part),
                Body::Raw { bytes, .. } => String::from_utf8_lossy(bytes).contains(part),
                Body::Multipart(parts) => parts
                    .iter()
                    .any(|one| one.name.contains(part) || String::from_utf8_lossy(&one.bytes).contains(part)),
            },
            (BodyMatch::Contains(part), Action::Mail(mail)) => {
                mail.message.contains(part) || mail.subject.contains(part)
            }
            (BodyMatch::Contains(part), Action::Platform(platform)) => {
                let argument = |(_, value): &(String, Data)| value.print().is_ok_and(|text| text.contains(part));
                platform.arguments.iter().any(argument)
            }
            (BodyMatch::Contains(part), Action::Host(call)) => {
                let argument = |(_, value): &(String, Data)| value.print().is_ok_and(|text| text.contains(part));
                call.arguments.iter().any(argument)
            }
            (BodyMatch::Json(wanted), Action::Request(request)) => {
                sent_json(&request.http.body).is_some_and(|sent| has_at_least(&sent, wanted))
            }
            _ => false,
        }
    }
}

/// What an effect is called in messages.
pub(super) fn describe(effect: &Effect) -> String {
    let task = task(&effect.action);
    match &effect.action {
        Action::Request(request) => {
            let mut url = request.http.url.clone();
            // Fails only for addresses that cannot have them; what stands in a query may be secret.
            let _ = (url.set_username(""), url.set_password(None));
            url.set_query(None);
            format!("{task}, {} {url}", request.http.method.as_str())
        }
        _ => task.to_owned(),
    }
}

/// The task that an effect comes from.
fn task(action: &Action) -> &str {
    match action {
        Action::Request(request) => &request.task,
        Action::Mail(_) => "sendmail",
        Action::Client(client) => &client.verb,
        Action::Platform(platform) => &platform.task,
        Action::Host(call) => &call.function,
        Action::Records(records) => match records.operation {
            Operation::Fetch { .. } => "fetch",
            Operation::Insert { .. } => "insert",
            Operation::Update { .. } => "update",
            Operation::Delete { .. } => "delete",
        },
    }
}

fn form(action: &Action) -> Option<&str> {
    match action {
        Action::Records(records) => Some(&records.form),
        _ => None,
    }
}

fn connection(request: &Request) -> Option<&str> {
    match &request.connection {
        Connection::None => None,
        Connection::Named(name) => Some(name),
        // The group stands for the connection that would be chosen.
        Connection::DefaultFor(group) => Some(group),
    }
}

fn form_text(fields: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// A body that is JSON, or a form as an object of texts.
fn sent_json(body: &Body) -> Option<Json> {
    match body {
        Body::Raw { bytes, .. } => serde_json::from_slice(bytes).ok(),
        Body::Form(fields) => {
            Some(Json::Object(fields.iter().map(|(name, value)| (name.clone(), Json::String(value.clone()))).collect()))
        }
        Body::Empty | Body::Multipart(_) => None,
    }
}

/// Whether `sent` is `wanted`, but for keys that objects have beside. Both came through a reader that bounds their depth.
fn has_at_least(sent: &Json, wanted: &Json) -> bool {
    match (sent, wanted) {
        (Json::Object(sent), Json::Object(wanted)) => {
            wanted.iter().all(|(key, wanted)| sent.get(key).is_some_and(|sent| has_at_least(sent, wanted)))
        }
        (Json::Array(sent), Json::Array(wanted)) => {
            sent.len() == wanted.len() && sent.iter().zip(wanted).all(|(sent, wanted)| has_at_least(sent, wanted))
        }
        // 1 and 1.0 are the same number, however many digits were written.
        (Json::Number(sent), Json::Number(wanted)) => sent == wanted || sent.as_f64() == wanted.as_f64(),
        _ => sent == wanted,
    }
}

/// A body as a value.
fn as_value(body: &Bytes) -> Data {
    let text = String::from_utf8_lossy(body);
    match text.trim() {
        "" => Data::Null,
        trimmed => Data::from_json(trimmed).unwrap_or_else(|_| Data::Text(text.into_owned())),
    }
}
