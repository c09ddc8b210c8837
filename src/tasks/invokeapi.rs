//! `invokeapi [ … ]`: an API of a Zoho service, named by service and path instead of by address (help page "invokeAPI
//! task"). `parameters` is always the query. The result is the body as with `invokeurl`, and also answers `.status` and
//! `.headers`.

use url::Url;

use super::attributes::{Attributes, add_to_query};
use super::body::{Content, Encoder, media_type};
use super::error::{Error, shown};
use super::headers::Headers;
use super::{address, fields, files, reply};
use crate::catalogue::{Arguments, Attribute, Call, Example, Form, Perform, Prepared, Task};
use crate::diagnostic::suggest;
use crate::effect::{Action, Connection, Request};
use crate::environment::DataCenter;
use crate::http::{self, Body};
use crate::value::{Failure, Value};

/// The name of the task, also in messages.
const NAME: &str = "invokeapi";

/// Positions in [`ATTRIBUTES`].
mod slot {
    pub(super) const SERVICE: usize = 0;
    pub(super) const PATH: usize = 1;
    pub(super) const TYPE: usize = 2;
    pub(super) const PARAMETERS: usize = 3;
    pub(super) const BODY: usize = 4;
    pub(super) const HEADERS: usize = 5;
    pub(super) const CONNECTION: usize = 6;
    pub(super) const RESPONSE_FORMAT: usize = 7;
    pub(super) const RESPONSE_DECODING: usize = 8;
}

const ATTRIBUTES: &[Attribute] = &[
    Attribute { name: "service", about: "The service, as a bare word: zohocrm.", required: true, word: true },
    Attribute { name: "path", about: "What follows the host: /crm/v8/Leads.", required: true, word: false },
    Attribute { name: "type", about: "The method; GET when left out.", required: false, word: true },
    attribute("parameters", "A map or text for the query, whatever the type."),
    attribute(
        "body",
        "A text or file as it is, a map as multipart or form, a list of maps with param-name and param-value as parts.",
    ),
    attribute("headers", "A map of request headers."),
    attribute("connection", "The link name; without it the default connection for the service."),
    Attribute {
        name: "response-format",
        about: "FILE, STRING, COLLECTION, NONE or DEFAULT.",
        required: false,
        word: true,
    },
    attribute("response-decoding", "The character set of the answer; without it what the server says, else UTF-8."),
];

const fn attribute(name: &'static str, about: &'static str) -> Attribute {
    Attribute { name, about, required: false, word: false }
}

const EXAMPLES: &[Example] = &[
    Example::Fails("x = invokeapi [ service: zohocmr path: \"/crm/v8/Leads\" ];", "run::invokeapi-service"),
    Example::Fails("x = invokeapi [ service: zohocrm path: \"\" ];", "run::invokeapi-path"),
    Example::Fails("x = invokeapi [ service: ZohoCRM path: \"crm/v8/Leads\" ];", "connections::no-default"),
];

/// The services of the page's lists of 2025 and 2026 together: name, the group whose default connection is used, and the
/// host. Recruit and Cliq have their APIs on the product's own host.
const SERVICES: &[(&str, &str, Host)] = &[
    ("zohocrm", "crm", Host::Api),
    ("zohobooks", "books", Host::Api),
    ("zohoinvoice", "invoice", Host::Api),
    ("zohobilling", "billing", Host::Api),
    ("zohoinventory", "inventory", Host::Api),
    ("zohobookings", "bookings", Host::Api),
    ("zohorecruit", "recruit", Host::Product("recruit")),
    ("zohocliq", "cliq", Host::Product("cliq")),
    ("zohocreator", "creator", Host::Api),
    ("zohoworkdrive", "workdrive", Host::Api),
];

#[derive(Clone, Copy)]
enum Host {
    /// The API host of the data centre.
    Api,
    /// The host of a product in the data centre.
    Product(&'static str),
}

/// The row.
pub(super) fn task() -> Task {
    Task {
        name: NAME.into(),
        alias_of: None,
        group: "web",
        page: "webhook/invokeapitask",
        form: Form::Bracket(ATTRIBUTES),
        about: "Calls an API of a Zoho service; the result is the body and answers .status and .headers.".into(),
        examples: EXAMPLES,
        differs: &[
            "Without connection the default connection for the service is used, in every context.",
            "An answer of response-format NONE is null and has neither status nor headers.",
            "A text that is added to, or a copy of the result, is a new value without status and headers.",
        ],
        see: &["invokeurl"],
        absent: None,
        perform: Box::new(InvokeApi),
    }
}

struct InvokeApi;

impl Perform for InvokeApi {
    fn prepare(&self, task: &Task, call: &mut Call<'_>, arguments: Arguments<'_>) -> Result<Prepared, Failure> {
        let given = Attributes { task: NAME, arguments };
        let (group, host) = service(given.required_text(slot::SERVICE)?)?;
        let mut url = url(host, call.environment.data_center, given.required_text(slot::PATH)?)?;
        if let Some(parameters) = given.given(slot::PARAMETERS) {
            add_to_query(NAME, &mut url, parameters)?;
        }
        let mut http = http::Request::new(given.method(slot::TYPE)?, url);
        let headers = match given.given(slot::HEADERS) {
            Some(value) => Headers::read(NAME, value)?,
            None => Headers::default(),
        };
        if let Some(value) = given.given(slot::BODY) {
            http.body = body(value, headers.get("content-type"), call.environment.label_json)?;
        }
        http.headers = headers.into_pairs();
        let connection = given.connection(slot::CONNECTION, Connection::DefaultFor(group.to_owned()))?;
        let reading = given.reading(slot::RESPONSE_FORMAT, slot::RESPONSE_DECODING)?;
        let request = Request { task: task.name.to_string(), connection, http };
        Ok(Prepared {
            action: Action::Request(Box::new(request)),
            finish: Box::new(move |call, reply| {
                let response = reply::response(reply)?;
                let value = reading.value(call, &response)?;
                call.answers.remember(&value, response.status, reply::headers(&response));
                Ok(value)
            }),
        })
    }
}

fn service(given: &str) -> Result<(&'static str, Host), Failure> {
    let word = given.trim();
    if let Some((_, group, host)) = SERVICES.iter().find(|(name, ..)| name.eq_ignore_ascii_case(word)) {
        return Ok((group, *host));
    }
    let names = || SERVICES.iter().map(|(name, ..)| *name);
    let near = suggest(&word.to_ascii_lowercase(), names());
    let near = names().find(|name| Some(*name) == near);
    Err(Error::Service { given: shown(word), near, known: names().collect::<Vec<_>>().join(", ") }.into())
}

/// The address; the path cannot lead to another host, because the host stands before its first slash.
fn url(host: Host, data_center: DataCenter, path: &str) -> Result<Url, Failure> {
    let path = path.trim();
    let root = match host {
        Host::Api => format!("https://www.zohoapis.{}/", data_center.suffix()),
        Host::Product(name) => format!("https://{name}.{}/", data_center.product_domain()),
    };
    let is_address = ["http://", "https://"]
        .iter()
        .any(|scheme| path.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    if is_address {
        return Err(Error::Path { reason: "it is a whole address" }.into());
    }
    let path = path.trim_start_matches('/');
    if path.is_empty() {
        return Err(Error::Path { reason: "it is empty" }.into());
    }
    Ok(address::parse(&format!("{root}{path}"))?)
}

/// A list, or one map with `param-name`, says part by part what is sent; everything else is sent as `invokeurl` does.
fn body(value: &Value, content_type: Option<&str>, label_json: bool) -> Result<Body, Failure> {
    let is_described = fields::as_map(value).is_some_and(|map| map.entry("param-name").is_some());
    if fields::as_list(value).is_none() && !is_described {
        return Encoder { task: NAME, content_type, label_json }.encode(Content::Body(value), None);
    }
    let parts = files::parts(NAME, value)?;
    let is_form = content_type.is_some_and(|given| media_type(given) == "application/x-www-form-urlencoded");
    let has_file = parts.iter().any(|part| part.file_name.is_some());
    if is_form && !has_file {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        return Ok(Body::Form(parts.into_iter().map(|part| (part.name, text(&part.bytes))).collect()));
    }
    Ok(Body::Multipart(parts))
}
