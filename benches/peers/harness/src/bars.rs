//! The bars that Sluice is to meet, and whether it does. They are reported; the exit code depends on them only with `--bars`.

use crate::measurement::{LONGER, Results, Row};
use crate::peer::{Family, Peer};
use crate::waiting::{self, Case};
use crate::workload::Mode;

/// One bar: a figure that is to stay at or under a limit.
pub struct Bar {
    /// The workload.
    pub workload: String,
    /// What the figure is.
    pub kind: Kind,
    /// The figure.
    pub figure: f64,
    /// The limit.
    pub limit: f64,
    /// Whom Sluice is compared with.
    pub against: &'static str,
}

/// What is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The fastest interpreter of any kind.
    Any,
    /// The fastest interpreter that is written in Rust.
    Rust,
    /// C Lua.
    Lua,
    /// CPython.
    Python,
    /// Another interpreter of Deluge.
    Deluge,
    /// Something else; what it is.
    Own(&'static str),
}

/// The kinds that most workloads have: the heading of the column, and the limit as it is shown.
pub const COMPARED: [(Kind, &str); 5] = [
    (Kind::Any, "fastest of any kind (≤ 1.2)"),
    (Kind::Rust, "fastest in Rust (≤ 1.0)"),
    (Kind::Lua, "lua5.4 (≤ 1.1)"),
    (Kind::Python, "cpython (< 1.0)"),
    (Kind::Deluge, "deluge-compat (≤ 0.2)"),
];

/// Classes that are compared with C Lua.
const LUA_CLASSES: [u8; 3] = [1, 2, 5];

impl Bar {
    /// Whether it is met.
    pub fn is_met(&self) -> bool {
        if self.kind == Kind::Python { self.figure < self.limit } else { self.figure <= self.limit }
    }
}

/// Every bar for which there are figures.
pub fn all(results: &Results, waiting: &[Case]) -> Vec<Bar> {
    let mut bars: Vec<Bar> = results.0.iter().flat_map(compared).collect();
    bars.extend(results.0.iter().filter_map(|row| {
        let kind = Kind::Own("time of a text four times as long");
        Some(own(&row.name, kind, row.growth?, LONGER as f64 * 1.25))
    }));
    bars.extend(linear(results));
    bars.extend(results.row("start").into_iter().flat_map(start));
    bars.extend(results.0.iter().filter_map(floats));
    bars.extend(waiting.iter().flat_map(waiting::Case::bars));
    bars
}

fn compared(row: &Row) -> Vec<Bar> {
    let Some(ours) = row.ms("sluice") else { return Vec::new() };
    let bar = |kind, limit, (against, theirs): (&'static str, f64)| Bar {
        workload: row.name.clone(),
        kind,
        figure: ours / theirs,
        limit,
        against,
    };
    let of = |family: Family| move |peer: &Peer| peer.family == family && !row.is_float(peer);
    let lua = row.best(|peer| peer.name == "lua5.4" && LUA_CLASSES.contains(&row.class));
    let any = row.best(|peer| peer.family != Family::Sluice && !row.is_float(peer));
    let bars = [
        // The start of a process has bars of its own.
        any.filter(|_| row.mode != Mode::Start).map(|best| bar(Kind::Any, 1.2, best)),
        row.best(of(Family::Rust)).map(|best| bar(Kind::Rust, 1.0, best)),
        lua.map(|best| bar(Kind::Lua, 1.1, best)),
        row.best(of(Family::Python)).map(|best| bar(Kind::Python, 1.0, best)),
        row.best(of(Family::Deluge)).map(|best| bar(Kind::Deluge, 0.2, best)),
    ];
    bars.into_iter().flatten().collect()
}

/// Ten times as many appends may take a little more than ten times as long: the longer text leaves the caches.
fn linear(results: &Results) -> Option<Bar> {
    let (short, long) = (results.row("append_20k")?.ms("sluice")?, results.row("append_200k")?.ms("sluice")?);
    Some(own("append_200k", Kind::Own("time of ten times as many appends"), long / short, 15.0))
}

fn start(row: &Row) -> Vec<Bar> {
    let Some(crate::measurement::Cell::Measured(ours)) = row.cell("sluice run") else { return Vec::new() };
    let mut bars = vec![
        own("start", Kind::Own("`sluice run`, ms"), ours.median(), 1.5),
        own("start", Kind::Own("`sluice run`, peak MB"), ours.peak_mb(), 8.0),
    ];
    if let Some(lua) = row.ms("lua5.4") {
        let kind = Kind::Own("`sluice run`, to lua5.4");
        bars.push(Bar { against: "lua5.4", ..own("start", kind, ours.median() / lua, 3.0) });
    }
    bars
}

/// Exact decimals against those who compute with floats.
fn floats(row: &Row) -> Option<Bar> {
    let (against, theirs) = row.best(|peer| row.is_float(peer))?;
    let bar = own(&row.name, Kind::Own("exact decimals, to the fastest floats"), row.ms("sluice")? / theirs, 4.0);
    Some(Bar { against, ..bar })
}

/// A bar that is not a comparison with one of the usual peers.
pub fn own(workload: &str, kind: Kind, figure: f64, limit: f64) -> Bar {
    Bar { workload: workload.to_owned(), kind, figure, limit, against: "" }
}
