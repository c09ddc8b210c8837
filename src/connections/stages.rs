//! What may be changed in a service, and when. A draft is free, but has no connections; a service that is ready keeps what
//! its connections rely on (Zoho help pages "Connections", table of editable fields, and Creator's "Custom connectors").
//! The rules are about the keys of the file, so that a new authentication type states its own in one line. They bind
//! changes that go through us; a change by hand is met by the sealed definition when a credential is asked for.

use toml::{Table, Value};

use super::Error;
use super::service::{Service, Stage};

/// The keys of `[auth]` that a ready service of a type may change; parameters and scopes have rules of their own.
fn editable(auth_type: &str) -> &'static [&'static str] {
    match auth_type {
        "api_key" => &["location"],
        "oauth1" => &["location", "request_token_url", "authorize_url", "access_token_url"],
        "oauth2" => {
            &["location", "authorize_url", "token_url", "refresh_url", "revoke_url", "device_url", "client_auth"]
        }
        "aws_v4" => &["region"],
        _ => &[],
    }
}

/// The keys of the two values of basic when the file says nothing.
const BASIC: [&str; 2] = ["username", "password"];

/// What a key means that is not there.
fn default(key: &str) -> Option<Value> {
    match key {
        "grant" => Some("authorization_code".into()),
        "bearer_name" => Some("Bearer".into()),
        "scope_delimiter" => Some(",".into()),
        "signature" => Some("HMAC-SHA1".into()),
        "expiry" => Some(3600.into()),
        _ => None,
    }
}

/// Checks a change of a service, given as the texts of its file before and after.
///
/// # Errors
/// [`Error::ServiceFrozen`] with the first rule that the change breaks; what is wrong with either text.
pub fn check_edit(before: &str, after: &str, connections: usize) -> Result<(), Error> {
    let (old, new) = (Service::parse("the service before", before)?, Service::parse("the service", after)?);
    let frozen = |what: String, help: &str| {
        Err(Error::ServiceFrozen { service: old.link_name.to_string(), what, help: help.to_owned() })
    };
    if old.link_name != new.link_name {
        let help = "make a service of the other name, then delete this one";
        return frozen(format!("its link name cannot become \"{}\"", new.link_name), help);
    }
    if old.stage == Stage::Draft {
        return Ok(());
    }
    if new.stage == Stage::Draft {
        return frozen("it is ready and cannot become a draft again".to_owned(), COPY);
    }
    let (from, to) = (old.auth.type_name(), new.auth.type_name());
    if from != to {
        return frozen(format!("it is ready, so its authentication type stays \"{from}\""), COPY);
    }
    let (before, after) = (auth_of(before), auth_of(after));
    let lost = || if from == "basic" { other_keys(&before, &after) } else { lost_parameter(&before, &after) };
    if let Some(what) = frozen_key(from, &before, &after).or_else(lost) {
        return frozen(what, COPY);
    }
    match lost_scope(&before, &after) {
        Some(what) if connections > 0 => frozen(what, "add another scope beside it, or delete its connections first"),
        _ => Ok(()),
    }
}

/// The way out of a frozen service.
const COPY: &str = "`sluice services show NAME --toml` prints its file: make a service of another name from it";

/// The keys of `[auth]` and their values, in words, that another authentication type would lose.
pub fn configuration(text: &str) -> Vec<String> {
    let lines = auth_of(text).into_iter().filter(|(key, _)| key != "type");
    lines.map(|(key, value)| format!("{key} = {value}")).collect()
}

fn auth_of(text: &str) -> Table {
    let mut table: Table = toml::from_str(text).unwrap_or_default();
    match table.remove("auth") {
        Some(Value::Table(auth)) => auth,
        _ => Table::new(),
    }
}

fn frozen_key(auth_type: &str, before: &Table, after: &Table) -> Option<String> {
    let free = |key: &str| ["parameters", "scopes"].contains(&key) || editable(auth_type).contains(&key);
    let keys = before.keys().chain(after.keys()).filter(|key| !free(key));
    let value = |table: &Table, key: &str| table.get(key).cloned().or_else(|| default(key));
    let changed = keys.into_iter().find(|key| value(before, key) != value(after, key))?;
    Some(format!("it is ready, so `{changed}` cannot change any more"))
}

/// A parameter that connections have a value for.
fn lost_parameter(before: &Table, after: &Table) -> Option<String> {
    let kept = texts(after, "parameters", "key");
    let lost = texts(before, "parameters", "key").into_iter().find(|key| !kept.contains(key))?;
    Some(format!("it is ready, so the parameter `{lost}` can be neither removed nor given another key"))
}

/// Which value of basic is the user name is told by the order of the keys.
fn other_keys(before: &Table, after: &Table) -> Option<String> {
    let keys = |table: &Table| match texts(table, "parameters", "key") {
        none if none.is_empty() => BASIC.map(str::to_owned).to_vec(),
        keys => keys,
    };
    let (before, after) = (keys(before), keys(after));
    (before != after).then(|| format!("it is ready, so its parameters stay `{}`", before.join("` and `")))
}

/// A scope that connections may have been granted.
fn lost_scope(before: &Table, after: &Table) -> Option<String> {
    let scopes = |table: &Table| {
        let list = table.get("scopes").and_then(Value::as_array).cloned().unwrap_or_default();
        let pair = |scope: &Value| {
            let text = |key: &str| scope.get(key).and_then(Value::as_str).map(str::to_owned);
            let value = text("value").unwrap_or_default();
            (text("name").unwrap_or_else(|| value.clone()), value)
        };
        list.iter().map(pair).collect::<Vec<_>>()
    };
    let kept = scopes(after);
    let (_, value) = scopes(before).into_iter().find(|scope| !kept.contains(scope))?;
    Some(format!("it has connections, so the scope `{value}` can be neither changed nor removed"))
}

fn texts(table: &Table, list: &str, key: &str) -> Vec<String> {
    let list = table.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|entry| entry.get(key)?.as_str().map(str::to_owned)).collect()
}
