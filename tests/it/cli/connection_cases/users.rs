//! Credentials of the login user: each user's own, nobody's else, and a command for who has none.

use super::assert_kept;
use crate::cli::credentials::{connect, service};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Seen, Server};

/// Names as sign-ins have them, and as nobody should.
const USERS: [&str; 8] = ["asha", "Asha", "asha@example.com", "a/b", "..", "../shop", "b\u{fc}cher", "asha "];

fn keyed() -> (Desk, Server, String) {
    let (desk, server) = (Desk::project(""), Server::friendly());
    service(&desk, "acme", "type = \"api_key\"\nparameters = [{ key = \"own\", location = \"query\" }]");
    let script = format!("info invokeurl [url: \"{}\" connection: \"shop\"];", server.url("/"));
    (desk, server, script)
}

#[test]
fn each_name_has_its_own_credentials() {
    let (desk, server, script) = keyed();
    for user in USERS {
        let options = ["--credentials", "user", "--user", user];
        connect(&desk, "shop", "acme", &options, &[("own", &format!("S3cretW0rd of [{user}]"))]).expect(0);
    }
    for user in USERS {
        let done = desk.run(&script, &["--as", user]).expect(0);
        let sent = server.seen().pop().unwrap().query();
        assert_eq!(sent, [("own".to_owned(), format!("S3cretW0rd of [{user}]"))]);
        assert_kept(&desk, &[&done], &[&server]);
    }
    desk.call(&["run", "script.dg"]).env("SLUICE_AS", "asha@example.com").done().expect(0);
    assert_eq!(server.seen().pop().unwrap().query()[0].1, "S3cretW0rd of [asha@example.com]");
    let sent = server.seen().len();
    for options in [&["--as", "ben"][..], &["--as", "ASHA"], &["--as", "shop"], &[]] {
        let done = desk.run(&script, options);
        done.complains(5, &["connections::not-authorised", "UnAuthenticated", "sluice connections create shop"]);
    }
    assert_eq!(server.seen().len(), sent);
    let rows = desk.sluice(&["connections", "list", "--json"]).expect(0).json();
    let mut users: Vec<_> =
        rows.as_array().unwrap().iter().map(|row| row["user"].as_str().unwrap().to_owned()).collect();
    users.sort();
    let mut expected = USERS.map(str::to_owned);
    expected.sort();
    assert_eq!(users, expected);
}

#[test]
fn what_is_done_to_one_user_is_done_to_no_other() {
    let (desk, server, script) = keyed();
    for user in ["asha", "ben"] {
        let options = ["--credentials", "user", "--user", user];
        connect(&desk, "shop", "acme", &options, &[("own", &format!("S3cretW0rd of {user}"))]).expect(0);
    }
    desk.sluice(&["connections", "disable", "shop", "--user", "ben"]).expect(0);
    desk.run(&script, &["--as", "ben"]).complains(5, &["connections::disabled", "--user ben"]);
    desk.run(&script, &["--as", "asha"]).expect(0);
    desk.sluice(&["connections", "enable", "shop", "--user", "ben"]).expect(0);
    desk.sluice(&["connections", "revoke", "shop", "--user", "ben"]).expect(0);
    desk.run(&script, &["--as", "ben"]).complains(5, &["connections::revoked", "--user ben"]);
    let url = server.url("/");
    desk.sluice(&["connections", "test", "shop", "--user", "ben", "--url", &url]).expect(5);
    desk.sluice(&["connections", "test", "shop", "--user", "asha", "--url", &url]).expect(0);
    desk.sluice(&["connections", "test", "shop", "--url", &url]).complains(5, &["connections::not-authorised"]);
    assert!(server.seen().iter().all(|seen| seen.query()[0].1 == "S3cretW0rd of asha"));
}

#[test]
fn a_user_of_the_owners_connection_is_refused() {
    let (desk, server, script) = keyed();
    let secrets = [("own", "S3cretW0rd of ann")];
    connect(&desk, "shop", "acme", &[], &secrets).expect(0);
    let done = connect(&desk, "shop", "acme", &["--user", "asha"], &[("own", "S3cretW0rd of asha")]).expect(1);
    assert_kept(&desk, &[&done], &[&server]);
    desk.run(&script, &["--as", "asha"]).expect(0);
    assert_eq!(server.only().query()[0].1, "S3cretW0rd of ann");
}

#[test]
fn names_that_are_none_are_refused() {
    let (desk, server, script) = keyed();
    for user in ["", "a\nb", "a\tb"] {
        let options = ["--credentials", "user", "--user", user];
        let done = connect(&desk, "shop", "acme", &options, &[("own", "S3cretW0rd")]);
        assert_eq!(done.code, 1, "{user:?}: {done:?}");
        assert_kept(&desk, &[&done], &[&server]);
    }
    connect(&desk, "shop", "acme", &["--credentials", "user", "--user", "asha"], &[("own", "S3cretW0rd")]).expect(0);
    let long = "a".repeat(100_000);
    for user in ["a\nb", long.as_str()] {
        let done = desk.run(&script, &["--as", user]);
        assert!(matches!(done.code, 1 | 5), "{done:?}");
    }
    assert!(server.seen().is_empty());
}

#[test]
fn each_users_token_is_renewed_by_itself() {
    let server = Server::start(|seen: &Seen| match seen.path() {
        "/token" if seen.body.contains("ben") => Answer::json(400, serde_json::json!({"error": "invalid_grant"})),
        "/token" => Answer::token("S3cretW0rd-new-of-asha"),
        _ => Answer::ok(),
    });
    let desk = Desk::project("");
    let auth = format!("type = \"oauth2\"\nauthorize_url = \"{0}\"\ntoken_url = \"{0}\"", server.url("/token"));
    service(&desk, "acme", &auth);
    for user in ["asha", "ben"] {
        let token = format!("S3cretW0rd-refresh-{user}");
        let secrets = [("client_id", "id"), ("client_secret", "S3cretW0rd"), ("refresh_token", token.as_str())];
        connect(&desk, "shop", "acme", &["--credentials", "user", "--user", user], &secrets).expect(0);
    }
    let script = format!("info invokeurl [url: \"{}\" connection: \"shop\"];", server.url("/me"));
    let ben = desk.run(&script, &["--as", "ben"]).complains(5, &["connections::needs-reconnect", "--user ben"]);
    let asha = desk.run(&script, &["--as", "asha"]).expect(0);
    assert_kept(&desk, &[&ben, &asha], &[&server]);
    let rows = desk.sluice(&["connections", "show", "shop", "--json"]).expect(0).json();
    let states: Vec<_> =
        rows.as_array().unwrap().iter().map(|row| (row["user"].clone(), row["state"].clone())).collect();
    assert_eq!(states, [("asha".into(), "connected".into()), ("ben".into(), "needs reconnect".into())]);
}
