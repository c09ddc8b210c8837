//! The exit codes, which scripts and CI jobs rely on.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// 0
    Ok,
    /// 1: wrong usage, or something of ours could not be read or written.
    Usage,
    /// 2: a script does not parse or check.
    Check,
    /// 3: a script failed while running.
    Run,
    /// 5: a connection could not be used.
    Connection,
    /// 130: the person pressed Ctrl-C.
    Interrupted,
}

impl Exit {
    /// The exit code of a run that failed with this error code.
    pub(super) fn of_run(code: &str) -> Self {
        match code {
            "run::cancelled" => Exit::Interrupted,
            _ if code.starts_with("connections::") => Exit::Connection,
            _ => Exit::Run,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Ok => 0,
            Exit::Usage => 1,
            Exit::Check => 2,
            Exit::Run => 3,
            Exit::Connection => 5,
            Exit::Interrupted => 130,
        })
    }
}
