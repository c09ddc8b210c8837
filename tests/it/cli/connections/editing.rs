//! Revoke, edit, connect again: in any other order nothing changes.

use crate::cli::credentials::{connect, send, service};
use crate::cli::harness::Desk;
use crate::cli::server::Server;

const LOGIN: [(&str, &str); 2] = [("username", "ann"), ("password", "a pass word")];

#[test]
fn a_connected_connection_cannot_be_edited() {
    let desk = Desk::project("");
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &["--scope", "a"], &LOGIN).expect(0);
    let before = std::fs::read_to_string(desk.path("connections.toml")).unwrap();
    for state in ["connected", "disabled"] {
        let done = desk.sluice(&["connections", "edit", "shop", "--name", "Other"]);
        done.complains(1, &["connections::still-connected", "sluice connections revoke shop"]);
        assert_eq!(std::fs::read_to_string(desk.path("connections.toml")).unwrap(), before, "{state}");
        desk.sluice(&["connections", "disable", "shop"]).expect(0);
    }
}

#[test]
fn a_revoked_connection_is_edited_where_it_stands_and_connected_again() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    service(&desk, "acme", "type = \"basic\"");
    desk.write(
        "connections.toml",
        "# all of ours\n\n# the shop's\n[shop]\nservice = \"acme\" # our own\nscopes = [\"a\"]\n\n# the other\n[zoo]\n\
         service = \"acme\"\n",
    );
    connect(&desk, "shop", "acme", &[], &LOGIN).expect(0);
    desk.sluice(&["connections", "revoke", "shop"]).expect(0);
    let options = ["--name", "The shop", "--scope", "b,c", "--credentials", "user", "--default-for", "crm"];
    let done = desk.sluice(&[&["connections", "edit", "shop"][..], &options].concat()).expect(0);
    assert!(done.stdout.contains("sluice connections create shop"), "{}", done.stdout);
    let written = std::fs::read_to_string(desk.path("connections.toml")).unwrap();
    for kept in ["# all of ours\n\n# the shop's\n[shop]\n", "\n\n# the other\n[zoo]\nservice = \"acme\"\n"] {
        assert!(written.contains(kept), "{written}");
    }
    let shown = desk.sluice(&["connections", "show", "shop", "--json"]).expect(0).json();
    assert_eq!(shown["name"], "The shop");
    assert_eq!(shown["scopes"], serde_json::json!(["b", "c"]));
    assert_eq!((&shown["credentials"], &shown["state"]), (&"user".into(), &"not connected".into()));
    send(&desk, &server.url("/"), "shop", "type: GET").complains(5, &["connections::not-authorised"]);
    connect(&desk, "shop", "acme", &[], &LOGIN).expect(0);
    send(&desk, &server.url("/"), "shop", "type: GET").expect(0);
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn parameters_are_checked_against_the_service() {
    let desk = Desk::project("");
    desk.write(
        "new.toml",
        "link_name = \"acme\"\nhosts = [\"{domain}.acme.test\"]\n[auth]\ntype = \"basic\"\n[[dynamic]]\nkey = \"domain\"\n",
    );
    desk.sluice(&["services", "create", "--file", "new.toml"]).expect(0);
    desk.write("connections.toml", "[shop]\nservice = \"acme\"\nparameters = { domain = \"one\" }\n");
    let edit = |param: &str| desk.sluice(&["connections", "edit", "shop", "--param", param]);
    for wrong in ["domain=evil.test/", "doman=two", "domain="] {
        edit(wrong).complains(1, &["connections::invalid-parameter"]);
    }
    edit("domain=two").expect(0);
    let shown = desk.sluice(&["connections", "show", "shop", "--json"]).expect(0).json();
    assert_eq!(shown["hosts"], serde_json::json!(["two.acme.test"]));
    desk.sluice(&["connections", "edit", "shop"]).complains(1, &["cli::nothing-to-edit", "--name"]);
}

#[test]
fn an_extensions_connection_is_edited_and_deleted_by_its_own_project_alone() {
    for (settings, is_own) in [("", false), ("namespace = \"other\"\n", false), ("namespace = \"ext\"\n", true)] {
        let desk = Desk::project(settings);
        service(&desk, "acme", "type = \"basic\"");
        connect(&desk, "ext__books", "acme", &[], &LOGIN).expect(0);
        desk.sluice(&["connections", "disable", "ext__books"]).expect(0);
        desk.sluice(&["connections", "enable", "ext__books"]).expect(0);
        desk.sluice(&["connections", "revoke", "ext__books", "--yes"]).expect(0);
        for verb in [&["edit", "ext__books", "--name", "Books"][..], &["delete", "ext__books", "--yes"]] {
            let done = desk.sluice(&[&["connections"], verb].concat());
            if is_own {
                done.expect(0);
                continue;
            }
            let parts = ["connections::of-extension", "\"ext\"", "sluice connections revoke ext__books", "namespace ="];
            done.complains(1, &parts);
        }
        desk.sluice(&["connections", "show", "ext__books"]).expect(if is_own { 5 } else { 0 });
    }
}
