//! The one thread on which all network traffic of an engine happens. It begins with the first request, so that scripts
//! that send nothing pay nothing, and ends by itself when the engine is dropped, on whatever thread that is.

use std::future::Future;
use std::sync::OnceLock;

use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// The thread, once it is needed.
#[derive(Debug, Default)]
pub(super) struct Io {
    started: OnceLock<Option<Started>>,
}

#[derive(Debug)]
struct Started {
    handle: Handle,
    /// Dropping this ends the thread.
    _running: oneshot::Sender<()>,
}

impl Io {
    /// Runs a future on the thread. False when there is no thread to be had.
    pub(super) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) -> bool {
        match self.started.get_or_init(start) {
            Some(started) => {
                started.handle.spawn(future);
                true
            }
            None => false,
        }
    }
}

fn start() -> Option<Started> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
    let handle = runtime.handle().clone();
    let (running, stopped) = oneshot::channel::<()>();
    let work = move || {
        // The sender is never used, only dropped.
        let _ = runtime.block_on(stopped);
    };
    std::thread::Builder::new().name("sluice-io".into()).spawn(work).ok()?;
    Some(Started { handle, _running: running })
}
