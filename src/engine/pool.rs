//! The threads that run scripts. They are plain threads without any runtime; each is started when there is work that the
//! ones before it do not take up, and takes the runs that are given to it to their end, since values never change thread.

use std::sync::mpsc::Sender;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::available_parallelism;

use super::worker::{self, Job, Load, Message};

/// The threads of an engine.
pub(super) struct Pool {
    /// How many there may be; one per processor when nothing was said. Counting processors reads files, which a program
    /// that runs one script need not wait for.
    most: OnceLock<usize>,
    workers: Mutex<Vec<Worker>>,
}

struct Worker {
    inbox: Sender<Message>,
    load: Load,
}

impl Pool {
    pub(super) fn new(most: Option<usize>) -> Self {
        Self { most: most.map_or_else(OnceLock::new, OnceLock::from), workers: Mutex::new(Vec::new()) }
    }

    /// Gives a run to the thread with the fewest, or to a new one when all have some and there may be more.
    pub(super) fn start(&self, job: Job) {
        let mut workers = self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        let all_busy = workers.iter().all(|worker| worker.load.get() > 0);
        let more = |now: usize| now < *self.most.get_or_init(|| available_parallelism().map_or(1, usize::from));
        if all_busy
            && (workers.is_empty() || more(workers.len()))
            && let Some((inbox, load)) = worker::spawn()
        {
            workers.push(Worker { inbox, load });
        }
        let Some(freest) = workers.iter().min_by_key(|worker| worker.load.get()) else {
            // Dropping the job tells whoever waits for it.
            return;
        };
        freest.load.add();
        // A thread ends only when it is told to, so the message arrives.
        let _ = freest.inbox.send(Message::Start(Box::new(job)));
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        for worker in self.workers.get_mut().unwrap_or_else(PoisonError::into_inner) {
            let _ = worker.inbox.send(Message::Stop);
        }
    }
}
