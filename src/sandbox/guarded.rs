//! Routes that show what arrived. Those under `/basic` and `/key` ask for a password or an API key and answer without
//! repeating it; `/echo` asks for nothing and never gives back the value of a header.

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::call::{Call, first};
use super::credentials::{API_KEY_HEADER, API_KEY_PARAMETER};
use super::log::Guard;
use super::reply::Reply;
use super::state::State;

/// `/basic/profile`: who signed in with HTTP Basic (RFC 7617).
pub(super) fn basic(state: &State, call: &Call) -> Reply {
    let known = &state.credentials;
    match call.basic() {
        Some((user, password)) if user == known.user && password == known.password => {
            Reply::json(200, json!({"guard": "basic", "user": user, "method": call.method.as_str()}))
                .passed(Guard::User(user))
        }
        _ => refused("invalid user name or password").asking_for_basic(),
    }
}

/// `/key/header/…`, `/key/query/…` and `/key/form/…`: the rest of a request whose API key stood in that place, exactly
/// once. The form needs a `POST`.
pub(super) fn key(state: &State, call: &Call, place: &str) -> Reply {
    if place == "form" && call.method != Method::POST {
        return Reply::wrong_method();
    }
    let form = call.form();
    let (name, shown) = match place {
        "header" => (API_KEY_HEADER, call.header(API_KEY_HEADER)),
        "query" => (API_KEY_PARAMETER, only(&call.query, API_KEY_PARAMETER)),
        _ => (API_KEY_PARAMETER, only(&form, API_KEY_PARAMETER)),
    };
    if shown != Some(state.credentials.api_key.as_str()) {
        return refused("invalid API key");
    }
    let body = json!({
        "guard": "key",
        "location": place,
        "key": name,
        "method": call.method.as_str(),
        "path": call.path,
        "query": without_key(&call.query),
        "form": without_key(&form),
    });
    Reply::json(200, body).passed(Guard::Key(name.to_owned()))
}

/// `/echo` and everything below it, by any method.
pub(super) fn echo(call: &Call) -> Reply {
    let query: Vec<Value> = call.query.iter().map(|(name, value)| json!([name, value])).collect();
    let headers: Vec<&str> = call.headers.keys().map(|name| name.as_str()).collect();
    Reply::json(
        200,
        json!({
            "method": call.method.as_str(),
            "path": call.path,
            "query": query,
            "headers": headers,
            "content_type": call.header("content-type"),
            "body": String::from_utf8_lossy(&call.body),
        }),
    )
}

fn refused(message: &str) -> Reply {
    Reply::record_error(401, "AUTHENTICATION_FAILURE", json!({}), message)
}

/// The value under a name that occurs once.
fn only<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let count = pairs.iter().filter(|(known, _)| known == name).count();
    first(pairs, name).filter(|_| count == 1)
}

fn without_key(pairs: &[(String, String)]) -> Map<String, Value> {
    let others = pairs.iter().filter(|(name, _)| name != API_KEY_PARAMETER);
    others.map(|(name, value)| (name.clone(), Value::String(value.clone()))).collect()
}
