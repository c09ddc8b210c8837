//! The line that says how long a slow request has been under way. It is there on a terminal only, comes after a second, and
//! goes before anything else is printed.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::connections::Connections;
use crate::effect::{Action, Effect};
use crate::host::{Answer, Driver};

/// A request that takes longer is told of.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line is written anew.
const EVERY: Duration = Duration::from_secs(1);

/// Takes away what stands on the last line.
const WIPE: &str = "\r\x1b[K";

/// Tells of slow requests, where there is a person to tell.
#[derive(Clone)]
pub(super) struct Elapsed {
    is_shown: bool,
    present: Present,
}

/// The line of the request that is under way. A run that is cancelled does not wait for its request, whose answer may come
/// while the next one is under way: lines are told apart by their numbers.
type Present = Arc<Mutex<(u64, Option<(u64, Line)>)>>;

impl Elapsed {
    /// For a terminal, or for nobody.
    pub(super) fn new(is_interactive: bool) -> Self {
        Self { is_shown: is_interactive && std::io::stderr().is_terminal(), present: Present::default() }
    }

    /// Ends the line, because a run is over. What the terminal shows of a Ctrl-C goes with it.
    pub(super) fn end(&self, was_cancelled: bool) {
        self.present.lock().unwrap_or_else(PoisonError::into_inner).1.take();
        if self.is_shown && was_cancelled {
            write(WIPE);
        }
    }

    /// The driver with a clock before it. A trace tells enough itself.
    pub(super) fn before(&self, inner: Arc<dyn Driver>, is_traced: bool) -> Arc<dyn Driver> {
        if self.is_shown && !is_traced { Arc::new(Timed { inner, present: Arc::clone(&self.present) }) } else { inner }
    }
}

struct Timed {
    inner: Arc<dyn Driver>,
    present: Present,
}

impl Driver for Timed {
    fn perform(&self, effect: Effect, user: Option<&str>, reply: Answer) {
        let Some(what) = told(&effect.action) else { return self.inner.perform(effect, user, reply) };
        let number = begin(&self.present, what);
        let present = Arc::clone(&self.present);
        self.inner.perform(
            effect,
            user,
            Box::new(move |answer| {
                present.lock().unwrap_or_else(PoisonError::into_inner).1.take_if(|(line, _)| *line == number);
                reply(answer);
            }),
        );
    }

    fn with_connections(&self, connections: &Connections) -> Option<Arc<dyn Driver>> {
        let inner = self.inner.with_connections(connections)?;
        Some(Arc::new(Timed { inner, present: Arc::clone(&self.present) }))
    }
}

/// Puts a line in the place of the one before, which is wiped, and gives its number.
fn begin(present: &Present, what: String) -> u64 {
    let mut present = present.lock().unwrap_or_else(PoisonError::into_inner);
    present.1.take();
    present.0 += 1;
    let number = present.0;
    present.1 = Some((number, Line::begin(what)));
    number
}

/// What the line says; nothing for what happens at once. The address is told without its query, which may hold a secret.
fn told(action: &Action) -> Option<String> {
    match action {
        Action::Request(request) => {
            let host = request.http.url.host_str().unwrap_or_default();
            let path = request.http.url.path();
            let path: String = path.chars().take(40).collect();
            Some(format!("{} {host}{path}", request.http.method.as_str()))
        }
        Action::Mail(_) => Some("sending a mail".to_owned()),
        Action::Host(call) => Some(call.function.clone()),
        _ => None,
    }
}

/// The line; dropping it wipes it.
struct Line {
    stop: Option<Sender<()>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Line {
    fn begin(what: String) -> Self {
        let (stop, stopped) = channel::<()>();
        let begun = Instant::now();
        let show = move || {
            let mut patience = PATIENCE;
            let mut is_there = false;
            while stopped.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                patience = EVERY;
                is_there = true;
                let seconds = begun.elapsed().as_secs();
                write(&format!("{WIPE}… {what}: {seconds} s (Ctrl-C stops it)"));
            }
            if is_there {
                write(WIPE);
            }
        };
        let thread = std::thread::Builder::new().name("sluice-elapsed".into()).spawn(show).ok();
        Self { stop: Some(stop), thread: Mutex::new(thread) }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.stop.take();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            // It ends at once, and the line is gone before anything else is printed.
            let _ = thread.join();
        }
    }
}

fn write(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
