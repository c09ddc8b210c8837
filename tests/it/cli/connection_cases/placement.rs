//! Every place of a credential: it arrives there and nowhere else, and leaves no trace on this side, traced, recorded,
//! listed and tested.

use super::{LOGIN, TOKENS, assert_kept};
use crate::cli::credentials::{connect, send, service};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Seen, Server};

/// A case: the `[auth]` table, the secrets, and what has to be in the request, `HEADER: VALUE`, `?KEY=VALUE` or
/// `KEY=VALUE` of the form.
type Case = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

const KEYS: [(&str, &str); 4] = [
    ("X-One", "S3cretW0rd one"),
    ("two", "S3cretW0rd&two=2"),
    ("three", "S3cretW0rd+three/3"),
    ("four", "S3cretW0rd four ü"),
];

const CASES: &[Case] = &[
    // ann:S3cretW0rd of ann
    ("type = \"basic\"", &LOGIN, &["authorization: Basic YW5uOlMzY3JldFcwcmQgb2YgYW5u"]),
    (
        "type = \"api_key\"\nparameters = [{ key = \"X-One\", location = \"header\" }]",
        &[KEYS[0]],
        &["x-one: S3cretW0rd one"],
    ),
    (
        "type = \"api_key\"\nlocation = \"header\"\nparameters = [{ key = \"X-One\", prefix = \"Key \" }]",
        &[KEYS[0]],
        &["x-one: Key S3cretW0rd one"],
    ),
    (
        "type = \"api_key\"\nparameters = [{ key = \"two\", location = \"query\" }]",
        &[KEYS[1]],
        &["?two=S3cretW0rd&two=2"],
    ),
    (
        "type = \"api_key\"\nparameters = [{ key = \"three\", location = \"form\" }]",
        &[KEYS[2]],
        &["three=S3cretW0rd+three/3"],
    ),
    (
        "type = \"api_key\"\nparameters = [{ key = \"X-One\", location = \"header\" }, { key = \"two\", location = \
         \"query\" }, { key = \"three\", location = \"form\" }, { key = \"four\", location = \"query\" }]",
        &KEYS,
        &["x-one: S3cretW0rd one", "?two=S3cretW0rd&two=2", "three=S3cretW0rd+three/3", "?four=S3cretW0rd four ü"],
    ),
    ("type = \"oauth2\"\nTOKEN", &TOKENS, &["authorization: Bearer S3cretW0rd-1"]),
    (
        "type = \"oauth2\"\nTOKEN\nbearer_name = \"Zoho-oauthtoken\"",
        &TOKENS,
        &["authorization: Zoho-oauthtoken S3cretW0rd-1"],
    ),
    ("type = \"oauth2\"\nTOKEN\nlocation = \"query\"", &TOKENS, &["?access_token=S3cretW0rd-1"]),
    (
        "type = \"oauth2\"\nTOKEN\ngrant = \"client_credentials\"",
        &[TOKENS[0], TOKENS[1]],
        &["authorization: Bearer S3cretW0rd-1"],
    ),
    (
        "type = \"oauth2\"\nTOKEN\ngrant = \"client_credentials\"\nlocation = \"query\"\nclient_auth = \"basic\"",
        &[TOKENS[0], TOKENS[1]],
        &["?access_token=S3cretW0rd-1"],
    ),
];

/// A server whose API repeats what it was sent, as careless ones do.
fn echo() -> Server {
    Server::start(|seen| match seen.path() {
        "/token" => Answer::token("S3cretW0rd-1"),
        _ => Answer::json(200, serde_json::json!({"you sent": format!("{seen:?}")})),
    })
}

#[test]
fn each_credential_arrives_in_its_place_and_stays_out_of_sight() {
    for (auth, secrets, expected) in CASES {
        let (desk, server) = (Desk::project(""), echo());
        let token = server.url("/token");
        let grant = if auth.contains("grant") {
            format!("token_url = \"{token}\"")
        } else {
            format!("token_url = \"{token}\"\nauthorize_url = \"{token}\"")
        };
        service(&desk, "acme", &auth.replace("TOKEN", &grant));
        let made = connect(&desk, "shop", "acme", &[], secrets).expect(0);
        let url = server.url("/orders?page=2");
        let done = send(&desk, &url, "shop", "type: POST parameters: {\"name\": \"A & B\"}").expect(0);
        let seen = api(&server);
        assert_eq!(seen.len(), 1);
        arrived(&seen[0], expected, "POST");
        let traced = desk.sluice(&["run", "script.dg", "--trace"]).expect(0);
        let recorded = desk.sluice(&["run", "script.dg", "--json", "--record", "tape"]).expect(0);
        let tested = desk.sluice(&["connections", "test", "shop", "--url", &url]).expect(0);
        assert_eq!(api(&server).last().unwrap().method, "GET");
        let listed = desk.sluice(&["connections", "list", "--json"]).expect(0);
        let shown = desk.sluice(&["connections", "show", "shop"]).expect(0);
        let sample = desk.sluice(&["connections", "sample", "shop"]).expect(0);
        let outputs = [&made, &done, &traced, &recorded, &tested, &listed, &shown, &sample];
        assert_kept(&desk, &outputs, &[&server]);
    }
}

fn api(server: &Server) -> Vec<Seen> {
    server.seen().into_iter().filter(|seen| seen.path() == "/orders").collect()
}

fn arrived(seen: &Seen, expected: &[&str], method: &str) {
    assert_eq!(seen.method, method);
    let mut places = 0;
    for one in expected {
        if let Some((key, value)) = one.strip_prefix('?').and_then(|pair| pair.split_once('=')) {
            assert!(seen.query().contains(&(key.to_owned(), value.to_owned())), "{one}: {seen:?}");
        } else if let Some((name, value)) = one.split_once(": ") {
            assert_eq!(seen.header(name), value, "{seen:?}");
        } else if let Some((key, value)) = one.split_once('=') {
            assert!(seen.form().contains(&(key.to_owned(), value.to_owned())), "{one}: {seen:?}");
        }
        places += 1;
    }
    // Nothing more than that: the request without its credentials is the script's own.
    let more = |place: char| expected.iter().filter(|one| one.starts_with(place)).count();
    assert_eq!(seen.query().len(), 1 + more('?'), "{seen:?}");
    let in_form = expected.iter().filter(|one| !one.starts_with('?') && !one.contains(": ")).count();
    assert_eq!(seen.form().len(), 1 + in_form, "{seen:?}");
    let in_headers = seen.headers.iter().filter(|(_, value)| value.contains(super::SECRET)).count();
    assert!(in_headers <= places, "{seen:?}");
}

#[test]
fn a_key_for_a_form_has_no_place_in_a_raw_body() {
    let (desk, server) = (Desk::project(""), echo());
    service(&desk, "acme", "type = \"api_key\"\nparameters = [{ key = \"own\", location = \"form\" }]");
    connect(&desk, "shop", "acme", &[], &[("own", "S3cretW0rd")]).expect(0);
    let done = send(&desk, &server.url("/orders"), "shop", "type: POST parameters: \"raw text\"");
    let done = done.complains(5, &["connections::no-place-for-key", "own"]);
    assert!(server.seen().is_empty());
    assert_kept(&desk, &[&done], &[&server]);
}
