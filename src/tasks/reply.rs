//! What a script gets of an answer (help page "invokeUrl task"): JSON objects and arrays as maps and lists, binary
//! content as a file, everything else as text. Servers label JSON as all sorts of text, so a text is read as JSON when it
//! looks like it; what then is no JSON stays text and never fails.

use std::borrow::Cow;

use super::error::Error;
use crate::catalogue::Call;
use crate::effect::{Problem, Reply};
use crate::http::Response;
use crate::value::{Failure, File, Key, Map, Value, decode_text, json};
use media::UNKNOWN_TYPE;

mod media;
mod name;

/// What the script asked to get.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Format {
    /// By the content.
    Converted,
    /// By the content, but a JSON object or array as a collection; what is inside it stays a map or list.
    Collection,
    /// The text as it came.
    Text,
    /// A file, whatever it is.
    File,
    /// A file when it is one, else the text as it came.
    Plain,
    /// Null.
    Nothing,
}

/// How an answer is read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// What the script gets.
    pub format: Format,
    /// The charset that the script names; it is one that is known. Without it counts what the server says.
    pub charset: Option<String>,
}

/// The answer, or the failure that a request without one raises.
pub(super) fn response(reply: Reply) -> Result<Response, Failure> {
    match reply {
        Reply::Response(response) => Ok(response),
        Reply::Failed(problem) => Err(failed(problem)),
        Reply::Value(_) => Err(Error::WrongReply { found: "a value", wanted: "a response" }.into()),
    }
}

/// The value of an effect that is no request.
pub(super) fn given(_call: &mut Call<'_>, reply: Reply) -> Result<Value, Failure> {
    match reply {
        Reply::Value(data) => Ok(data.to_value()),
        Reply::Failed(problem) => Err(failed(problem)),
        Reply::Response(_) => Err(Error::WrongReply { found: "a response", wanted: "a value" }.into()),
    }
}

/// What a script is told when an effect has no result.
pub(super) fn failed(problem: Problem) -> Failure {
    let is_final = problem.ends_run();
    let failure = Failure::new(problem.code, problem.message);
    let failure = if is_final { failure.uncatchable() } else { failure };
    match problem.help {
        Some(help) => failure.help(help),
        None => failure,
    }
}

impl Reading {
    /// Reading in the server's own charset.
    pub(super) fn of(format: Format) -> Self {
        Self { format, charset: None }
    }

    /// The body as a value.
    pub(super) fn value(&self, call: &Call<'_>, response: &Response) -> Result<Value, Failure> {
        Ok(match self.format {
            Format::Nothing => Value::Null,
            Format::File => self.file(response),
            Format::Text => Value::text(self.text(response).into_owned()),
            Format::Plain if self.is_file(response) => self.file(response),
            Format::Plain => Value::text(self.text(response).into_owned()),
            Format::Converted => self.converted(call, response)?,
            Format::Collection => match self.converted(call, response)? {
                Value::Aggregate(aggregate) => Value::collection(aggregate.borrow().clone()),
                other => other,
            },
        })
    }

    /// The map that `detailed: true` gives.
    pub(super) fn detailed(&self, call: &Call<'_>, response: &Response) -> Result<Value, Failure> {
        Ok(map([
            ("responseText", self.value(call, response)?),
            ("responseHeader", headers(response)),
            ("responseCode", Value::Number(i64::from(response.status))),
        ]))
    }

    fn converted(&self, call: &Call<'_>, response: &Response) -> Result<Value, Failure> {
        if response.body.is_empty() {
            return Ok(Value::text(""));
        }
        let is_file = self.is_file(response);
        // Some servers do not say what they send, so bytes of no particular type are given the benefit of the doubt.
        let may_be_json = !is_file || (response.media_type() == UNKNOWN_TYPE && !media::is_attachment(response));
        if may_be_json {
            let text = self.text(response);
            return match parsed(&text, call)? {
                Some(value) => Ok(value),
                None if is_file => Ok(self.file(response)),
                None => Ok(Value::text(text.into_owned())),
            };
        }
        Ok(self.file(response))
    }

    fn is_file(&self, response: &Response) -> bool {
        media::is_file(response, self.charset(response).is_some())
    }

    /// A byte order mark wins over the charset; it is no part of the text.
    fn text<'r>(&self, response: &'r Response) -> Cow<'r, str> {
        decode_text(&response.body, self.charset(response)).unwrap_or_default()
    }

    fn charset<'a>(&'a self, response: &'a Response) -> Option<&'a str> {
        self.charset.as_deref().or_else(|| media::known_charset(response))
    }

    fn file(&self, response: &Response) -> Value {
        let media_type = response.media_type();
        let content_type = if media_type.is_empty() { UNKNOWN_TYPE.to_owned() } else { media_type };
        let charset = self.charset.as_deref().or_else(|| media::charset(response)).map(str::to_owned);
        Value::file(File { charset, ..File::new(name::of(response), content_type, response.body.clone()) })
    }
}

/// The headers as a map. Names are in lower case, as in the page's sample; values of a header that came several times are
/// joined.
pub(super) fn headers(response: &Response) -> Value {
    let mut headers: Vec<(&str, String)> = Vec::new();
    for (name, value) in &response.headers {
        match headers.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, joined)) => {
                joined.push_str(", ");
                joined.push_str(value);
            }
            None => headers.push((name, value.clone())),
        }
    }
    let headers = headers.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), Value::from(value)));
    Value::map(headers.map(|(name, value)| (Key::from(name.as_str()), value)).collect())
}

/// A map of these pairs.
pub(super) fn map<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    Value::map(pairs.into_iter().map(|(key, value)| (Key::from(key), value)).collect::<Map>())
}

/// The text as a map or list, when it is the JSON of one. What a reply would weigh is looked at once more here, because
/// only now is it text whatever charset it came in.
fn parsed(text: &str, call: &Call<'_>) -> Result<Option<Value>, Failure> {
    if !text.trim_start().starts_with(['{', '[']) {
        return Ok(None);
    }
    if json::heft(text.as_bytes()) > call.memory {
        return Err(Failure::limit_of_memory(call.memory));
    }
    // Half a pair of surrogates in some text, as JavaScript lets through, does not make the rest unreadable.
    let has_surrogates = text.contains("\\ud") || text.contains("\\uD");
    let read = json::parse(text);
    Ok(read.or_else(|failure| if has_surrogates { json::parse_lenient(text) } else { Err(failure) }).ok())
}
