//! Why something that Zoho documents does not run here. `check` warns with these texts where a script names it, and
//! reaching it is an error with the same texts, which a script can catch: what is never reached does no harm.

use crate::value::Failure;

/// Why a row does not run here, and what to do instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The rest of a sentence that begins "does not run here:".
    pub why: &'static str,
    /// The rest of a sentence that begins "instead,"; what the user can do or set up.
    pub instead: &'static str,
    /// How Zoho's pages write it, where this is no ordinary call: `Form[criteria].count(field)`.
    pub written: &'static [&'static str],
}

impl Absence {
    /// An absence of something that is called like other functions.
    pub const fn new(why: &'static str, instead: &'static str) -> Self {
        Self { why, instead, written: &[] }
    }

    /// The error of reaching it. The message begins with the text of the help page "error messages".
    pub fn failure(&self, name: &str) -> Failure {
        let message = format!("{name} is not supported for this function: {}", self.why);
        Failure::new("run::task-not-available", message).help(self.instead)
    }
}
