//! What brings a connection from one state into another, and what is sent in each: nothing, unless it is connected.

use serde_json::json;

use crate::cli::credentials::{connect, send, service};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Seen, Server, owned};

const TOKENS: [(&str, &str); 4] = [
    ("client_id", "the-client-id"),
    ("client_secret", "the client secret"),
    ("access_token", "an-access-token"),
    ("refresh_token", "a-refresh-token"),
];

/// A connection `shop` whose service has all its addresses on the server.
fn shop(server: &Server, more: &str) -> Desk {
    let desk = Desk::project("");
    let (token, revoke) = (server.url("/token"), server.url("/revoke"));
    let auth = format!(
        "type = \"oauth2\"\ngrant = \"authorization_code\"\nauthorize_url = \"{token}\"\ntoken_url = \"{token}\"\n\
         revoke_url = \"{revoke}\"\n{more}"
    );
    service(&desk, "acme", &auth);
    connect(&desk, "shop", "acme", &["--expires-in", "3600"], &TOKENS).expect(0);
    desk
}

fn state(desk: &Desk) -> String {
    let shown = desk.sluice(&["connections", "show", "shop", "--json"]).expect(0).json();
    shown["state"].as_str().unwrap().to_owned()
}

#[test]
fn revoking_tells_the_provider_and_forgets() {
    let server = Server::start(|seen: &Seen| match seen.path() {
        "/revoke" => Answer::Reply { status: 200, media_type: "text/plain", body: String::new() },
        _ => Answer::ok(),
    });
    let desk = shop(&server, "");
    let done = desk.sluice(&["connections", "revoke", "shop"]).expect(0);
    assert!(done.stderr.contains("will be forgotten"), "{}", done.stderr);
    assert!(done.stdout.contains("127.0.0.1 was told"), "{}", done.stdout);
    assert!(done.stdout.contains("sluice connections authorize shop"), "{}", done.stdout);
    let mut form = server.only().form();
    form.sort();
    let expected = [
        ("client_id", "the-client-id"),
        ("client_secret", "the client secret"),
        ("token", "a-refresh-token"),
        ("token_type_hint", "refresh_token"),
    ];
    assert_eq!((server.calls(), form), (vec!["POST /revoke".to_owned()], owned(&expected)));
    assert_eq!(state(&desk), "revoked");
    let refused = send(&desk, &server.url("/orders"), "shop", "type: GET");
    refused.complains(5, &["connections::revoked", "UnAuthenticated", "sluice connections authorize shop"]);
    assert_eq!(server.seen().len(), 1);
    desk.sluice(&["connections", "revoke", "shop"]).complains(5, &["connections::revoked"]);
    // Authorised again, it is as before.
    connect(&desk, "shop", "acme", &["--expires-in", "3600"], &TOKENS).expect(0);
    assert_eq!(state(&desk), "connected");
    send(&desk, &server.url("/orders"), "shop", "type: GET").expect(0);
}

#[test]
fn the_client_proves_itself_to_the_revocation_as_to_the_tokens() {
    let server = Server::friendly();
    let desk = shop(&server, "client_auth = \"basic\"");
    let done = desk.sluice(&["connections", "revoke", "shop", "--json"]).expect(0);
    let expected = json!({"revoked": {
        "link_name": "shop", "user": null, "provider_told": true, "host": "127.0.0.1", "reason": null,
    }});
    assert_eq!(done.json(), expected);
    assert!(server.only().header("authorization").starts_with("Basic "));
}

#[test]
fn nothing_is_lost_when_the_provider_cannot_be_told() {
    let server = Server::start(|seen: &Seen| match seen.path() {
        "/revoke" => Answer::json(503, json!({})),
        _ => Answer::ok(),
    });
    let desk = shop(&server, "");
    let failed = desk.sluice(&["connections", "revoke", "shop"]);
    failed.complains(1, &["connections::revoke-failed", "503", "nothing was forgotten", "--force"]);
    assert_eq!(state(&desk), "connected");
    send(&desk, &server.url("/orders"), "shop", "type: GET").expect(0);
    let forced = desk.sluice(&["connections", "revoke", "shop", "--force"]).expect(0);
    assert!(forced.stderr.contains("could not be told"), "{}", forced.stderr);
    assert_eq!(state(&desk), "revoked");
}

#[test]
fn a_token_that_the_provider_does_not_know_is_revoked_already() {
    let server = Server::start(|_| Answer::json(400, json!({"error": "invalid_token"})));
    let desk = shop(&server, "");
    desk.sluice(&["connections", "revoke", "shop"]).expect(0);
    assert_eq!(state(&desk), "revoked");
}

#[test]
fn an_edited_address_of_revocation_gets_no_token() {
    let (server, thief) = (Server::friendly(), Server::friendly());
    let desk = shop(&server, "");
    let file = std::fs::read_to_string(desk.path("services/acme.toml")).unwrap();
    desk.write("services/acme.toml", file.replace(&server.url("/revoke"), &thief.url("/revoke")));
    assert_eq!(state(&desk), "definition changed");
    desk.sluice(&["connections", "revoke", "shop"]).complains(1, &["connections::revoke-failed", "definition changed"]);
    desk.sluice(&["connections", "revoke", "shop", "--force"]).expect(0);
    assert_eq!((server.seen().len(), thief.seen().len(), state(&desk)), (0, 0, "revoked".to_owned()));
}

#[test]
fn a_disabled_connection_keeps_its_credentials_and_sends_none() {
    let server = Server::friendly();
    let desk = shop(&server, "");
    desk.sluice(&["connections", "disable", "shop"]).expect(0);
    assert_eq!(state(&desk), "disabled");
    let refused = send(&desk, &server.url("/orders"), "shop", "type: GET");
    refused.complains(5, &["connections::disabled", "sluice connections enable shop"]);
    // New credentials do not switch it on.
    let again = connect(&desk, "shop", "acme", &["--expires-in", "3600"], &TOKENS).expect(0);
    assert!(again.stderr.contains("still disabled"), "{}", again.stderr);
    assert_eq!((state(&desk), server.seen().len()), ("disabled".to_owned(), 0));
    desk.sluice(&["connections", "enable", "shop"]).expect(0);
    assert_eq!(state(&desk), "connected");
    send(&desk, &server.url("/orders"), "shop", "type: GET").expect(0);
    assert_eq!(server.only().header("authorization"), "Bearer an-access-token");
}

#[test]
fn credentials_of_other_types_are_ended_by_the_provider_alone() {
    let desk = Desk::project("");
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &[], &[("username", "ann"), ("password", "a pass word")]).expect(0);
    let done = desk.sluice(&["connections", "revoke", "shop"]).expect(0);
    assert!(done.stdout.contains("The provider was not told"), "{}", done.stdout);
    assert_eq!(state(&desk), "revoked");
}

#[test]
fn what_was_never_connected_can_be_neither_revoked_nor_disabled() {
    let desk = Desk::project("");
    service(&desk, "acme", "type = \"basic\"");
    desk.write("connections.toml", "[shop]\nservice = \"acme\"\n");
    for verb in ["revoke", "disable", "enable"] {
        let done = desk.sluice(&["connections", verb, "shop"]);
        done.complains(5, &["connections::not-authorised", "sluice connections create shop --service acme"]);
        desk.sluice(&["connections", verb, "shpo"]).complains(5, &["connections::unknown-link-name", "did you mean"]);
    }
}

#[test]
fn a_connection_that_scripts_name_is_deleted_on_demand_alone() {
    let desk = Desk::project("");
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &[], &[("username", "ann"), ("password", "a pass word")]).expect(0);
    desk.write("functions/sync.dg", "info invokeurl [url: \"https://a.test/\" type: GET connection: \"shop\"];\n");
    let refused = desk.sluice(&["connections", "delete", "shop"]);
    refused.complains(1, &["cli::not-confirmed", "1 script names \"shop\"", "sync.dg", "--yes"]);
    assert_eq!(state(&desk), "connected");
    desk.sluice(&["connections", "delete", "shop", "--yes"]).expect(0);
    desk.sluice(&["connections", "show", "shop"]).expect(5);
}

#[test]
fn scripts_that_send_through_a_connection_are_found_in_their_tree() {
    let names: [(&str, &str, bool); 9] = [
        ("double.dg", "info invokeurl [url: \"https://a.test/\" connection: \"shop\"];", true),
        ("single.dg", "info invokeurl [url: \"https://a.test/\" connection: 'shop'];", true),
        ("task.dg", "info zoho.crm.getRecordById(\"Leads\", 1, Map(), \"shop\");", true),
        (
            "in_a_function.dg",
            "void sync()\n{\n\tif (true)\n\t{\n\t\tinfo invokeurl [url: \"https://a.test/\" connection: \"shop\"];\n\t}\n}",
            true,
        ),
        ("variable.dg", "name = \"shop\";\ninfo invokeurl [url: \"https://a.test/\" connection: name];", true),
        ("whole.dg", "info invokeurl [url: \"https://a.test/\" connection: \"ext__shop\"];", true),
        ("comment.dg", "// connection: \"shop\"\n/* 'shop' */\ninfo 1;", false),
        ("text.dg", "info \"shop\";\ninfo invokeurl [url: \"https://a.test/\" connection: \"other\"];", false),
        ("within.dg", "info invokeurl [url: \"https://a.test/\" connection: \"shop_two\"];", false),
    ];
    let desk = Desk::project("namespace = \"ext\"\n");
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &[], &[("username", "ann"), ("password", "a pass word")]).expect(0);
    for (name, script, _) in names {
        desk.write(&format!("functions/{name}"), script);
    }
    let refused = desk.sluice(&["connections", "delete", "shop"]).complains(1, &["6 scripts name \"shop\""]);
    for (name, _, is_found) in names {
        assert_eq!(refused.stderr.contains(&format!("functions/{name}")), is_found, "{name}: {}", refused.stderr);
    }
}
