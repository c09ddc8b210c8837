//! What `catch (e)` binds: the error as a script sees it. It prints as Zoho prints it and answers `e.message`,
//! `e.lineNo`, `e.type` and `e.data` (help pages "try catch" and "throw").

use super::Value;

/// A caught error.
#[derive(Clone, Debug)]
pub struct Caught {
    /// The bare text.
    pub message: String,
    /// The line where it happened, from 1.
    pub line: u32,
    /// The stable code of the error, `room::kebab-case`; `run::thrown` for what a script threw.
    pub code: String,
    /// What was thrown, when a script threw a map: its other entries are readable as `e.name`.
    pub thrown: Value,
}

impl Caught {
    /// As Zoho prints it.
    pub fn print(&self) -> String {
        format!("Error at line : {}, {}", self.line, self.message)
    }
}
