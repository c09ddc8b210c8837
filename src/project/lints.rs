//! How serious the warnings of checking are in this project: `[lints]` of `sluice.toml`.

use super::Error;
use super::document::Table;
use crate::diagnostic::{Diagnostic, Severity, suggest};
use crate::program::{may_be_lowered, warning_codes};

/// Codes of warnings with what becomes of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lints(Vec<(String, Level)>);

/// What becomes of a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Off,
    Warn,
    Deny,
}

impl Lints {
    pub(super) fn read(table: &mut Table<'_>) -> Result<Self, Error> {
        let mut lints = Vec::new();
        for (code, offset, word) in table.named_texts("lints")? {
            if !warning_codes().any(|known| known == code) {
                let help = match suggest(&code, warning_codes()) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => "write the code that stands above the warning, such as \"check::no-effect\"".to_owned(),
                };
                return Err(table.problem(offset, format!("[lints] there is no warning called \"{code}\""), help));
            }
            let level = match word.as_str() {
                "off" => Level::Off,
                "warn" => Level::Warn,
                "deny" => Level::Deny,
                _ => {
                    let key = format!("[lints] {code}");
                    return Err(table.no_such_word(offset, &key, &word, &["off", "warn", "deny"]));
                }
            };
            lints.push((code, level));
        }
        Ok(Self(lints))
    }

    /// Leaves out the warnings that are off and makes errors of those that are denied. Errors stay errors, but for the
    /// few that a check reports where the script could still run.
    pub fn apply(&self, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        diagnostics.retain_mut(|diagnostic| {
            if diagnostic.severity == Severity::Error && !may_be_lowered(&diagnostic.code) {
                return true;
            }
            match self.0.iter().find(|(code, _)| *code == diagnostic.code).map(|(_, level)| *level) {
                Some(Level::Off) => return false,
                Some(Level::Deny) => diagnostic.severity = Severity::Error,
                Some(Level::Warn) => diagnostic.severity = Severity::Warning,
                None => {}
            }
            true
        });
        diagnostics
    }
}
