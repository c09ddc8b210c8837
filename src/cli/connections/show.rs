//! `sluice connections show`: everything about a connection but its secrets.

use clap::Args;
use serde_json::Value;

use super::super::{Error, Output, report};
use super::list::{ago, remaining};
use super::{Common, Place};
use crate::connections::{Credentials, Kind, Status, Summary};

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
    line("kind", &kind(&summary.kind));
    line("service", &format!("{} ({})", summary.service, summary.auth_type));
    line("state", summary.status.as_str());
    match &summary.status {
        Status::NeedsReconnect { reason } | Status::Unusable { reason } => line("reason", reason),
        Status::DefinitionChanged { changes } => line("changes", &changes.join("\n              ")),
        Status::Connected | Status::NotConnected | Status::Revoked | Status::Disabled => {}
    }
    line("what to do", &next(summary));
    let whose = if summary.credentials == Credentials::User { "login user" } else { "owner" };
    line("credentials", &format!("of the {whose}"));
    line("owner", summary.owner.as_deref().unwrap_or_default());
    line("user", summary.user.as_deref().unwrap_or_default());
    line("account", summary.account.as_deref().unwrap_or_default());
    line("scopes", &summary.scopes.join(", "));
    if summary.granted != summary.scopes {
        line("granted", &summary.granted.join(", "));
    }
    line("hosts", &summary.hosts.join(", "));
    let parameters: Vec<String> = summary.parameters.iter().map(|(key, value)| format!("{key}={value}")).collect();
    line("parameters", &parameters.join(", "));
    line("default for", &summary.default_for.join(", "));
    line("expires in", &summary.expires_in.map(remaining).unwrap_or_default());
    line("last used", &summary.last_used.map(ago).unwrap_or_default());
    line("authorised", &summary.created_at.map(moment).unwrap_or_default());
    line("changed", &summary.updated_at.map(moment).unwrap_or_default());
    line(
        "defined in",
        match report::origin(summary.origin) {
            "project" => "the project",
            "user" => "the user's folder",
            _ => "the program",
        },
    );
    line("secrets in", &summary.vault);
    summary.warnings.iter().for_each(|warning| output.warning(warning));
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::My => "my connection".to_owned(),
        Kind::Shared => "shared connection".to_owned(),
        Kind::Extension { namespace } => format!("connection of the extension \"{namespace}\""),
    }
}

/// The command that brings the connection into use.
pub(in crate::cli) fn next(summary: &Summary) -> String {
    let link_name = &summary.link_name;
    let user = summary.user.as_ref().map(|user| format!(" --user {user}")).unwrap_or_default();
    let connect = match summary.signs_in {
        true => format!("`sluice connections authorize {link_name}{user}`"),
        false => format!("`sluice connections create {link_name}{user}` with credentials"),
    };
    match &summary.status {
        Status::Connected | Status::Unusable { .. } => String::new(),
        Status::NotConnected | Status::Revoked | Status::NeedsReconnect { .. } => {
            format!("authorise it: {connect}")
        }
        Status::DefinitionChanged { .. } => {
            format!("undo the change, or confirm it: {connect}")
        }
        Status::Disabled => format!("switch it on: `sluice connections enable {link_name}`"),
    }
}

/// A point in time to the minute.
fn moment(seconds: u64) -> String {
    let time = i64::try_from(seconds).ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    time.map(|time| time.strftime("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default()
}
