//! How far a run has come, for whoever watches it.

use std::time::Duration;

use crate::vm::Usage;

/// How far a run has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// What was used so far.
    pub usage: Usage,
    /// From its start, waiting included.
    pub time: Duration,
    /// Whether it now waits for the reply of an effect.
    pub is_waiting: bool,
}
