//! Where files, databases and the keys of vaults are waited for: never on a thread that also serves the network. What an
//! answer of a server has made necessary is done even if nobody waits for it any more and the runtime is about to end.

use tokio::sync::oneshot;

use super::Error;

const INTERRUPTED: Error = Error::Internal("work for a connection was interrupted");

/// Does something that may block.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(INTERRUPTED))
}

/// The same for what must not be left out: it is done once, whatever becomes of who waits and of the runtime.
pub(super) async fn certainly<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (send, receive) = oneshot::channel();
    // Nobody may be there to be told.
    let must = Must(Some(move || drop(send.send(work()))));
    drop(tokio::task::spawn_blocking(move || drop(must)));
    receive.await.unwrap_or(Err(INTERRUPTED))
}

/// Done when it is dropped: by the thread that was to do it, or by a runtime that throws its tasks away.
struct Must<F: FnOnce()>(Option<F>);

impl<F: FnOnce()> Drop for Must<F> {
    fn drop(&mut self) {
        if let Some(work) = self.0.take() {
            work();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// One thread for blocking work, which is busy: what comes second is thrown away unstarted when the runtime ends.
    #[test]
    fn what_must_be_done_is_done_by_a_runtime_that_ends() {
        let runtime = tokio::runtime::Builder::new_current_thread().max_blocking_threads(1).build().unwrap();
        let (done, (hold, held)) = (Arc::new(AtomicUsize::new(0)), std::sync::mpsc::channel::<()>());
        runtime.spawn_blocking(move || held.recv());
        let counted = Arc::clone(&done);
        let mut waiting = Box::pin(certainly(move || {
            counted.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }));
        runtime.block_on(async {
            tokio::select! {
                biased;
                _ = &mut waiting => (),
                () = std::future::ready(()) => (),
            }
        });
        assert_eq!(done.load(Ordering::SeqCst), 0);
        drop(waiting);
        drop(hold);
        drop(runtime);
        assert_eq!(done.load(Ordering::SeqCst), 1);
    }
}
