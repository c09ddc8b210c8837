//! What `list` and `show` tell, and that no secret is among it.

use crate::cli::credentials::{connect, send, service};
use crate::cli::harness::Desk;
use crate::cli::server::Server;

#[test]
fn the_table_has_what_a_person_looks_for() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    let url = server.url("/token");
    let auth = format!("type = \"oauth2\"\nauthorize_url = \"{url}\"\ntoken_url = \"{url}\"");
    service(&desk, "acme", &auth);
    let options =
        ["--scope", "orders.read", "--account", "ann@acme.test", "--expires-in", "3150", "--default-for", "crm"];
    connect(&desk, "shop", "acme", &options, &[("access_token", "an-access-token-9")]).expect(0);
    connect(&desk, "old", "acme", &["--expires-in", "0"], &[("access_token", "an-older-token-9")]).expect(0);
    send(&desk, &server.url("/orders"), "shop", "type: GET").expect(0);
    let list = desk.sluice(&["connections", "list"]).expect(0).stdout;
    let row =
        |name: &str| list.lines().find(|line| line.trim_start().starts_with(name)).unwrap_or_else(|| panic!("{list}"));
    let header = list.lines().next().unwrap();
    for column in ["link name", "service", "state", "account", "scopes", "last used", "expires in", "default for"] {
        assert!(header.contains(column), "{list}");
    }
    for cell in ["acme", "connected", "ann@acme.test", "orders.read", "just now", "52 min", "crm"] {
        assert!(row("shop").contains(cell), "{list}");
    }
    assert!(row("old").contains("expired") && row("old").contains("needs reconnect"), "{list}");
    let show = desk.sluice(&["connections", "show", "shop"]).expect(0).stdout;
    for line in ["account:      ann@acme.test", "hosts:        127.0.0.1", "last used:    just now"] {
        assert!(show.contains(line), "{show}");
    }
    let json = desk.sluice(&["connections", "list", "--json"]).expect(0).stdout;
    assert!(![list, show, json].concat().contains("token-9"));
}

#[test]
fn a_connection_that_cannot_be_used_says_what_to_run() {
    let desk = Desk::project("");
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &[], &[("username", "ann"), ("password", "a pass word")]).expect(0);
    desk.sluice(&["connections", "disable", "shop"]).expect(0);
    let show = desk.sluice(&["connections", "show", "shop"]).expect(0).stdout;
    assert!(show.contains("`sluice connections enable shop`"), "{show}");
    desk.sluice(&["connections", "revoke", "shop"]).expect(0);
    let show = desk.sluice(&["connections", "show", "shop"]).expect(0).stdout;
    assert!(show.contains("`sluice connections create shop`"), "{show}");
}

#[test]
fn open_hosts_and_plain_http_are_warned_of() {
    let desk = Desk::project("");
    let text = "link_name = \"acme\"\nhosts = [\"*\"]\nplain_http = true\n[auth]\ntype = \"basic\"\n";
    desk.write("new.toml", text);
    desk.sluice(&["services", "create", "--file", "new.toml"]).expect(0);
    connect(&desk, "shop", "acme", &[], &[("username", "ann"), ("password", "a pass word")]).expect(0);
    let show = desk.sluice(&["connections", "show", "shop"]).expect(0);
    assert!(show.stderr.contains("hosts = [\"*\"]") && show.stderr.contains("plain_http"), "{}", show.stderr);
    let list = desk.sluice(&["connections", "list"]).expect(0);
    assert!(list.stderr.contains("\"shop\": its service has `hosts = [\"*\"]`"), "{}", list.stderr);
    for column in ["link name", "service", "state", "account", "scopes", "last used", "expires in"] {
        assert!(list.stdout.lines().next().unwrap().contains(column), "{}", list.stdout);
    }
    let json = desk.sluice(&["connections", "list", "--json"]).expect(0).json();
    assert_eq!(json[0]["warnings"].as_array().unwrap().len(), 2);
    for key in ["account", "expires_in", "last_used", "scopes", "state", "hosts", "kind", "namespace", "vault"] {
        assert!(json[0].as_object().unwrap().contains_key(key), "{json}");
    }
}
