//! `sluice connections list`.

use clap::Args;
use serde_json::Value;

use super::super::table::{draw, some};
use super::super::{Error, report};
use super::{Common, Place};
use crate::connections::Summary;

#[derive(Args, Debug)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place) -> Result<(), Error> {
    let (connections, output) = (place.connections()?, &place.output);
    let all = connections.summaries()?;
    if options.common.json {
        output.json(&all.iter().map(report::connection).collect::<Value>());
        return Ok(());
    }
    if all.is_empty() {
        output.result("There are no connections yet. `sluice connections create --help` tells how to make one.");
        return Ok(());
    }
    let rows = all.iter().map(|one| {
        [
            one.link_name.clone(),
            one.service.clone(),
            state(one),
            some(&one.scopes, 2),
            some(&one.hosts, 2),
            one.expires_in.map(remaining).unwrap_or_default(),
        ]
    });
    output.result(&draw(["link name", "service", "state", "scopes", "hosts", "expires in"], rows));
    let mut vaults: Vec<&str> = all.iter().map(|one| one.vault.as_str()).collect();
    vaults.sort_unstable();
    vaults.dedup();
    vaults.iter().for_each(|vault| {
        output.result(&format!("\nCredentials are in {vault}."));
    });
    Ok(())
}

/// The state, with the user whose authorisation it is.
fn state(summary: &Summary) -> String {
    match &summary.user {
        Some(user) => format!("{} ({user})", summary.status.as_str()),
        None => summary.status.as_str().to_owned(),
    }
}

/// A time in the largest unit that it fills.
pub(super) fn remaining(seconds: i64) -> String {
    let amount = seconds.unsigned_abs();
    let text = match amount {
        0..60 => format!("{amount} s"),
        60..3_600 => format!("{} min", amount / 60),
        3_600..172_800 => format!("{} h", amount / 3_600),
        _ => format!("{} days", amount / 86_400),
    };
    if seconds > 0 { text } else { format!("ended {text} ago") }
}

#[cfg(test)]
mod tests {
    use super::remaining;

    #[test]
    fn times_are_in_the_largest_unit() {
        assert_eq!(remaining(59), "59 s");
        assert_eq!(remaining(3_599), "59 min");
        assert_eq!(remaining(7_200), "2 h");
        assert_eq!(remaining(-90), "ended 1 min ago");
        assert_eq!(remaining(259_200), "3 days");
    }
}
