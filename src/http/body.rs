//! Turns a structured body into bytes. Afterwards a request has raw bytes or nothing, and exactly one `Content-Type`: the
//! one it was given, or else the one of its body.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::{Body, Error, Part, Request};

/// Encodes the body and sets its content type.
pub(super) fn settle(request: &mut Request) -> Result<(), Error> {
    let (content_type, bytes) = match &request.body {
        Body::Empty => return Ok(()),
        Body::Raw { content_type, bytes } => (content_type.clone(), bytes.clone()),
        Body::Form(fields) => ("application/x-www-form-urlencoded".to_owned(), form(fields)),
        Body::Multipart(parts) => {
            // A script that writes `multipart/form-data` itself cannot know the boundary, so it is added.
            let given = request.header("content-type").unwrap_or_default().to_owned();
            let boundary = match parameter(&given, "boundary") {
                Some(boundary) => boundary,
                None => random_boundary()?,
            };
            let bytes = multipart(parts, &boundary)?;
            if is_multipart(&given) && parameter(&given, "boundary").is_none() {
                let given = given.trim_end_matches([';', ' ']);
                request.set_header("Content-Type", format!("{given}; boundary={boundary}"));
            }
            (format!("multipart/form-data; boundary={boundary}"), bytes)
        }
    };
    if request.header("content-type").is_none() && !content_type.is_empty() {
        request.set_header("Content-Type", content_type.clone());
    }
    request.body = Body::Raw { content_type, bytes };
    Ok(())
}

/// The value of an `Authorization` header for a user and password (RFC 7617, UTF-8).
pub(super) fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

/// As browsers encode forms: blanks become `+` (WHATWG URL Standard, section 5).
fn form(fields: &[(String, String)]) -> Bytes {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into()
}

/// As browsers encode `multipart/form-data` (RFC 7578): fields in order, quotes in names percent-encoded.
fn multipart(parts: &[Part], boundary: &str) -> Result<Bytes, Error> {
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.bytes.len() + 200).sum());
    for part in parts {
        let mut head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&part.name, "name")?);
        if let Some(file_name) = &part.file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name, "file name")?));
        }
        let implied = part.file_name.as_ref().map(|_| "application/octet-stream");
        if let Some(content_type) = part.content_type.as_deref().or(implied) {
            check_line(content_type, "content type")?;
            head.push_str(&format!("\r\nContent-Type: {content_type}"));
        }
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(b"\r\n\r\n");
        bytes.extend_from_slice(&part.bytes);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok(bytes.into())
}

fn quoted(text: &str, what: &str) -> Result<String, Error> {
    check_line(text, what)?;
    Ok(text.replace('"', "%22"))
}

/// Browsers would encode line breaks; in names they come from mistakes or attacks, so they are refused.
fn check_line(text: &str, what: &str) -> Result<(), Error> {
    if text.contains(['\r', '\n', '\0']) {
        let reason = "it contains a line break or a NUL".to_owned();
        return Err(Error::InvalidHeader { place: format!("{what} of a multipart part"), reason });
    }
    Ok(())
}

fn is_multipart(content_type: &str) -> bool {
    content_type.trim_start().get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"))
}

/// A parameter of a media type, without its quotes; `None` when it is missing or unfit to be a boundary (RFC 2046).
fn parameter(content_type: &str, wanted: &str) -> Option<String> {
    let value = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim().trim_matches('"').to_owned())
    })?;
    let fits = (1..=70).contains(&value.len())
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"'()+_,-./:=?".contains(&byte));
    fits.then_some(value)
}

/// Random, so that no content can contain it by design.
fn random_boundary() -> Result<String, Error> {
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).map_err(|error| Error::Setup { reason: format!("no random numbers ({error})") })?;
    Ok(format!("sluice-{:032x}", u128::from_be_bytes(random)))
}
