//! The one way out. A request is settled once (body encoded, credentials of its URL moved into a header), then sent hop by
//! hop: each hop is routed, checked, traced and dialled anew, so a redirect gets no further than a first request would.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use url::{Host, Url};

use super::curl::Tracer;
use super::places::Places;
use super::{Error, Guard, Listener, Request, Response, Routes, Sent, Trace, body, dial, redirect, sensitive};
use crate::secret::Redactor;

/// How a [`Client`] behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which addresses may be dialled.
    pub guard: Guard,
    /// Where requests to certain hosts really go.
    pub routes: Routes,
    /// When to give up.
    pub limits: Limits,
    /// How many requests may be under way to one origin (scheme, host and port) at once; 0 sets no limit. The others wait in
    /// order of arrival, within their total time.
    pub per_host: usize,
    /// Who is told what is sent and received; nobody by default.
    pub trace: Option<Trace>,
    /// Who is told of each request when it is over; nobody by default.
    pub listener: Option<Listener>,
    /// Masks secrets in the trace, and learns those that requests and answers carry under well-known names.
    pub redactor: Arc<Redactor>,
    /// Sent as `User-Agent` unless the request has its own.
    pub user_agent: String,
}

impl Default for Options {
    /// The careful choice: the guard is on.
    fn default() -> Self {
        Self {
            guard: Guard::on(),
            routes: Routes::new(),
            limits: Limits::default(),
            per_host: PER_HOST,
            trace: None,
            listener: None,
            redactor: Arc::new(Redactor::default()),
            user_agent: concat!("sluice/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

/// Zoho's own limits for one account are far lower; this one keeps connections and memory within bounds when very many
/// scripts wait for one slow service (docs/performance.md).
const PER_HOST: usize = 1_024;

/// When a [`Client`] gives up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The time for looking up the name, connecting and the TLS handshake. Zoho: 10 seconds (help page "invokeAPI").
    pub connect: Duration,
    /// The time for everything, redirects and the body included. Zoho: 40 seconds (help page "invokeUrl task").
    pub total: Duration,
    /// The most bytes of a body, after decompression. Zoho: 50 MB (help page "postUrl").
    pub response_bytes: usize,
    /// The most bytes of header names and values of one answer.
    pub header_bytes: usize,
    /// How many redirects are followed.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            total: Duration::from_secs(40),
            response_bytes: 50 * 1024 * 1024,
            header_bytes: 256 * 1024,
            redirects: 10,
        }
    }
}

/// Sends requests. Clones share connections. Connections belong to the asynchronous runtime that first sent a request, so
/// one client is used from one runtime.
#[derive(Clone, Debug)]
pub struct Client(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    options: Options,
    places: Places,
    /// Each is made at its first request. Reading the machine's certificates costs more than a whole short run, so what
    /// goes by plain `http` does without, also where there are none.
    plain: OnceLock<Result<reqwest::Client, Error>>,
    secure: OnceLock<Result<reqwest::Client, Error>>,
}

impl Client {
    /// A client that has done nothing yet.
    ///
    /// # Errors
    /// `http::invalid-header` when the user agent cannot stand in a header.
    pub fn new(options: Options) -> Result<Self, Error> {
        dial::header_value("User-Agent", &options.user_agent)?;
        let places = Places::new(options.per_host);
        Ok(Self(Arc::new(Shared { options, places, plain: OnceLock::new(), secure: OnceLock::new() })))
    }

    /// Sends the request, follows redirects, and reads the whole answer. Answers of status 400 and above are answers.
    ///
    /// # Errors
    /// Every [`Error`] but those of routes and ranges. After `http::timeout`, `http::too-large` and `http::broken-answer`
    /// the service may have done what was asked.
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        let options = &self.0.options;
        let tracer = Tracer::new(options.trace.as_ref(), &options.redactor);
        sensitive::learn_request(&request, &options.redactor);
        let (begun, method, url) = (Instant::now(), request.method, request.url.clone());
        let host = host_of(&url);
        let outcome = match tokio::time::timeout(options.limits.total, self.follow(request, &tracer)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Error::Timeout { host, limit: options.limits.total }),
        };
        if let Err(error) = &outcome {
            tracer.note(&format!("{} ({})", error, error.code()));
        }
        if let Some(listener) = &options.listener {
            listener.tell(&Sent { method, url: &url, outcome: outcome.as_ref(), time: begun.elapsed() });
        }
        outcome
    }

    /// Whether a credential may go to this address without encryption: it stays on this machine, because of its host
    /// or of a route, or an exception of the guard names it.
    pub fn allows_plain_http(&self, url: &Url) -> bool {
        let options = &self.0.options;
        options.routes.base_for(url).is_some()
            || url.host_str().is_some_and(|host| options.guard.allows_plain_http(host))
    }

    async fn follow(&self, mut request: Request, tracer: &Tracer<'_>) -> Result<Response, Error> {
        let options = &self.0.options;
        body::settle(&mut request)?;
        take_user_information(&mut request);
        if request.header("user-agent").is_none() {
            request.set_header("User-Agent", options.user_agent.clone());
        }
        let mut redirects = 0;
        loop {
            check_scheme(&request.url)?;
            let routed = options.routes.route(&request.url);
            match (&routed, options.routes.base_for(&request.url)) {
                (Some(_), Some(base)) => tracer.routed(&request.url, base),
                _ => self.check_literal(&request.url)?,
            }
            let dialled = routed.unwrap_or_else(|| request.url.clone());
            // Held until the content was read or given up.
            let _place = self.0.places.take(&dialled).await;
            let sent = Instant::now();
            tracer.request(&request, &dialled);
            let answer = self.dial(&request, &dialled).await?;
            let head = dial::head(&answer, &request.url, &options.limits)?;
            sensitive::learn_headers(&head.headers, &options.redactor);
            tracer.head(&head);
            if let Some(next) = redirect::next(&request, &dialled, &head, &options.routes)? {
                if redirects == options.limits.redirects {
                    let reason = format!("there were more than {redirects} redirects");
                    return Err(Error::Redirect { host: host_of(&request.url), reason });
                }
                redirects += 1;
                tracer.note(&format!("{} redirects to {}", head.status, next.url));
                request = next;
                continue;
            }
            let content = dial::content(answer, &request.url, &options.limits).await?;
            let response = Response { status: head.status, headers: head.headers, body: content, url: request.url };
            sensitive::learn_content(&response, &options.redactor);
            tracer.content(&response, sent.elapsed());
            return Ok(response);
        }
    }

    async fn dial(&self, request: &Request, dialled: &Url) -> Result<reqwest::Response, Error> {
        let Shared { options, plain, secure, .. } = &*self.0;
        let dialler = match dialled.scheme() {
            "https" => secure.get_or_init(|| dial::secure(&options.guard, &options.limits)),
            _ => plain.get_or_init(|| dial::plain(&options.guard, &options.limits)),
        };
        let dialler = dialler.as_ref().map_err(Clone::clone)?;
        let prepared = dial::prepare(request, dialled)?;
        dialler.execute(prepared).await.map_err(|error| dial::explain(&error, dialled, &options.limits))
    }

    /// Addresses written as numbers never reach the resolver, so they are checked here; the URL parser has already read
    /// every spelling of them (decimal, hexadecimal, octal, shortened, mapped).
    fn check_literal(&self, url: &Url) -> Result<(), Error> {
        let guard = &self.0.options.guard;
        match url.host() {
            Some(Host::Ipv4(address)) => guard.check(address.into()),
            Some(Host::Ipv6(address)) => guard.check(address.into()),
            Some(Host::Domain(_)) | None => Ok(()),
        }
    }
}

/// The host of a URL, for messages.
pub(super) fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

fn check_scheme(url: &Url) -> Result<(), Error> {
    if !matches!(url.scheme(), "http" | "https") {
        let reason = format!("{}: is not http: or https:", url.scheme());
        return Err(Error::InvalidUrl { reason });
    }
    Ok(())
}

/// Moves `https://user:password@host` into the header it stands for, so that it shows up in no message, no trace and no
/// redirect, and is treated as the credential that it is.
fn take_user_information(request: &mut Request) {
    let Some((user, password)) = sensitive::user_information(&request.url) else { return };
    // Both fail only for URLs that cannot have user information, and this one has.
    let _ = request.url.set_username("");
    let _ = request.url.set_password(None);
    if request.header("authorization").is_none() {
        request.set_header("Authorization", body::basic(&user, &password));
    }
}
