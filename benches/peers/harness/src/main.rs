//! Measures Sluice beside other interpreters: the same workloads, each measurement in a fresh process, the answers compared. No
//! option is needed:
//!
//! ```sh
//! cargo run --release --manifest-path benches/peers/Cargo.toml -p harness
//! ```
//!
//! `options.rs` lists the options; docs/performance.md says what is measured and how to read it. A workload is a folder of
//! `workloads/`: `workload.toml` (see `workload.rs`) and the same program in every language. A runner is a small program of
//! `runners/` that measures one script; its protocol stands in `runners/common`.

mod bars;
mod building;
mod document;
mod input;
mod machine;
mod measurement;
mod options;
mod peer;
mod process;
mod table;
mod waiting;
mod workload;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use measurement::Results;
use options::Options;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [first, command @ ..] = words.as_slice()
        && first == process::WATCH
    {
        return process::watch(command);
    }
    match Options::of(&words).and_then(|options| run(&options)) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

/// The folders that everything else is found by.
pub struct Places {
    /// `benches/peers`.
    pub peers: PathBuf,
    /// The repository.
    pub repository: PathBuf,
    /// Where cargo builds.
    pub target: PathBuf,
    /// What the harness generates: scripts, inputs, the environment of Python.
    pub made: PathBuf,
}

impl Places {
    fn find() -> Result<Self, String> {
        let peers = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no folder of the workspace")?.to_owned();
        let repository = peers.ancestors().nth(2).ok_or("no repository")?.to_owned();
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let target = program.ancestors().nth(2).ok_or("no target folder")?.to_owned();
        let made = target.join("peers");
        std::fs::create_dir_all(&made).map_err(|error| format!("{}: {error}", made.display()))?;
        Ok(Self { peers, repository, target, made })
    }
}

fn run(options: &Options) -> Result<ExitCode, String> {
    let places = Places::find()?;
    let workloads = workload::all(&places, options)?;
    let tools = building::tools(&places, options);
    let mut results = Results::default();
    for workload in &workloads {
        results.push(measurement::measure(workload, &tools, options));
    }
    let waiting = if options.wants("waiting") { waiting::measure(&places, options) } else { Vec::new() };
    let bars = bars::all(&results, &waiting);
    let text = table::document(&results, &bars, &waiting, &machine::describe(&places, &tools), options);
    println!("{text}");
    if options.write {
        document::write(&places, &text)?;
    }
    let wrong = results.wrong_answers();
    for line in &wrong {
        eprintln!("error: {line}");
    }
    let is_missed = options.bars && bars.iter().any(|bar| !bar.is_met());
    Ok(if wrong.is_empty() && !is_missed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
