//! `invokeurl [ … ]`. The request is complete here but for credentials: the connection is only named.

use super::attributes::{Attributes, add_to_query};
use super::body::{Content, Encoder};
use super::error::Error;
use super::headers::Headers;
use super::{address, fields, reply};
use crate::catalogue::{Arguments, Attribute, Call, Example, Form, Perform, Prepared, Task};
use crate::effect::{Action, Connection, Request};
use crate::http::{self, Method};
use crate::value::Failure;

/// The name of the task, also in messages.
const NAME: &str = "invokeurl";

/// Positions in [`ATTRIBUTES`].
mod slot {
    pub(super) const URL: usize = 0;
    pub(super) const TYPE: usize = 1;
    pub(super) const HEADERS: usize = 2;
    pub(super) const CONTENT_TYPE: usize = 3;
    pub(super) const PARAMETERS: usize = 4;
    pub(super) const BODY: usize = 5;
    pub(super) const FILES: usize = 6;
    pub(super) const CONNECTION: usize = 7;
    pub(super) const DETAILED: usize = 8;
    pub(super) const RESPONSE_FORMAT: usize = 9;
    pub(super) const RESPONSE_DECODING: usize = 10;
}

/// The attributes of the help page's two generations, and two that only old scripts have; those are accepted without
/// effect, because a connection says whose credentials are used and the host how long it waits.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute { name: "url", about: "The absolute address.", required: true, word: false },
    Attribute { name: "type", about: "The method; GET when left out.", required: false, word: true },
    attribute("headers", "A map of request headers."),
    attribute("content-type", "The content type of what is sent."),
    attribute(
        "parameters",
        "With GET a map or text for the query, else what is sent: a map as a form, a text as it is.",
    ),
    attribute("body", "What is sent: a text or file as it is, a map as multipart."),
    attribute("files", "A file, a text, a map with paramName and content, or a list of these, sent as multipart."),
    attribute("connection", "The link name of the connection whose credentials are added."),
    attribute("detailed", "Whether the result is a map of responseText, responseHeader and responseCode."),
    Attribute {
        name: "response-format",
        about: "FILE, STRING, COLLECTION, NONE or DEFAULT.",
        required: false,
        word: true,
    },
    attribute("response-decoding", "The character set of the answer."),
    attribute("useraccess", "Accepted, without effect."),
    attribute("connection_timeout", "Accepted, without effect."),
];

const EXAMPLES: &[Example] = &[
    Example::Prints(
        "answer = invokeurl [ url: \"https://api.example.com/orders\" type: GET ];\ninfo answer.get(\"method\");",
        "GET",
    ),
    Example::Prints(
        "answer = invokeurl\n[\n\turl: \"https://api.example.com/orders\"\n\ttype: POST\n\tparameters: {\"name\": \"Ann\"}\n\
         \tdetailed: true\n];\ninfo answer.get(\"responseCode\");",
        "200",
    ),
    Example::Fails("info invokeurl [ url: \"api.example.com\" type: GET ];", "run::invalid-url"),
];

const fn attribute(name: &'static str, about: &'static str) -> Attribute {
    Attribute { name, about, required: false, word: false }
}

/// The row.
pub(super) fn task() -> Task {
    Task {
        name: NAME.into(),
        alias_of: None,
        group: "web",
        page: "webhook/invokeurl-api-task",
        form: Form::Bracket(ATTRIBUTES),
        about: "Sends an HTTP request, through a connection if one is named, and gives the answer.".into(),
        examples: EXAMPLES,
        differs: &[
            "The connection is one of this project; a credential goes only to the hosts of its service.",
            "useraccess and connection_timeout are accepted without effect.",
        ],
        see: &["getUrl", "postUrl"],
        absent: None,
        perform: Box::new(InvokeUrl),
    }
}

struct InvokeUrl;

impl Perform for InvokeUrl {
    fn prepare(&self, task: &Task, call: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure> {
        let given = Attributes { task: NAME, arguments };
        let method = given.method(slot::TYPE)?;
        let mut url = address::parse(given.required_text(slot::URL)?)?;
        let mut headers = match given.given(slot::HEADERS) {
            Some(value) => Headers::read(NAME, value)?,
            None => Headers::default(),
        };
        if let Some(value) = given.given(slot::CONTENT_TYPE).filter(|value| !fields::is_blank(value)) {
            headers.set("Content-Type", given.text(value)?)?;
        }
        let content = match (given.given(slot::PARAMETERS), given.given(slot::BODY)) {
            (Some(_), Some(_)) => return Err(Error::BodyAndParameters.into()),
            (Some(parameters), None) if method == Method::Get => {
                add_to_query(NAME, &mut url, parameters)?;
                Content::Nothing
            }
            (Some(parameters), None) => Content::Parameters(parameters),
            (None, Some(body)) => Content::Body(body),
            (None, None) => Content::Nothing,
        };
        let content_type = headers.get("content-type").map(str::to_owned);
        let encoder =
            Encoder { task: NAME, content_type: content_type.as_deref(), label_json: call.environment.label_json };
        let mut http = http::Request::new(method, url);
        http.body = encoder.encode(content, given.given(slot::FILES))?;
        http.headers = headers.into_pairs();
        let connection = given.connection(slot::CONNECTION, Connection::None)?;
        let detailed = given.boolean(slot::DETAILED)?;
        let reading = given.reading(slot::RESPONSE_FORMAT, slot::RESPONSE_DECODING)?;

        let request = Request { task: task.name.to_string(), connection, http };
        Ok(Prepared {
            action: Action::Request(Box::new(request)),
            finish: Box::new(move |call, reply| {
                let response = reply::response(reply)?;
                if detailed { reading.detailed(call, &response) } else { reading.value(call, &response) }
            }),
        })
    }
}
