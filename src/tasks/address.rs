//! Addresses and their queries. The text is checked before it is parsed, because a URL parser silently drops line
//! breaks and would accept addresses that have no host of their own.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::error::{Error, shown};

/// Everything but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// An absolute `http` or `https` address.
pub(super) fn parse(text: &str) -> Result<Url, Error> {
    let text = text.trim();
    let invalid = |reason: &str| Error::InvalidUrl { shown: without_keys(text), reason: reason.to_owned() };
    if text.contains(char::is_control) {
        return Err(invalid("it holds a line break or another control character"));
    }
    let is_http = ["http://", "https://"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    if !is_http {
        return Err(invalid("it does not begin with http:// or https://"));
    }
    Url::parse(text).map_err(|error| invalid(&error.to_string()))
}

/// Adds to the query of an address what is already encoded.
pub(super) fn append(url: &mut Url, query: &str) {
    if query.is_empty() {
        return;
    }
    let joined = match url.query() {
        None | Some("") => query.to_owned(),
        Some(before) => format!("{}&{query}", before.trim_end_matches('&')),
    };
    url.set_query(Some(&joined));
}

/// Adds a query that a script wrote itself, as it is.
pub(super) fn append_verbatim(url: &mut Url, query: &str) -> Result<(), Error> {
    let query = query.trim().trim_start_matches(['?', '&']);
    if query.contains(char::is_control) {
        let reason = "its parameters hold a line break or another control character".to_owned();
        return Err(Error::InvalidUrl { shown: without_keys(url.as_str()), reason });
    }
    append(url, query);
    Ok(())
}

/// Pairs as a query, in UTF-8.
pub(super) fn query(pairs: &[(String, String)]) -> String {
    let pairs = pairs.iter().map(|(key, value)| format!("{}={}", encode(key), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// A text as one segment of a path or one part of a query.
pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// What of an address may stand in a message: not its user and password, nor its query.
fn without_keys(text: &str) -> String {
    let end = text.find(['?', '#']).unwrap_or(text.len());
    let text = text.get(..end).unwrap_or_default();
    match text.rsplit_once('@') {
        Some((before, host)) => shown(&format!("{}{host}", before.split_once("//").map_or("", |_| "…@"))),
        None => shown(text),
    }
}
