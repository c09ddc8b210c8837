//! Where `info` lines go while scripts run, when an application collects those of all runs in one place.

/// An `info` line of a run.
#[derive(Clone, Copy, Debug)]
pub struct Info<'r> {
    /// The run's id: the one that it was [given](crate::Run::id), or a number that counts the engine's runs.
    pub run: &'r str,
    /// The name of the text that the statement stands in.
    pub file: &'r str,
    /// The line of the statement, from 1.
    pub line: u32,
    /// What is shown.
    pub text: &'r str,
}

/// Takes the `info` lines of all runs of an engine, in the order of each run, from any of its threads.
pub(super) type Sink = dyn Fn(&Info<'_>) + Send + Sync;
