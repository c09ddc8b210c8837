//! Keys that stand inside something: in the path (`/bot{token}/getMe`), or in JSON inside a form. The script writes the
//! key's name between braces, and the value is put there in the encoding of the place, so that it cannot end what it
//! stands in.

use bytes::Bytes;

use crate::connections::dynamic::encoded;
use crate::http::{Body, Request};

/// Replaces every `{key}` of the request; `false` when there is none.
pub(super) fn fill(request: &mut Request, key: &str, value: &str) -> bool {
    let in_address = fill_address(request, key, value);
    let in_body = fill_body(&mut request.body, &format!("{{{key}}}"), value);
    request.credential_in_body |= in_body;
    in_address || in_body
}

/// In a parsed path the braces are percent-encoded.
fn fill_address(request: &mut Request, key: &str, value: &str) -> bool {
    let value = encoded(value);
    let put_in = |text: &str| {
        let marks = [format!("{{{key}}}"), format!("%7B{key}%7D"), format!("%7b{key}%7d")];
        marks.iter().fold(text.to_owned(), |text, mark| text.replace(mark, &value))
    };
    let path = put_in(request.url.path());
    let query = request.url.query().map(put_in);
    let changes = path != request.url.path() || query.as_deref() != request.url.query();
    if changes {
        request.url.set_path(&path);
        request.url.set_query(query.as_deref());
    }
    changes
}

fn fill_body(body: &mut Body, mark: &str, value: &str) -> bool {
    let mut found = false;
    match body {
        Body::Empty => {}
        Body::Form(fields) => fields.iter_mut().for_each(|(_, text)| found |= replace(text, mark, value)),
        Body::Multipart(parts) => {
            let texts = parts.iter_mut().filter(|part| part.file_name.is_none());
            texts.for_each(|part| found |= replace_bytes(&mut part.bytes, mark, value));
        }
        Body::Raw { bytes, .. } => found = replace_bytes(bytes, mark, value),
    }
    found
}

fn replace_bytes(bytes: &mut Bytes, mark: &str, value: &str) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let mut text = text.to_owned();
    let found = replace(&mut text, mark, value);
    if found {
        *bytes = Bytes::from(text);
    }
    found
}

fn replace(text: &mut String, mark: &str, value: &str) -> bool {
    let found = text.contains(mark);
    if found {
        let value = match text.trim_start().bytes().next() {
            Some(b'{' | b'[') => value.replace('\\', "\\\\").replace('"', "\\\""),
            Some(b'<') => value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;"),
            _ => value.to_owned(),
        };
        *text = text.replace(mark, &value);
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::http::Method;

    fn request(url: &str, body: Body) -> Request {
        let mut request = Request::new(Method::Post, url.parse().unwrap());
        request.body = body;
        request
    }

    #[test]
    fn a_path_and_a_query_take_it_encoded() {
        let mut sent = request("https://a.test/bot{token}/x?t={token}&u={other}", Body::Empty);
        assert!(fill(&mut sent, "token", "1:a/b?"));
        assert_eq!(sent.url.as_str(), "https://a.test/bot1%3Aa%2Fb%3F/x?t=1%3Aa%2Fb%3F&u={other}");
        assert!(!sent.credential_in_body);
        assert!(!fill(&mut request("https://a.test/", Body::Empty), "token", "x"));
    }

    #[test]
    fn text_inside_json_and_xml_cannot_end_it() {
        let raw = |text: &str| Body::Raw { content_type: String::new(), bytes: text.to_owned().into() };
        let mut sent = request("https://a.test/", raw("{\"k\": \"{key}\"}"));
        assert!(fill(&mut sent, "key", "a\"b\\"));
        assert_eq!(sent.body, raw("{\"k\": \"a\\\"b\\\\\"}"));
        assert!(sent.credential_in_body);
        let mut sent = request("https://a.test/", raw("<k>{key}</k>"));
        assert!(fill(&mut sent, "key", "a<b"));
        assert_eq!(sent.body, raw("<k>a&lt;b</k>"));
        let mut sent = request("https://a.test/", Body::Form(vec![("j".to_owned(), "{\"k\":\"{key}\"}".to_owned())]));
        assert!(fill(&mut sent, "key", "s"));
        assert_eq!(sent.body, Body::Form(vec![("j".to_owned(), "{\"k\":\"s\"}".to_owned())]));
    }
}
