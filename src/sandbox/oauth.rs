//! The token endpoint, `POST /oauth/v2/token`, with the grants `refresh_token` and `client_credentials`. It keeps Zoho's
//! habit of answering errors with status 200 and an `error` member, so a caller must read the body and not the status.

use axum::http::Method;
use serde_json::{Value, json};

use super::call::{Call, first};
use super::log::Guard;
use super::reply::Reply;
use super::state::State;

pub(super) fn answer(state: &mut State, call: &Call) -> Reply {
    if call.method != Method::POST {
        return Reply::wrong_method();
    }
    let form = call.form();
    let Some((client_id, client_secret)) = client(call, &form) else { return error("invalid_client") };
    if !state.tokens.is_client(&client_id, &client_secret) {
        return error("invalid_client");
    }
    let reply = match first(&form, "grant_type") {
        Some("refresh_token") => {
            let refresh_token = first(&form, "refresh_token").unwrap_or_default();
            if state.tokens.is_refresh_token(refresh_token, &client_id) {
                grant(state, &client_id, Some(refresh_token))
            } else {
                error("invalid_code")
            }
        }
        Some("client_credentials") => grant(state, &client_id, None),
        Some(_) => error("unsupported_grant_type"),
        None => error("invalid_request"),
    };
    reply.passed(Guard::Client(client_id))
}

/// The client's id and secret, from the form or from HTTP Basic; a secret in both places is refused (RFC 6749, 2.3).
fn client(call: &Call, form: &[(String, String)]) -> Option<(String, String)> {
    match (first(form, "client_secret"), call.basic()) {
        (Some(secret), None) => Some((first(form, "client_id")?.to_owned(), secret.to_owned())),
        (None, basic) => basic,
        (Some(_), Some(_)) => None,
    }
}

fn grant(state: &mut State, client_id: &str, refresh_token: Option<&str>) -> Reply {
    let now = state.clock.now();
    let issued = state.tokens.issue(client_id, now).and_then(|access_token| {
        let rotated = refresh_token.filter(|_| state.tokens.rotate);
        let next = rotated.map(|used| state.tokens.replace_refresh_token(used, client_id)).transpose()?;
        Ok((access_token, next))
    });
    let Ok((access_token, next)) = issued else { return error("general_error") };
    let mut body = json!({
        "access_token": access_token,
        "api_domain": state.api_domain,
        "token_type": "Bearer",
        "expires_in": state.tokens.lifetime.as_secs(),
    });
    if let (Some(token), Value::Object(body)) = (next, &mut body) {
        body.insert("refresh_token".to_owned(), Value::String(token));
    }
    Reply::json(200, body)
}

fn error(code: &str) -> Reply {
    Reply::json(200, json!({"error": code}))
}

/// The client whose access token the request carries, as `Zoho-oauthtoken` or as `Bearer`; counts one use of the token.
pub(super) fn signed_in(state: &mut State, call: &Call) -> Option<String> {
    let (scheme, token) = call.authorization()?;
    let now = state.clock.now();
    if matches!(scheme.as_str(), "zoho-oauthtoken" | "bearer") { state.tokens.spend(token, now) } else { None }
}
