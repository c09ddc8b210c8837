//! What of an exchange took how long. reqwest tells only when an answer's head is there, so the earlier moments are noted
//! where they happen: in a layer around its connector, in our resolver, and in the store of TLS sessions, which is asked at
//! the first byte of a handshake. A task-local stopwatch leads them to the request for which the connection is made.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper_util::client::legacy::connect::{Connection, HttpInfo};
use tower::{Layer, Service};

tokio::task_local! {
    static STOPWATCH: Stopwatch;
}

/// When what happened, from the beginning of an exchange. What is unknown, or did not happen, is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phases {
    /// Looking up the name; `None` for an address in numbers.
    pub look_up: Option<Lap>,
    /// Making the connection, without TLS.
    pub connect: Option<Lap>,
    /// The TLS handshake.
    pub tls: Option<Lap>,
    /// When the head of the answer was there.
    pub first_byte: Option<Duration>,
    /// When everything was there, or given up.
    pub total: Duration,
    /// Whether the request went over a connection that an earlier one had made. The first three are then `None`.
    pub reused: bool,
}

/// A part of an exchange, in time from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lap {
    /// When it began.
    pub from: Duration,
    /// When it was over.
    pub to: Duration,
}

impl Lap {
    /// How long it took.
    pub fn length(&self) -> Duration {
        self.to.saturating_sub(self.from)
    }
}

/// A connection, told apart by our own end, since several may lead to one server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) ours: SocketAddr,
    pub(super) server: SocketAddr,
}

impl Ends {
    fn of(info: &HttpInfo) -> Self {
        Self { ours: info.local_addr(), server: info.remote_addr() }
    }
}

/// Takes the time of one exchange. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Stopwatch(Arc<Mutex<Moments>>);

#[derive(Debug)]
struct Moments {
    begun: Instant,
    connecting: Option<Instant>,
    looking_up: Option<Instant>,
    looked_up: Option<Instant>,
    securing: Option<Instant>,
    connected: Option<Instant>,
    made: Option<Ends>,
    first_byte: Option<Instant>,
    /// Whether the answer came over the connection that was made for it.
    own_connection: bool,
    ended: Option<Instant>,
}

impl Stopwatch {
    pub(super) fn start() -> Self {
        Self(Arc::new(Mutex::new(Moments {
            begun: Instant::now(),
            connecting: None,
            looking_up: None,
            looked_up: None,
            securing: None,
            connected: None,
            made: None,
            first_byte: None,
            own_connection: false,
            ended: None,
        })))
    }

    /// Takes the time of connections that this future makes.
    pub(super) async fn of<F: Future>(&self, future: F) -> F::Output {
        STOPWATCH.scope(self.clone(), future).await
    }

    /// The head of an answer is there. Gives the connection over which it came.
    pub(super) fn answered(&self, answer: &reqwest::Response) -> Option<Ends> {
        let used = answer.extensions().get::<HttpInfo>().map(Ends::of);
        let mut moments = self.moments();
        moments.first_byte = Some(Instant::now());
        // While this request made a connection another may have become free and taken it.
        moments.own_connection = moments.made.is_some() && (used.is_none() || moments.made == used);
        used
    }

    /// Everything is there, or given up.
    pub(super) fn ended(&self) {
        self.moments().ended.get_or_insert_with(Instant::now);
    }

    /// What is known by now.
    pub(super) fn phases(&self) -> Phases {
        let moments = self.moments();
        let since = |moment: Instant| moment.saturating_duration_since(moments.begun);
        let lap = |from: Option<Instant>, to: Option<Instant>| Some(Lap { from: since(from?), to: since(to?) });
        let mut phases = Phases {
            first_byte: moments.first_byte.map(since),
            total: since(moments.ended.unwrap_or_else(Instant::now)),
            reused: moments.first_byte.is_some() && !moments.own_connection,
            ..Phases::default()
        };
        if !phases.reused {
            phases.look_up = lap(moments.looking_up, moments.looked_up);
            phases.connect = lap(moments.looked_up.or(moments.connecting), moments.securing.or(moments.connected));
            phases.tls = lap(moments.securing, moments.connected);
        }
        phases
    }

    fn moments(&self) -> MutexGuard<'_, Moments> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the time of looking a name up, when somebody wants to know.
pub(super) async fn looking_up<F: Future>(future: F) -> F::Output {
    note(|moments| moments.looking_up = Some(Instant::now()));
    let found = future.await;
    note(|moments| moments.looked_up = Some(Instant::now()));
    found
}

/// A TLS handshake begins.
pub(super) fn securing() {
    note(|moments| {
        moments.securing.get_or_insert_with(Instant::now);
    });
}

fn note(change: impl FnOnce(&mut Moments)) {
    // Nobody is listening when a connection is made for no request in particular.
    let _ = STOPWATCH.try_with(|stopwatch| change(&mut stopwatch.moments()));
}

/// The layer around reqwest's connector.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timing;

impl<S> Layer<S> for Timing {
    type Service = Timed<S>;

    fn layer(&self, inner: S) -> Timed<S> {
        Timed(inner)
    }
}

/// A connector that notes when it begins and when it is done.
#[derive(Clone, Debug)]
pub(super) struct Timed<S>(S);

impl<S, Target> Service<Target> for Timed<S>
where
    S: Service<Target>,
    S::Response: Connection,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, target: Target) -> Self::Future {
        let connecting = self.0.call(target);
        let Ok(stopwatch) = STOPWATCH.try_with(Clone::clone) else { return Box::pin(connecting) };
        // A request that is sent anew connects anew.
        {
            let mut moments = stopwatch.moments();
            moments.connecting = Some(Instant::now());
            (moments.looking_up, moments.looked_up, moments.securing) = (None, None, None);
        }
        let inner = stopwatch.clone();
        // The connection may go on in a task of its own when the request takes another, so the stopwatch goes with it.
        Box::pin(STOPWATCH.scope(inner, async move {
            let connection = connecting.await?;
            let mut extras = Default::default();
            connection.connected().get_extras(&mut extras);
            let mut moments = stopwatch.moments();
            moments.connected = Some(Instant::now());
            moments.made = extras.get::<HttpInfo>().map(Ends::of);
            drop(moments);
            Ok(connection)
        }))
    }
}
