//! What a script asked, as a cassette keeps it and compares it: cleaned, and without any credential, because effects carry
//! none. An HTTP request keeps its structure; every other kind of effect is one JSON description.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::clean::Cleaner;
use super::content::{Bodies, Content};
use super::data::Writer;
use crate::effect::{Action, Chosen, Connection, Effect, Mail, Operation, Records};
use crate::http::{self, Body, is_sensitive_field};
use crate::value::Data;

/// Where in the script an effect came from, for readers; it takes no part in matching.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    /// `request`, `mail`, `records`, `client`.
    pub kind: String,
    /// The task that asked, for a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// The connection, or the service whose default connection was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// The function; empty outside functions.
    #[serde(default)]
    pub function: String,
    /// The line, from 1.
    #[serde(default)]
    pub line: u32,
}

/// What was asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asked {
    /// An HTTP request.
    Request(AskedRequest),
    /// Anything else: its kind, and a description.
    Other(String, Value),
}

/// A request.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AskedRequest {
    /// In upper case.
    pub method: String,
    /// The address, as text since a mask may stand in it.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// What was sent.
    pub body: AskedBody,
}

/// What a request sent.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum AskedBody {
    /// Nothing.
    Empty,
    /// Bytes with their content type.
    Raw(String, Content),
    /// The fields of a form.
    Form(Vec<(String, Content)>),
    /// The parts of a form with files.
    Parts(Vec<AskedPart>),
}

/// A part of a form with files.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AskedPart {
    /// The field.
    pub name: String,
    /// The file's name, for a file.
    pub file_name: Option<String>,
    /// The content type, if one was given.
    pub content_type: Option<String>,
    /// The content.
    pub content: Content,
}

/// Cleans an effect. Bodies that need a file of their own join `bodies`.
pub(super) fn ask(effect: &Effect, cleaner: &Cleaner, bodies: &mut Bodies) -> (About, Asked) {
    let mut about = About {
        kind: String::new(),
        task: None,
        connection: None,
        function: effect.name.function.to_string(),
        line: effect.line,
    };
    let mut writer = Writer { cleaner, bodies };
    let asked = match &effect.action {
        Action::Request(request) => {
            about.task = Some(request.task.clone());
            about.connection = match &request.connection {
                Connection::None => None,
                Connection::Named(name) => Some(cleaner.text(name)),
                Connection::DefaultFor(service) => Some(format!("default for {service}")),
            };
            Asked::Request(of_request(&request.http, cleaner))
        }
        Action::Records(records) => Asked::Other("records".to_owned(), of_records(records, &mut writer)),
        Action::Mail(mail) => Asked::Other("mail".to_owned(), of_mail(mail, &mut writer)),
        Action::Client(client) => {
            let value = client.value.as_ref().map(|value| writer.data("", value));
            let what = json!({"verb": client.verb, "field": client.field, "value": value});
            Asked::Other("client".to_owned(), what)
        }
        Action::Platform(platform) => {
            about.task = Some(platform.task.clone());
            let given = platform.arguments.iter();
            let arguments: serde_json::Map<String, Value> =
                given.map(|(name, value)| (name.clone(), writer.data(name, value))).collect();
            Asked::Other("platform".to_owned(), json!({"task": platform.task, "arguments": arguments}))
        }
        Action::Host(call) => {
            about.task = Some(call.function.clone());
            let given = call.arguments.iter();
            let arguments: serde_json::Map<String, Value> =
                given.map(|(name, value)| (name.clone(), writer.data(name, value))).collect();
            Asked::Other("host".to_owned(), json!({"task": call.function, "arguments": arguments}))
        }
    };
    about.kind = asked.kind().to_owned();
    (about, asked)
}

impl Asked {
    /// The kind of effect.
    pub(super) fn kind(&self) -> &str {
        match self {
            Asked::Request(_) => "request",
            Asked::Other(kind, _) => kind,
        }
    }

    /// In a few words: `POST https://api.acme.test/orders`.
    pub(super) fn words(&self) -> String {
        match self {
            Asked::Request(request) => format!("{} {}", request.method, request.url),
            Asked::Other(kind, what) => {
                let first =
                    ["form", "verb", "subject", "task"].iter().find_map(|key| what.get(key).and_then(Value::as_str));
                format!("{kind} {}", first.unwrap_or_default()).trim_end().to_owned()
            }
        }
    }
}

fn of_request(request: &http::Request, cleaner: &Cleaner) -> AskedRequest {
    let header = |(name, value): &(String, String)| (cleaner.text(name), cleaner.header(name, value));
    let body = match &request.body {
        Body::Empty => AskedBody::Empty,
        Body::Raw { content_type, bytes } => {
            AskedBody::Raw(cleaner.text(content_type), Content::of(bytes, content_type, cleaner))
        }
        Body::Form(fields) => {
            let field =
                |(name, value): &(String, String)| (cleaner.text(name), Content::of_field(name, value, cleaner));
            AskedBody::Form(fields.iter().map(field).collect())
        }
        Body::Multipart(parts) => AskedBody::Parts(parts.iter().map(|part| of_part(part, cleaner)).collect()),
    };
    AskedRequest {
        method: request.method.as_str().to_owned(),
        url: cleaner.url(&request.url),
        headers: request.headers.iter().map(header).collect(),
        body,
    }
}

fn of_part(part: &http::Part, cleaner: &Cleaner) -> AskedPart {
    let clean = |text: &Option<String>| text.as_deref().map(|text| cleaner.text(text));
    let content_type = part.content_type.as_deref().unwrap_or("text/plain");
    let is_secret = is_sensitive_field(&part.name) && !part.bytes.is_empty();
    AskedPart {
        name: cleaner.text(&part.name),
        file_name: clean(&part.file_name),
        content_type: clean(&part.content_type),
        content: if is_secret { Content::masked() } else { Content::of(&part.bytes, content_type, cleaner) },
    }
}

fn of_records(records: &Records, writer: &mut Writer<'_>) -> Value {
    let mut what = json!({"form": records.form});
    let mut put = |key: &str, value: Value| {
        if let Some(fields) = what.as_object_mut() {
            fields.insert(key.to_owned(), value);
        }
    };
    let given = |fields: &[(String, Data)], writer: &mut Writer<'_>| -> Value {
        fields.iter().map(|(name, value)| json!({"field": name, "value": writer.data(name, value)})).collect()
    };
    match &records.operation {
        Operation::Fetch { criteria, sort, range, wanted } => {
            put("operation", json!("fetch"));
            put("criteria", json!(writer.cleaner.text(&criteria.to_string())));
            put("sort", json!(sort));
            put("range", json!(range));
            put("wanted", json!(wanted.to_string()));
        }
        Operation::Insert { fields } => {
            put("operation", json!("insert"));
            put("fields", given(fields, writer));
        }
        Operation::Update { records, fields } => {
            put("operation", json!("update"));
            match records {
                Chosen::Where(criteria) => put("criteria", json!(writer.cleaner.text(&criteria.to_string()))),
                Chosen::These(data) => put("records", writer.data("", data)),
            }
            put("fields", given(fields, writer));
        }
        Operation::Delete { criteria } => {
            put("operation", json!("delete"));
            put("criteria", json!(writer.cleaner.text(&criteria.to_string())));
        }
    }
    what
}

fn of_mail(mail: &Mail, writer: &mut Writer<'_>) -> Value {
    let cleaner = writer.cleaner;
    let all = |addresses: &[String]| -> Value { addresses.iter().map(|address| cleaner.text(address)).collect() };
    let message = Content::of(&mail.message.clone().into(), mail.content.media_type(), cleaner).write(writer.bodies);
    let files: Value = mail.attachments.iter().map(|file| writer.file(file)).collect();
    json!({
        "from": cleaner.text(&mail.from),
        "to": all(&mail.to),
        "cc": all(&mail.cc),
        "bcc": all(&mail.bcc),
        "reply_to": all(&mail.reply_to),
        "subject": cleaner.text(&mail.subject),
        "type": mail.content.media_type(),
        "message": message,
        "attachments": files,
        "dropped": mail.dropped,
    })
}
