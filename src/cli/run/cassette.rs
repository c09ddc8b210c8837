//! Recording and replaying a run: which folder and how, what the run is told so that a replay goes as the recorded run
//! did, and what is said at the end.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::super::{Error, Exit, Output};
use crate::engine::Outcome;
use crate::environment::{Clock, Environment, Randomness};
use crate::host::cassette::{Finding, Mode, Options, Report};
use crate::host::{Cassette, Driver};

/// How many files a note names.
const MOST_FILES: usize = 3;

#[derive(Args, Clone, Debug, Default)]
pub(in crate::cli) struct Recording {
    /// Record what the script asks of the world in a folder, and answer it from there the next time
    #[arg(long, value_name = "DIR", env = "SLUICE_CASSETTE", hide_env = true)]
    cassette: Option<PathBuf>,
    /// How: once, none, new_episodes or all [default: once, and none where CI is set]
    #[arg(long, value_name = "MODE", env = "SLUICE_CASSETTE_MODE", hide_env = true, value_parser = parse_mode)]
    cassette_mode: Option<Mode>,
    /// Record everything anew: --cassette DIR --cassette-mode all
    #[arg(long, value_name = "DIR", env = "SLUICE_RECORD", hide_env = true)]
    record: Option<PathBuf>,
    /// Answer everything from a folder and send nothing: --cassette DIR --cassette-mode none
    #[arg(long, value_name = "DIR", env = "SLUICE_REPLAY", hide_env = true)]
    replay: Option<PathBuf>,
    /// By what a recorded request is recognised, such as method,url,headers:X-Id [default: method,url,body]
    #[arg(long = "match", value_name = "WORDS", env = "SLUICE_MATCH", hide_env = true, value_delimiter = ',')]
    matched_by: Vec<String>,
    /// What may differ, such as body.timestamp,query.nonce
    #[arg(long, value_name = "FIELDS", env = "SLUICE_MATCH_IGNORE", hide_env = true, value_delimiter = ',')]
    match_ignore: Vec<String>,
    /// A regular expression of what is kept out of the recording besides secrets
    #[arg(long, value_name = "PATTERN", env = "SLUICE_REDACT", hide_env = true, hide_env_values = true)]
    #[arg(value_delimiter = '\n')]
    redact: Vec<String>,
}

impl Recording {
    /// What `--record` asks for.
    #[cfg(feature = "repl")]
    pub(in crate::cli) fn into(folder: &Path) -> Self {
        Self { record: Some(folder.to_owned()), ..Self::default() }
    }

    /// What `--replay` asks for.
    #[cfg(feature = "repl")]
    pub(in crate::cli) fn from(folder: &Path) -> Self {
        Self { replay: Some(folder.to_owned()), ..Self::default() }
    }

    /// The folder and the mode, when there is to be a cassette.
    fn choice(&self, dry_run: bool) -> Result<Option<(&Path, Mode)>, Error> {
        let named = [(&self.cassette, None), (&self.record, Some(Mode::All)), (&self.replay, Some(Mode::None))];
        let mut named = named.iter().filter_map(|(folder, mode)| Some((folder.as_deref()?, *mode)));
        let chosen = match (named.next(), named.next()) {
            (Some(_), Some(_)) => return Err(Error::CassetteChoice("a run has one cassette, and two are named")),
            (chosen, _) => chosen,
        };
        let is_told_more = self.cassette_mode.is_some()
            || !self.matched_by.is_empty()
            || !self.match_ignore.is_empty()
            || !self.redact.is_empty();
        match chosen {
            None if is_told_more => Err(Error::CassetteChoice("a cassette is described, and none is named")),
            None => Ok(None),
            Some(_) if dry_run => {
                Err(Error::CassetteChoice("a dry run performs nothing, so there is nothing to record or replay"))
            }
            Some((_, Some(_))) if self.cassette_mode.is_some() => {
                Err(Error::CassetteChoice("--record and --replay are modes already, and another mode is named"))
            }
            Some((folder, mode)) => Ok(Some((folder, mode.or(self.cassette_mode).unwrap_or_else(usual_mode)))),
        }
    }
}

/// The cassette of a run, or none.
pub(in crate::cli) struct Inserted {
    cassette: Option<Arc<Cassette>>,
    /// Until the driver below it is known.
    opened: Option<Cassette>,
    folder: PathBuf,
    is_replay: bool,
}

impl Inserted {
    /// Opens the cassette, and pins clock, random numbers and time zone where nothing else was asked for.
    pub(in crate::cli) fn open(
        recording: &Recording,
        dry_run: bool,
        environment: &mut Environment,
        output: &Output,
    ) -> Result<Self, Error> {
        let Some((folder, mode)) = recording.choice(dry_run)? else {
            return Ok(Self { cassette: None, opened: None, folder: PathBuf::new(), is_replay: false });
        };
        let options = Options {
            mode,
            matched_by: recording.matched_by.clone(),
            ignore: recording.match_ignore.clone(),
            redact: recording.redact.clone(),
            redactor: Arc::clone(output.redactor()),
            now: if let Clock::Fixed(instant) = environment.clock { Some(instant) } else { None },
            seed: if let Randomness::Seed(seed) = environment.randomness { Some(seed) } else { None },
            time_zone: environment.dates.zone().iana_name().map(str::to_owned),
        };
        let cassette = Cassette::open(folder, options)?;
        cassette.pins().apply(environment);
        let cassette = cassette.with_dates(Arc::clone(&environment.dates));
        let is_replay = !cassette.records();
        Ok(Self { cassette: None, opened: Some(cassette), folder: folder.to_owned(), is_replay })
    }

    /// The driver of the run, over the one that performs.
    pub(in crate::cli) fn driver(&mut self, live: Arc<dyn Driver>) -> Arc<dyn Driver> {
        match self.opened.take() {
            None => live,
            Some(cassette) => {
                let cassette = Arc::new(if self.is_replay { cassette } else { cassette.over(live) });
                self.cassette = Some(Arc::clone(&cassette));
                cassette
            }
        }
    }

    /// Whether anything may be sent.
    pub(in crate::cli) fn needs_network(&self) -> bool {
        !self.is_replay
    }

    /// Leaves out of a replay's outcome the only thing in which two differ: the time of this machine.
    pub(in crate::cli) fn steady(&self, outcome: &mut Outcome) {
        if self.is_replay {
            outcome.time = Duration::ZERO;
        }
    }

    /// Writes what was recorded and tells what there is to tell. What the run gave is printed already; when the recording
    /// cannot be written the command fails all the same.
    pub(in crate::cli) fn finish(&self, exit: Exit, output: &Output) -> Exit {
        let Some(cassette) = &self.cassette else { return exit };
        match cassette.finish() {
            Ok(report) => {
                self.tell(&report, exit, output);
                if report.missed > 0 && exit == Exit::Ok { Exit::Run } else { exit }
            }
            Err(error) => {
                let failed = output.problem(&error.into(), false);
                if exit == Exit::Ok { failed } else { exit }
            }
        }
    }

    fn tell(&self, report: &Report, exit: Exit, output: &Output) {
        let folder = self.folder.display();
        if report.recorded > 0 {
            output.note(&format!(
                "note: {} recorded in {folder}",
                counted(report.recorded, "exchange was", "exchanges were")
            ));
        }
        // A run that failed has not asked for everything.
        if !report.unused.is_empty() && exit == Exit::Ok {
            let count = counted(report.unused.len(), "recorded exchange was", "recorded exchanges were");
            output.note(&format!("note: {count} not asked for: {}", shortened(&report.unused)));
        }
        if report.private_patterns > 0 && report.recorded > 0 {
            let count = counted(report.private_patterns, "pattern of --redact is", "patterns of --redact are");
            output.note(&format!(
                "note: {count} not kept in {folder}, because a plain text gives away what it hides; give it again when more is recorded"
            ));
        }
        if !report.personal.is_empty() {
            let found: Vec<String> = report.personal.iter().map(told).collect();
            output.warning(&format!(
                "{folder} may hold what is personal: {}; --redact PATTERN keeps it out",
                found.join(", ")
            ));
        }
    }
}

fn told(finding: &Finding) -> String {
    format!("{} {} ({})", finding.count, finding.kind, shortened(&finding.files))
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The first few names.
fn shortened(names: &[String]) -> String {
    let mut shown = names.iter().take(MOST_FILES).cloned().collect::<Vec<_>>().join(", ");
    if let Some(more) = names.len().checked_sub(MOST_FILES + 1) {
        shown.push_str(&format!(" and {} more", more + 1));
    }
    shown
}

fn parse_mode(name: &str) -> Result<Mode, String> {
    Mode::parse(name).ok_or_else(|| "write once, none, new_episodes or all".to_owned())
}

/// In a CI job nothing is recorded by chance: what is not there fails.
fn usual_mode() -> Mode {
    let is_ci = std::env::var("CI")
        .is_ok_and(|value| !matches!(value.trim().to_ascii_lowercase().as_str(), "" | "0" | "false"));
    if is_ci { Mode::None } else { Mode::Once }
}
