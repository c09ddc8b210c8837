//! The head of a cassette, `cassette.json`: what a replay pins (clock, random numbers, time zone), how requests are
//! matched, and what is masked besides. It is written once and may be edited and committed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The format that is written and read.
pub(super) const FORMAT: u64 = 1;

/// The head.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    /// The format of the whole cassette.
    pub format: u64,
    /// The version of Sluice that recorded it, for readers.
    pub sluice: String,
    /// What scripts take for the present.
    #[serde(with = "instant")]
    pub now: Timestamp,
    /// Where random numbers begin.
    pub seed: u64,
    /// The time zone of the recorded run by its name in the tz database, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// What is compared, in the words of `--match`.
    #[serde(rename = "match")]
    pub matched_by: Vec<String>,
    /// What is left out when comparing, in the words of `--match-ignore`.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// Regular expressions of what is masked besides.
    #[serde(default)]
    pub redact: Vec<String>,
}

/// Instants as RFC 3339 writes them.
mod instant {
    use jiff::Timestamp;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(instant: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(instant)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(|_| D::Error::custom(format!("\"{}\" is no instant", text.escape_debug())))
    }
}

/// Only the version: a later format may look different in all else.
#[derive(Deserialize)]
pub(super) struct Version {
    pub format: u64,
}
