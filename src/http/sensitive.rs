//! Secrets known by their names. A connection registers the values it sends; what a script sets by hand, or a server hands
//! out, is only known by where it stands: in a header called `X-Api-Key`, after `access_token=`, in a JSON field
//! `"client_secret"`. Such values are shown as `[redacted]` and join the redactor for the rest of the run.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use url::Url;

use super::fields::field_values;
use super::{Body, Request, Response};
use crate::secret::Redactor;

/// What stands in the place of a secret.
pub(super) const MASK: &str = "[redacted]";

/// Header names in lower case whose values are credentials.
const HEADERS: [&str; 23] = [
    "authorization",
    "proxy-authorization",
    "authentication",
    "cookie",
    "set-cookie",
    "x-api-key",
    "x-apikey",
    "api-key",
    "apikey",
    "x-auth-token",
    "x-access-token",
    "x-refresh-token",
    "x-id-token",
    "x-csrf-token",
    "x-xsrf-token",
    "x-session-token",
    "x-amz-security-token",
    "x-goog-api-key",
    "x-zcsrf-token",
    "ocp-apim-subscription-key",
    "private-token",
    "client-secret",
    "x-client-secret",
];

/// Field names of queries, forms, JSON and XML, in lower case with `_` for `-`, whose values are credentials.
const FIELDS: [&str; 32] = [
    "access_token",
    "accesstoken",
    "refresh_token",
    "refreshtoken",
    "id_token",
    "auth_token",
    "authtoken",
    "session_token",
    "token",
    "bearer_token",
    "oauth_token",
    "oauth_token_secret",
    "oauth_signature",
    "client_secret",
    "clientsecret",
    "client_assertion",
    "assertion",
    "code_verifier",
    "device_code",
    "oauth_verifier",
    "zapikey",
    "api_key",
    "apikey",
    "x_api_key",
    "api_token",
    "apitoken",
    "secret_key",
    "private_key",
    "password",
    "passwd",
    "passphrase",
    "x_amz_signature",
];

/// Answers are searched for secrets up to this many bytes; token answers are short.
const SEARCHED_BYTES: usize = 64 * 1024;

/// Cookies shorter than this are settings such as `lang=english`, whose values are ordinary words.
const SHORTEST_COOKIE: usize = 16;

/// Values in answers shorter than this may be ordinary words, which must not vanish from all output.
const SHORTEST_ANSWERED: usize = 8;

/// Whether a header of this name holds a credential, without regard to case.
pub fn is_sensitive_header(name: &str) -> bool {
    HEADERS.iter().any(|known| known.eq_ignore_ascii_case(name)) || is_sensitive_field(name)
}

/// For each length, the first letters of the fields that are so long: bit 0 is `a`. Every name in every body is asked about, and
/// hardly any is one of them.
#[expect(clippy::indexing_slicing, reason = "an index that is out of range does not compile")]
const FIRST_LETTERS: [u32; 24] = {
    let mut letters = [0; 24];
    let mut at = 0;
    while at < FIELDS.len() {
        let field = FIELDS[at].as_bytes();
        letters[field.len()] |= 1 << (field[0] - b'a');
        at += 1;
    }
    letters
};

/// Whether a field of a query, form, JSON or XML document of this name holds a credential, without regard to case.
pub fn is_sensitive_field(name: &str) -> bool {
    let first = name.bytes().next().unwrap_or_default().to_ascii_lowercase();
    let known = FIRST_LETTERS.get(name.len()).copied().unwrap_or_default();
    if !first.is_ascii_lowercase() || known >> (first - b'a') & 1 == 0 {
        return false;
    }
    let same = |known: &str| {
        known.len() == name.len()
            && known.bytes().zip(name.bytes()).all(|(known, given)| {
                let given = if given == b'-' { b'_' } else { given.to_ascii_lowercase() };
                known == given
            })
    };
    FIELDS.iter().any(|known| same(known))
}

/// The text with the values of sensitive fields masked: `name=value`, `"name": "value"` (also inside quoted or
/// percent-encoded JSON) and `<name>value</name>`.
pub fn mask_fields(text: &str) -> Cow<'_, str> {
    let values = field_values(text);
    if values.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for value in values {
        masked.push_str(text.get(done..value.start).unwrap_or_default());
        masked.push_str(MASK);
        done = value.end;
    }
    masked.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(masked)
}

/// User and password of a URL, decoded; `None` when it has neither.
pub(super) fn user_information(url: &Url) -> Option<(String, String)> {
    let password = url.password();
    if url.username().is_empty() && password.is_none() {
        return None;
    }
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    Some((decode(url.username()), decode(password.unwrap_or_default())))
}

/// Registers what the request carries under telling names.
pub fn learn_request(request: &Request, redactor: &Redactor) {
    if let Some((user, password)) = user_information(&request.url) {
        redactor.learn(&password);
        redactor.learn(&format!("{user}:{password}"));
    }
    for (name, value) in request.url.query_pairs() {
        if is_sensitive_field(&name) {
            learn_value(&value, redactor);
        }
    }
    for (name, value) in &request.headers {
        let known = request.credential_headers.iter().any(|known| known.eq_ignore_ascii_case(name));
        if known || is_sensitive_header(name) {
            learn_header(name, value, redactor);
        }
    }
    match &request.body {
        Body::Empty => {}
        Body::Form(fields) => {
            for (name, value) in fields {
                learn_field(name, value, redactor);
            }
        }
        Body::Multipart(parts) => {
            for part in parts {
                learn_field(&part.name, searched(&part.bytes), redactor);
            }
        }
        Body::Raw { bytes, .. } => learn_text(searched(bytes), 0, redactor),
    }
}

/// Registers what an answer hands out under telling names.
pub fn learn_response(response: &Response, redactor: &Redactor) {
    learn_headers(&response.headers, redactor);
    learn_content(response, redactor);
}

/// Registers what the head of an answer hands out.
pub(super) fn learn_headers(headers: &[(String, String)], redactor: &Redactor) {
    for (name, value) in headers.iter().filter(|(name, _)| is_sensitive_header(name)) {
        learn_header(name, value, redactor);
    }
}

/// Registers what the body of an answer hands out.
pub(super) fn learn_content(response: &Response, redactor: &Redactor) {
    learn_text(searched(&response.body), SHORTEST_ANSWERED, redactor);
}

fn learn_field(name: &str, value: &str, redactor: &Redactor) {
    if is_sensitive_field(name) {
        learn_value(value, redactor);
    } else {
        learn_text(value, 0, redactor);
    }
}

/// The credential of a header is what follows its scheme: `Bearer …`, `Zoho-oauthtoken …`.
fn learn_header(name: &str, value: &str, redactor: &Redactor) {
    if name.eq_ignore_ascii_case("cookie") || name.eq_ignore_ascii_case("set-cookie") {
        let cookies = if name.eq_ignore_ascii_case("cookie") { usize::MAX } else { 1 };
        for (_, cookie) in value.split(';').take(cookies).filter_map(|cookie| cookie.split_once('=')) {
            if cookie.trim().len() >= SHORTEST_COOKIE {
                redactor.learn(cookie.trim().trim_matches('"'));
            }
        }
        return;
    }
    let value = value.trim();
    let (scheme, credential) = value.split_once(' ').unwrap_or(("", value));
    let credential = credential.trim();
    learn_value(credential, redactor);
    if !scheme.eq_ignore_ascii_case("basic") {
        return;
    }
    if let Some(pair) = STANDARD.decode(credential).ok().and_then(|bytes| String::from_utf8(bytes).ok()) {
        redactor.learn(&pair);
        if let Some((_, password)) = pair.split_once(':') {
            redactor.learn(password);
        }
    }
}

fn learn_text(text: &str, shortest: usize, redactor: &Redactor) {
    for range in field_values(text) {
        let raw = text.get(range).unwrap_or_default();
        if raw.len() < shortest {
            continue;
        }
        learn_value(raw, redactor);
        // The redactor looks for the plain value in every encoding, so it must be given the plain one.
        if raw.contains('\\')
            && let Ok(plain) = serde_json::from_str::<String>(&format!("\"{raw}\""))
        {
            learn_value(&plain, redactor);
        }
        if raw.contains(['%', '+']) {
            learn_value(&percent_decode_str(&raw.replace('+', " ")).decode_utf8_lossy(), redactor);
        }
    }
}

/// Words that stand for the absence of a secret would take all output with them.
fn learn_value(value: &str, redactor: &Redactor) {
    let plain_word =
        ["true", "false", "null", "none", "undefined", MASK].iter().any(|word| word.eq_ignore_ascii_case(value));
    if !plain_word && !is_sensitive_field(value) {
        redactor.learn(value);
    }
}

/// The beginning of some bytes as far as it is text.
fn searched(bytes: &[u8]) -> &str {
    let start = bytes.get(..SEARCHED_BYTES).unwrap_or(bytes);
    match std::str::from_utf8(start) {
        Ok(text) => text,
        Err(error) => {
            start.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok()).unwrap_or_default()
        }
    }
}
