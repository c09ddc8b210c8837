//! The places where a credential can stand: a header, the query, the form. The connection's value replaces one that the
//! script set under the same name, because a script that could keep its own would decide what is sent.

use bytes::Bytes;
use url::form_urlencoded::{byte_serialize, parse};

use crate::connections::Error;
use crate::connections::document::Table;
use crate::http::{Body, Method, Part, Request};

/// Where a credential goes: Zoho's "Param Type".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// A request header.
    Header,
    /// The query of the address.
    Query,
    /// A field of the form; the query for a GET.
    Form,
    /// Wherever the script writes `{key}` in the path, the query or the body: for services that want a key inside a path
    /// or inside JSON.
    Placeholder,
}

impl Location {
    /// The word in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Location::Header => "header",
            Location::Query => "query",
            Location::Form => "form",
            Location::Placeholder => "placeholder",
        }
    }

    /// Reads the key `location`, which must be one of these.
    pub(super) fn read(table: &mut Table<'_>, allowed: &[Location]) -> Result<Option<Self>, Error> {
        let offset = table.offset_of("location");
        let Some(word) = table.text("location")? else { return Ok(None) };
        let found = allowed.iter().copied().find(|location| location.as_str() == word);
        let words: Vec<_> = allowed.iter().map(|location| format!("\"{}\"", location.as_str())).collect();
        found.map(Some).ok_or_else(|| {
            table.problem(offset, format!("`location` cannot be \"{word}\""), format!("write {}", words.join(" or ")))
        })
    }
}

/// Sets a header that carries a credential.
pub(super) fn header(request: &mut Request, name: &str, value: String, notes: &mut Vec<String>) {
    if request.header(name).is_some() {
        notes.push(format!("the header {name} of the script was replaced by the connection's"));
    }
    request.set_header(name, value);
    request.credential_headers.push(name.to_owned());
}

/// Sets a parameter of the query. What else stands there stays as it was written.
pub(super) fn query(request: &mut Request, key: &str, value: &str, notes: &mut Vec<String>) {
    let before = request.url.query().unwrap_or_default();
    let kept = without(before, key);
    if kept.len() != before.len() {
        notes.push(format!("the query parameter {key} of the script was replaced by the connection's"));
    }
    let joined = join(&kept, key, value);
    request.url.set_query(Some(&joined));
}

/// Sets a field of the form. `false` when the request has a body that is no form.
pub(super) fn form(request: &mut Request, key: &str, value: &str, notes: &mut Vec<String>) -> bool {
    let mut replaced = false;
    match &mut request.body {
        // A GET has no form; its parameters are the query.
        Body::Empty if matches!(request.method, Method::Get | Method::Head | Method::Options) => {
            query(request, key, value, notes);
            return true;
        }
        Body::Empty => request.body = Body::Form(vec![(key.to_owned(), value.to_owned())]),
        Body::Form(fields) => {
            let before = fields.len();
            fields.retain(|(name, _)| name != key);
            replaced = fields.len() != before;
            fields.push((key.to_owned(), value.to_owned()));
        }
        Body::Multipart(parts) => {
            let before = parts.len();
            parts.retain(|part| part.name != key);
            replaced = parts.len() != before;
            let bytes = Bytes::copy_from_slice(value.as_bytes());
            parts.push(Part { name: key.to_owned(), file_name: None, content_type: None, bytes });
        }
        Body::Raw { content_type, bytes } => {
            let media_type = content_type.split(';').next().unwrap_or_default().trim();
            let text = std::str::from_utf8(bytes).ok();
            let Some(text) = text.filter(|_| media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded"))
            else {
                return false;
            };
            let kept = without(text, key);
            replaced = kept.len() != text.len();
            *bytes = Bytes::from(join(&kept, key, value));
        }
    }
    if replaced {
        notes.push(format!("the form field {key} of the script was replaced by the connection's"));
    }
    request.credential_in_body = true;
    true
}

/// Takes `user:password@` out of the address; says whether there was any.
pub(super) fn remove_user_information(request: &mut Request) -> bool {
    let found = !request.url.username().is_empty() || request.url.password().is_some();
    if found {
        // Both can fail only for an address without a host, which no request has.
        let _ = request.url.set_username("");
        let _ = request.url.set_password(None);
    }
    found
}

/// The pairs of a query or form whose name is not `key`, as they were written.
fn without(pairs: &str, key: &str) -> String {
    let is_other = |pair: &&str| parse(pair.as_bytes()).next().is_none_or(|(name, _)| name != key);
    pairs.split('&').filter(is_other).collect::<Vec<_>>().join("&")
}

fn join(pairs: &str, key: &str, value: &str) -> String {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let separator = if pairs.is_empty() { "" } else { "&" };
    format!("{pairs}{separator}{}={}", encoded(key), encoded(value))
}
