//! The ways to sign in that need no browser here: another screen, three legs with a typed verifier, the client's own name.

use serde_json::json;

use crate::cli::credentials::{send, service};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Seen, Server};
use crate::cli::signing_in::{SigningIn, free_port};
use crate::peers::person::visit;

const CLIENT: [(&str, &str); 2] = [("client_id", "the-client"), ("client_secret", "client-marker-secret")];
const CONSUMER: [(&str, &str); 2] = [("consumer_key", "the-key"), ("consumer_secret", "consumer-marker-secret")];

/// A provider whose polls are answered with these, one after the other; the last one stays.
fn provider(polls: &'static [&'static str]) -> Server {
    Server::start(move |seen: &Seen| match seen.path() {
        "/device" => Answer::json(
            200,
            json!({"device_code": "device-marker-code", "user_code": "WDJB-MJHT", "verification_uri": "https://acme.test/d",
                   "verification_uri_complete": "https://acme.test/d?c=WDJB", "expires_in": 600, "interval": 1}),
        ),
        "/token" if seen.body.contains("client_credentials") => Answer::token("own-token"),
        "/token" => {
            let answer = polls[seen.before.saturating_sub(1).min(polls.len() - 1)];
            match answer {
                "token" => Answer::token("the-token"),
                code => Answer::json(400, json!({"error": code})),
            }
        }
        _ => Answer::ok(),
    })
}

fn oauth2(desk: &Desk, server: &Server, grant: &str) {
    let urls = ["authorize_url", "token_url", "device_url"]
        .map(|key| format!("{key} = \"{}\"\n", server.url(&format!("/{}", key.trim_end_matches("_url")))));
    service(desk, "acme", &format!("type = \"oauth2\"\ngrant = \"{grant}\"\n{}", urls.concat()));
}

#[test]
fn a_code_is_shown_and_the_consent_waited_for() {
    for (grant, options) in [("device_code", &[][..]), ("authorization_code", &["--device"])] {
        let (desk, server) = (Desk::project(""), provider(&["authorization_pending", "token"]));
        oauth2(&desk, &server, grant);
        let arguments = [&["shop", "--service", "acme", "--scope", "read"][..], options].concat();
        let done = SigningIn::start(&desk, &arguments, &CLIENT).done().expect(0);
        for part in ["https://acme.test/d\n", "  WDJB-MJHT\n", "https://acme.test/d?c=WDJB", "Waiting until "] {
            assert!(done.stderr.contains(part), "{part}: {}", done.stderr);
        }
        assert!(done.stdout.contains("The connection \"shop\" is authorised."), "{}", done.stdout);
        assert!(!done.all().contains("marker"), "{}", done.all());
        send(&desk, &server.url("/api"), "shop", "type: GET").expect(0);
        assert_eq!(server.seen().last().unwrap().header("authorization"), "Bearer the-token");
        assert_eq!(server.seen().len(), 4);
    }
}

#[test]
fn a_program_gets_the_code_as_json() {
    let (desk, server) = (Desk::project(""), provider(&["token"]));
    oauth2(&desk, &server, "device_code");
    let mut signing_in = SigningIn::start(&desk, &["shop", "--service", "acme", "--json"], &CLIENT);
    let event: serde_json::Value = serde_json::from_str(&signing_in.until(|line| line.starts_with('{'))).unwrap();
    assert_eq!((&event["event"], &event["user_code"]), (&json!("device_code"), &json!("WDJB-MJHT")));
    assert_eq!((&event["verification_uri"], &event["link_name"]), (&json!("https://acme.test/d"), &json!("shop")));
    assert!(event["expires_in"].as_u64().is_some_and(|life| (590..=600).contains(&life)));
    let done = signing_in.done().expect(0);
    assert_eq!(done.json()["connection"]["state"], "connected");
}

#[test]
fn who_refuses_or_stops_leaves_nothing_behind() {
    let cases =
        [("access_denied", "connections::consent-denied"), ("expired_token", "connections::device-code-expired")];
    for (answer, code) in cases {
        let answers: &'static [&'static str] = Box::leak(Box::new([answer]));
        let (desk, server) = (Desk::project(""), provider(answers));
        oauth2(&desk, &server, "device_code");
        SigningIn::start(&desk, &["shop", "--service", "acme"], &CLIENT).done().complains(5, &[code]);
        assert!(!desk.path("connections.toml").exists());
    }
    let (desk, server) = (Desk::project(""), provider(&["authorization_pending"]));
    oauth2(&desk, &server, "device_code");
    let timed_out = SigningIn::start(&desk, &["shop", "--service", "acme", "--timeout", "2s"], &CLIENT).done();
    timed_out.complains(5, &["connections::consent-timed-out"]);
    let mut stopped = SigningIn::start(&desk, &["shop", "--service", "acme"], &CLIENT);
    stopped.until(|line| line.contains("Ctrl-C"));
    stopped.interrupt();
    stopped.done().complains(130, &["nothing was stored"]);
    assert!(!desk.path("connections.toml").exists());
}

/// Other scopes are asked for anew, whether they were changed by the command or by hand, and the client stays known.
#[test]
fn other_scopes_are_consented_to_again() {
    let (desk, server) = (Desk::project(""), provider(&["token", "token", "token"]));
    oauth2(&desk, &server, "device_code");
    SigningIn::start(&desk, &["shop", "--service", "acme", "--scope", "read"], &CLIENT).done().expect(0);
    let written = std::fs::read_to_string(desk.path("connections.toml")).unwrap();
    desk.write("connections.toml", written.replace("\"read\"", "\"write\""));
    let state = || desk.sluice(&["connections", "show", "shop", "--json"]).expect(0).json()["state"].clone();
    assert_eq!(state(), "definition changed");
    send(&desk, &server.url("/api"), "shop", "type: GET")
        .complains(5, &["+ connection.scope = write", "sluice connections authorize shop"]);
    SigningIn::start(&desk, &["shop"], &[]).done().expect(0);
    assert_eq!(state(), "connected");
    desk.sluice(&["connections", "revoke", "shop"]).expect(0);
    let edited = desk.sluice(&["connections", "edit", "shop", "--scope", "all"]).expect(0);
    assert!(edited.stdout.contains("sluice connections authorize shop"), "{}", edited.stdout);
    assert_eq!(state(), "revoked");
    SigningIn::start(&desk, &["shop"], &CLIENT).done().expect(0);
    assert_eq!(state(), "connected");
    let asked: Vec<_> = server.seen().iter().filter(|seen| seen.path() == "/device").map(Seen::form).collect();
    let scopes: Vec<_> = asked.iter().flatten().filter(|(key, _)| key == "scope").map(|(_, value)| value).collect();
    assert_eq!(scopes, ["read", "write", "all"]);
}

#[test]
fn a_client_gets_its_first_token_at_once() {
    let (desk, server) = (Desk::project(""), provider(&["token"]));
    oauth2(&desk, &server, "client_credentials");
    let done = SigningIn::start(&desk, &["shop", "--service", "acme"], &CLIENT).done().expect(0);
    assert!(done.stdout.contains("is authorised"), "{}", done.stdout);
    send(&desk, &server.url("/api"), "shop", "type: GET").expect(0);
    assert_eq!(server.calls(), ["POST /token", "GET /api"]);
    assert_eq!(server.seen()[1].header("authorization"), "Bearer own-token");
}

#[test]
fn what_needs_no_consent_says_what_to_do() {
    let desk = Desk::project("");
    for (name, auth) in [
        ("plain", "type = \"basic\""),
        ("keyed", "type = \"api_key\"\nparameters = [{ key = \"k\", location = \"header\" }]"),
        ("cloud", "type = \"aws_v4\"\naws_service = \"sqs\"\nregion = \"us-east-1\""),
    ] {
        service(&desk, name, auth);
        let cure = format!("sluice connections create shop --service {name}");
        let done = desk.sluice(&["connections", "authorize", "shop", "--service", name]);
        done.complains(5, &["connections::no-consent", &cure]);
    }
}

/// A provider with three legs that takes whatever is signed.
fn three_legs() -> Server {
    let text = |body: &str| Answer::Reply { status: 200, media_type: "text/plain", body: body.to_owned() };
    Server::start(move |seen: &Seen| match seen.path() {
        "/request" => text("oauth_token=request-1&oauth_token_secret=request-marker&oauth_callback_confirmed=true"),
        "/access" => text("oauth_token=access-1&oauth_token_secret=access-marker-1&screen_name=ann"),
        _ => Answer::ok(),
    })
}

fn oauth1(desk: &Desk, server: &Server) {
    let auth = format!(
        "type = \"oauth1\"\nrequest_token_url = \"{}\"\nauthorize_url = \"{}\"\naccess_token_url = \"{}\"",
        server.url("/request"),
        server.url("/authorize"),
        server.url("/access")
    );
    service(desk, "acme", &auth);
}

#[test]
fn a_verifier_is_typed() {
    let (desk, server) = (Desk::project(""), three_legs());
    oauth1(&desk, &server);
    let mut signing_in = SigningIn::start(&desk, &["shop", "--service", "acme", "--code", "-"], &CONSUMER);
    assert_eq!(signing_in.address(), server.url("/authorize?oauth_token=request-1"));
    signing_in.types("123456");
    let done = signing_in.done().expect(0);
    assert!(done.stdout.contains("The connection \"shop\" is authorised as ann."), "{}", done.stdout);
    assert!(!done.all().contains("marker"), "{}", done.all());
    send(&desk, &server.url("/api"), "shop", "type: GET").expect(0);
    assert_eq!(server.calls(), ["POST /request", "POST /access", "GET /api"]);
    assert!(server.seen()[1].header("authorization").contains("oauth_verifier=\"123456\""));
    let shown = desk.sluice(&["connections", "show", "shop", "--json"]).expect(0).json();
    assert_eq!((&shown["account"], &shown["state"]), (&json!("ann"), &json!("connected")));
}

#[test]
fn the_browser_brings_the_verifier() {
    let (desk, server, port) = (Desk::project(""), three_legs(), free_port());
    oauth1(&desk, &server);
    let mut signing_in = SigningIn::start(&desk, &["shop", "--service", "acme", "--port", &port], &CONSUMER);
    signing_in.address();
    let call = |query: &str| visit(&format!("http://127.0.0.1:{port}/callback?{query}").parse().unwrap());
    // Another's token, to begin with.
    let (status, _) = call("oauth_token=request-2&oauth_verifier=stray");
    assert_eq!(status, 400);
    let (status, page) = call("oauth_token=request-1&oauth_verifier=verifier-marker");
    assert_eq!(status, 200);
    assert!(page.contains("You are signed in") && !page.contains("marker"), "{page}");
    let done = signing_in.done().complains(0, &["connections authorize shop"]);
    assert!(done.stdout.contains("authorised as ann"), "{}", done.stdout);
    assert!(!done.all().contains("marker"), "{}", done.all());
    let first = server.seen()[0].header("authorization").to_owned();
    assert!(first.contains(&format!("oauth_callback=\"http%3A%2F%2F127.0.0.1%3A{port}%2Fcallback\"")), "{first}");
    assert_eq!(server.calls(), ["POST /request", "POST /access"]);
}

#[test]
fn who_denies_is_believed() {
    let (desk, server, port) = (Desk::project(""), three_legs(), free_port());
    oauth1(&desk, &server);
    let mut signing_in = SigningIn::start(&desk, &["shop", "--service", "acme", "--port", &port], &CONSUMER);
    signing_in.address();
    let (_, page) = visit(&format!("http://127.0.0.1:{port}/callback?denied=request-1").parse().unwrap());
    assert!(page.contains("Access was not given"), "{page}");
    signing_in.done().complains(5, &["connections::consent-denied"]);
    assert!(!desk.path("connections.toml").exists());
}
