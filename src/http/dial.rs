//! What is particular to reqwest: building it, reading its answers within the limits, and turning its errors, which are
//! grouped by layer, into ours, which are grouped by what a person can do.

use std::error::Error as StdError;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{CONTENT_LENGTH, HeaderName, HeaderValue};
use url::Url;

use super::client::host_of;
use super::phases::Timing;
use super::resolver::GuardedResolver;
use super::{Body, Error, Limits, Method, Options, Proxy, Request, Response, certificates, handshake, tls};

/// Headers that describe the connection, the length of the body, and the host that is dialled. The client sets them: from
/// a script they could cut one request into two, or make a checked address answer for another host. It also names the
/// encodings that it can unpack; scripts copy others from browsers.
const OWN_HEADERS: [&str; 12] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Status and headers of an answer.
pub(super) struct Head {
    pub(super) status: u16,
    /// For example `HTTP/1.1`.
    pub(super) version: &'static str,
    pub(super) headers: Vec<(String, String)>,
}

/// The reqwest client for `https`: certificates must come from the authorities that this machine trusts, or from those that
/// were added.
pub(super) fn secure(options: &Options) -> Result<reqwest::Client, Error> {
    let added = certificates::read(&options.certificates)?;
    build(builder(options).tls_backend_preconfigured(tls::config(added)?))
}

/// The reqwest client for `http`. It trusts no authority at all, so it could not be used for `https` by mistake.
pub(super) fn plain(options: &Options) -> Result<reqwest::Client, Error> {
    build(builder(options).tls_certs_only([]))
}

/// Whether the client sets this header itself.
pub(super) fn is_own_header(name: &str) -> bool {
    OWN_HEADERS.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// The request as reqwest takes it, its body already settled.
pub(super) fn prepare(request: &Request, dialled: &Url) -> Result<reqwest::Request, Error> {
    let mut prepared = reqwest::Request::new(method(request.method), dialled.clone());
    for (name, value) in &request.headers {
        let value = header_value(name, value)?;
        let name = header_name(name)?;
        if !is_own_header(name.as_str()) {
            prepared.headers_mut().append(name, value);
        }
    }
    match &request.body {
        Body::Raw { bytes, .. } => *prepared.body_mut() = Some(reqwest::Body::from(bytes.clone())),
        // Servers may refuse a POST that does not say that it is empty.
        _ if matches!(request.method, Method::Post | Method::Put | Method::Patch) => {
            prepared.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        _ => {}
    }
    Ok(prepared)
}

/// The answer of a transport as one of reqwest's, so that it is read and limited the same way.
pub(super) fn answer_of(response: Response) -> Result<reqwest::Response, Error> {
    let mut answer = ::http::Response::new(response.body);
    *answer.status_mut() = ::http::StatusCode::from_u16(response.status).map_err(|_| Error::BrokenAnswer {
        host: host_of(&response.url),
        reason: "its status is no number of three digits".to_owned(),
    })?;
    for (name, value) in &response.headers {
        answer.headers_mut().append(header_name(name)?, header_value(name, value)?);
    }
    Ok(answer.into())
}

/// A header's value, refused when it holds a control character.
pub(super) fn header_value(name: &str, value: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_bytes(value.as_bytes()).map_err(|_| Error::InvalidHeader {
        place: format!("header {}", shown_name(name)),
        reason: "its value contains a line break or another control character".to_owned(),
    })
}

/// Reads the answer's status and headers within the limit.
pub(super) fn head(answer: &reqwest::Response, url: &Url, limits: &Limits) -> Result<Head, Error> {
    let size: usize = answer.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if size > limits.header_bytes {
        return Err(Error::TooLarge { host: host_of(url), what: "headers", limit: limits.header_bytes });
    }
    let headers = answer.headers().iter().map(|(name, value)| (name.as_str().to_owned(), header_text(value))).collect();
    Ok(Head { status: answer.status().as_u16(), version: version(answer.version()), headers })
}

/// Reads the answer's body within the limit, counted after decompression, so that a small answer cannot unpack to a huge
/// one.
pub(super) async fn content(mut answer: reqwest::Response, url: &Url, limits: &Limits) -> Result<Bytes, Error> {
    let limit = limits.response_bytes;
    let too_large = || Error::TooLarge { host: host_of(url), what: "content", limit };
    let announced = usize::try_from(answer.content_length().unwrap_or(0)).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(too_large());
    }
    let mut content = BytesMut::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| broken(&error, url))? {
        if content.len() + chunk.len() > limit {
            return Err(too_large());
        }
        content.extend_from_slice(&chunk);
    }
    Ok(content.freeze())
}

/// Our error for one of reqwest's.
pub(super) fn explain(error: &reqwest::Error, dialled: &Url, options: &Options) -> Error {
    if let Some(own) = causes(error).find_map(|cause| cause.downcast_ref::<Error>()) {
        return own.clone();
    }
    if error.is_builder() {
        return Error::InvalidUrl { reason: root_cause(error) };
    }
    if hyper_cause(error).is_some_and(hyper::Error::is_parse_too_large) {
        return Error::TooLarge { host: host_of(dialled), what: "headers", limit: options.limits.header_bytes };
    }
    if !error.is_connect() {
        return broken(error, dialled);
    }
    let target = match dialled.port_or_known_default() {
        Some(port) => format!("{}:{port}", host_of(dialled)),
        None => host_of(dialled),
    };
    let proxy = options.proxy.as_ref().filter(|_| Proxy::takes(dialled));
    // What was dialled is the proxy; whether it fails there or behind it, it is the one to look at.
    let host = proxy.map_or_else(|| target.clone(), |proxy| format!("{} (the proxy)", proxy.name()));
    if error.is_timeout() {
        let reason = format!("there was no connection within {} s", options.limits.connect.as_secs_f64());
        return Error::Connect { host, reason };
    }
    let reason = root_cause(error);
    if let Some(problem) = reason.strip_prefix("tunnel error: ") {
        return Error::Connect { host, reason: tunnel_problem(problem, &target) };
    }
    // What the operating system refuses has its number; whatever else goes wrong before a request is the handshake.
    let refused =
        causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|io| io.raw_os_error().is_some());
    if dialled.scheme() == "https" && !refused {
        let known = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>()).and_then(handshake::reason);
        Error::Tls { host: target, reason: known.unwrap_or(reason) }
    } else {
        Error::Connect { host, reason }
    }
}

/// Whether the connection ended before a byte of an answer came. A server may close a connection that was kept open in
/// the very moment in which the next request is sent on it.
pub(super) fn ended_unanswered(error: &reqwest::Error) -> bool {
    hyper_cause(error).is_some_and(|cause| cause.is_incomplete_message() || cause.is_canceled())
}

/// What both clients have in common. Environment variables name no proxy for them.
fn builder(options: &Options) -> reqwest::ClientBuilder {
    let limits = &options.limits;
    let resolver = GuardedResolver {
        resolver: options.resolver.clone(),
        guard: options.guard.clone(),
        proxy: options.proxy.as_ref().and_then(Proxy::domain),
    };
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .dns_resolver(Arc::new(resolver))
        .connector_layer(Timing)
        .connect_timeout(limits.connect)
        // Many servers drop idle connections after 30 or 60 seconds; a POST on such a connection is lost.
        .pool_idle_timeout(Duration::from_secs(20))
        .http2_max_header_list_size(u32::try_from(limits.header_bytes).unwrap_or(u32::MAX));
    match &options.proxy {
        Some(proxy) => builder.proxy(proxy.configured()),
        None => builder,
    }
}

fn build(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, Error> {
    builder.build().map_err(|error| Error::Setup { reason: root_cause(&error) })
}

/// What a proxy that opened no tunnel meant.
fn tunnel_problem(problem: &str, target: &str) -> String {
    match problem {
        "proxy authorization required" => "it asks for a user name and a password".to_owned(),
        "unsuccessful" => format!("it would not connect to {target}"),
        "unexpected end of file" => "it closed the connection".to_owned(),
        other => other.to_owned(),
    }
}

fn hyper_cause(error: &reqwest::Error) -> Option<&hyper::Error> {
    causes(error).find_map(|cause| cause.downcast_ref::<hyper::Error>())
}

fn broken(error: &reqwest::Error, url: &Url) -> Error {
    Error::BrokenAnswer { host: host_of(url), reason: root_cause(error) }
}

/// The innermost message; the outer ones only repeat the address, which may hold a key.
fn root_cause(error: &reqwest::Error) -> String {
    match causes(error).last() {
        Some(cause) => cause.to_string(),
        None => "the request failed".to_owned(),
    }
}

/// Everything that led to the error, outermost first. An `io::Error` hides the error it was made of from `source`.
fn causes<'e>(error: &'e reqwest::Error) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    std::iter::successors(error.source(), |cause| {
        match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner as &(dyn StdError + 'static)),
            None => (*cause).source(),
        }
    })
}

fn header_name(name: &str) -> Result<HeaderName, Error> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| Error::InvalidHeader {
        place: format!("header {}", shown_name(name)),
        reason: "its name may have letters, digits and hyphens only".to_owned(),
    })
}

/// A bad name in quotes, on one line and not endless.
fn shown_name(name: &str) -> String {
    format!("\"{}\"", name.chars().take(60).collect::<String>().escape_debug())
}

/// Header values are bytes. Those that are no UTF-8 are read as Latin-1, in which HTTP once was written.
fn header_text(value: &HeaderValue) -> String {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => text.to_owned(),
        Err(_) => value.as_bytes().iter().copied().map(char::from).collect(),
    }
}

/// The version as its name on the wire; HTTP/2 and 3 are so called by curl.
fn version(version: reqwest::Version) -> &'static str {
    match version {
        reqwest::Version::HTTP_09 => "HTTP/0.9",
        reqwest::Version::HTTP_10 => "HTTP/1.0",
        reqwest::Version::HTTP_2 => "HTTP/2",
        reqwest::Version::HTTP_3 => "HTTP/3",
        _ => "HTTP/1.1",
    }
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
        Method::Options => reqwest::Method::OPTIONS,
        Method::Head => reqwest::Method::HEAD,
    }
}
