//! What was sent and received, line by line, in the look of `curl --verbose`: `*` notes, `>` and `<` the heads, `}` and
//! `{` the bodies going out and coming in. Every line is masked before anyone sees it, by value and by name.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use url::Url;

use super::dial::{Head, is_own_header};
use super::sensitive::{MASK, is_sensitive_header, mask_fields};
use super::{Body, Error, Hop, Phases, Request, Response, pretty};
use crate::secret::Redactor;

/// The most bytes of each body that are shown.
const SHOWN_BYTES: usize = 4 * 1024;

/// How many more bytes are looked at, so that a secret at the cut is seen whole before it is masked.
const MARGIN_BYTES: usize = 16 * 1024;

/// Who is told what the client sends and receives.
#[derive(Clone)]
pub struct Trace {
    write: Arc<dyn Fn(&str) + Send + Sync>,
    detail: Detail,
}

/// How much a trace shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Notes and heads.
    Headers,
    /// Also bodies, up to 4 KB of text each.
    Body,
}

impl Trace {
    /// Calls `write` with each line, masked and without its line end. Bodies are shown.
    pub fn new(write: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { write: Arc::new(write), detail: Detail::Body }
    }

    /// The same trace with this much detail.
    #[must_use]
    pub fn with_detail(self, detail: Detail) -> Self {
        Self { detail, ..self }
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trace").field("detail", &self.detail).finish_non_exhaustive()
    }
}

/// A trace together with what masks it; does nothing when there is no trace.
pub(super) struct Tracer<'c> {
    trace: Option<&'c Trace>,
    redactor: &'c Redactor,
}

impl<'c> Tracer<'c> {
    pub(super) fn new(trace: Option<&'c Trace>, redactor: &'c Redactor) -> Self {
        Self { trace, redactor }
    }

    /// Says something that is neither sent nor received.
    pub(super) fn note(&self, text: &str) {
        self.line(&format!("* {text}"));
    }

    /// Says that a host's requests go elsewhere.
    pub(super) fn routed(&self, url: &Url, base: &Url) {
        let host = url.host_str().unwrap_or_default();
        self.note(&format!("{host} is routed to {}", base.as_str().trim_end_matches('/')));
    }

    /// Shows the request as it goes to `dialled`.
    pub(super) fn request(&self, number: u64, request: &Request, dialled: &Url) {
        if self.trace.is_none() {
            return;
        }
        let host = authority(dialled);
        self.note(&format!("request {number} to {host} ({})", dialled.scheme()));
        let query = dialled.query().map(|query| format!("?{query}")).unwrap_or_default();
        self.line(&format!("> {} {}{query}", request.method.as_str(), dialled.path()));
        self.line(&format!("> Host: {host}"));
        for (name, value) in request.headers.iter().filter(|(name, _)| !is_own_header(name)) {
            let credential = request.credential_headers.iter().any(|known| known.eq_ignore_ascii_case(name));
            self.header('>', name, value, credential);
        }
        self.line(">");
        for (name, _) in request.headers.iter().filter(|(name, _)| is_own_header(name)) {
            self.note(&format!("the header {name} is left to the client"));
        }
        if let Body::Raw { bytes, .. } = &request.body {
            self.body('}', bytes, request.header("content-type").unwrap_or_default());
        }
    }

    /// Shows the head of an answer.
    pub(super) fn head(&self, head: &Head) {
        if self.trace.is_none() {
            return;
        }
        self.line(&format!("< {} {}", head.version, status(head.status)));
        for (name, value) in &head.headers {
            self.header('<', name, value, false);
        }
        self.line("<");
    }

    /// Shows the body of an answer, and how long it all took; `sent` is the size of the request's body.
    pub(super) fn content(&self, response: &Response, sent: usize, phases: &Phases) {
        if self.trace.is_none() {
            return;
        }
        self.body('{', &response.body, response.header("content-type").unwrap_or_default());
        let sent = if sent == 0 { String::new() } else { format!(" ({} sent)", grouped(sent)) };
        let size = grouped(response.body.len());
        self.note(&format!("{}, {size} bytes{sent} in {}", status(response.status), timing(phases)));
    }

    /// Says that the answer leads elsewhere; it is the redirect of this number.
    pub(super) fn redirected(&self, head: &Head, next: &Url, number: usize, phases: &Phases) {
        if self.trace.is_some() {
            self.note(&format!("{} in {}", status(head.status), timing(phases)));
            self.note(&format!("redirect {number} to {next}"));
        }
    }

    /// Says why there is no answer, and how far it got.
    pub(super) fn failure(&self, error: &Error, last: Option<&Hop>) {
        let time = match last {
            Some(hop) if hop.phases.total > Duration::ZERO => format!(" after {}", timing(&hop.phases)),
            _ => String::new(),
        };
        self.note(&format!("{} ({}){time}", error, error.code()));
    }

    fn header(&self, mark: char, name: &str, value: &str, credential: bool) {
        let value = if credential || is_sensitive_header(name) { MASK } else { value };
        self.line(&format!("{mark} {name}: {value}"));
    }

    fn body(&self, mark: char, bytes: &Bytes, content_type: &str) {
        if bytes.is_empty() || self.trace.is_none_or(|trace| trace.detail == Detail::Headers) {
            return;
        }
        let looked_at = bytes.get(..SHOWN_BYTES + MARGIN_BYTES).unwrap_or(bytes);
        let Some(text) = text_of(looked_at, looked_at.len() < bytes.len()) else {
            let media_type = content_type.split(';').next().unwrap_or_default().trim();
            let media_type = if media_type.is_empty() { "binary content" } else { media_type };
            self.note(&format!("{} bytes of {media_type}", grouped(bytes.len())));
            return;
        };
        // Masked as a whole, before it is cut: a secret may contain line breaks or stand across the cut.
        let whole = looked_at.len() == bytes.len();
        let masked = match pretty::json(text).filter(|_| whole) {
            Some(document) => self.masked(&document),
            None => self.masked(text),
        };
        let shown = masked.get(..masked.floor_char_boundary(SHOWN_BYTES)).unwrap_or(&masked);
        for line in shown.lines() {
            self.write(&format!("{mark} {line}"));
        }
        if shown.len() < masked.len() || !whole {
            self.note(&format!("the beginning of {} bytes", grouped(bytes.len())));
        }
    }

    fn line(&self, text: &str) {
        if self.trace.is_some() {
            self.write(&self.masked(text));
        }
    }

    fn masked(&self, text: &str) -> String {
        self.redactor.redact(&mask_fields(text)).into_owned()
    }

    fn write(&self, line: &str) {
        if let Some(trace) = self.trace {
            (trace.write)(&visible(line));
        }
    }
}

/// A status with its usual name.
fn status(code: u16) -> String {
    format!("{code} {}", reason(code)).trim_end().to_owned()
}

/// The usual name of a status; empty for a number that has none.
pub(super) fn reason(code: u16) -> &'static str {
    reqwest::StatusCode::from_u16(code).ok().and_then(|code| code.canonical_reason()).unwrap_or_default()
}

/// How long it took, and how long until each phase was over, as curl counts: from the beginning.
fn timing(phases: &Phases) -> String {
    let seconds = |time: Duration| format!("{:.3}", time.as_secs_f64());
    let mut parts = Vec::new();
    if phases.reused {
        parts.push("connection reused".to_owned());
    }
    for (name, lap) in [("look-up", phases.look_up), ("connect", phases.connect), ("TLS", phases.tls)] {
        parts.extend(lap.map(|lap| format!("{name} {}", seconds(lap.to))));
    }
    parts.extend(phases.first_byte.map(|time| format!("first byte {}", seconds(time))));
    let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    format!("{} s{parts}", seconds(phases.total))
}

/// A whole number with commas between its thousands.
pub(crate) fn grouped(number: impl std::fmt::Display) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// Host and port as the `Host` header has them: the port only when it is not the scheme's own.
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// The bytes as text, unless they look like anything else. A character that was cut in half at the end is left out.
fn text_of(bytes: &[u8], cut: bool) -> Option<&str> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if cut && error.error_len().is_none() => {
            std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    (!text.contains('\0')).then_some(text)
}

/// Control characters and those that turn the direction of writing are written out, so that an answer cannot rewrite the
/// terminal it is shown on.
fn visible(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for character in line.chars() {
        if steers(character) || character == '\n' {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Whether a character may change what a terminal shows besides itself.
pub(super) fn steers(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t'))
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
