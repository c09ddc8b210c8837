//! `sluice connections revoke`: says what it does, tells the provider, and forgets the credentials here.

use clap::Args;
use clap::builder::FalseyValueParser;
use serde_json::json;

use super::super::Error;
use super::{Common, Place, connect, prompt, wait};
use crate::connections::{Connections, Revoked, Status, Told};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  sluice connections revoke books
  sluice connections revoke drive --user asha@example.com")]
pub(in crate::cli) struct Options {
    /// The connection
    link_name: String,
    /// The user whose authorisation is revoked [default: the owner's]
    #[arg(long, value_name = "ID", env = "SLUICE_USER", hide_env = true)]
    user: Option<String>,
    /// Revoke the authorisations of the owner and of every user
    #[arg(long, conflicts_with = "user", env = "SLUICE_ALL", hide_env = true, value_parser = FalseyValueParser::new())]
    all: bool,
    /// Forget the credentials also when the provider cannot be told
    #[arg(long, env = "SLUICE_FORCE", hide_env = true, value_parser = FalseyValueParser::new())]
    force: bool,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place) -> Result<(), Error> {
    let (connections, output) = (place.connections()?, &place.output);
    let found = connections.registry_of(&options.link_name).connection(&options.link_name)?;
    let link_name = found.link_name.to_string();
    let users = if options.all { authorised(&connections, &link_name)? } else { vec![options.user.clone()] };
    if !options.common.json {
        output.note(&format!(
            "The credentials of \"{link_name}\" will be forgotten here; where its service has a `revoke_url`, the provider is \
             told first."
        ));
    }
    if !options.yes && !options.common.json && !prompt::confirmed(&format!("Revoke \"{link_name}\"?")) {
        return Err(Error::NotConfirmed);
    }
    let mut report = Vec::new();
    for user in users {
        let revoked = wait(connections.revoke(&link_name, user.as_deref(), options.force))??;
        if options.common.json {
            report.push(document(&link_name, user.as_deref(), &revoked));
            continue;
        }
        let whose = user.map(|user| format!(" for the user {user}")).unwrap_or_default();
        if let Told::Unreached { problem } = &revoked.told {
            output.warning(&format!("the provider could not be told: {problem}; end the access on its own pages"));
        }
        output.result(&format!("The connection \"{link_name}\" is revoked{whose}. {}", in_words(&revoked.told)));
        output.result(&format!("Its credentials are gone from {}.", revoked.vault));
    }
    if options.common.json {
        let one = if options.all { report.into() } else { report.pop().unwrap_or_default() };
        output.json(&json!({"revoked": one}));
    } else {
        let connect = connect(&connections, &link_name);
        output.result(&format!("To connect it again: {connect}."));
    }
    Ok(())
}

/// Whose authorisations there are.
fn authorised(connections: &Connections, link_name: &str) -> Result<Vec<Option<String>>, Error> {
    let all = connections.summary(link_name)?;
    let is_gone = |status: &Status| matches!(status, Status::Revoked | Status::NotConnected);
    let users: Vec<_> = all.iter().filter(|one| !is_gone(&one.status)).map(|one| one.user.clone()).collect();
    // Nobody: what is said then is what is said of the owner's.
    Ok(if users.is_empty() { vec![None] } else { users })
}

fn in_words(told: &Told) -> String {
    match told {
        Told::Provider { host } => format!("{host} was told and ended the access."),
        Told::Nothing { reason } => format!("The provider was not told: {reason}."),
        Told::Unreached { .. } => "The provider was not told.".to_owned(),
    }
}

pub(super) fn document(link_name: &str, user: Option<&str>, revoked: &Revoked) -> serde_json::Value {
    let (host, reason) = match &revoked.told {
        Told::Provider { host } => (Some(host.as_str()), None),
        Told::Nothing { reason } => (None, Some(*reason)),
        Told::Unreached { problem } => (None, Some(problem.as_str())),
    };
    json!({"link_name": link_name, "user": user, "provider_told": host.is_some(), "host": host, "reason": reason})
}
