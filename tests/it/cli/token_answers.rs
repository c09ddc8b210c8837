//! What people read when a token endpoint answers oddly, word for word; and how seldom one is asked that wants to be asked
//! seldom, by processes that know of each other through the vault alone.

use serde_json::json;

use super::credentials::{connect, service};
use super::harness::{Desk, golden};
use super::server::{Answer, Server};

const SECRETS: [(&str, &str); 3] =
    [("client_id", "the-client-id"), ("client_secret", "the client secret"), ("refresh_token", "the-refresh-token")];

/// A desk with a connection whose tokens come from there.
fn desk(server: &Server, more: &str) -> Desk {
    let desk = Desk::project("");
    let url = server.url("/token");
    service(&desk, "acme", &format!("type = \"oauth2\"\nauthorize_url = \"{url}\"\ntoken_url = \"{url}\"\n{more}"));
    connect(&desk, "shop", "acme", &[], &SECRETS).expect(0);
    desk
}

fn text(status: u16, media_type: &'static str, body: &str) -> Answer {
    Answer::Reply { status, media_type, body: body.to_owned() }
}

/// An answer by its name.
fn answer(name: &str, other: &str) -> Answer {
    match name {
        "JSON" => Answer::json(200, json!({"access_token": "new", "expires_in": "3600"})),
        "form" => text(200, "application/x-www-form-urlencoded", "access_token=new&expires_in=3600&token_type=bearer"),
        "JSON labelled as text" => text(200, "text/plain", "{\"access_token\": \"new\"}"),
        "error with status 200" => Answer::json(200, json!({"error": "invalid_client_secret"})),
        "refusal of the token with status 200" => Answer::json(200, json!({"error": "invalid_code"})),
        "refusal of the token" => Answer::json(
            400,
            json!({"error": "invalid_grant", "error_description": "the-refresh-token was used\u{1b}[31m before"}),
        ),
        "error as a form" => text(400, "text/plain", "error=unauthorized_client&error_description=no"),
        "error as an object" => Answer::json(400, json!({"error": {"code": "E7", "message": "no"}})),
        "web page" => text(200, "text/html", "<!DOCTYPE html><title>Sign in</title>"),
        "web page of an error" => text(403, "text/html", "<html>No</html>"),
        "nothing" => text(200, "application/json", ""),
        "no token" => Answer::json(200, json!({"token_type": "Bearer"})),
        "plain words" => text(200, "text/plain", "all is well"),
        "a list" => text(200, "application/json", "[1]"),
        "broken off" => Answer::Broken,
        "too large" => text(200, "application/json", &"x".repeat(2_000_000)),
        "slow" => Answer::Silence,
        "another server" => Answer::Redirect(other.to_owned()),
        "down" => text(503, "text/plain", ""),
        "too many requests" => text(429, "text/plain", ""),
        "signed token" => Answer::json(200, json!({"access_token": "new", "token_type": "mac"})),
        _ => panic!("{name} is no answer"),
    }
}

const ANSWERS: [&str; 21] = [
    "JSON",
    "form",
    "JSON labelled as text",
    "error with status 200",
    "refusal of the token with status 200",
    "refusal of the token",
    "error as a form",
    "error as an object",
    "web page",
    "web page of an error",
    "nothing",
    "no token",
    "plain words",
    "a list",
    "broken off",
    "too large",
    "slow",
    "another server",
    "down",
    "too many requests",
    "signed token",
];

#[test]
fn each_odd_answer_has_its_words() {
    let other = Server::friendly();
    let url = other.url("/token");
    let mut all = String::new();
    for name in ANSWERS {
        let elsewhere = url.clone();
        let server = Server::start(move |seen| match seen.path() {
            "/token" => answer(name, &elsewhere),
            _ => Answer::ok(),
        });
        let desk = desk(&server, "");
        let script = format!("info invokeurl [url: \"{}\" connection: \"shop\"];", server.url("/orders"));
        let done = desk.run(&script, &["--json", "--limits", "generous,request-time=2"]);
        let document = done.json();
        let part = |key: &str| document["error"][key].as_str().unwrap_or_default().to_owned();
        all += &format!("{name} (exit code {})\n", done.code);
        match document["error"].is_null() {
            true => all += "  works\n",
            false => all += &format!("  {}: {}\n  help: {}\n", part("code"), part("message"), part("help")),
        }
        assert!(!done.all().contains("the client secret"), "{name}");
    }
    golden("token-answers.txt", &all);
}

#[test]
fn a_cool_down_holds_from_one_process_to_the_next() {
    let server = Server::start(|seen| match seen.path() {
        "/token" => Answer::json(200, json!({"access_token": "new", "expires_in": 3600})),
        "/refused" => Answer::json(401, json!({"code": "NO"})),
        _ => Answer::ok(),
    });
    let desk = desk(&server, "cool_down = 3600");
    let ask = |path: &str| {
        let script = format!(
            "info invokeurl [url: \"{}\" connection: \"shop\" detailed: true].get(\"responseCode\");",
            server.url(path)
        );
        desk.run(&script, &[]).expect(0)
    };
    assert_eq!(ask("/orders").stdout, "200\n");
    // The 401 of another process comes within the cool-down: it is the script's, and the endpoint is left alone.
    let done = ask("/refused");
    assert_eq!(done.stdout, "401\n");
    assert!(done.stderr.contains("was renewed just now and can be renewed again in"), "{}", done.stderr);
    assert_eq!(server.calls(), ["POST /token", "GET /orders", "GET /refused"]);
}

#[test]
fn a_token_that_ends_within_the_cool_down_is_told_by_the_next_process() {
    let server = Server::start(|seen| match seen.path() {
        "/token" => Answer::json(200, json!({"access_token": "new", "expires_in": 0})),
        _ => Answer::ok(),
    });
    let desk = desk(&server, "cool_down = 3600");
    let script = format!("info invokeurl [url: \"{}\" connection: \"shop\"];", server.url("/orders"));
    desk.run(&script, &[]).prints("{\"ok\":true}\n");
    desk.run(&script, &[]).complains(5, &["connections::renewal-too-soon", "cool_down"]);
    assert_eq!(server.calls(), ["POST /token", "GET /orders"]);
}
