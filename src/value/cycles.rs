//! Reference counting cannot free a list that contains itself. Every container into which a script stored another
//! container is remembered weakly here; when the run ends, those that are still alive are emptied, which breaks every
//! cycle. Trees read from JSON never enter.

use std::rc::Weak;

use super::aggregate::Inner;
use super::{Aggregate, Value};

/// The containers of one run that could be part of a cycle.
#[derive(Debug, Default)]
pub struct Cycles {
    holders: Vec<Weak<Inner>>,
    /// The dead are dropped when this many are remembered.
    sweep_at: usize,
}

impl Cycles {
    /// Remembers `holder` if `stored` may lead back to it.
    #[inline]
    pub fn stored(&mut self, holder: &Aggregate, stored: &Value) {
        if stored.reaches_others() {
            self.remember(holder);
        }
    }

    /// Remembers `holder` whatever is stored in it, once.
    pub fn remember(&mut self, holder: &Aggregate) {
        if !holder.becomes_holder() {
            return;
        }
        if self.holders.len() >= self.sweep_at.max(1024) {
            self.sweep();
        }
        self.holders.push(holder.downgrade());
    }

    /// Forgets the dead, whose memory is only free then, and gives the bytes that remembering the others takes.
    pub fn sweep(&mut self) -> usize {
        self.holders.retain(|holder| holder.strong_count() > 0);
        self.sweep_at = self.holders.len() * 2;
        self.holders.capacity() * size_of::<Weak<Inner>>()
    }

    /// Empties the survivors, the latest first: what it holds was mostly made for others, which free it in the order in which
    /// it lies in memory. Call when the run's result has been taken out.
    pub fn break_all(&mut self) {
        for holder in self.holders.drain(..).rev() {
            if let Some(inner) = holder.upgrade() {
                inner.empty();
            }
        }
    }
}
