//! How a run tells its end. It is told once, whatever becomes of the run: one that is dropped on the way has an outcome as
//! well, with its own id, so that no caller waits for ever and none is told of a run that it does not know.

use std::sync::Arc;

use super::Outcome;

/// Takes the outcome of one run to whoever waits for it.
pub(super) struct Ending {
    id: Arc<str>,
    tell: Option<Box<dyn FnOnce(Outcome) + Send>>,
}

impl Ending {
    /// Of the run with this id.
    pub(super) fn new(id: Arc<str>, tell: impl FnOnce(Outcome) + Send + 'static) -> Self {
        Self { id, tell: Some(Box::new(tell)) }
    }

    /// Tells the outcome.
    pub(super) fn tell(mut self, outcome: Outcome) {
        self.tell_once(outcome);
    }

    fn tell_once(&mut self, outcome: Outcome) {
        if let Some(tell) = self.tell.take() {
            tell(Outcome { id: Arc::clone(&self.id), ..outcome });
        }
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        if self.tell.is_some() {
            // What unwinds a thread here belongs to the application: a function of its own that panics is caught before.
            self.tell_once(if std::thread::panicking() { Outcome::panicked() } else { Outcome::abandoned() });
        }
    }
}
