//! What inputs run in: the engine, the way out, the cassette. Commands such as `:trace` change a switch, and the world is made
//! anew; the variables of the session outlive it.

use std::path::PathBuf;
use std::sync::Arc;

use super::super::run::cassette::{Inserted, Recording};
use super::super::run::network::Network;
use super::super::run::stand_ins::StandIns;
use super::super::workspace::Workspace;
use super::super::{Error, Exit, Output};
use super::Options;
use super::elapsed::Elapsed;
use crate::engine::{Engine, Run};
use crate::http::Detail;
use crate::program::Program;
use crate::repl::Error as Problem;
use crate::syntax::Dialect;
use crate::vm::Limits;

/// What commands switch.
#[derive(Clone, Debug, Default)]
pub(super) struct Switches {
    /// How much of requests is shown.
    pub(super) trace: Option<Detail>,
    /// Whether effects are told and not performed.
    pub(super) dry: bool,
    /// The cassette, and whether it is replayed.
    pub(super) cassette: Option<(PathBuf, bool)>,
    /// Whose credentials count.
    pub(super) user: Option<String>,
}

impl Switches {
    /// The options of `sluice run` for the cassette.
    pub(super) fn recording(&self) -> Recording {
        match &self.cassette {
            Some((folder, true)) => Recording::from(folder),
            Some((folder, false)) => Recording::into(folder),
            None => Recording::default(),
        }
    }
}

/// The present one.
pub(super) struct World {
    pub(super) workspace: Workspace,
    pub(super) output: Arc<Output>,
    pub(super) elapsed: Elapsed,
    limits: Limits,
    dialect: Dialect,
    switches: Switches,
    made: Made,
}

struct Made {
    engine: Engine,
    network: Network,
    cassette: Inserted,
    stand_ins: StandIns,
    is_open: bool,
}

impl World {
    pub(super) fn new(
        options: &Options,
        workspace: Workspace,
        output: &Arc<Output>,
        elapsed: Elapsed,
    ) -> Result<Self, Error> {
        let mut limits = workspace.limits(options.limits.as_deref())?;
        limits.time = options.timeout.or(limits.time);
        let dialect = workspace.dialect(options.dialect.as_deref())?.unwrap_or_default();
        let switches = options.switches();
        let made = make(options, &workspace, output, &elapsed, &limits, dialect, &switches)?;
        Ok(Self { workspace, output: Arc::clone(output), elapsed, limits, dialect, switches, made })
    }

    pub(super) fn engine(&self) -> &Engine {
        &self.made.engine
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(super) fn switches(&self) -> &Switches {
        &self.switches
    }

    /// Changes the user, for which nothing is made anew.
    pub(super) fn set_user(&mut self, user: Option<String>) {
        self.switches.user = user;
    }

    /// Changes switches and makes the world anew; when that fails everything stays as it was. What was recorded so far is
    /// written when the cassette changes; a recording under way is not taken apart for anything else.
    pub(super) fn switch(&mut self, options: &Options, change: impl FnOnce(&mut Switches)) -> Result<(), Error> {
        let mut switches = self.switches.clone();
        change(&mut switches);
        if matches!(switches.cassette, Some((_, false))) && switches.cassette == self.switches.cassette {
            return Err(Problem::Recording.into());
        }
        // The folder must be whole before another is opened, which may be the same one: what was recorded is replayed next.
        self.made.cassette.finish(Exit::Ok, &self.output);
        self.made = make(options, &self.workspace, &self.output, &self.elapsed, &self.limits, self.dialect, &switches)?;
        self.switches = switches;
        Ok(())
    }

    /// A run with the limits and for the user of the session.
    pub(super) fn run(&self) -> Run {
        let run = Run::script().limits(self.limits.clone());
        match &self.switches.user {
            Some(user) => run.user(user),
            None => run,
        }
    }

    /// Opens registry and network for a program that needs them. Most inputs do not.
    pub(super) fn open_for(&mut self, program: &Program) -> Result<(), Error> {
        let made = &mut self.made;
        let asks = !self.switches.dry && program.codes().iter().any(|code| !code.sites.is_empty());
        if asks && !made.is_open && made.cassette.needs_network() {
            made.network.open(&self.workspace)?;
            made.is_open = true;
        }
        Ok(())
    }

    /// Writes what was recorded.
    pub(super) fn finish(&self, exit: Exit) -> Exit {
        self.made.stand_ins.note_unused(&self.output);
        self.made.cassette.finish(exit, &self.output)
    }
}

fn make(
    options: &Options,
    workspace: &Workspace,
    output: &Arc<Output>,
    elapsed: &Elapsed,
    limits: &Limits,
    dialect: Dialect,
    switches: &Switches,
) -> Result<Made, Error> {
    let mut environment = workspace.environment(&options.surroundings)?;
    let dry = switches.dry;
    let mut cassette = Inserted::open(&switches.recording(), dry, &mut environment, output)?;
    let network = Network::new(workspace, &options.route, switches.trace, output)?
        .with_proxy(options.proxy.as_deref())?
        .with_limits(limits);
    let stand_ins = StandIns::read(&options.stand_ins, dry, workspace, &environment)?;
    let driver = cassette.driver(network.driver(dry));
    let driver = elapsed.before(stand_ins.before(driver, &network, output), switches.trace.is_some());
    let engine = Engine::builder().environment(environment).dialect(dialect).driver(driver).build()?;
    Ok(Made { engine, network, cassette, stand_ins, is_open: false })
}
