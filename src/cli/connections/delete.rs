//! `sluice connections delete`. A person at a terminal is asked first; a script that says delete means it.

use std::io::{BufRead, IsTerminal, Write};

use clap::Args;

use super::super::Error;
use super::{Common, Place};

#[derive(Args, Debug)]
pub(in crate::cli) struct Options {
    /// The connection
    link_name: String,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place) -> Result<(), Error> {
    let (connections, output) = (place.connections()?, &place.output);
    let link_name = &options.link_name;
    connections.registry_of(link_name).connection(link_name)?;
    if !options.yes && !confirmed(link_name) {
        return Err(Error::NotConfirmed);
    }
    connections.delete(link_name)?;
    if options.common.json {
        output.json(&serde_json::json!({"deleted": link_name}));
    } else {
        output.result(&format!("The connection \"{link_name}\" and its credentials are deleted."));
    }
    Ok(())
}

fn confirmed(link_name: &str) -> bool {
    let (input, mut error) = (std::io::stdin(), std::io::stderr());
    if !input.is_terminal() || !error.is_terminal() {
        return true;
    }
    let _ = write!(error, "Delete the connection \"{link_name}\" and its credentials? [y/N] ");
    let mut answer = String::new();
    input.lock().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}
