//! One request that says whether a connection works.

use serde_json::json;

use crate::cli::credentials::{connect, service};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Seen, Server};

const KEY: [(&str, &str); 1] = [("X-Key", "a-secret-key-7")];

/// A connection `shop` that is tested at `/me` of the server.
fn shop(server: &Server) -> Desk {
    let desk = Desk::project("");
    let url = server.url("/me");
    let auth = "type = \"api_key\"\nparameters = [{ key = \"X-Key\", location = \"header\" }]";
    service(&desk, "acme", &format!("{auth}\n[verify]\nurl = \"{url}\"\naccount = \"/user/email\""));
    connect(&desk, "shop", "acme", &[], &KEY).expect(0);
    desk
}

#[test]
fn success_is_told_with_status_time_and_account() {
    let server = Server::start(|_| Answer::json(200, json!({"user": {"email": "ann@acme.test"}})));
    let desk = shop(&server);
    let done = desk.sluice(&["connections", "test", "shop"]).expect(0);
    assert!(done.stdout.contains("/me: status 200 after "), "{}", done.stdout);
    assert!(done.stdout.contains("The connection \"shop\" works as ann@acme.test."), "{}", done.stdout);
    assert_eq!(server.only().header("x-key"), "a-secret-key-7");
    let report = desk.sluice(&["connections", "test", "shop", "--json"]).expect(0).json();
    assert_eq!((&report["ok"], &report["status"], &report["error"]), (&json!(true), &json!(200), &json!(null)));
    // The account is known from now on, and when the connection was used.
    let shown = desk.sluice(&["connections", "show", "shop", "--json"]).expect(0).json();
    assert_eq!(shown["account"], "ann@acme.test");
    assert!(shown["last_used"].as_u64().is_some_and(|seconds| seconds < 600), "{shown}");
    assert!(desk.sluice(&["connections", "list"]).expect(0).stdout.contains("ann@acme.test"));
}

#[test]
fn what_failed_is_said_in_words() {
    for (status, words) in [
        (401, "credentials were not accepted"),
        (403, "do not allow this"),
        (404, "nothing for this request"),
        (503, "trouble at the service"),
    ] {
        let server = Server::start(move |_| Answer::json(status, json!({"key": "a-secret-key-7"})));
        let desk = shop(&server);
        let done = desk.sluice(&["connections", "test", "shop"]);
        let done = done.complains(5, &["connections::test-failed", words, &status.to_string(), "help:"]);
        assert!(!done.all().contains("a-secret-key-7"));
        let done = desk.sluice(&["connections", "test", "shop", "--json"]).expect(5);
        let report = done.json();
        assert_eq!((&report["ok"], &report["status"]), (&json!(false), &json!(status)));
        assert_eq!(report["error"]["code"], "connections::test-failed");
    }
}

#[test]
fn another_address_must_be_on_a_host_of_the_service() {
    let server = Server::friendly();
    let desk = shop(&server);
    desk.sluice(&["connections", "test", "shop", "--url", &server.url("/other?page=1")]).expect(0);
    assert_eq!(server.only().target, "/other?page=1");
    let elsewhere = desk.sluice(&["connections", "test", "shop", "--url", "https://evil.test/"]);
    elsewhere.complains(5, &["connections::invalid-domain"]);
    desk.sluice(&["connections", "test", "shop", "--url", "no address"]).complains(1, &["cli::address"]);
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_service_without_a_verification_says_how_to_test() {
    let desk = Desk::project("");
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &[], &[("username", "ann"), ("password", "a pass word")]).expect(0);
    desk.sluice(&["connections", "test", "shop"]).complains(1, &["connections::no-verification", "--url", "[verify]"]);
}

#[test]
fn what_is_not_connected_fails_the_test_before_anything_is_sent() {
    let server = Server::friendly();
    let desk = shop(&server);
    desk.sluice(&["connections", "disable", "shop"]).expect(0);
    desk.sluice(&["connections", "test", "shop"]).complains(5, &["connections::disabled"]);
    desk.sluice(&["connections", "revoke", "shop"]).expect(0);
    let report = desk.sluice(&["connections", "test", "shop", "--json"]).expect(5).json();
    assert_eq!(report["error"]["code"], "connections::revoked");
    assert!(server.seen().is_empty());
}

#[test]
fn a_server_that_is_not_there_is_an_answer_too() {
    let desk = {
        let server = Server::start(|_: &Seen| Answer::ok());
        shop(&server)
    };
    desk.sluice(&["connections", "test", "shop"]).complains(5, &["http::"]);
}
