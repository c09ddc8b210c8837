//! Fixed values that a person gives once. Each parameter has its own place; Zoho's form has one "Param Type" for all of
//! them, which is the short form `location` beside `parameters`.

use super::place::{self, Location};
use super::{Field, Fields, Occasion, placeholder, value};
use crate::connections::Error;
use crate::connections::document::Table;
use crate::http::Request;
use crate::secret::Secret;

/// Headers that belong to the transport and cannot carry a key.
const TRANSPORT_HEADERS: [&str; 6] =
    ["host", "content-length", "transfer-encoding", "connection", "content-type", "upgrade"];

/// The settings of the type.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiKey {
    /// One or more parameters.
    pub parameters: Vec<Parameter>,
}

/// One value to send.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name on the wire, and the key of the credential.
    pub key: String,
    /// What a person is asked for.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// What stands before the value, such as `Bearer ` with its blank; mostly nothing.
    pub prefix: String,
}

/// Where a key can go.
const PLACES: [Location; 4] = [Location::Query, Location::Form, Location::Header, Location::Placeholder];

impl ApiKey {
    pub(super) fn read(mut table: Table<'_>) -> Result<Self, Error> {
        let shared = Location::read(&mut table, &PLACES)?;
        let tables = table.tables("parameters")?;
        if tables.is_empty() {
            return Err(table.problem_here(
                "an API key needs `parameters`",
                "add `parameters = [{ key = \"X-API-Key\", name = \"API key\", location = \"header\" }]`",
            ));
        }
        let parameters =
            tables.into_iter().map(|table| Parameter::read(table, shared)).collect::<Result<Vec<_>, _>>()?;
        for (at, parameter) in parameters.iter().enumerate() {
            let is_same = |earlier: &Parameter| match (earlier.location, parameter.location) {
                (Location::Header, Location::Header) => earlier.key.eq_ignore_ascii_case(&parameter.key),
                _ => earlier.key == parameter.key,
            };
            if parameters.iter().take(at).any(is_same) {
                let problem = format!("there are two parameters with the key \"{}\"", parameter.key);
                return Err(table.problem_here(problem, "give each its own key"));
            }
        }
        table.finish()?;
        Ok(Self { parameters })
    }

    pub(super) fn fields(&self) -> Vec<Field> {
        let field =
            |p: &Parameter| Field { key: p.key.clone(), name: p.name.clone(), required: true, may_be_empty: false };
        self.parameters.iter().map(field).collect()
    }

    /// The keys that a script writes between braces.
    pub(in crate::connections) fn placeholders(&self) -> impl Iterator<Item = &str> {
        let filled = self.parameters.iter().filter(|parameter| parameter.location == Location::Placeholder);
        filled.map(|parameter| parameter.key.as_str())
    }

    pub(super) fn definition(&self, lines: &mut Vec<String>) {
        for parameter in &self.parameters {
            let Parameter { key, location, prefix, .. } = parameter;
            let prefix =
                if prefix.is_empty() { String::new() } else { format!(" after \"{}\"", prefix.escape_debug()) };
            lines.push(format!("auth.parameter = {key} in {}{prefix}", location.as_str()));
        }
    }

    pub(super) fn apply(
        &self,
        occasion: &Occasion<'_>,
        fields: &Fields,
        request: &mut Request,
        notes: &mut Vec<String>,
    ) -> Result<(), Error> {
        for parameter in &self.parameters {
            let Parameter { key, location, .. } = parameter;
            let value = &parameter.prefixed(value(fields, key));
            match location {
                Location::Header => place::header(request, key, value.clone(), notes),
                Location::Query => place::query(request, key, value, notes),
                Location::Form if !place::form(request, key, value, notes) => return Err(occasion.no_place_for(key)),
                Location::Placeholder if !placeholder::fill(request, key, value) => {
                    return Err(Error::NoPlaceholder { link_name: occasion.link_name.to_owned(), key: key.clone() });
                }
                Location::Form | Location::Placeholder => {}
            }
        }
        Ok(())
    }
}

impl Parameter {
    fn read(mut table: Table<'_>, shared: Option<Location>) -> Result<Self, Error> {
        let offset = table.offset_of("key");
        let key = table.required_text("key")?;
        let name = table.text("name")?.unwrap_or_else(|| key.clone());
        let own = Location::read(&mut table, &PLACES)?;
        let prefix = table.text("prefix")?.unwrap_or_default();
        let location = own.or(shared).unwrap_or(Location::Header);
        let problem = match location {
            Location::Header if header_problem(&key).is_some() => header_problem(&key),
            Location::Placeholder if !is_placeholder(&key) => Some("cannot stand between braces"),
            _ if key.chars().chain(prefix.chars()).any(char::is_control) => Some("holds control characters"),
            _ => None,
        };
        if let Some(problem) = problem {
            return Err(table.problem(offset, format!("\"{}\" {problem}", key.escape_debug()), "choose another key"));
        }
        table.finish()?;
        Ok(Self { key, name, location, prefix })
    }

    /// The value as it is sent. Who copied the whole line from a page of help has given the prefix already.
    fn prefixed(&self, value: &str) -> String {
        match value.starts_with(&self.prefix) {
            true => value.to_owned(),
            false => format!("{}{value}", self.prefix),
        }
    }
}

/// Why a credential cannot go into a header of this name.
pub(super) fn header_problem(name: &str) -> Option<&'static str> {
    if !is_header_name(name) {
        return Some("is no header name");
    }
    let is_transport = TRANSPORT_HEADERS.contains(&name.to_ascii_lowercase().as_str());
    is_transport.then_some("is a header of the transport")
}

/// The key itself of a value such as `Bearer abc`: it must be known to the redactor without its prefix too.
pub(super) fn last_word(secret: &Secret) -> Option<Secret> {
    secret.open().trim().rsplit_once(' ').map(|(_, word)| Secret::new(word))
}

fn is_placeholder(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// A token of RFC 9110, section 5.6.2.
fn is_header_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}
