//! What stands in the way of deleting a connection or changing its scopes, and what the provider is told.

use serde_json::json;

use crate::cli::credentials::{connect, service};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Seen, Server};

const LOGIN: [(&str, &str); 2] = [("username", "ann"), ("password", "a pass word")];
const TOKENS: [(&str, &str); 3] =
    [("client_id", "id"), ("client_secret", "client-secret"), ("refresh_token", "refresh-marker")];

const RULE: &str =
    "name = \"Ireland\"\n[[when]]\n[[when.instant]]\nwebhook = \"https://a.test\"\nconnection = \"shop\"\n";

#[test]
fn what_the_project_uses_is_deleted_by_force_alone() {
    let desk = Desk::project("[mail]\nserver = \"mail.test\"\nconnection = \"shop\"\n");
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &[], &LOGIN).expect(0);
    desk.write("rules/ireland.toml", RULE);
    let refused = desk.sluice(&["connections", "delete", "shop", "--yes"]);
    refused.complains(
        1,
        &[
            "cli::connection-in-use",
            "the webhook in rules/ireland.toml, line 5",
            "the mail server in sluice.toml, line 3",
            "--force",
        ],
    );
    desk.sluice(&["connections", "show", "shop"]).expect(0);
    let done = desk.sluice(&["connections", "delete", "shop", "--yes", "--force"]);
    done.complains(0, &["\"shop\" is still used: the webhook in rules/ireland.toml"]);
    desk.sluice(&["connections", "show", "shop"]).expect(5);
}

#[test]
fn scopes_that_a_webhook_relies_on_do_not_change() {
    let desk = Desk::project("");
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &["--scope", "a"], &LOGIN).expect(0);
    let edit = |options: &[&str]| desk.sluice(&[&["connections", "edit", "shop"], options].concat());
    edit(&["--scope", "b"]).complains(1, &["connections::still-connected"]);
    desk.write("rules/ireland.toml", RULE);
    edit(&["--scope", "b"]).complains(1, &["cli::scopes-in-use", "rules/ireland.toml, line 5", "revoke shop"]);
    edit(&["--name", "Other"]).complains(1, &["connections::still-connected"]);
    desk.sluice(&["connections", "revoke", "shop"]).expect(0);
    let done = edit(&["--scope", "b"]).expect(0);
    assert!(done.stdout.contains("the consent is asked for again"), "{}", done.stdout);
}

/// A desk with a connection whose provider answers a revocation with this status.
fn revocable(status: u16) -> (Desk, Server) {
    let server = Server::start(move |_: &Seen| Answer::json(status, json!({})));
    let desk = Desk::project("");
    let urls = format!("token_url = \"{}\"\nrevoke_url = \"{}\"", server.url("/token"), server.url("/revoke"));
    service(&desk, "acme", &format!("type = \"oauth2\"\n{urls}"));
    (desk, server)
}

#[test]
fn the_provider_is_told_of_every_user_before_all_is_gone() {
    let (desk, server) = revocable(200);
    connect(&desk, "shop", "acme", &["--credentials", "user"], &TOKENS).expect(0);
    connect(&desk, "shop", "acme", &["--user", "asha"], &TOKENS).expect(0);
    let done = desk.sluice(&["connections", "delete", "shop", "--json"]).expect(0);
    let document = done.json();
    assert_eq!(document["deleted"], "shop");
    let told: Vec<_> = document["revoked"].as_array().unwrap().iter().map(|one| &one["provider_told"]).collect();
    assert_eq!(told, [&json!(true), &json!(true)]);
    assert_eq!(server.calls(), ["POST /revoke", "POST /revoke"]);
    assert!(server.seen()[0].body.contains("token=refresh-marker"));
    assert!(!done.all().contains("marker"));
    desk.sluice(&["connections", "show", "shop"]).expect(5);
}

#[test]
fn a_provider_that_cannot_be_told_keeps_nothing_alive() {
    let (desk, server) = revocable(500);
    connect(&desk, "shop", "acme", &[], &TOKENS).expect(0);
    let done = desk.sluice(&["connections", "delete", "shop"]);
    done.complains(0, &["the provider could not be told", "status 500", "on its own pages"]);
    assert_eq!(server.calls(), ["POST /revoke"]);
    desk.sluice(&["connections", "show", "shop"]).expect(5);
    // What was revoked before is not told again.
    let (desk, server) = revocable(200);
    connect(&desk, "shop", "acme", &[], &TOKENS).expect(0);
    desk.sluice(&["connections", "revoke", "shop"]).expect(0);
    desk.sluice(&["connections", "delete", "shop"]).expect(0);
    assert_eq!(server.calls(), ["POST /revoke"]);
}
