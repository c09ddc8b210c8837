//! Measurements, and what they give together. The peers take turns, so that a drift of the machine hits all alike.

use std::io::IsTerminal;

use crate::building::Tools;
use crate::options::Options;
use crate::peer::{Family, PEERS, Peer};
use crate::process::{self, Failure, Sample};
use crate::workload::{Mode, Workload};

/// A process starts this often at least.
const STARTS: usize = 20;

/// A measurement that took longer than this (in ms) is not repeated.
const ONCE: f64 = 15_000.0;

/// How much longer a text is made to see whether compiling grows with its length.
pub const LONGER: usize = 4;

/// What runners say of a compiler that stops at the first error; the same words stand in `runners/common`.
const FIRST_ERROR: &str = "stops at the first error";

/// What one peer did with one workload.
pub enum Cell {
    /// It gave the right answer, each time.
    Measured(Samples),
    /// It did less than was asked: told, but not compared.
    Less(Samples, String),
    /// It gave another answer.
    Wrong(String),
    /// It was given up after so long.
    Slow,
    /// It is not there, cannot do this, or failed; why.
    Missing(String),
}

/// The measurements of one peer.
pub struct Samples(Vec<Sample>);

/// A workload and what everybody did with it, in the order of [`PEERS`].
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: u8,
    /// What it does.
    pub title: String,
    /// What a reader should know.
    pub note: String,
    /// What was measured.
    pub mode: Mode,
    /// Who and how.
    pub cells: Vec<(&'static Peer, Cell)>,
    /// Peers that computed with floats.
    pub floats: Vec<&'static str>,
    /// How many times longer Sluice took with a text [`LONGER`] times as long.
    pub growth: Option<f64>,
}

/// All rows.
#[derive(Default)]
pub struct Results(pub Vec<Row>);

impl Samples {
    /// The middle one in milliseconds.
    pub fn median(&self) -> f64 {
        median(self.0.iter().map(|sample| sample.ms).collect())
    }

    /// The shortest.
    pub fn minimum(&self) -> f64 {
        self.0.iter().map(|sample| sample.ms).fold(f64::INFINITY, f64::min)
    }

    /// The middle peak of memory in MB.
    pub fn peak_mb(&self) -> f64 {
        median(self.0.iter().map(|sample| sample.peak_kb as f64 / 1024.0).collect())
    }

    /// What the processors worked for the whole process, in milliseconds.
    pub fn processor_ms(&self) -> Option<f64> {
        self.some(|sample| sample.processor_ms)
    }

    /// How long it took to make an engine, in microseconds.
    pub fn engine_us(&self) -> Option<f64> {
        self.some(|sample| sample.engine_us)
    }

    fn some(&self, figure: impl Fn(&Sample) -> Option<f64>) -> Option<f64> {
        let all: Vec<f64> = self.0.iter().filter_map(figure).collect();
        (!all.is_empty()).then(|| median(all))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

impl Row {
    /// What a peer did.
    pub fn cell(&self, peer: &str) -> Option<&Cell> {
        self.cells.iter().find(|(known, _)| known.name == peer).map(|(_, cell)| cell)
    }

    /// The time of a peer that did all that was asked.
    pub fn ms(&self, peer: &str) -> Option<f64> {
        self.cell(peer).and_then(Cell::ms)
    }

    /// The best time of the peers for which `is_meant` holds, and whose it is.
    pub fn best(&self, is_meant: impl Fn(&Peer) -> bool) -> Option<(&'static str, f64)> {
        let meant = self.cells.iter().filter(|(peer, _)| is_meant(peer));
        let times = meant.filter_map(|(peer, cell)| Some((peer.name, cell.ms()?)));
        times.min_by(|(_, one), (_, other)| one.total_cmp(other))
    }

    /// Whether a peer computed with floats what is exact elsewhere.
    pub fn is_float(&self, peer: &Peer) -> bool {
        self.floats.contains(&peer.name)
    }
}

impl Cell {
    /// The time of what was done wholly.
    pub fn ms(&self) -> Option<f64> {
        match self {
            Self::Measured(samples) => Some(samples.median()),
            _ => None,
        }
    }
}

impl Results {
    /// Adds the row of a workload.
    pub fn push(&mut self, row: Row) {
        self.0.push(row);
    }

    /// The row of a workload.
    pub fn row(&self, name: &str) -> Option<&Row> {
        self.0.iter().find(|row| row.name == name)
    }

    /// Answers that differ, as sentences.
    pub fn wrong_answers(&self) -> Vec<String> {
        let cells = self.0.iter().flat_map(|row| row.cells.iter().map(move |(peer, cell)| (row, peer, cell)));
        let wrong = cells.filter_map(|(row, peer, cell)| match cell {
            Cell::Wrong(answer) => Some(format!("{} answers `{answer}` to {}", peer.name, row.name)),
            _ => None,
        });
        wrong.collect()
    }
}

/// Measures a workload with everybody.
pub fn measure(workload: &Workload, tools: &Tools, options: &Options) -> Row {
    let repeats = if workload.told.mode == Mode::Start { options.repeats.max(STARTS) } else { options.repeats };
    let meant = PEERS.iter().filter(|peer| options.wants_peer(peer.name) && tools.has_mode(peer, workload.told.mode));
    let mut turns: Vec<Turn> = meant.map(Turn::new).collect();
    for repeat in 1..=repeats {
        for turn in turns.iter_mut().filter(|turn| turn.is_open()) {
            progress(&format!("{}: {repeat} of {repeats}, {}", workload.name, turn.peer.name));
            turn.take(workload, tools);
        }
    }
    let growth = growth(workload, tools, options.repeats);
    let floats =
        turns.iter().map(|turn| turn.peer).filter(|peer| workload.is_float(peer)).map(|peer| peer.name).collect();
    let cells: Vec<_> = turns.into_iter().map(|turn| (turn.peer, turn.end(workload))).collect();
    let shown = cells.iter().map(|(peer, cell)| match cell {
        Cell::Measured(samples) | Cell::Less(samples, _) => format!("{} {:.2}", peer.name, samples.median()),
        Cell::Wrong(answer) => format!("{} WRONG ({answer})", peer.name),
        Cell::Slow => format!("{} too slow", peer.name),
        Cell::Missing(reason) => format!("{} - ({reason})", peer.name),
    });
    let shown = shown.collect::<Vec<_>>().join(" · ");
    progress("");
    eprintln!("{} (ms): {shown}", workload.name);
    let told = &workload.told;
    let (name, title, note) = (workload.name.clone(), told.title.clone(), told.note.clone());
    Row { name, class: told.class, title, note, mode: told.mode, cells, floats, growth }
}

/// Says what is done in the last line of a terminal; nothing where there is none.
fn progress(line: &str) {
    if std::io::stderr().is_terminal() {
        eprint!("\r\x1b[K{line}");
    }
}

/// A peer that takes its turns.
struct Turn {
    peer: &'static Peer,
    samples: Vec<Sample>,
    failure: Option<Failure>,
}

impl Turn {
    fn new(peer: &'static Peer) -> Self {
        Self { peer, samples: Vec::new(), failure: None }
    }

    fn is_open(&self) -> bool {
        self.failure.is_none() && self.samples.first().is_none_or(|sample| sample.ms < ONCE)
    }

    fn take(&mut self, workload: &Workload, tools: &Tools) {
        match sample(self.peer, workload, tools) {
            Ok(sample) => self.samples.push(sample),
            Err(failure) => self.failure = Some(failure),
        }
    }

    fn end(self, workload: &Workload) -> Cell {
        match self.failure {
            Some(Failure::Slow) => return Cell::Slow,
            Some(Failure::Failed(reason)) => return Cell::Missing(reason),
            None => {}
        }
        let other =
            self.samples.iter().map(|sample| &sample.answer).find(|answer| !workload.is_right(self.peer, answer));
        match other.cloned() {
            None => Cell::Measured(Samples(self.samples)),
            Some(answer) if is_less(self.peer, workload, &answer) => Cell::Less(Samples(self.samples), answer),
            Some(answer) => Cell::Wrong(answer),
        }
    }
}

/// Compilers need not find every error; ours must.
fn is_less(peer: &Peer, workload: &Workload, answer: &str) -> bool {
    let found = || answer.parse().ok().filter(|found: &usize| *found > 0).is_some();
    workload.told.mode == Mode::Compile && peer.family != Family::Sluice && (answer == FIRST_ERROR || found())
}

fn sample(peer: &Peer, workload: &Workload, tools: &Tools) -> Result<Sample, Failure> {
    let command = tools.command(peer, workload.told.mode).map_err(Failure::Failed)?;
    let script = workload.script(peer).map_err(Failure::Failed)?;
    if workload.told.mode == Mode::Start {
        let mut command = command;
        command.push(script.into_os_string());
        if tools.is_runner(peer) {
            command.push("start".into());
        }
        return process::start(&command);
    }
    process::measure(&command, &script, workload.told.mode.word(), workload.input.as_deref())
}

/// How much longer Sluice takes to compile a longer text. The minimum of both is compared, since texts of few milliseconds are.
fn growth(workload: &Workload, tools: &Tools, repeats: usize) -> Option<f64> {
    workload.told.repeat?;
    let sluice = PEERS.first()?;
    let command = tools.command(sluice, Mode::Compile).ok()?;
    let mut least = [f64::INFINITY; 2];
    for _ in 0..repeats {
        for (times, least) in [1, LONGER].into_iter().zip(&mut least) {
            let script = workload.generated(sluice.extension, times).ok()?;
            *least = least.min(process::measure(&command, &script, "compile", None).ok()?.ms);
        }
    }
    Some(least[1] / least[0])
}
