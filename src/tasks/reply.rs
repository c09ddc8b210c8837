//! What a script gets of an answer (help page "invokeUrl task"): JSON objects and arrays as maps and lists, binary
//! content as a file, everything else as text. Servers label JSON as all sorts of text, so a text is read as JSON when it
//! looks like it; what then is no JSON stays text and never fails.

use super::body::is_json_type;
use super::error::Error;
use crate::effect::{Problem, Reply};
use crate::http::Response;
use crate::value::{Failure, File, Key, Map, Value, json};

mod name;

/// The type of bytes of which nothing is known.
const UNKNOWN_TYPE: &str = "application/octet-stream";

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

/// The answer, or the failure that a request without one raises.
pub(super) fn response(reply: Reply) -> Result<Response, Failure> {
    match reply {
        Reply::Response(response) => Ok(response),
        Reply::Failed(problem) => Err(failed(problem)),
        Reply::Value(_) => Err(Error::WrongReply { found: "a value", wanted: "a response" }.into()),
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

/// The body as a value.
pub(super) fn value(response: &Response, format: Format) -> Value {
    match format {
        Format::Nothing => Value::Null,
        Format::File => file(response),
        Format::Text => Value::text(text(response)),
        Format::Plain if is_file(response) => file(response),
        Format::Plain => Value::text(text(response)),
        Format::Converted => converted(response),
        Format::Collection => match converted(response) {
            Value::Aggregate(aggregate) => Value::collection(aggregate.borrow().clone()),
            other => other,
        },
    }
}

/// The map that `detailed: true` gives. Header names are in lower case, as in the page's sample; values of a header
/// that came several times are joined.
pub(super) fn detailed(response: &Response, format: Format) -> Value {
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
    map([
        ("responseText", value(response, format)),
        ("responseHeader", Value::map(headers.map(|(name, value)| (Key::from(name.as_str()), value)).collect())),
        ("responseCode", Value::Number(i64::from(response.status))),
    ])
}

/// A map of these pairs.
pub(super) fn map<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    Value::map(pairs.into_iter().map(|(key, value)| (Key::from(key), value)).collect::<Map>())
}

fn converted(response: &Response) -> Value {
    if response.body.is_empty() {
        return Value::text("");
    }
    let is_file = is_file(response);
    // Some servers do not say what they send, so bytes of no particular type are given the benefit of the doubt.
    let may_be_json = !is_file || (response.media_type() == UNKNOWN_TYPE && !is_attachment(response));
    if may_be_json && let Some(value) = parsed(response) {
        return value;
    }
    if is_file { file(response) } else { Value::text(text(response)) }
}

/// Whether the answer is something to keep rather than to read.
fn is_file(response: &Response) -> bool {
    let media_type = response.media_type();
    let is_text = is_text_type(&media_type) || std::str::from_utf8(&response.body).is_ok();
    let is_content = is_attachment(response) || is_binary_type(&media_type) || !is_text;
    is_content && !is_json_type(&media_type) && !response.body.is_empty()
}

/// The body as a map or list, when it is the JSON of one.
fn parsed(response: &Response) -> Option<Value> {
    let text = std::str::from_utf8(&response.body).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    // Half a pair of surrogates in some text, as JavaScript lets through, does not make the rest unreadable.
    let has_surrogates = text.contains("\\ud") || text.contains("\\uD");
    json::parse(text).or_else(|failure| if has_surrogates { json::parse_lenient(text) } else { Err(failure) }).ok()
}

fn text(response: &Response) -> String {
    let text = String::from_utf8_lossy(&response.body);
    text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()
}

fn file(response: &Response) -> Value {
    let media_type = response.media_type();
    let content_type = if media_type.is_empty() { UNKNOWN_TYPE.to_owned() } else { media_type };
    let charset = charset(response);
    Value::file(File { charset, ..File::new(name::of(response), content_type, response.body.clone()) })
}

/// The charset that the server says the content is written in.
fn charset(response: &Response) -> Option<String> {
    let label = response.header("content-type")?;
    let named = label.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let charset = named.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?.1;
    Some(charset.trim().trim_matches('"').to_owned()).filter(|charset| !charset.is_empty())
}

fn is_attachment(response: &Response) -> bool {
    let disposition = response.header("content-disposition").unwrap_or_default().trim_start();
    disposition.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("attachment"))
}

fn is_text_type(media_type: &str) -> bool {
    media_type.starts_with("text") || is_json_type(media_type) || media_type == "application/xml" || {
        media_type.starts_with("application/") && media_type.ends_with("+xml")
    }
}

/// Types whose content is a file also when its bytes happen to be text. Other types are texts when they are UTF-8.
fn is_binary_type(media_type: &str) -> bool {
    const GROUPS: [&str; 4] = ["image/", "audio/", "video/", "font/"];
    const DOCUMENTS: [&str; 4] =
        ["application/vnd.ms-", "application/vnd.openxmlformats-", "application/vnd.oasis.", "application/x-zip"];
    GROUPS.iter().chain(&DOCUMENTS).any(|start| media_type.starts_with(start))
        || matches!(
            media_type,
            UNKNOWN_TYPE
                | "application/pdf"
                | "application/zip"
                | "application/gzip"
                | "application/x-gzip"
                | "application/x-tar"
                | "application/x-7z-compressed"
                | "application/msword"
                | "application/rtf"
                | "application/x-download"
        )
}
