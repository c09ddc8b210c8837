//! Whose credentials are sent: the owner's, or those of the user who runs the script, each renewed on its own.

use crate::cli::credentials::{connect, service};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Server};

#[test]
fn each_user_has_a_token_that_is_renewed_on_its_own() {
    let desk = Desk::project("");
    let server = Server::start(|seen| match seen.path() {
        "/token" => {
            let form = seen.form();
            let (_, token) = form.iter().find(|(key, _)| key == "refresh_token").unwrap();
            Answer::token(&format!("access of {token}"))
        }
        _ => Answer::json(200, seen.header("authorization").into()),
    });
    service(
        &desk,
        "acme",
        &format!("type = \"oauth2\"\nauthorize_url = \"{0}\"\ntoken_url = \"{0}\"", server.url("/token")),
    );
    for user in ["asha", "ben@acme.test"] {
        let token = format!("refresh of {user}");
        let secrets = [("client_id", "id"), ("client_secret", "the secret"), ("refresh_token", token.as_str())];
        connect(&desk, "shop", "acme", &["--credentials", "user", "--user", user], &secrets).expect(0);
    }
    let script = format!("invokeurl [url: \"{}\" connection: \"shop\"]; info \"sent\";", server.url("/me"));
    for user in ["ben@acme.test", "asha", "ben@acme.test"] {
        desk.run(&script, &["--as", user]).expect(0);
        let seen = server.seen().pop().unwrap();
        assert_eq!(seen.header("authorization"), format!("Bearer access of refresh of {user}"));
    }
    assert_eq!(server.calls().iter().filter(|call| *call == "POST /token").count(), 2);
    desk.run(&script, &["--as", "cy"]).complains(5, &["connections::not-authorised", "cy", "--user cy"]);
    desk.run(&script, &[]).complains(5, &["connections::not-authorised", "sluice connections authorize shop"]);
    assert_eq!(server.calls().len(), 5);
}

#[test]
fn the_owners_credentials_serve_every_user() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    service(&desk, "acme", "type = \"basic\"");
    connect(&desk, "shop", "acme", &[], &[("username", "ann"), ("password", "secret")]).expect(0);
    let script = format!("info invokeurl [url: \"{}\" connection: \"shop\"];", server.url("/me"));
    for options in [&[][..], &["--as", "asha"], &["--as", "shop/asha"]] {
        desk.run(&script, options).prints("{\"ok\":true}\n");
    }
    let sent: std::collections::BTreeSet<_> =
        server.seen().iter().map(|seen| seen.header("authorization").to_owned()).collect();
    assert_eq!(sent.len(), 1);
}
