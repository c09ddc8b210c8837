//! `getUrl` and `postUrl`, the older way to send a request. What may be left out is told apart by its kind, in any order:
//! a map is the headers, true or false says whether the answer is its text alone (help pages "getUrl", "postUrl").

use super::body::{Content, Encoder};
use super::error::Error;
use super::headers::Headers;
use super::reply::{self, Format};
use super::{address, fields};
use crate::catalogue::{Arguments, Call, Example, Form, Perform, Prepared, Task, TaskParameter};
use crate::effect::{Action, Connection, Request};
use crate::http::{self, Method};
use crate::value::{Failure, Kinds, Value};

/// The rows.
pub(super) fn tasks() -> [Task; 2] {
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
            ..row(Method::Get)
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
            ..row(Method::Post)
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

/// What both have in common.
fn row(method: Method) -> Task {
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
        perform: Box::new(Web(method)),
    }
}

fn parameter(name: &str, kinds: Kinds, optional: bool) -> TaskParameter {
    TaskParameter { name: name.to_owned(), kinds, optional }
}

struct Web(Method);

impl Perform for Web {
    fn prepare(&self, task: &Task, call: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure> {
        let name = task.name.as_ref();
        let required = task.arity().0;
        let at = |slot: usize| arguments.values.get(slot).unwrap_or(&Value::Null);
        let url = at(0).as_text().ok_or_else(|| mismatch(name, 1, Kinds::TEXT, at(0)))?;
        let url = address::parse(url)?;
        let mut headers = Headers::default();
        let mut simple = true;
        for (index, value) in arguments.values.iter().enumerate().skip(required) {
            match value {
                Value::Boolean(given) => simple = *given,
                other if fields::is_blank(other) => {}
                other if fields::as_map(other).is_some() => headers = Headers::read(name, other)?,
                other => return Err(mismatch(name, index + 1, Kinds::MAP.or(Kinds::BOOLEAN), other)),
            }
        }
        let mut http = http::Request::new(self.0, url);
        if required == 2 {
            let body = at(1);
            let fits = matches!(body, Value::Null | Value::Text(_)) || fields::as_map(body).is_some();
            if !fits {
                return Err(mismatch(name, 2, Kinds::MAP.or(Kinds::TEXT), body));
            }
            let content_type = headers.get("content-type");
            let encoder = Encoder { task: name, content_type, label_json: call.environment.label_json };
            let content = if body.is_null() { Content::Nothing } else { Content::Parameters(body) };
            http.body = encoder.encode(content, None)?;
        }
        http.headers = headers.into_pairs();
        let request = Request { task: name.to_owned(), connection: Connection::None, http };
        Ok(Prepared {
            action: Action::Request(Box::new(request)),
            finish: Box::new(move |_, reply| {
                let response = reply::response(reply)?;
                Ok(match simple {
                    true => reply::value(&response, Format::Plain),
                    false => reply::detailed(&response, Format::Converted),
                })
            }),
        })
    }
}

fn mismatch(task: &str, index: usize, wanted: Kinds, found: &Value) -> Failure {
    Error::ArgumentType { task: task.to_owned(), index, wanted, found: found.kind() }.into()
}
