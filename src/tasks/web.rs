//! `getUrl`, `postUrl` and `invokeUrl(…)`, the older ways to send a request. What may be left out is told apart by its
//! kind, in any order: a map is the headers, true or false says whether the answer is its text alone (help pages
//! "getUrl", "postUrl", "invokeUrl function").

use super::attributes::{add_to_query, method};
use super::body::{Content, Encoder};
use super::error::Error;
use super::headers::Headers;
use super::reply::{self, Format, Reading};
use super::{address, fields};
use crate::catalogue::{Arguments, Call, Example, Form, Perform, Prepared, Task, TaskParameter};
use crate::effect::{Action, Connection, Request};
use crate::http::{self, Body, Method};
use crate::value::{Failure, Kinds, Value};

/// The rows.
pub(super) fn tasks() -> [Task; 3] {
    [
        Task {
            name: "getUrl".into(),
            page: "web-data/geturl",
            form: Form::Call(vec![
                parameter("url", Kinds::TEXT, false),
                parameter("headers", Kinds::MAP, true),
                parameter("simple", Kinds::BOOLEAN, true),
            ]),
            about: "Reads an address with GET and gives the text, or with false a map of text, headers and code."
                .into(),
            examples: GET_EXAMPLES,
            ..row(Web::Get)
        },
        Task {
            name: "postUrl".into(),
            page: "web-data/posturl",
            form: Form::Call(vec![
                parameter("url", Kinds::TEXT, false),
                parameter("body", Kinds::MAP.or(Kinds::TEXT), false),
                parameter("headers", Kinds::MAP, true),
                parameter("simple", Kinds::BOOLEAN, true),
            ]),
            about:
                "Sends a form or a text with POST and gives the text, or with false a map of text, headers and code."
                    .into(),
            examples: POST_EXAMPLES,
            ..row(Web::Post)
        },
        Task {
            name: "invokeUrl".into(),
            page: "web-data/invokeurl-function",
            form: Form::Call(vec![
                parameter("url", Kinds::TEXT, false),
                parameter("type", Kinds::TEXT, false),
                parameter("body", Kinds::MAP.or(Kinds::TEXT), true),
                parameter("headers", Kinds::MAP, true),
                parameter("simple", Kinds::BOOLEAN, true),
            ]),
            about: "Sends a request of any type and gives the text, or with false a map of text, headers and code."
                .into(),
            examples: INVOKE_EXAMPLES,
            differs: &[
                "It runs in every context; Zoho has this function in Creator alone.",
                "With GET the body joins the query, as parameters of the invokeurl task do.",
            ],
            see: &["invokeurl", "getUrl", "postUrl"],
            ..row(Web::Any)
        },
    ]
}

const GET_EXAMPLES: &[Example] = &[
    Example::Shows(r#"getUrl("https://api.example.com/orders").toMap().get("method")"#, "GET"),
    Example::Shows(r#"getUrl("https://api.example.com/orders", {"X-Id": "7"}, false).get("responseCode")"#, "200"),
    Example::Fails(r#"info getUrl("api.example.com");"#, "run::invalid-url"),
];

const POST_EXAMPLES: &[Example] = &[
    Example::Shows(r#"postUrl("https://api.example.com/orders", {"name": "Ann"}).toMap().get("method")"#, "POST"),
    Example::Shows(r#"postUrl("https://api.example.com/orders", "{}", false).get("responseCode")"#, "200"),
    Example::Fails(r#"info postUrl("https://api.example.com/orders", 5);"#, "run::argument-type"),
];

const INVOKE_EXAMPLES: &[Example] = &[
    Example::Shows(r#"invokeUrl("https://api.example.com/orders", "DELETE").toMap().get("method")"#, "DELETE"),
    Example::Shows(
        r#"invokeUrl("https://api.example.com/orders", "PUT", {"name": "Ann"}, false).get("responseCode")"#,
        "200",
    ),
    Example::Fails(r#"info invokeUrl("https://api.example.com/orders", "FETCH");"#, "run::invokeurl-type"),
];

/// What all have in common.
fn row(web: Web) -> Task {
    Task {
        name: "".into(),
        alias_of: None,
        group: "web",
        page: "",
        form: Form::Call(Vec::new()),
        about: "".into(),
        examples: &[],
        differs: &[
            "An answer may be as large as the limits of the run allow; Zoho stops at 5 MB for getUrl and 50 MB for postUrl.",
        ],
        see: &["invokeurl", "encodeUrl"],
        absent: None,
        perform: Box::new(web),
    }
}

fn parameter(name: &str, kinds: Kinds, optional: bool) -> TaskParameter {
    TaskParameter { name: name.to_owned(), kinds, optional }
}

enum Web {
    Get,
    Post,
    /// The type is the second argument.
    Any,
}

/// The arguments of one call, told apart.
struct Given<'a> {
    url: &'a str,
    method: Method,
    body: Option<&'a Value>,
    headers: Headers,
    simple: bool,
}

impl Perform for Web {
    fn prepare(&self, task: &Task, call: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure> {
        let name = task.name.as_ref();
        let given = self.given(name, arguments.values)?;
        let url = address::parse(given.url)?;
        let mut http = http::Request::new(given.method, url);
        match given.body {
            Some(query) if given.method == Method::Get => add_to_query(name, &mut http.url, query)?,
            Some(body) => {
                let content_type = given.headers.get("content-type");
                let encoder = Encoder { task: name, content_type, label_json: call.environment.label_json };
                http.body = encoder.encode(Content::Parameters(body), None)?;
            }
            None => http.body = Body::Empty,
        }
        http.headers = given.headers.into_pairs();
        let simple = given.simple;
        let request = Request { task: name.to_owned(), connection: Connection::None, http };
        Ok(Prepared {
            action: Action::Request(Box::new(request)),
            finish: Box::new(move |call, reply| {
                let response = reply::response(reply)?;
                match simple {
                    true => Reading::of(Format::Plain).value(call, &response),
                    false => Reading::of(Format::Converted).detailed(call, &response),
                }
            }),
        })
    }
}

impl Web {
    fn given<'a>(&self, task: &str, values: &'a [Value]) -> Result<Given<'a>, Failure> {
        let text = |slot: usize| {
            let value = values.get(slot).unwrap_or(&Value::Null);
            value.as_text().ok_or_else(|| mismatch(task, slot + 1, Kinds::TEXT, value))
        };
        let (method, body_at) = match self {
            Web::Get => (Method::Get, None),
            Web::Post => (Method::Post, Some(1)),
            Web::Any => (method(text(1)?)?, Some(2)),
        };
        let mut given = Given { url: text(0)?, method, body: None, headers: Headers::default(), simple: true };
        let first = if matches!(self, Web::Any) { 2 } else { 1 };
        for (index, value) in values.iter().enumerate().skip(first) {
            let is_map = fields::as_map(value).is_some();
            match value {
                Value::Boolean(simple) if body_at != Some(index) || matches!(self, Web::Any) => given.simple = *simple,
                Value::Null => {}
                Value::Text(_) if body_at == Some(index) => given.body = Some(value),
                other if body_at == Some(index) && is_map => given.body = Some(other),
                other if body_at == Some(index) => {
                    return Err(mismatch(task, index + 1, Kinds::MAP.or(Kinds::TEXT), other));
                }
                other if fields::is_blank(other) => {}
                other if is_map => given.headers = Headers::read(task, other)?,
                other => return Err(mismatch(task, index + 1, Kinds::MAP.or(Kinds::BOOLEAN), other)),
            }
        }
        Ok(given)
    }
}

fn mismatch(task: &str, index: usize, wanted: Kinds, found: &Value) -> Failure {
    Error::ArgumentType { task: task.to_owned(), index, wanted, found: found.kind() }.into()
}
