//! Whose token it is, as token endpoints tell it. Providers differ, so the documented places are tried in turn, those
//! that people recognise first. What is found is only shown, and decides nothing.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use url::Url;

/// The longest name that is kept, in characters.
const LONGEST: usize = 200;
/// Claims of an ID token (OpenID Connect Core, 5.1). It comes straight from the token endpoint, so its signature proves
/// nothing that the transport does not (3.1.3.7).
const CLAIMS: [&str; 4] = ["email", "preferred_username", "name", "sub"];
/// Where providers name the account, the portal or the person: Slack, Notion, Shopify, Dropbox, Stripe and others.
const PLACES: [&str; 8] = [
    "/team/name",
    "/workspace_name",
    "/associated_user/email",
    "/email",
    "/account_email",
    "/account_id",
    "/stripe_user_id",
    "/user_id",
];
/// Where they give the address of the account's own servers: Salesforce, Zoho.
const ADDRESSES: [&str; 2] = ["/instance_url", "/api_domain"];

/// The account of a token endpoint's answer.
pub(in crate::connections) fn of(answer: &Value) -> Option<String> {
    let id_token = answer.get("id_token").and_then(Value::as_str).and_then(claims);
    let claim = id_token.as_ref().and_then(|claims| CLAIMS.iter().find_map(|name| text(claims.get(name)?)));
    let place = || PLACES.iter().find_map(|place| text(answer.pointer(place)?));
    let address = || {
        let found = ADDRESSES.iter().find_map(|place| answer.pointer(place)?.as_str());
        found.and_then(|address| Url::parse(address).ok()).and_then(|url| url.host_str().map(str::to_owned))
    };
    claim.or_else(place).or_else(address)
}

fn claims(token: &str) -> Option<Value> {
    let payload = token.split('.').nth(1)?.trim_end_matches('=');
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

/// A name as it can be shown.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let text: String = text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn the_account_is_found_where_providers_put_it() {
        let token = |claims: Value| {
            let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
            json!({"id_token": format!("{}.{}.x", part(&json!({"alg": "none"})), part(&claims)), "email": "other"})
        };
        for (answer, account) in [
            (token(json!({"sub": "7", "email": "ann@acme.test"})), "ann@acme.test"),
            (token(json!({"sub": 7})), "7"),
            (json!({"ok": true, "team": {"id": "T1", "name": "Acme"}}), "Acme"),
            (
                json!({"instance_url": "https://acme.my.salesforce.test", "id": "https://login.test/id/1/2"}),
                "acme.my.salesforce.test",
            ),
            (json!({"api_domain": "https://www.zohoapis.eu"}), "www.zohoapis.eu"),
            (json!({"account_id": "dbid:1", "uid": "2"}), "dbid:1"),
            (json!({"email": "a\u{1b}[31m"}), "a[31m"),
        ] {
            assert_eq!(of(&answer).as_deref(), Some(account), "{answer}");
        }
    }

    #[test]
    fn what_tells_nothing_is_no_account() {
        for answer in [
            json!({}),
            json!({"id_token": "x"}),
            json!({"id_token": "a.!!.b"}),
            json!({"team": "T"}),
            json!({"email": ""}),
        ] {
            assert_eq!(of(&answer), None, "{answer}");
        }
    }
}
