//! The runs of a thread that wait for a reply. A reply finds its run by number. A run whose time is over is found by its
//! deadline. A cancelled one is only found by looking at the flags of all, since a flag wakes nobody.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::worker::Running;

/// How long a run that waits for a reply may take to notice that it was cancelled.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Looking at the flags of very many runs may take this part of a thread's time, and is done more rarely to keep to it.
const LOOKING_SHARE: u32 = 20;

/// Waiting runs by number.
#[derive(Default)]
pub(super) struct Waiting {
    runs: HashMap<u64, Box<Running>, foldhash::fast::RandomState>,
    /// Of the runs whose time is limited, the soonest first.
    deadlines: BTreeSet<(Instant, u64)>,
    /// When to look at the flags; none where no run waits.
    look_at: Option<Instant>,
}

impl Waiting {
    /// A run begins to wait.
    pub(super) fn insert(&mut self, number: u64, running: Box<Running>) {
        if let Some(deadline) = running.machine.deadline() {
            self.deadlines.insert((deadline, number));
        }
        self.runs.insert(number, running);
        if self.look_at.is_none() {
            self.look_at = Some(Instant::now() + LOOK_EVERY);
        }
    }

    /// The run of this number, if it still waits.
    pub(super) fn take(&mut self, number: u64) -> Option<Box<Running>> {
        let running = self.runs.remove(&number)?;
        if let Some(deadline) = running.machine.deadline() {
            self.deadlines.remove(&(deadline, number));
        }
        Some(running)
    }

    /// When [`Waiting::take_overdue`] is due; none where no run waits.
    pub(super) fn alarm(&self) -> Option<Instant> {
        let deadline = self.deadlines.first().map(|(deadline, _)| *deadline);
        self.look_at.into_iter().chain(deadline).min()
    }

    /// The runs whose time is over, and from time to time those that were cancelled.
    #[expect(clippy::vec_box, reason = "runs go on in the boxes they waited in")]
    pub(super) fn take_overdue(&mut self) -> Vec<Box<Running>> {
        let now = Instant::now();
        let late = self.deadlines.iter().take_while(|(deadline, _)| *deadline <= now);
        let mut numbers: Vec<u64> = late.map(|(_, number)| *number).collect();
        if self.look_at.is_some_and(|at| at <= now) {
            let cancelled = |running: &Running| running.cancelled.load(Ordering::Relaxed);
            numbers.extend(self.runs.iter().filter(|(_, running)| cancelled(running)).map(|(number, _)| *number));
            let every = LOOK_EVERY.max(now.elapsed() * LOOKING_SHARE);
            self.look_at = Some(now + every);
        }
        // One that is late and cancelled is taken once.
        let overdue = numbers.into_iter().filter_map(|number| self.take(number)).collect();
        if self.runs.is_empty() {
            self.look_at = None;
        }
        overdue
    }
}
