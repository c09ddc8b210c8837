//! `sluice doctor`: what is well, what is not, and the next command. It changes nothing, sends nothing unless it is told to,
//! and goes on where every other command would stop: a broken file is a finding here.

mod connections;
mod finding;
mod machine;
mod network;
mod vaults;

use std::sync::Arc;

use clap::Args;
use clap::builder::FalseyValueParser;

use super::workspace::Workspace;
use super::{Exit, Output, Shared};
use crate::secret::Redactor;
use finding::{Report, Section};

#[derive(Args, Debug)]
#[command(after_help = "\
Exit codes: 0 all is well, 5 a connection cannot be used, 1 something else is wrong.

Examples:
  sluice doctor
  sluice doctor --online    also sends the request with which each connection is tested")]
pub(super) struct Options {
    /// Send the request with which each connection is tested
    #[arg(long, env = "SLUICE_ONLINE", hide_env = true, value_parser = FalseyValueParser::new())]
    online: bool,
    /// Print one JSON document
    #[arg(long, env = "SLUICE_JSON", hide_env = true, value_parser = FalseyValueParser::new())]
    json: bool,
}

pub(super) fn main(options: &Options, shared: &Shared) -> Exit {
    let output = Output::new(shared.color, false, Arc::new(Redactor::default()));
    let (workspace, broken) = Workspace::open_anyway(shared);
    let mut report = Report::default();
    report.add(machine::program());
    report.add(machine::project(&workspace, broken));
    report.add(machine::folders(&workspace));
    let mut newest = 0;
    // Without a folder of one's own nothing more can be said than that, which was said.
    if workspace.user_folder().is_ok() {
        report.add(vaults::look(&workspace));
        let mut connections = Section::new("Connections");
        match connections::open(&workspace, &output) {
            Ok((registry, all)) => {
                report.add(connections::services(&registry));
                newest = connections::look(&registry, &all, options.online, &mut connections);
            }
            Err(error) => connections.fail("definitions", &error),
        }
        report.add(connections);
    }
    report.add(network::look(&workspace));
    report.add(machine::clock(newest));
    report.show(&output, options.json);
    output.finish(report.exit())
}
