//! The one way out. A request is settled once (body encoded, credentials of its URL moved into a header), then sent hop by
//! hop: each hop is routed, checked, traced and dialled anew, so a redirect gets no further than a first request would.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use url::{Host, Url};

use super::curl::Tracer;
use super::listener::Hops;
use super::phases::Stopwatch;
use super::places::Places;
use super::{
    Allowance, Body, Error, Guard, Listener, Method, Proxy, Request, Resolver, Response, Routes, Sent, Trace,
    Transport, body, dial, redirect, sensitive,
};
use crate::secret::Redactor;

/// How a [`Client`] behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which addresses may be dialled.
    pub guard: Guard,
    /// Where requests to certain hosts really go.
    pub routes: Routes,
    /// How names are looked up.
    pub resolver: Resolver,
    /// The proxy through which requests leave; none by default, whatever the environment says.
    pub proxy: Option<Proxy>,
    /// PEM files of authorities to trust beside those of this machine; read when the first encrypted connection is made.
    pub certificates: Vec<PathBuf>,
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
    /// What sends in the place of the built-in client; none by default.
    pub transport: Option<Arc<dyn Transport>>,
    /// Sent as `User-Agent` unless the request has its own.
    pub user_agent: String,
}

impl Default for Options {
    /// The careful choice: the guard is on.
    fn default() -> Self {
        Self {
            guard: Guard::on(),
            routes: Routes::new(),
            resolver: Resolver::default(),
            proxy: None,
            certificates: Vec::new(),
            limits: Limits::default(),
            per_host: PER_HOST,
            trace: None,
            listener: None,
            redactor: Arc::new(Redactor::default()),
            transport: None,
            user_agent: concat!("sluice/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

/// Zoho's own limits for one account are far lower; this one keeps connections and memory within bounds when very many
/// scripts wait for one slow service (docs/performance.md).
const PER_HOST: usize = 2_048;

/// When a [`Client`] gives up. A request can have less, by its [`Allowance`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The time for looking up the name, connecting and the TLS handshake.
    pub connect: Duration,
    /// The time for everything, redirects and the body included.
    pub total: Duration,
    /// The most bytes of a body, after decompression.
    pub response_bytes: usize,
    /// The most bytes of header names and values of one answer.
    pub header_bytes: usize,
    /// How many redirects are followed.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            total: Duration::from_secs(300),
            response_bytes: 50_000_000,
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
    /// How many requests were begun; a redirect begins one.
    begun: AtomicU64,
}

impl Client {
    /// A client that has done nothing yet.
    ///
    /// # Errors
    /// `http::invalid-header` when the user agent cannot stand in a header.
    pub fn new(options: Options) -> Result<Self, Error> {
        dial::header_value("User-Agent", &options.user_agent)?;
        let places = Places::new(options.per_host);
        Ok(Self(Arc::new(Shared {
            options,
            places,
            plain: OnceLock::new(),
            secure: OnceLock::new(),
            begun: AtomicU64::new(0),
        })))
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
        let body = options.listener.as_ref().map_or(Body::Empty, |_| request.body.clone());
        let hops = Hops::default();
        let limits = options.limits.within(request.allowance);
        let host = host_of(&url);
        let following = self.follow(request, &limits, &tracer, &hops);
        let outcome = match tokio::time::timeout(limits.total, following).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Error::Timeout { host, limit: limits.total }),
        };
        let hops = hops.finish();
        if let Err(error) = &outcome {
            tracer.failure(error, hops.last());
        }
        if let Some(listener) = &options.listener {
            let (outcome, time) = (outcome.as_ref(), begun.elapsed());
            listener.tell(&Sent { method, url: &url, body: &body, outcome, time, hops: &hops });
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

    async fn follow(
        &self,
        mut request: Request,
        limits: &Limits,
        tracer: &Tracer<'_>,
        hops: &Hops,
    ) -> Result<Response, Error> {
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
                _ => self.check_target(&request.url).await?,
            }
            let dialled = routed.unwrap_or_else(|| request.url.clone());
            // Held until the content was read or given up.
            let _place = self.0.places.take(&dialled).await;
            let number = self.0.begun.fetch_add(1, Ordering::Relaxed) + 1;
            tracer.request(number, &request, &dialled);
            let stopwatch = Stopwatch::start();
            if options.trace.is_some() || options.listener.is_some() {
                hops.begin(number, &request, &dialled, &stopwatch);
            }
            let answer = stopwatch.of(self.dial(&request, &dialled, tracer)).await?;
            let ends = stopwatch.answered(&answer);
            let head = dial::head(&answer, &request.url, limits)?;
            hops.head(&head, ends);
            sensitive::learn_headers(&head.headers, &options.redactor);
            tracer.head(&head);
            if let Some(next) = redirect::next(&request, &dialled, &head, &options.routes)? {
                if redirects == limits.redirects {
                    let reason = format!("there were more than {redirects} redirects");
                    return Err(Error::Redirect { host: host_of(&request.url), reason });
                }
                if next.reach.as_ref().is_some_and(|reach| !reach.allows(&next.url)) {
                    let reason = format!("it leads to {}, where this request may not go", host_of(&next.url));
                    return Err(Error::Redirect { host: host_of(&request.url), reason });
                }
                redirects += 1;
                stopwatch.ended();
                tracer.redirected(&head, &next.url, redirects, &stopwatch.phases());
                request = next;
                continue;
            }
            let content = dial::content(answer, &request.url, limits).await?;
            stopwatch.ended();
            hops.content(&content);
            let sent = request.body_bytes();
            let response = Response { status: head.status, headers: head.headers, body: content, url: request.url };
            sensitive::learn_content(&response, &options.redactor);
            tracer.content(&response, sent, &stopwatch.phases());
            return Ok(response);
        }
    }

    async fn dial(&self, request: &Request, dialled: &Url, tracer: &Tracer<'_>) -> Result<reqwest::Response, Error> {
        let Shared { options, plain, secure, .. } = &*self.0;
        if let Some(transport) = &options.transport {
            return dial::answer_of(transport.send(request.clone(), dialled.clone()).await?);
        }
        let dialler = match dialled.scheme() {
            "https" => secure.get_or_init(|| dial::secure(options)),
            _ => plain.get_or_init(|| dial::plain(options)),
        };
        let dialler = dialler.as_ref().map_err(Clone::clone)?;
        let mut sent = dialler.execute(dial::prepare(request, dialled)?).await;
        if sent.as_ref().is_err_and(dial::ended_unanswered) && is_safe(request.method) {
            tracer.note("the connection was closed before an answer came; asking once more");
            sent = dialler.execute(dial::prepare(request, dialled)?).await;
        }
        sent.map_err(|error| dial::explain(&error, dialled, options))
    }

    /// Addresses written as numbers never reach the resolver, so they are checked here; the URL parser has already read
    /// every spelling of them (decimal, hexadecimal, octal, shortened, mapped). Nor do names that a proxy looks up.
    async fn check_target(&self, url: &Url) -> Result<(), Error> {
        let options = &self.0.options;
        match url.host() {
            Some(Host::Ipv4(address)) => options.guard.check(address.into()),
            Some(Host::Ipv6(address)) => options.guard.check(address.into()),
            Some(Host::Domain(name)) if options.proxy.is_some() && Proxy::takes(url) => {
                match options.resolver.allowed(name, &options.guard).await {
                    // Behind many proxies only the proxy knows the names of the world, which a person's own run may use.
                    Err(Error::Dns { .. }) if !options.guard.is_on() => Ok(()),
                    other => other.map(|_| ()),
                }
            }
            Some(Host::Domain(_)) | None => Ok(()),
        }
    }
}

impl Limits {
    /// These limits, or those of a request where they are tighter.
    pub(crate) fn within(&self, allowance: Allowance) -> Self {
        let mut limits = self.clone();
        limits.total = allowance.total.map_or(limits.total, |total| total.min(limits.total));
        limits.response_bytes =
            allowance.response_bytes.map_or(limits.response_bytes, |most| most.min(limits.response_bytes));
        limits
    }
}

/// Methods that change nothing may be sent twice (RFC 9110, section 9.2.1).
fn is_safe(method: Method) -> bool {
    matches!(method, Method::Get | Method::Head | Method::Options)
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
    let Some((user, password)) = take_user(request) else { return };
    if request.header("authorization").is_none() {
        request.set_header("Authorization", body::basic(&user, &password));
    }
}

/// Takes user name and password out of the address.
pub(super) fn take_user(request: &mut Request) -> Option<(String, String)> {
    let found = sensitive::user_information(&request.url)?;
    // Both fail only for URLs that cannot have user information, and this one has.
    let _ = request.url.set_username("");
    let _ = request.url.set_password(None);
    Some(found)
}
