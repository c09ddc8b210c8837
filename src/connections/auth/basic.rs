//! User name and password in one header (RFC 7617, UTF-8). Zoho's page speaks of encoding each half on its own; every
//! server expects the two joined by a colon, so a user name cannot hold one. Creator lets a service give both halves a key
//! and a name of its own, because many services call them otherwise: account and token, key and `x`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Field, Fields, place, value};
use crate::connections::Error;
use crate::connections::document::Table;
use crate::http::Request;
use crate::secret::Secret;

/// The redactor masks nothing shorter.
const SHORTEST_PASSWORD: usize = 4;

/// The settings of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basic {
    /// What stands before the colon.
    pub username: Half,
    /// What stands behind it.
    pub password: Half,
}

/// One of the two values that a person is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Half {
    /// The key of the credential. It is not sent.
    pub key: String,
    /// What a person is asked for.
    pub name: String,
}

impl Default for Basic {
    fn default() -> Self {
        let half = |key: &str, name: &str| Half { key: key.into(), name: name.into() };
        Self { username: half("username", "User name"), password: half("password", "Password") }
    }
}

impl Basic {
    pub(super) fn read(mut table: Table<'_>) -> Result<Self, Error> {
        let offset = table.offset_of("parameters");
        let parameters = table.tables("parameters")?;
        let halves = parameters.into_iter().map(Half::read).collect::<Result<Vec<_>, _>>()?;
        let count = halves.len();
        let help = "write `parameters = [{ key = \"username\", name = \"User name\" }, { key = \"password\", name = \
                    \"Password\" }]` with your own keys and names, or leave it out";
        let basic = match <[Half; 2]>::try_from(halves) {
            Ok([username, password]) if username.key == password.key => {
                let problem = format!("there are two parameters with the key \"{}\"", username.key.escape_debug());
                return Err(table.problem(offset, problem, "give each its own key"));
            }
            Ok([username, password]) => Self { username, password },
            Err(_) if count == 0 => Self::default(),
            Err(_) => {
                let problem = format!("`[auth] parameters` of basic are two, user name and password, not {count}");
                return Err(table.problem(offset, problem, help));
            }
        };
        table.finish()?;
        Ok(basic)
    }

    pub(super) fn fields(&self) -> Vec<Field> {
        let field = |half: &Half, may_be_empty| Field {
            key: half.key.clone(),
            name: half.name.clone(),
            required: true,
            may_be_empty,
        };
        // Several services take an API key as the user name and an empty password, which must be said, not forgotten.
        vec![field(&self.username, false), field(&self.password, true)]
    }

    /// The usual keys are left out, so that records which were sealed without them stay valid.
    pub(super) fn definition(&self, lines: &mut Vec<String>) {
        if self.keys() != Self::default().keys() {
            let [username, password] = self.keys();
            lines.push(format!("auth.username = {username}"));
            lines.push(format!("auth.password = {password}"));
        }
    }

    pub(super) fn check_value(&self, key: &str, value: &Secret) -> Result<(), String> {
        if key == self.username.key && value.open().contains(':') {
            return Err("holds a colon, which would end the user name (RFC 7617)".to_owned());
        }
        Ok(())
    }

    /// With a password that is none, such as the `x` of Freshdesk, the user name is the secret.
    pub(super) fn is_masked(&self, key: &str, fields: &Fields) -> bool {
        key != self.username.key || value(fields, &self.password.key).chars().count() < SHORTEST_PASSWORD
    }

    pub(super) fn joined(&self, fields: &Fields) -> Secret {
        let [username, password] = self.keys();
        Secret::new(format!("{}:{}", value(fields, username), value(fields, password)))
    }

    pub(super) fn apply(&self, fields: &Fields, request: &mut Request, notes: &mut Vec<String>) {
        let encoded = STANDARD.encode(self.joined(fields).open());
        place::header(request, "Authorization", format!("Basic {encoded}"), notes);
    }

    fn keys(&self) -> [&str; 2] {
        [&self.username.key, &self.password.key]
    }
}

impl Half {
    fn read(mut table: Table<'_>) -> Result<Self, Error> {
        let offset = table.offset_of("key");
        let key = table.required_text("key")?;
        if key.chars().any(char::is_control) {
            let problem = format!("\"{}\" holds control characters", key.escape_debug());
            return Err(table.problem(offset, problem, "choose another key"));
        }
        let name = table.text("name")?.unwrap_or_else(|| key.clone());
        table.finish()?;
        Ok(Self { key, name })
    }
}
