//! Something that only Zoho's platform does: open a window of the user's browser, send a text message through an account
//! of Zoho's, ask its AI or map servers, notify its mobile app. There is no request to send, so the effect says which task
//! with which arguments, what it would give when nothing happens, and what is needed where the platform is out of reach.

use std::fmt;

use super::Problem;
use crate::value::Data;

/// A task of the platform. The reply is a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Platform {
    /// The task: `openUrl`, `zoho.ai.translate`.
    pub task: String,
    /// What it was given, by the names of its parameters or attributes, in order; what was left out is not there.
    pub arguments: Vec<(String, Data)>,
    /// A harmless value of the documented kind, for runs in which nothing is to happen: an empty map where a map is
    /// documented, else null.
    pub idle: Data,
    /// What a driver answers that has no such platform.
    pub out_of_reach: Problem,
}

impl fmt::Display for Platform {
    /// The call as a script would write it, long texts shortened: `call zoho.ai.translate("Guten Tag", "en")`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "call {}(", self.task)?;
        for (at, (_, value)) in self.arguments.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{}", shown(value))?;
        }
        write!(f, ")")
    }
}

/// The longest text that is shown of one argument, in characters.
const SHOWN: usize = 200;

pub(super) fn shown(value: &Data) -> String {
    let text = match value {
        Data::File(file) => return format!("file {:?}, {} bytes", file.name, file.bytes.len()),
        Data::Text(text) => format!("{text:?}"),
        other => other.to_value().print().unwrap_or_else(|_| "…".to_owned()),
    };
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
