//! Each place of a credential with each kind of request: it is there, once, and nowhere else.

use crate::cli::credentials::{connect, send, service};
use crate::cli::harness::Desk;
use crate::cli::server::{Seen, Server, owned};

const SECRET: &str = "s3cret/+&= ü";

/// A service with one API key in this place, connected; sends one request.
fn keyed(location: &str, path: &str, rest: &str) -> Seen {
    let (desk, server) = (Desk::project(""), Server::friendly());
    let secret = if location == "header" { "s3cret/+&= x" } else { SECRET };
    service(
        &desk,
        "acme",
        &format!("type = \"api_key\"\nparameters = [{{ key = \"own\", location = \"{location}\" }}]"),
    );
    connect(&desk, "shop", "acme", &[], &[("own", secret)]).expect(0);
    send(&desk, &server.url(path), "shop", rest).expect(0);
    server.only()
}

#[test]
fn a_key_in_a_header_goes_with_every_method() {
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        let seen = keyed("header", "/a?b=c", &format!("type: {method}"));
        assert_eq!((seen.method.as_str(), seen.header("own")), (method, "s3cret/+&= x"));
        assert_eq!((seen.target.as_str(), seen.body.contains("s3cret")), ("/a?b=c", false));
    }
}

#[test]
fn a_key_in_the_query_goes_with_every_method() {
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        let seen = keyed("query", "/a?b=c", &format!("type: {method}"));
        assert_eq!(seen.query(), owned(&[("b", "c"), ("own", SECRET)]), "{method}");
        assert!(!seen.body.contains("s3cret") && seen.header("own").is_empty(), "{seen:?}");
    }
}

#[test]
fn a_key_in_the_form_joins_the_fields_and_is_the_query_of_a_get() {
    for method in ["POST", "PUT", "PATCH"] {
        let seen = keyed("form", "/a", &format!("type: {method} parameters: {{\"x\": \"1\", \"own\": \"mine\"}}"));
        assert_eq!(seen.form(), owned(&[("x", "1"), ("own", SECRET)]), "{method}");
        assert_eq!(seen.target, "/a");
    }
    let seen = keyed("form", "/a", "type: GET parameters: {\"x\": \"1\"}");
    assert_eq!(seen.query(), owned(&[("x", "1"), ("own", SECRET)]));
    assert_eq!(seen.body, "");
}

#[test]
fn a_key_of_the_script_gives_way_in_the_query() {
    let seen = keyed("query", "/a?own=mine&b=c&own=again", "type: GET");
    assert_eq!(seen.query(), owned(&[("b", "c"), ("own", SECRET)]));
}

#[test]
fn a_token_in_the_query_stands_under_its_usual_name() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    let auth = format!(
        "type = \"oauth2\"\nauthorize_url = \"{0}\"\ntoken_url = \"{0}\"\nlocation = \"query\"",
        server.url("/t")
    );
    service(&desk, "acme", &auth);
    connect(&desk, "shop", "acme", &[], &[("access_token", "a/b+c")]).expect(0);
    send(&desk, &server.url("/a?access_token=mine"), "shop", "type: POST parameters: {\"x\": 1}").expect(0);
    let seen = server.only();
    assert_eq!((seen.query(), seen.form()), (owned(&[("access_token", "a/b+c")]), owned(&[("x", "1")])));
    assert_eq!(seen.header("authorization"), "");
}

#[test]
fn a_token_request_holds_what_the_service_adds_and_the_client_in_its_place() {
    for (client_auth, header, form) in [
        ("form", "", &[("audience", "orders"), ("client_id", "id"), ("client_secret", "a:b")][..]),
        ("basic", "Basic aWQ6YSUzQWI=", &[("audience", "orders")]),
    ] {
        let desk = Desk::project("");
        let server = Server::start(|seen| match seen.path() {
            "/token" => crate::cli::server::Answer::token("issued"),
            _ => crate::cli::server::Answer::ok(),
        });
        let auth = format!(
            "type = \"oauth2\"\ngrant = \"client_credentials\"\ntoken_url = \"{}\"\nclient_auth = \"{client_auth}\"\n\
             parameters = {{ audience = \"orders\" }}\nbearer_name = \"Token\"",
            server.url("/token")
        );
        service(&desk, "acme", &auth);
        connect(&desk, "shop", "acme", &[], &[("client_id", "id"), ("client_secret", "a:b")]).expect(0);
        send(&desk, &server.url("/a"), "shop", "type: GET").expect(0);
        let seen = server.seen();
        let mut expected = owned(form);
        expected.push(("grant_type".to_owned(), "client_credentials".to_owned()));
        let mut sent = seen[0].form();
        sent.sort();
        expected.sort();
        assert_eq!((seen[0].header("authorization"), sent), (header, expected));
        assert_eq!(seen[1].header("authorization"), "Token issued");
    }
}
