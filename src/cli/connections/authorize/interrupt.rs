//! Ctrl-C while a person is waited for: the wait ends, and with it the program, with nothing stored.

use std::sync::Arc;

use tokio::sync::Notify;

/// Tells of Ctrl-C.
pub(super) struct Interrupt(Arc<Notify>);

impl Interrupt {
    /// Listens from now on. Where a question without echo was asked before, its own handler ends the program.
    pub(super) fn new() -> Self {
        let notify = Arc::new(Notify::new());
        let told = Arc::clone(&notify);
        let _ = ctrlc::set_handler(move || told.notify_one());
        Self(notify)
    }

    pub(super) async fn pressed(&self) {
        self.0.notified().await;
    }
}
