//! An archive of what went over the wire, in the format that browsers and proxies exchange (HAR 1.2,
//! <http://www.softwareishard.com/blog/har-12-spec/>). Values are masked by their names when they come in, and by value when
//! the archive is written, because a later request may tell what was secret in an earlier one. What was not measured is
//! `-1`, as the format has it.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};
use url::Url;

use super::dial::is_own_header;
use super::sensitive::{MASK, is_sensitive_field, is_sensitive_header, mask_fields};
use super::{Answer, Body, Hop, Listener, Part, Phases, Request, Sent};
use crate::secret::Redactor;

/// A body of more bytes is left out; half of one could end within a secret.
const MOST_BODY: usize = 1024 * 1024;

/// After so many bytes of bodies all others are left out.
const MOST_BODIES: usize = 64 * 1024 * 1024;

/// More requests are counted and left out.
const MOST_ENTRIES: usize = 100_000;

/// Collects requests for an archive.
pub struct Har {
    redactor: Arc<Redactor>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    entries: Vec<Value>,
    /// The bytes of all bodies in them.
    bodies: usize,
    /// How many requests there was no room for.
    left_out: usize,
}

impl Har {
    /// An archive without requests.
    pub fn new(redactor: Arc<Redactor>) -> Self {
        Self { redactor, kept: Mutex::default() }
    }

    /// Puts every request of a client into the archive.
    pub fn listener(self: &Arc<Self>) -> Listener {
        let har = Arc::clone(self);
        Listener::new(move |sent| har.add(sent))
    }

    /// The archive as it is now, masked.
    pub fn document(&self) -> Value {
        let kept = self.kept();
        let mut log = json!({
            "version": "1.2",
            "creator": { "name": "sluice", "version": env!("CARGO_PKG_VERSION") },
            "entries": kept.entries,
        });
        if let (Some(log), true) = (log.as_object_mut(), kept.left_out > 0) {
            log.insert("comment".to_owned(), format!("{} more requests are left out", kept.left_out).into());
        }
        drop(kept);
        let mut document = json!({ "log": log });
        mask(&mut document, &self.redactor);
        document
    }

    fn add(&self, sent: &Sent<'_>) {
        let never_left = [unsent(sent)];
        let hops = if sent.hops.is_empty() { &never_left } else { sent.hops };
        for (at, hop) in hops.iter().enumerate() {
            let error = sent.outcome.err().filter(|_| at + 1 == hops.len());
            let mut kept = self.kept();
            if kept.entries.len() == MOST_ENTRIES {
                kept.left_out += 1;
                continue;
            }
            let mut entry = entry(hop, sent.body, &mut kept.bodies);
            if let (Some(error), Some(entry)) = (error, entry.as_object_mut()) {
                entry.insert("_error".to_owned(), format!("{error} ({})", error.code()).into());
            }
            kept.entries.push(entry);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request that was refused before it left is in the archive too, so that nobody looks for it in vain.
fn unsent(sent: &Sent<'_>) -> Hop {
    Hop {
        number: 0,
        begun: SystemTime::now().checked_sub(sent.time).unwrap_or(SystemTime::UNIX_EPOCH),
        request: Request::new(sent.method, sent.url.clone()),
        dialled: sent.url.clone(),
        server: None,
        connection: None,
        answer: None,
        phases: Phases { total: sent.time, ..Phases::default() },
    }
}

fn entry(hop: &Hop, body: &Body, room: &mut usize) -> Value {
    let version = hop.answer.as_ref().map_or("unknown", |answer| answer.version);
    let mut entry = json!({
        "startedDateTime": timestamp(hop.begun),
        "time": milliseconds(hop.phases.total),
        "request": request(hop, body, version, room),
        "response": response(hop, room),
        "cache": {},
        "timings": timings(&hop.phases),
    });
    if let Some(fields) = entry.as_object_mut() {
        if let Some(server) = hop.server {
            fields.insert("serverIPAddress".to_owned(), server.ip().to_canonical().to_string().into());
        }
        if let Some(port) = hop.connection {
            fields.insert("connection".to_owned(), port.to_string().into());
        }
        if hop.dialled != hop.request.url {
            let base = format!("routed to {}", hop.dialled.origin().ascii_serialization());
            fields.insert("comment".to_owned(), base.into());
        }
    }
    entry
}

fn request(hop: &Hop, body: &Body, version: &str, room: &mut usize) -> Value {
    let Hop { request, dialled, .. } = hop;
    let own = request.headers.iter().filter(|(name, _)| !is_own_header(name)).map(|(name, value)| {
        let is_credential = request.credential_headers.iter().any(|known| known.eq_ignore_ascii_case(name));
        header(name, value, is_credential)
    });
    let host = header("Host", &dialled[url::Position::BeforeHost..url::Position::AfterPort], false);
    let query = request.url.query_pairs().map(|(name, value)| parameter(&name, &value));
    let mut shown = json!({
        "method": request.method.as_str(),
        "url": mask_fields(without_user(&request.url).as_str()),
        "httpVersion": version,
        "cookies": [],
        "headers": std::iter::once(host).chain(own).collect::<Vec<_>>(),
        "queryString": query.collect::<Vec<_>>(),
        "headersSize": -1,
        "bodySize": request.body_bytes(),
    });
    if let (Body::Raw { bytes, .. }, Some(shown)) = (&request.body, shown.as_object_mut()) {
        let media_type = request.header("content-type").unwrap_or_default();
        shown.insert("postData".to_owned(), post_data(body, bytes, media_type, room));
    }
    shown
}

/// The fields of a form, or the text of any other body; the format has no place for bytes.
fn post_data(body: &Body, bytes: &Bytes, media_type: &str, room: &mut usize) -> Value {
    let left_out = |why: &str| json!({ "mimeType": media_type, "params": [], "text": "", "comment": why });
    if !take(room, bytes.len()) {
        return left_out(&format!("{} bytes are left out", bytes.len()));
    }
    let params: Vec<Value> = match (body, std::str::from_utf8(bytes)) {
        (Body::Form(fields), _) => fields.iter().map(|(name, value)| parameter(name, value)).collect(),
        (Body::Multipart(parts), _) => parts.iter().map(part).collect(),
        (_, Ok(text)) => return json!({ "mimeType": media_type, "params": [], "text": mask_fields(text) }),
        (_, Err(_)) => return left_out(&format!("{} bytes that are no text", bytes.len())),
    };
    json!({ "mimeType": media_type, "params": params, "text": "" })
}

fn part(part: &Part) -> Value {
    let value = match (std::str::from_utf8(&part.bytes), part.file_name.is_some()) {
        (Ok(text), false) => masked(&part.name, text),
        _ => Cow::Owned(format!("({} bytes)", part.bytes.len())),
    };
    let mut shown = json!({ "name": part.name, "value": value });
    if let Some(fields) = shown.as_object_mut() {
        fields.extend(part.file_name.iter().map(|name| ("fileName".to_owned(), name.as_str().into())));
        fields.extend(part.content_type.iter().map(|kind| ("contentType".to_owned(), kind.as_str().into())));
    }
    shown
}

fn response(hop: &Hop, room: &mut usize) -> Value {
    let Some(answer) = &hop.answer else {
        return json!({
            "status": 0, "statusText": "", "httpVersion": "unknown", "cookies": [], "headers": [],
            "content": { "size": 0, "mimeType": "x-unknown" },
            "redirectURL": "", "headersSize": -1, "bodySize": -1,
        });
    };
    let find = |wanted: &str| {
        let found = answer.headers.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    // Without it the body came in chunks or packed, and nobody counted its bytes.
    let on_the_wire = find("content-length").parse::<i64>().unwrap_or(-1);
    json!({
        "status": answer.status,
        "statusText": super::curl::reason(answer.status),
        "httpVersion": answer.version,
        "cookies": [],
        "headers": answer.headers.iter().map(|(name, value)| header(name, value, false)).collect::<Vec<_>>(),
        "content": content(answer, find("content-type"), room),
        "redirectURL": mask_fields(find("location")),
        "headersSize": -1,
        "bodySize": on_the_wire,
    })
}

fn content(answer: &Answer, media_type: &str, room: &mut usize) -> Value {
    let bytes = answer.body.as_ref().map(Bytes::as_ref).unwrap_or_default();
    let (size, media_type) = (bytes.len(), if media_type.is_empty() { "x-unknown" } else { media_type });
    if bytes.is_empty() {
        return json!({ "size": size, "mimeType": media_type });
    }
    if !take(room, size) {
        let why = format!("{size} bytes are left out");
        return json!({ "size": size, "mimeType": media_type, "comment": why });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => json!({ "size": size, "mimeType": media_type, "text": mask_fields(text) }),
        Err(_) => {
            json!({ "size": size, "mimeType": media_type, "text": STANDARD.encode(bytes), "encoding": "base64" })
        }
    }
}

/// The time of each part, which together make the whole. Sending is not measured apart from waiting.
fn timings(phases: &Phases) -> Value {
    let length = |lap: Option<super::Lap>| lap.map_or(json!(-1), |lap| milliseconds(lap.length()));
    let begun = phases.look_up.or(phases.connect).map(|lap| lap.from);
    let connected = phases.tls.or(phases.connect).or(phases.look_up).map(|lap| lap.to);
    let connect = match (phases.connect, phases.tls) {
        (Some(connect), Some(tls)) => milliseconds(tls.to.saturating_sub(connect.from)),
        (connect, _) => length(connect),
    };
    let answered = phases.first_byte.unwrap_or(phases.total);
    json!({
        "blocked": begun.map_or(json!(-1), milliseconds),
        "dns": length(phases.look_up),
        "connect": connect,
        "ssl": length(phases.tls),
        "send": 0,
        "wait": milliseconds(answered.saturating_sub(connected.unwrap_or_default())),
        "receive": milliseconds(phases.total.saturating_sub(answered)),
        "comment": "wait includes sending",
    })
}

fn header(name: &str, value: &str, is_credential: bool) -> Value {
    let value = if is_credential || is_sensitive_header(name) { Cow::Borrowed(MASK) } else { mask_fields(value) };
    json!({ "name": name, "value": value })
}

fn parameter(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": masked(name, value) })
}

fn masked<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    if is_sensitive_field(name) { Cow::Borrowed(MASK) } else { mask_fields(value) }
}

/// Whether there is room for so many bytes more, which are then taken.
fn take(room: &mut usize, bytes: usize) -> bool {
    let fits = bytes <= MOST_BODY && *room + bytes <= MOST_BODIES;
    *room += if fits { bytes } else { 0 };
    fits
}

fn without_user(url: &Url) -> Url {
    let mut url = url.clone();
    // Both fail only for addresses that cannot have them.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// With the microseconds as a fraction.
fn milliseconds(time: Duration) -> Value {
    let microseconds = u32::try_from(time.as_micros()).unwrap_or(u32::MAX);
    json!(f64::from(microseconds) / 1_000.0)
}

fn timestamp(time: SystemTime) -> String {
    match jiff::Timestamp::try_from(time) {
        Ok(time) => format!("{time:.3}"),
        Err(_) => "1970-01-01T00:00:00.000Z".to_owned(),
    }
}

/// Masks every text. The depth is that of the format: what servers sent stands in texts.
fn mask(value: &mut Value, redactor: &Redactor) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(masked) = redactor.redact(text) {
                *text = masked;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| mask(value, redactor)),
        Value::Object(fields) => fields.values_mut().for_each(|value| mask(value, redactor)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
