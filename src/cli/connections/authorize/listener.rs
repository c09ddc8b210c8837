//! The page of this machine to which the provider sends the browser back. Anybody on the machine, and any web page in the
//! browser, can call it: it answers to its own name and path alone, takes one answer at a time, and tells nothing.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Method, Response, header};
use tokio::sync::{mpsc, oneshot, watch};

use super::super::super::Error;
use super::PATH;
use super::page::Page;

/// The longest path with query that is looked at, in bytes.
const LONGEST: usize = 16 * 1024;
/// How long the browser may take to read the last page.
const STOP_TIME: Duration = Duration::from_secs(2);
/// How long an answer may be looked at, the exchange of its code included.
const PATIENCE: Duration = Duration::from_secs(120);

/// A page that waits to be called.
pub(super) struct Listener {
    port: u16,
    arrivals: mpsc::Receiver<Arrival>,
    stop: watch::Sender<bool>,
    server: tokio::task::JoinHandle<()>,
}

/// A call of the callback address.
pub(super) struct Arrival {
    /// The whole address.
    pub(super) address: String,
    reply: oneshot::Sender<Page>,
}

impl Arrival {
    /// Shows the browser how it went.
    pub(super) fn show(self, page: Page) {
        // A browser that went away misses nothing but the page.
        let _ = self.reply.send(page);
    }
}

/// What each call needs.
#[derive(Clone)]
struct Door {
    port: u16,
    arrivals: mpsc::Sender<Arrival>,
}

impl Listener {
    /// Listens on a port of this machine; 0 stands for a free one.
    pub(super) fn start(port: u16) -> Result<Self, Error> {
        let fail = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::AddrInUse => Error::PortTaken { port },
            _ => Error::Listen { port, reason: error.to_string() },
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(fail)?;
        listener.set_nonblocking(true).map_err(fail)?;
        let port = listener.local_addr().map_err(fail)?.port();
        let listener = tokio::net::TcpListener::from_std(listener).map_err(fail)?;
        // One at a time: who comes while an answer is looked at is told so.
        let (sender, arrivals) = mpsc::channel(1);
        let (stop, stopped) = watch::channel(false);
        let router = Router::new().fallback(answer).with_state(Arc::new(Door { port, arrivals: sender }));
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, router).with_graceful_shutdown(asked(stopped)).await;
        });
        Ok(Self { port, arrivals, stop, server })
    }

    /// The port, also when a free one was taken.
    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// The next call. Waits for ever when none can come.
    pub(super) async fn next(&mut self) -> Arrival {
        match self.arrivals.recv().await {
            Some(arrival) => arrival,
            None => std::future::pending().await,
        }
    }

    /// Lets the browser read its last page, and stops.
    pub(super) async fn stop(self) {
        let _ = self.stop.send(true);
        let _ = tokio::time::timeout(STOP_TIME, self.server).await;
    }
}

async fn asked(mut stopped: watch::Receiver<bool>) {
    // An error means that the listener is gone, which is the same wish.
    let _ = stopped.wait_for(|stop| *stop).await;
}

async fn answer(State(door): State<Arc<Door>>, request: Request) -> Response<Body> {
    let (head, _) = request.into_parts();
    look(&door, &head).await.response()
}

async fn look(door: &Door, request: &Parts) -> Page {
    let host = request.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    // A name that only leads here is another site's (DNS rebinding).
    if host != format!("127.0.0.1:{}", door.port) && host != format!("localhost:{}", door.port) {
        return Page::Refused;
    }
    let target = request.uri.path_and_query().map(|target| target.as_str()).unwrap_or_default();
    if request.uri.path() != PATH || request.method != Method::GET || target.len() > LONGEST {
        return Page::Nothing;
    }
    // The address is the one that was registered, whichever name of this machine the browser used.
    let address = format!("http://127.0.0.1:{}{target}", door.port);
    let (reply, page) = oneshot::channel();
    if door.arrivals.try_send(Arrival { address, reply }).is_err() {
        return Page::Taken;
    }
    match tokio::time::timeout(PATIENCE, page).await {
        Ok(Ok(page)) => page,
        Ok(Err(_)) | Err(_) => Page::Taken,
    }
}
