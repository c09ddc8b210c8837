//! User name and password in one header (RFC 7617, UTF-8). Zoho's page speaks of encoding each half on its own; every
//! server expects the two joined by a colon, so a user name cannot hold one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Field, Fields, place, value};
use crate::http::Request;
use crate::secret::Secret;

/// The redactor masks nothing shorter.
const SHORTEST_PASSWORD: usize = 4;

pub(super) fn fields() -> Vec<Field> {
    let field = |key: &str, name: &str, may_be_empty| Field {
        key: key.into(),
        name: name.into(),
        required: true,
        may_be_empty,
    };
    // Several services take an API key as the user name and an empty password, which must be said, not forgotten.
    vec![field("username", "User name", false), field("password", "Password", true)]
}

pub(super) fn check_value(key: &str, value: &Secret) -> Result<(), String> {
    if key == "username" && value.open().contains(':') {
        return Err("holds a colon, which would end the user name (RFC 7617)".to_owned());
    }
    Ok(())
}

/// With a password that is none, such as the `x` of Freshdesk, the user name is the secret.
pub(super) fn is_masked(key: &str, fields: &Fields) -> bool {
    key != "username" || value(fields, "password").chars().count() < SHORTEST_PASSWORD
}

pub(super) fn joined(fields: &Fields) -> Secret {
    Secret::new(format!("{}:{}", value(fields, "username"), value(fields, "password")))
}

pub(super) fn apply(fields: &Fields, request: &mut Request, notes: &mut Vec<String>) {
    let encoded = STANDARD.encode(joined(fields).open());
    place::header(request, "Authorization", format!("Basic {encoded}"), notes);
}
