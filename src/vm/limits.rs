//! What one run may use, and what it used. The numbers of the Zoho profiles are documented (help page "limitations",
//! developer page "Deluge limits"); limits are the same in every build of Sluice.

use std::time::Duration;

use crate::value::Failure;

/// The limits of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Executed statements; the header of a loop counts once per element.
    pub statements: u64,
    /// Calls inside one another.
    pub depth: usize,
    /// Bytes of one text, elements of one list or map.
    pub size: usize,
    /// Bytes of all `info` lines; what is beyond is cut.
    pub output: usize,
    /// Requests.
    pub requests: u64,
    /// Time from the start of the run, waiting included.
    pub time: Option<Duration>,
}

/// The named profiles.
pub const PROFILES: &[(&str, Limits)] = &[
    (
        "generous",
        Limits {
            statements: 2_000_000_000,
            depth: 1_000,
            size: 50_000_000,
            output: 64_000_000,
            requests: 100_000,
            time: None,
        },
    ),
    (
        "zoho-crm",
        Limits {
            statements: 200_000,
            depth: 75,
            size: 10_000_000,
            output: 500_000,
            requests: 1_000,
            time: Some(Duration::from_secs(60)),
        },
    ),
    (
        "zoho-creator",
        Limits {
            statements: 5_000,
            depth: 75,
            size: 5_000_000,
            output: 500_000,
            requests: 1_000,
            time: Some(Duration::from_secs(300)),
        },
    ),
];

impl Limits {
    /// The profile of a name.
    pub fn profile(name: &str) -> Option<Self> {
        PROFILES.iter().find(|(known, _)| *known == name).map(|(_, limits)| limits.clone())
    }
}

impl Default for Limits {
    /// The profile `generous`.
    fn default() -> Self {
        Self::profile("generous").unwrap_or(Self {
            statements: 0,
            depth: 0,
            size: 0,
            output: 0,
            requests: 0,
            time: None,
        })
    }
}

/// What a run used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Executed statements.
    pub statements: u64,
    /// Calls of functions of the script.
    pub calls: u64,
    /// Requests.
    pub requests: u64,
}

/// The error of a limit that was passed. No `try` catches it.
pub(super) fn passed(code: &str, what: &str, limit: impl std::fmt::Display) -> Failure {
    Failure::new(format!("limits::{code}"), format!("the run passed its limit of {limit} {what}"))
        .help("choose another profile with --limits, or set the number under [limits] in sluice.toml")
        .uncatchable()
}
