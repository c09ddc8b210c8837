//! `sluice connections disable` and `enable`: off for the time being, with the credentials where they are.

use clap::Args;
use serde_json::json;

use super::super::Error;
use super::{Common, Place, wait};

#[derive(Args, Debug)]
pub(in crate::cli) struct Options {
    /// The connection
    link_name: String,
    /// Only the authorisation of this user [default: all]
    #[arg(long, value_name = "ID", env = "SLUICE_USER", hide_env = true)]
    user: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place, disabled: bool) -> Result<(), Error> {
    let (connections, output) = (place.connections()?, &place.output);
    let (link_name, user) = (&options.link_name, options.user.as_deref());
    let switched = wait(connections.set_disabled(link_name, user, disabled))??;
    let word = if disabled { "disabled" } else { "enabled" };
    if options.common.json {
        output.json(&json!({word: link_name, "user": user, "authorisations": switched}));
        return Ok(());
    }
    let whose = user.map(|user| format!(" for the user {user}")).unwrap_or_default();
    output.result(&format!("The connection \"{link_name}\" is {word}{whose}."));
    if disabled {
        output.result(&format!("Its credentials are kept. To use it again: `sluice connections enable {link_name}`."));
    }
    Ok(())
}
