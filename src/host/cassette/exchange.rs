//! One exchange as a file: what was asked and what was answered. The file is for people first: headers are lines, JSON
//! bodies are JSON, and the name of the file says what it is about.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::asked::{About, Asked, AskedBody, AskedPart, AskedRequest};
use super::clean::Cleaner;
use super::content::{Bodies, Content};
use super::data::{Reader, Writer};
use crate::effect::{Problem, Reply};
use crate::http::Response;
use crate::value::DateSettings;

/// The longest part of a file's name that is made of a host and a path.
const LONGEST_NAME: usize = 60;

/// One recorded exchange.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Exchange {
    pub about: About,
    pub asked: Asked,
    pub answered: Answered,
}

/// An answer, cleaned. Its parts stay JSON until they are given to a run, which has its own date settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Answered {
    /// What a server answered.
    Response(ResponseFile),
    /// A value, as `data.rs` writes it.
    Value(Value),
    /// Why there was no answer.
    Failure(FailureFile),
}

/// A response in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResponseFile {
    status: u16,
    /// The address that answered, where it is another than the one that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    headers: Vec<String>,
    body: Value,
}

/// A failure in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FailureFile {
    code: String,
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExchangeFile {
    effect: About,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    request: Option<RequestFile>,
    /// The description of anything but a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asked: Option<Value>,
    reply: Answered,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestFile {
    method: String,
    url: String,
    headers: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    form: Option<Vec<FieldFile>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<PartFile>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldFile {
    name: String,
    value: Value,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartFile {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    value: Value,
}

impl Answered {
    /// Cleans a reply. Bodies that need a file of their own join `bodies`.
    pub(super) fn of(reply: &Reply, asked_url: Option<&url::Url>, cleaner: &Cleaner, bodies: &mut Bodies) -> Self {
        match reply {
            Reply::Response(response) => {
                let media_type = response.media_type();
                let header = |(name, value): &(String, String)| {
                    format!("{}: {}", cleaner.text(name), cleaner.header(name, value))
                };
                Answered::Response(ResponseFile {
                    status: response.status,
                    url: (asked_url != Some(&response.url)).then(|| cleaner.url(&response.url)),
                    headers: response.headers.iter().map(header).collect(),
                    body: Content::of(&response.body, &media_type, cleaner).write(bodies),
                })
            }
            Reply::Value(data) => Answered::Value(Writer { cleaner, bodies }.data("", data)),
            Reply::Failed(problem) => Answered::Failure(FailureFile {
                code: problem.code.clone(),
                message: cleaner.text(&problem.message),
                help: problem.help.as_deref().map(|help| cleaner.text(help)),
            }),
        }
    }

    /// The reply for a run. The error is a sentence.
    pub(super) fn reply(
        &self,
        asked_url: Option<&url::Url>,
        bodies: &Bodies,
        dates: &Arc<DateSettings>,
    ) -> Result<Reply, String> {
        Ok(match self {
            Answered::Response(file) => {
                let given = file.url.as_deref().and_then(|url| url::Url::parse(url).ok());
                let url = given.or_else(|| asked_url.cloned()).ok_or("an answer has no `url`")?;
                let headers = file.headers.iter().map(|line| header(line)).collect::<Result<_, _>>()?;
                let body = Content::read(&file.body, bodies)?.bytes();
                Reply::Response(Response { status: file.status, headers, body, url })
            }
            Answered::Value(value) => Reply::Value(Reader { bodies, dates }.data(value)?),
            Answered::Failure(failure) => Reply::Failed(Problem {
                code: failure.code.clone(),
                message: failure.message.clone(),
                help: failure.help.clone(),
            }),
        })
    }
}

impl Exchange {
    /// As it stands in a file. The contents of its bodies join `bodies`.
    pub(super) fn write(&self, bodies: &mut Bodies) -> Value {
        let (request, asked) = match &self.asked {
            Asked::Request(request) => (Some(write_request(request, bodies)), None),
            Asked::Other(_, what) => (None, Some(what.clone())),
        };
        let file = ExchangeFile { effect: self.about.clone(), request, asked, reply: self.answered.clone() };
        serde_json::to_value(file).unwrap_or_default()
    }

    /// Reads a file's JSON. The error is a sentence.
    pub(super) fn read(document: Value, bodies: &Bodies) -> Result<Self, String> {
        let file: ExchangeFile = serde_json::from_value(document).map_err(|error| error.to_string())?;
        let asked = match (file.request, file.asked) {
            (Some(request), None) => Asked::Request(read_request(request, bodies)?),
            (None, Some(what)) => Asked::Other(file.effect.kind.clone(), what),
            _ => return Err("an exchange has either `request` or `asked`".to_owned()),
        };
        if asked.kind() != file.effect.kind {
            return Err(format!("an effect of the kind `{}` has no `request`", file.effect.kind));
        }
        let exchange = Exchange { about: file.effect, asked, answered: file.reply };
        // Read once now, so that a mistake shows before anything runs.
        let somewhere = url::Url::parse("http://localhost/").ok();
        exchange.answered.reply(somewhere.as_ref(), bodies, &Arc::default())?;
        Ok(exchange)
    }

    /// The name of its file, without the number: `get-api.acme.test-orders`.
    pub(super) fn file_name(&self) -> String {
        let words = self.asked.words().to_ascii_lowercase();
        let words = words.split(['?', '#']).next().unwrap_or_default().replacen("https://", "", 1);
        let mut name = String::new();
        for letter in words.replacen("http://", "", 1).chars() {
            let fits = letter.is_ascii_alphanumeric() || (letter == '.' && !name.ends_with(['.', '-']));
            match fits {
                true => name.push(letter),
                false if !name.ends_with('-') => name.push('-'),
                false => {}
            }
            if name.len() >= LONGEST_NAME {
                break;
            }
        }
        name.trim_matches(['-', '.']).to_owned()
    }
}

fn write_request(request: &AskedRequest, bodies: &mut Bodies) -> RequestFile {
    let mut file = RequestFile {
        method: request.method.clone(),
        url: request.url.clone(),
        headers: request.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect(),
        content_type: None,
        body: None,
        form: None,
        parts: None,
    };
    match &request.body {
        AskedBody::Empty => {}
        AskedBody::Raw(content_type, content) => {
            file.content_type = Some(content_type.clone());
            file.body = Some(content.write(bodies));
        }
        AskedBody::Form(fields) => {
            let mut field =
                |(name, value): &(String, Content)| FieldFile { name: name.clone(), value: value.write(bodies) };
            file.form = Some(fields.iter().map(&mut field).collect());
        }
        AskedBody::Parts(parts) => {
            let mut part = |part: &AskedPart| PartFile {
                name: part.name.clone(),
                file_name: part.file_name.clone(),
                content_type: part.content_type.clone(),
                value: part.content.write(bodies),
            };
            file.parts = Some(parts.iter().map(&mut part).collect());
        }
    }
    file
}

fn read_request(file: RequestFile, bodies: &Bodies) -> Result<AskedRequest, String> {
    let body = match (file.body, file.form, file.parts) {
        (None, None, None) => AskedBody::Empty,
        (Some(body), None, None) => {
            AskedBody::Raw(file.content_type.unwrap_or_default(), Content::read(&body, bodies)?)
        }
        (None, Some(fields), None) => {
            let field = |field: FieldFile| Ok((field.name, Content::read(&field.value, bodies)?));
            AskedBody::Form(fields.into_iter().map(field).collect::<Result<_, String>>()?)
        }
        (None, None, Some(parts)) => {
            let part = |part: PartFile| {
                let content = Content::read(&part.value, bodies)?;
                let PartFile { name, file_name, content_type, .. } = part;
                Ok(AskedPart { name, file_name, content_type, content })
            };
            AskedBody::Parts(parts.into_iter().map(part).collect::<Result<_, String>>()?)
        }
        _ => return Err("a request has one of `body`, `form` and `parts`".to_owned()),
    };
    let headers = file.headers.iter().map(|line| header(line)).collect::<Result<_, _>>()?;
    Ok(AskedRequest { method: file.method, url: file.url, headers, body })
}

/// A header in a line.
fn header(line: &str) -> Result<(String, String), String> {
    let (name, value) = line.split_once(':').ok_or("a header is written as `name: value`")?;
    Ok((name.to_owned(), value.strip_prefix(' ').unwrap_or(value).to_owned()))
}

/// The text of a file: indented by two blanks, with a line end.
pub(super) fn pretty(document: &Value) -> String {
    format!("{document:#}\n")
}
