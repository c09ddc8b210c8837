//! The scripts that wait: `benches/peers/waiting` measures them, with processes and a server of its own.

use std::process::{Command, Stdio};

use crate::Places;
use crate::bars::{self, Bar, Kind};
use crate::options::Options;

/// Milliseconds, milliseconds of the processors, megabytes.
pub type Figures = [f64; 3];

/// One case.
pub struct Case {
    /// Its name.
    pub name: String,
    /// What it does.
    pub title: String,
    /// What Sluice needs for it.
    pub sluice: Figures,
    /// What a program with bare reqwest needs.
    pub reqwest: Option<Figures>,
}

/// Runs it; without cases when that fails.
pub fn measure(places: &Places, options: &Options) -> Vec<Case> {
    eprintln!("measuring scripts that wait, {} times", options.repeats);
    let mut command = Command::new(places.target.join("release/waiting"));
    command.args(["figures", &options.repeats.to_string()]).stdin(Stdio::null()).stderr(Stdio::inherit());
    let output =
        command.output().map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    output.lines().filter_map(case).collect()
}

/// `name<tab>title<tab>time processors memory<tab>the same of reqwest, or nothing`.
fn case(line: &str) -> Option<Case> {
    let mut parts = line.split('\t');
    let (name, title) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    let mut figures = || {
        let numbers: Vec<f64> = parts.next()?.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        Figures::try_from(numbers).ok()
    };
    Some(Case { name, title, sluice: figures()?, reqwest: figures() })
}

impl Case {
    /// The bars of the cases that have some.
    pub fn bars(&self) -> Vec<Bar> {
        let [time, _, memory] = self.sluice;
        let bar = |what, figure, limit| bars::own(&self.name, Kind::Own(what), figure, limit);
        match (self.name.as_str(), self.reqwest) {
            ("waiting_timer", _) => vec![bar("ms", time, 200.0), bar("peak MB", memory, 60.0)],
            ("waiting_calls" | "waiting_calls_at_once", Some([bare_time, _, bare_memory])) => {
                let of = |what, figure, limit| Bar { against: "bare reqwest", ..bar(what, figure, limit) };
                vec![of("time", time / bare_time, 1.15), of("memory", memory / bare_memory, 1.3)]
            }
            _ => Vec::new(),
        }
    }
}
