//! `sluice repl`: the prompt. `editor.rs` reads keys, `lines.rs` reads a file; both hand inputs to `turn.rs`. `prompt.rs` runs
//! them in the world of `world.rs`. `commands/` has what the commands with a colon do.

mod clean;
mod commands;
mod editor;
mod elapsed;
mod lines;
mod prompt;
mod scope;
mod turn;
mod world;

use std::io::IsTerminal;
use std::sync::Arc;
use std::time::Duration;

use clap::builder::FalseyValueParser;
use clap::{Args, ValueEnum};

use super::output::ColourChoice;
use super::run::stand_ins::StandInOptions;
use super::run::{self, Trace};
use super::surroundings::Surroundings;
use super::workspace::Workspace;
use super::{Error, Exit, Output, Shared};
use crate::project::duration;
use crate::secret::Redactor;
use elapsed::Elapsed;
use prompt::Prompt;
use world::{Switches, World};

#[derive(Args, Debug)]
#[command(after_help = "\
An expression prints its value, `_` is the last value and `_error` the last error. A line that begins with a colon is a \
command: `:help` lists them.

Without a terminal, as in `sluice repl < inputs.txt`, inputs are read and answered one after the other, and the exit code is \
that of the first one that failed.")]
pub(super) struct Options {
    /// Edit as in emacs or as in vi
    #[arg(
        long,
        value_name = "MODE",
        value_enum,
        default_value = "emacs",
        env = "SLUICE_EDITING_MODE",
        hide_env = true
    )]
    editing_mode: EditingMode,
    /// Neither read nor write the history of inputs
    #[arg(long, env = "SLUICE_NO_HISTORY", hide_env = true, value_parser = FalseyValueParser::new())]
    no_history: bool,
    /// Show what is sent and received, without secrets: `headers`, or `body` for all
    #[arg(long, value_name = "DETAIL", num_args = 0..=1, require_equals = true, default_missing_value = "body")]
    #[arg(env = "SLUICE_TRACE", hide_env = true, value_parser = run::parse_trace)]
    trace: Option<Trace>,
    /// Show what would be sent and send nothing; every request is answered with an empty object
    #[arg(long, env = "SLUICE_DRY_RUN", hide_env = true, value_parser = FalseyValueParser::new())]
    dry_run: bool,
    #[command(flatten)]
    stand_ins: StandInOptions,
    /// Send the requests for a host to an address of this machine instead
    #[arg(long, value_name = "HOST=URL", env = "SLUICE_ROUTE", hide_env = true, value_delimiter = ',')]
    route: Vec<String>,
    /// Send everything through this proxy, as http://user:password@host:port; an empty address means none
    #[arg(long, value_name = "URL", env = "SLUICE_PROXY", hide_env = true, hide_env_values = true)]
    proxy: Option<String>,
    /// The limits of each input: generous, zoho-crm or zoho-creator; numbers may follow, as in zoho-crm,depth=100
    #[arg(long, value_name = "NAME[,KEY=NUMBER]", env = "SLUICE_LIMITS", hide_env = true)]
    limits: Option<String>,
    /// The time that one input may take, such as 30s or 5m
    #[arg(long, value_name = "TIME", env = "SLUICE_TIMEOUT", hide_env = true, value_parser = duration)]
    timeout: Option<Duration>,
    /// The user whose credentials count, for connections that use those of the login user
    #[arg(long = "as", value_name = "USER", env = "SLUICE_AS", hide_env = true)]
    user: Option<String>,
    /// The dialect: portable, crm, creator, cliq, books or desk
    #[arg(long, value_name = "NAME", env = "SLUICE_DIALECT", hide_env = true)]
    dialect: Option<String>,
    #[command(flatten)]
    surroundings: Surroundings,
}

/// The keys that edit a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum EditingMode {
    Emacs,
    Vi,
}

impl Options {
    /// Where the switches stand at the beginning.
    fn switches(&self) -> Switches {
        Switches { trace: Trace::detail(self.trace), dry: self.dry_run, cassette: None, user: self.user.clone() }
    }

    /// The options of `sluice run` for a file that runs as the inputs do.
    fn of_run(&self, file: &str, switches: &Switches) -> run::Options {
        let mut run = run::Options::default();
        run.file = Some(file.into());
        run.trace = Trace::of(switches.trace);
        run.dry_run = switches.dry;
        run.stand_ins = self.stand_ins.clone();
        run.route = self.route.clone();
        run.proxy = self.proxy.clone();
        run.limits = self.limits.clone();
        run.timeout = self.timeout;
        run.user = switches.user.clone();
        run.dialect = self.dialect.clone();
        run.recording = switches.recording();
        run.surroundings = self.surroundings.clone();
        run
    }
}

pub(super) fn main(options: &Options, shared: &Shared) -> Exit {
    let is_interactive = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let colour = match shared.color {
        // What a file gives is the same on every screen.
        ColourChoice::Auto if !std::io::stdin().is_terminal() => ColourChoice::Never,
        colour => colour,
    };
    let output = Arc::new(Output::new(colour, false, Arc::new(Redactor::default())));
    let exit = match attempt(options, shared, is_interactive, &output) {
        Ok(exit) => exit,
        Err(error) => output.problem(&error, false),
    };
    output.finish(exit)
}

fn attempt(options: &Options, shared: &Shared, is_interactive: bool, output: &Arc<Output>) -> Result<Exit, Error> {
    let workspace = Workspace::open(shared)?;
    let world = World::new(options, workspace, output, Elapsed::new(is_interactive))?;
    let mut prompt = Prompt::new(options, shared, world, is_interactive);
    let exit = if is_interactive { editor::read(&mut prompt)? } else { lines::read(&mut prompt) };
    Ok(prompt.world.finish(exit))
}
