//! `sluice services delete`: the file goes, and the credentials of all connections of the service with it.

use clap::Args;
use serde_json::json;

use super::super::Error;
use super::confirm::{confirm, to_be_revoked};
use super::{Common, Place};

#[derive(Args, Debug)]
pub(in crate::cli) struct Options {
    /// The service
    link_name: String,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place<'_>) -> Result<(), Error> {
    let link_name = &options.link_name;
    let mut registry = place.registry()?;
    let file = registry.service_file(link_name, "deleted")?;
    let connections = registry.connections_of(link_name);
    confirm(options.yes, &to_be_revoked(&registry, link_name), &format!("Delete the service \"{link_name}\"?"))?;
    // The credentials first: nothing may be left that no service bounds.
    let revoked = place.revoke(link_name, &connections)?;
    registry.delete_service_file(link_name, &file)?;
    let mut lines = vec![format!("The service \"{link_name}\" is deleted.")];
    lines.extend(connections.iter().map(|connection| {
        format!("The connection \"{connection}\" is of no use any more; `sluice connections delete {connection}` removes it.")
    }));
    place.report(&json!({"deleted": link_name, "revoked": revoked}), &lines);
    Ok(())
}
