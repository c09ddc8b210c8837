//! Answers of token endpoints that are no tokens: each has a code and says what came instead, nothing is sent to the API,
//! and what was stored is kept.

use serde_json::json;

use super::{TOKENS, assert_kept};
use crate::cli::credentials::{connect, send, service};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Server};

type Case = (&'static str, fn() -> Answer, &'static str, &'static str);

fn reply(status: u16, media_type: &'static str, body: &str) -> Answer {
    Answer::Reply { status, media_type, body: body.to_owned() }
}

const ANSWER: &str = "connections::token-answer";
const REFUSED: &str = "connections::token-refused";
const RECONNECT: &str = "connections::needs-reconnect";

const CASES: &[Case] = &[
    ("a web page", || reply(200, "text/html", "<!doctype html><title>Sign in</title>"), ANSWER, "web page"),
    ("a web page as JSON", || reply(200, "application/json", "<html></html>"), ANSWER, "web page"),
    ("a page that is missing", || reply(404, "text/html", "<html></html>"), ANSWER, "404"),
    ("nothing", || reply(200, "application/json", ""), ANSWER, "empty answer"),
    ("nothing at all", || reply(204, "application/json", ""), ANSWER, "204"),
    ("blanks", || reply(200, "application/json", " \r\n"), ANSWER, "answer"),
    ("half an answer", || Answer::Broken, ANSWER, "could not be asked"),
    ("half a JSON", || reply(200, "application/json", "{\"access_token\": \"S3cretW0rd"), ANSWER, "neither JSON"),
    ("a text", || reply(200, "text/plain", "try again later"), ANSWER, "neither JSON"),
    ("a list", || reply(200, "application/json", "[\"S3cretW0rd\"]"), ANSWER, "help:"),
    ("a word", || reply(200, "application/json", "true"), ANSWER, "help:"),
    ("no token", || Answer::json(200, json!({"token_type": "Bearer"})), ANSWER, "access_token"),
    ("an empty token", || Answer::json(200, json!({"access_token": ""})), ANSWER, "access_token"),
    ("a null", || Answer::json(200, json!({"access_token": null})), ANSWER, "access_token"),
    ("a number", || Answer::json(200, json!({"access_token": 7})), ANSWER, "access_token"),
    ("a nested token", || Answer::json(200, json!({"data": {"access_token": "S3cretW0rd"}})), ANSWER, "access_token"),
    ("letters that no token has", || Answer::json(200, json!({"access_token": "S3cretW0rd-ü"})), ANSWER, "characters"),
    ("control characters", || Answer::json(200, json!({"access_token": "S3cretW0rd\r\nX: y"})), ANSWER, "control"),
    ("a token to sign with", || Answer::json(200, json!({"access_token": "t", "token_type": "mac"})), ANSWER, "mac"),
    ("a deep nest", || reply(200, "application/json", &"[".repeat(200_000)), ANSWER, "help:"),
    ("too much", || reply(200, "application/json", &" ".repeat(2_000_000)), ANSWER, "bytes"),
    ("a server in trouble", || Answer::json(503, json!({"error": "invalid_grant"})), ANSWER, "503"),
    ("too many requests", || Answer::json(429, json!({})), ANSWER, "429"),
    ("a failure with status 200", || Answer::json(200, json!({"error": "invalid_client"})), REFUSED, "invalid_client"),
    ("Zoho's", || Answer::json(200, json!({"error": "invalid_client_secret"})), REFUSED, "invalid_client_secret"),
    (
        "a failure as a form",
        || reply(200, "text/plain", "error=wrong_client&error_description=No+such+client"),
        REFUSED,
        "No such client",
    ),
    (
        "an object",
        || Answer::json(400, json!({"error": {"code": "nope", "message": "S3cretW0rd-refresh"}})),
        REFUSED,
        "nope",
    ),
    (
        "a failure that repeats the secret",
        || Answer::json(400, json!({"error": "no S3cretW0rd-client", "error_description": "S3cretW0rd-refresh"})),
        REFUSED,
        "no ",
    ),
    ("401", || Answer::json(401, json!({"error": "unauthorized_client"})), REFUSED, "unauthorized_client"),
    ("the grant is over", || Answer::json(400, json!({"error": "invalid_grant"})), RECONNECT, "invalid_grant"),
    ("the same with status 200", || Answer::json(200, json!({"error": "invalid_code"})), RECONNECT, "invalid_code"),
    ("the same as a form", || reply(200, "text/plain", "error=bad_refresh_token"), RECONNECT, "bad_refresh_token"),
];

#[test]
fn each_answer_that_is_no_token_has_its_message() {
    for (name, answer, code, part) in CASES {
        let first = std::sync::atomic::AtomicBool::new(true);
        let server = Server::start(move |seen| match seen.path() {
            "/token" if first.swap(false, std::sync::atomic::Ordering::SeqCst) => answer(),
            "/token" => Answer::token("S3cretW0rd-1"),
            _ => Answer::ok(),
        });
        let desk = Desk::project("");
        let auth = format!("type = \"oauth2\"\nauthorize_url = \"{0}\"\ntoken_url = \"{0}\"", server.url("/token"));
        service(&desk, "acme", &auth);
        connect(&desk, "shop", "acme", &[], &TOKENS).expect(0);
        let done = send(&desk, &server.url("/me"), "shop", "type: GET");
        assert_eq!(done.code, 5, "{name}: {done:?}");
        let told = done.stderr.replace("\n  │ ", " ");
        for part in [*code, *part, "127.0.0.1", "help:"] {
            let is_told = told.contains(part) || (part == "127.0.0.1" && *code == RECONNECT);
            assert!(is_told, "{name} has no {part:?}: {}", done.stderr);
        }
        assert_eq!(server.calls(), ["POST /token"], "{name}");
        assert_kept(&desk, &[&done], &[&server]);
        let again = desk.sluice(&["run", "script.dg", "--json"]);
        if *code == RECONNECT {
            assert_eq!((again.code, server.calls().len()), (5, 1), "{name}: {again:?}");
            assert_eq!(again.json()["error"]["code"], *code);
            continue;
        }
        assert_eq!((again.code, server.calls().len()), (0, 3), "{name}: {again:?}");
        assert_kept(&desk, &[&again], &[&server]);
    }
}

#[test]
fn an_answer_that_never_comes_ends_with_the_run() {
    let server = Server::start(|_| Answer::Silence);
    let desk = Desk::project("");
    let auth = format!("type = \"oauth2\"\nauthorize_url = \"{0}\"\ntoken_url = \"{0}\"", server.url("/token"));
    service(&desk, "acme", &auth);
    connect(&desk, "shop", "acme", &[], &TOKENS).expect(0);
    let script = format!("info invokeurl [url: \"{}\" connection: \"shop\"];", server.url("/me"));
    let done = desk.run(&script, &["--timeout", "1s"]);
    assert!(matches!(done.code, 3 | 5), "{done:?}");
    assert_kept(&desk, &[&done], &[&server]);
}
