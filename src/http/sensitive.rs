//! Secrets known by their names. A connection registers the values it sends; what a script sets by hand, or a server hands
//! out, is only known by where it stands: in a header called `X-Api-Key`, after `access_token=`, in a JSON field
//! `"client_secret"`. Such values are shown as `[redacted]` and join the redactor for the rest of the run.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use url::Url;

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
const FIELDS: [&str; 30] = [
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

/// Whether a field of a query, form, JSON or XML document of this name holds a credential, without regard to case.
pub fn is_sensitive_field(name: &str) -> bool {
    let same = |known: &str| {
        known.len() == name.len()
            && known.bytes().zip(name.bytes()).all(|(known, given)| {
                let given = if given == b'-' { b'_' } else { given.to_ascii_lowercase() };
                known == given
            })
    };
    FIELD_SHAPES.may_hold(name) && FIELDS.iter().any(|known| same(known))
}

/// What the known fields have in common. Each word of each body is asked for, and nearly all of them end here.
static FIELD_SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
    FIELDS.iter().fold(Shapes::default(), |shapes, field| Shapes {
        lengths: shapes.lengths | bit(field.len()),
        first: shapes.first | field.bytes().next().map_or(0, letter),
        last: shapes.last | field.bytes().next_back().map_or(0, letter),
    })
});

/// Lengths, first and last letters that occur, as bits.
#[derive(Default)]
struct Shapes {
    lengths: u64,
    first: u64,
    last: u64,
}

impl Shapes {
    fn may_hold(&self, name: &str) -> bool {
        let within = |bits: u64, byte: Option<u8>| byte.is_some_and(|byte| bits & letter(byte) != 0);
        self.lengths & bit(name.len()) != 0
            && within(self.first, name.bytes().next())
            && within(self.last, name.bytes().next_back())
    }
}

/// The bit of a letter in either case. Others may share it: a word that passes is compared.
fn letter(byte: u8) -> u64 {
    1 << (byte & 31)
}

/// The bit of a length; none above 63.
fn bit(length: usize) -> u64 {
    u32::try_from(length).ok().and_then(|length| 1_u64.checked_shl(length)).unwrap_or(0)
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

/// The bytes of which names consist. A table, because every byte of every body is looked up in it.
static WORD_BYTES: LazyLock<[bool; 256]> = LazyLock::new(|| {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    std::array::from_fn(|byte| u8::try_from(byte).is_ok_and(is_word))
});

/// Where the values of sensitive fields stand, in order, without their quotes.
pub(super) fn field_values(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let words = &*WORD_BYTES;
    let is_word = |byte: u8| words.get(usize::from(byte)).copied().unwrap_or(false);
    let mut values = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        at = run(bytes, at, |byte| !is_word(byte));
        let word = run(bytes, at, is_word);
        // In percent-encoded JSON a name follows `%22`, whose digits are not part of it.
        let start = if at > 0 && bytes.get(at - 1) == Some(&b'%') { (at + 2).min(word) } else { at };
        at = word;
        // Nearly all words end here, and bodies are searched with every request.
        if FIELD_SHAPES.lengths & bit(word - start) == 0 {
            continue;
        }
        if text.get(start..word).is_some_and(is_sensitive_field)
            && let Some(value) = value_after(bytes, word)
        {
            at = value.end;
            values.push(value);
        }
    }
    values
}

/// The value after a name that ends at `at`.
fn value_after(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let blank = |at| run(bytes, at, |byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    let (after_name, _) = quote(bytes, at);
    let separator = blank(after_name);
    if starts(bytes, separator, b">") && separator == at {
        let end = run(bytes, at + 1, |byte| byte != b'<');
        return (end > at + 1).then_some(at + 1..end);
    }
    let is_equals = starts(bytes, separator, b"=");
    let after = if is_equals || starts(bytes, separator, b":") {
        separator + 1
    } else if starts(bytes, separator, b"%3A") || starts(bytes, separator, b"%3D") {
        separator + 3
    } else {
        return None;
    };
    let (start, opened) = quote(bytes, run(bytes, after, |byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'+')));
    let end = match opened {
        Some(opened) => closing(bytes, start, opened),
        // A colon without a quote is prose, or a number, a boolean or a nested value.
        None if !is_equals => return None,
        None => run(bytes, start, |byte| !byte.is_ascii_whitespace() && !b"&,;<>\"'()[]{}".contains(&byte)),
    };
    (end > start).then_some(start..end)
}

/// An opening or closing quote at `at`, with the backslashes before it: the place after it, and the quote itself.
fn quote(bytes: &[u8], at: usize) -> (usize, Option<&[u8]>) {
    let escapes = run(bytes, at, |byte| byte == b'\\');
    for mark in [b"\"".as_slice(), b"'", b"%22", b"&quot;"] {
        if starts(bytes, escapes, mark) {
            let end = escapes + mark.len();
            return (end, bytes.get(at..end));
        }
    }
    (at, None)
}

/// Where the quote that was opened with `opened` closes: at the same quote with as many backslashes.
fn closing(bytes: &[u8], start: usize, opened: &[u8]) -> usize {
    let escapes = opened.iter().take_while(|byte| **byte == b'\\').count();
    let mark = opened.get(escapes..).unwrap_or_default();
    let mut at = start;
    while at < bytes.len() {
        let quote = run(bytes, at, |byte| byte == b'\\');
        if quote - at <= escapes && starts(bytes, quote, mark) {
            return at;
        }
        // An escaped quote or backslash belongs to the value, however many backslashes there are.
        at = if quote > at { quote + 1 } else { at + 1 };
    }
    bytes.len()
}

fn run(bytes: &[u8], from: usize, belongs: impl Fn(u8) -> bool) -> usize {
    let length = bytes.get(from..).unwrap_or_default().iter().take_while(|byte| belongs(**byte)).count();
    from + length
}

fn starts(bytes: &[u8], at: usize, mark: &[u8]) -> bool {
    bytes.get(at..at + mark.len()).is_some_and(|found| found.eq_ignore_ascii_case(mark))
}
