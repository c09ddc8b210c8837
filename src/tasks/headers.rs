//! Headers of a request as scripts give them. Names and values are checked here, so that a script can catch the error,
//! and because a line break that comes with data would start a header of its own.

use super::error::{Error, shown};
use super::fields;
use crate::value::{Failure, Kinds, Value};

/// Names with values; names differ without regard to case.
#[derive(Default)]
pub(super) struct Headers(Vec<(String, String)>);

impl Headers {
    /// The headers of a map.
    pub(super) fn read(task: &str, value: &Value) -> Result<Self, Failure> {
        let map = fields::as_map(value).ok_or_else(|| Failure::argument(task, Kinds::MAP, value.kind()))?;
        let mut headers = Self::default();
        for (name, value) in fields::texts(map)? {
            // An empty content type would keep the right one from being added.
            if !(value.trim().is_empty() && name.eq_ignore_ascii_case("content-type")) {
                headers.set(&name, &value)?;
            }
        }
        Ok(headers)
    }

    /// The value of a header.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Sets a header in place of an earlier one of the same name.
    pub(super) fn set(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let (name, value) = (name.trim_matches([' ', '\t']), value.trim_matches([' ', '\t']));
        let invalid = |reason| Error::InvalidHeader { name: shown(name), reason };
        if name.is_empty() || !name.bytes().all(is_name_byte) {
            return Err(invalid("its name holds a character that no header name may hold"));
        }
        if value.chars().any(|character| character.is_control() && character != '\t') {
            return Err(invalid("its value holds a line break or another control character"));
        }
        self.0.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.0.push((name.to_owned(), value.to_owned()));
        Ok(())
    }

    /// As they stand in a request.
    pub(super) fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }
}

/// RFC 9110, section 5.6.2.
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
