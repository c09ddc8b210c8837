//! The table of `--usage`: what a run used of each limit.

use std::time::Duration;

use super::super::table;
use crate::http::grouped;
use crate::vm::{Limits, Usage};

/// The table, a line for each limit.
pub(in crate::cli) fn table(usage: &Usage, taken: Duration, limits: &Limits) -> String {
    let row = |name: &str, used: u64, limit: u64| [name.to_owned(), grouped(used), grouped(limit)];
    let time = limits.time.map_or_else(|| "none".to_owned(), |time| format!("{time:?}"));
    let rows = [
        row("statements", usage.statements, limits.statements),
        row("depth (calls inside one another)", usage.depth as u64, limits.depth as u64),
        row("text (bytes of the longest)", usage.text as u64, limits.text as u64),
        row("elements (of the largest list or map)", usage.elements as u64, limits.elements as u64),
        row("memory (bytes)", usage.memory as u64, limits.memory as u64),
        row("output (bytes)", usage.output as u64, limits.output as u64),
        row("requests", usage.requests, limits.requests),
        row("mails", usage.mails, limits.mails),
        ["time".to_owned(), format!("{:.3}s", taken.as_secs_f64()), time],
    ];
    table::draw(["limit", "used", "of"], rows)
}
