//! Whose credentials a run uses, and whose connections there are.

use crate::cli::credentials::{connect, service};
use crate::cli::harness::{Desk, Done};
use crate::cli::server::Server;

fn key(value: &str) -> [(&str, &str); 1] {
    [("X-Key", value)]
}

fn acme(desk: &Desk) {
    service(desk, "acme", "type = \"api_key\"\nparameters = [{ key = \"X-Key\", location = \"header\" }]");
}

fn run(desk: &Desk, server: &Server, link_name: &str, options: &[&str]) -> Done {
    let url = server.url("/");
    desk.run(&format!("info invokeurl [url: \"{url}\" type: GET connection: \"{link_name}\"];\n"), options)
}

#[test]
fn each_user_has_an_authorisation_and_without_one_the_command_is_named() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    acme(&desk);
    connect(&desk, "drive", "acme", &["--credentials", "user"], &key("key-of-the-owner")).expect(0);
    connect(&desk, "drive", "acme", &["--user", "asha@acme.test"], &key("key-of-asha")).expect(0);
    run(&desk, &server, "drive", &[]).expect(0);
    run(&desk, &server, "drive", &["--as", "asha@acme.test"]).expect(0);
    let missing = run(&desk, &server, "drive", &["--as", "ben@acme.test"]);
    let command = "sluice connections create drive --service acme --user ben@acme.test";
    missing.complains(5, &["connections::not-authorised", "UnAuthenticated", command]);
    let keys: Vec<_> = server.seen().iter().map(|seen| seen.header("x-key").to_owned()).collect();
    assert_eq!(keys, ["key-of-the-owner", "key-of-asha"]);
    let all = desk.sluice(&["connections", "list", "--json"]).expect(0).json();
    let kinds: Vec<_> = all.as_array().unwrap().iter().map(|one| (&one["kind"], &one["user"])).collect();
    assert_eq!(kinds, [(&"my".into(), &serde_json::Value::Null), (&"shared".into(), &"asha@acme.test".into())]);
    let list = desk.sluice(&["connections", "list"]).expect(0).stdout;
    assert!(list.contains("shared") && list.contains("asha@acme.test"), "{list}");
}

#[test]
fn one_users_authorisation_is_revoked_and_the_others_stay() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    acme(&desk);
    connect(&desk, "drive", "acme", &["--credentials", "user"], &key("key-of-the-owner")).expect(0);
    connect(&desk, "drive", "acme", &["--user", "asha"], &key("key-of-asha")).expect(0);
    desk.sluice(&["connections", "revoke", "drive", "--user", "asha"]).expect(0);
    run(&desk, &server, "drive", &["--as", "asha"]).complains(5, &["connections::revoked", "--user asha"]);
    run(&desk, &server, "drive", &[]).expect(0);
    desk.sluice(&["connections", "edit", "drive", "--name", "x"]).complains(1, &["connections::still-connected"]);
    desk.sluice(&["connections", "revoke", "drive", "--all"]).expect(0);
    desk.sluice(&["connections", "edit", "drive", "--name", "x"]).expect(0);
}

#[test]
fn a_disabled_connection_is_disabled_for_whoever_comes_later() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    acme(&desk);
    connect(&desk, "drive", "acme", &["--credentials", "user"], &key("key-of-the-owner")).expect(0);
    desk.sluice(&["connections", "disable", "drive"]).expect(0);
    connect(&desk, "drive", "acme", &["--user", "asha"], &key("key-of-asha")).expect(0);
    run(&desk, &server, "drive", &["--as", "asha"]).complains(5, &["connections::disabled"]);
    desk.sluice(&["connections", "enable", "drive"]).expect(0);
    run(&desk, &server, "drive", &["--as", "asha"]).expect(0);
}

#[test]
fn an_extensions_connection_is_found_with_and_without_its_namespace() {
    let (desk, server) = (Desk::project("namespace = \"shop\"\n"), Server::friendly());
    acme(&desk);
    connect(&desk, "shop__books", "acme", &["--as", "ann@acme.test"], &key("key-of-books")).expect(0);
    connect(&desk, "crm", "acme", &[], &key("key-of-crm")).expect(0);
    for name in ["shop__books", "books", "crm", "shop__crm"] {
        run(&desk, &server, name, &[]).expect(0);
        assert_eq!(desk.sluice(&["check", "script.dg", "--deny-warnings"]).expect(0).stderr, "", "{name}");
    }
    run(&desk, &server, "other__books", &[]).complains(5, &["connections::unknown-link-name"]);
    // Whoever authorised first stays the owner.
    connect(&desk, "shop__books", "acme", &["--as", "ben@acme.test"], &key("key-of-books")).expect(0);
    let show = desk.sluice(&["connections", "show", "books"]).expect(0).stdout;
    assert!(show.contains("extension \"shop\"") && show.contains("owner:        ann@acme.test"), "{show}");
    assert!(desk.sluice(&["connections", "list"]).expect(0).stdout.contains("extension"));
}
