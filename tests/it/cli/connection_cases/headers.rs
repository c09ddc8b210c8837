//! A script that sets what the connection sets: the connection's is sent, once, and the person is told.

use super::{LOGIN, TOKENS, assert_kept};
use crate::cli::credentials::{connect, service};
use crate::cli::harness::Desk;
use crate::cli::server::Server;

/// The `[auth]` table, the secrets, the header as the script writes it and as it is sent.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str, &'a str);

#[test]
fn the_connections_header_takes_the_place_of_the_scripts() {
    let cases: [Case; 3] = [
        ("type = \"basic\"", &LOGIN, "AUTHORIZATION", "authorization"),
        (
            "type = \"oauth2\"\nauthorize_url = \"http://127.0.0.1:1/\"\ntoken_url = \"http://127.0.0.1:1/\"",
            &[("access_token", "S3cretW0rd-access"), TOKENS[0], TOKENS[1]],
            "Authorization",
            "authorization",
        ),
        (
            "type = \"api_key\"\nparameters = [{ key = \"X-Own\", location = \"header\" }]",
            &[("X-Own", "S3cretW0rd")],
            "x-own",
            "x-own",
        ),
    ];
    for (auth, secrets, name, sent) in cases {
        let (desk, server) = (Desk::project(""), Server::friendly());
        service(&desk, "acme", auth);
        connect(&desk, "shop", "acme", &[], secrets).expect(0);
        let script = format!(
            "info invokeurl [url: \"{}\" type: GET headers: {{\"{name}\": \"of the script\"}} connection: \"shop\"];",
            server.url("/me")
        );
        let done = desk.run(&script, &[]).expect(0);
        assert!(!server.only().header(sent).contains("script") && !server.only().header(sent).is_empty());
        for part in ["warning", "header", "shop", "replaced"] {
            assert!(done.stderr.contains(part), "{}", done.stderr);
        }
        assert_kept(&desk, &[&done], &[&server]);
    }
}

#[test]
fn the_connections_key_takes_the_place_of_the_scripts_in_the_query_and_the_form() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    let auth = "type = \"api_key\"\nparameters = [{ key = \"own\", location = \"query\" }, { key = \"field\", location = \
                \"form\" }]";
    service(&desk, "acme", auth);
    connect(&desk, "shop", "acme", &[], &[("own", "S3cretW0rd q"), ("field", "S3cretW0rd f")]).expect(0);
    let script = format!(
        "info invokeurl [url: \"{}\" type: POST parameters: {{\"field\": \"mine\", \"x\": \"1\"}} connection: \"shop\"];",
        server.url("/me?own=mine&%6Fwn=again&y=2")
    );
    let done = desk.run(&script, &[]).expect(0);
    let seen = server.only();
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(seen.query(), [pair("y", "2"), pair("own", "S3cretW0rd q")]);
    assert_eq!(seen.form(), [pair("x", "1"), pair("field", "S3cretW0rd f")]);
    assert!(done.stderr.contains("replaced"), "{}", done.stderr);
    assert_kept(&desk, &[&done], &[&server]);
}
