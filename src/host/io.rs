//! The one thread on which all network traffic of an engine happens. It begins with the first request, so that scripts
//! that send nothing pay nothing, and ends by itself when the engine is dropped, on whatever thread that is.

use std::future::Future;
use std::pin::Pin;
use std::sync::OnceLock;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Something that happens on the thread.
type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// How much work is begun before the work under way gets its turn.
const BEGUN_AT_ONCE: usize = 64;

/// The thread, once it is needed.
#[derive(Debug, Default)]
pub struct Io {
    /// Dropping it ends the thread.
    started: OnceLock<Option<UnboundedSender<Work>>>,
}

impl Io {
    /// Runs a future on the thread. False when there is no thread to be had.
    pub fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) -> bool {
        let started = self.started.get_or_init(start).as_ref();
        started.is_some_and(|started| started.send(Box::pin(future)).is_ok())
    }
}

fn start() -> Option<UnboundedSender<Work>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
    let (sender, queue) = unbounded_channel();
    let work = move || runtime.block_on(begin_all(queue));
    std::thread::Builder::new().name("sluice-io".into()).spawn(work).ok()?;
    Some(sender)
}

/// Begins what is sent, until the sender is dropped. Spawning from other threads would wake this one with a system call for
/// each request, also when it is awake.
async fn begin_all(mut queue: UnboundedReceiver<Work>) {
    let mut begun = Vec::with_capacity(BEGUN_AT_ONCE);
    while queue.recv_many(&mut begun, BEGUN_AT_ONCE).await > 0 {
        begun.drain(..).for_each(|work| drop(tokio::spawn(work)));
        tokio::task::yield_now().await;
    }
}
