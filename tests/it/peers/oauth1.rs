//! OAuth 1 with the server's side of oauthlib, which recomputes every signature: three methods in three places.

use serde_json::Value;

use super::{peer, secret};
use crate::cli::credentials::{connect, send, service};
use crate::cli::harness::Desk;

const METHODS: [&str; 3] = ["HMAC-SHA1", "HMAC-SHA256", "PLAINTEXT"];
const PLACES: [&str; 3] = ["header", "query", "form"];

/// The secrets hold characters that must be encoded, except where the verifier is known to read them wrongly, see
/// `tests/peers/oauth1.py`.
fn secrets(method: &str, place: &str) -> [(&'static str, String); 4] {
    let (names, endings) = match (method, place) {
        ("PLAINTEXT", "query" | "form") => (["plain-consumer", "plain-token"], ["", ""]),
        _ => (["sluice-consumer", "standing-token"], ["/c+%26", "/t+%3D"]),
    };
    [
        ("consumer_key", names[0].to_owned()),
        ("consumer_secret", secret() + endings[0]),
        ("token", names[1].to_owned()),
        ("token_secret", secret() + endings[1]),
    ]
}

/// A desk with a connection `shop` for a method and a place.
fn desk(base: &str, method: &str, place: &str, secrets: &[(&str, String)]) -> Desk {
    let desk = Desk::project("");
    let urls = format!(
        "request_token_url = \"{base}/request-token\"\nauthorize_url = \"{base}/authorize\"\n\
         access_token_url = \"{base}/access-token\""
    );
    service(&desk, "acme", &format!("type = \"oauth1\"\nsignature = \"{method}\"\nlocation = \"{place}\"\n{urls}"));
    let secrets: Vec<_> = secrets.iter().map(|(key, value)| (*key, value.as_str())).collect();
    connect(&desk, "shop", "acme", &[], &secrets).expect(0);
    desk
}

/// What the server saw of a request that it took.
#[track_caller]
fn seen(desk: &Desk, url: &str, rest: &str) -> Value {
    let done = send(desk, url, "shop", rest).expect(0);
    let seen = done.json();
    assert_eq!(seen["account"], "standing", "{url} {rest}: {seen} {done:?}");
    seen
}

#[test]
fn every_method_is_taken_in_every_place() {
    let Some(base) = peer("SLUICE_PEER_OAUTH1") else { return };
    for method in METHODS {
        for place in PLACES {
            let desk = desk(&base, method, place, &secrets(method, place));
            let url = format!("{base}/orders/caf\u{e9}%20%2F1?b=2&a=x%20y&a=%C3%BC%2B");
            // A GET has no form: its parameters are the query.
            let get = seen(&desk, &url, "type: GET parameters: {\"q\": \"a&b=ü+ ~\"}");
            let found = if place == "form" { "query" } else { place };
            assert_eq!((&get["method"], &get["place"]), (&method.into(), &found.into()), "{get}");
            let mut pairs = get["parameters"].as_array().unwrap().clone();
            pairs.sort_by_key(Value::to_string);
            let sent = serde_json::json!([["a", "x y"], ["a", "ü+"], ["b", "2"], ["q", "a&b=ü+ ~"]]);
            assert_eq!(Value::Array(pairs), sent);
            let form = "type: POST parameters: {\"name\": \"Zoë & Söhne\", \"empty\": \"\", \"n\": 1.50}";
            let post = seen(&desk, &url, form);
            assert_eq!((&post["method"], &post["place"]), (&method.into(), &place.into()), "{post}");
            assert!(post["parameters"].to_string().contains("Zoë & Söhne"), "{post}");
            seen(&desk, &format!("{base}/orders"), "type: DELETE");
            if place == "form" {
                continue;
            }
            // A body that is no form is not signed.
            let json = "type: PUT parameters: \"{\\\"a\\\": 1}\" headers: {\"Content-Type\": \"application/json\"}";
            let put = seen(&desk, &format!("{base}/orders?a=1"), json);
            assert_eq!(put["parameters"], serde_json::json!([["a", "1"]]), "{put}");
            let parts = "type: POST files: {\"paramName\": \"note\", \"content\": \"hé\", \"stringPart\": \"true\"}";
            seen(&desk, &format!("{base}/orders"), parts);
        }
    }
}

#[test]
fn a_wrong_secret_is_refused_for_every_method() {
    let Some(base) = peer("SLUICE_PEER_OAUTH1") else { return };
    for method in METHODS {
        let mut secrets = secrets(method, "header");
        secrets[1].1 = "another secret".to_owned();
        let desk = desk(&base, method, "header", &secrets);
        let done = send(&desk, &format!("{base}/orders"), "shop", "type: GET").expect(0);
        assert!(done.stdout.contains("\"refused\":[\"signature\"]"), "{method}: {done:?}");
    }
}

#[test]
fn every_request_has_a_nonce_of_its_own() {
    let Some(base) = peer("SLUICE_PEER_OAUTH1") else { return };
    let desk = desk(&base, "HMAC-SHA1", "header", &secrets("HMAC-SHA1", "header"));
    let one = format!("info invokeurl [url: \"{base}/orders\" connection: \"shop\"].get(\"account\");\n");
    desk.run(&one.repeat(5), &[]).prints(&"standing\n".repeat(5));
}
