//! `sluice connections show`: everything about a connection but its secrets.

use clap::Args;
use serde_json::Value;

use super::super::{Error, Output, report};
use super::list::remaining;
use super::{Common, Place};
use crate::connections::{Status, Summary};

#[derive(Args, Debug)]
pub(in crate::cli) struct Options {
    /// The connection
    link_name: String,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place) -> Result<(), Error> {
    let (connections, output) = (place.connections()?, &place.output);
    let found = connections.summary(&options.link_name)?;
    if options.common.json {
        let mut documents: Vec<Value> = found.iter().map(report::connection).collect();
        // A connection of the login user's has one authorisation for each user.
        output.json(&if documents.len() == 1 { documents.pop().unwrap_or_default() } else { documents.into() });
        return Ok(());
    }
    for (at, summary) in found.iter().enumerate() {
        if at > 0 {
            output.result("");
        }
        show(summary, output);
    }
    Ok(())
}

fn show(summary: &Summary, output: &Output) {
    let line = |name: &str, value: &str| {
        if !value.is_empty() {
            output.result(&format!("{:<14}{value}", format!("{name}:")));
        }
    };
    line("link name", &summary.link_name);
    line("name", &summary.name);
    line("service", &format!("{} ({})", summary.service, summary.auth_type));
    line("state", summary.status.as_str());
    match &summary.status {
        Status::NeedsReconnect { reason } | Status::Unusable { reason } => line("reason", reason),
        Status::DefinitionChanged { changes } => line("changes", &changes.join("\n              ")),
        Status::Connected | Status::NotConnected => {}
    }
    line(
        "credentials",
        &format!("of the {}", if summary.credentials.as_str() == "user" { "login user" } else { "owner" }),
    );
    line("user", summary.user.as_deref().unwrap_or_default());
    line("scopes", &summary.scopes.join(", "));
    line("hosts", &summary.hosts.join(", "));
    let parameters: Vec<String> = summary.parameters.iter().map(|(key, value)| format!("{key}={value}")).collect();
    line("parameters", &parameters.join(", "));
    line("default for", &summary.default_for.join(", "));
    line("expires in", &summary.expires_in.map(remaining).unwrap_or_default());
    line(
        "defined in",
        match report::origin(summary.origin) {
            "project" => "the project",
            "user" => "the user's folder",
            _ => "the program",
        },
    );
    line("secrets in", &summary.vault);
    if summary.hosts.iter().any(|host| host == "*") {
        output.warning("its service has `hosts = [\"*\"]`: its credentials may go to every host");
    }
}
