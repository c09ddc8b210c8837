//! What every runner shares: `peer-x SCRIPT MODE INPUT` does one measurement in a fresh process and prints one line,
//! `engine_us=… compile_ms=… run_ms=… peak_kb=… answer=…`. The harness starts the runners and compares their answers. Times are
//! those of the processor for this process, which other work on a shared machine changes less than the time on the clock; none of
//! these programs waits for anything.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// How often a rule is run.
pub const RULE_RUNS: usize = 10_000;

/// The answer of a compiler that stops at the first error of a text that has many.
pub const FIRST_ERROR: &str = "stops at the first error";

/// What the command line asks for.
pub struct Job {
    /// The text of the script.
    pub script: String,
    /// What is done with it.
    pub mode: Mode,
    /// The text that the script reads as `input`; empty when the workload has none.
    pub input: String,
}

/// What is done with a script.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Compiled and run once.
    Run,
    /// Compiled only.
    Compile,
    /// Compiled once and run [`RULE_RUNS`] times, each time with the same input.
    Rule,
    /// As `Run`; the harness takes the time of the whole process.
    Start,
}

/// What was measured.
pub struct Report {
    /// Until there is an engine with its libraries.
    pub engine: Duration,
    /// From the text to what is run.
    pub compile: Duration,
    /// All runs.
    pub run: Duration,
    /// What the script returned, as text; whole numbers without a point.
    pub answer: String,
}

/// Reads the command line and the files that it names.
pub fn job() -> Job {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [script, mode, rest @ ..] = words.as_slice() else {
        panic!("usage: peer-x SCRIPT run|compile|rule|start [INPUT]")
    };
    let mode = match mode.as_str() {
        "run" => Mode::Run,
        "compile" => Mode::Compile,
        "rule" => Mode::Rule,
        "start" => Mode::Start,
        other => panic!("no mode {other}"),
    };
    Job { script: read(script), mode, input: rest.first().map(|path| read(path)).unwrap_or_default() }
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What `work` gives, and how long it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begun = processor_time();
    let value = work();
    (processor_time() - begun, value)
}

/// What the processors worked for this process.
pub fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// Runs once, or as often as a rule is run; gives the last value. The input that `work` is given is a text of its own each time.
pub fn runs<T>(job: &Job, mut work: impl FnMut(&str) -> T) -> (Duration, T) {
    let (mut time, mut value) = timed(|| work(&job.input));
    if job.mode == Mode::Rule {
        let more = timed(|| (1..RULE_RUNS).for_each(|_| value = work(&job.input)));
        time += more.0;
    }
    (time, value)
}

/// The errors that a compiler found in a text that has many, as an answer.
pub fn errors_found(count: usize) -> String {
    match count {
        1 => FIRST_ERROR.to_owned(),
        more => more.to_string(),
    }
}

/// A number as an answer: without a point when it is whole.
pub fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.0}") } else { value.to_string() }
}

impl Report {
    /// Prints the line that the harness reads, and ends the process: what takes long to be freed is of no interest.
    pub fn print(&self) -> ! {
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        println!(
            "engine_us={:.1} compile_ms={:.4} run_ms={:.4} peak_kb={} answer={}",
            ms(self.engine) * 1e3,
            ms(self.compile),
            ms(self.run),
            peak_kb(),
            self.answer
        );
        std::process::exit(0)
    }
}

/// The most memory that this process held, as Linux counts it.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
