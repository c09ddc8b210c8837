//! TLS, HTTP/2 and kept connections, against nginx with an authority that was made for the tests.

use std::path::PathBuf;

use serde_json::Value;
use sluice::http::{Client, Method, Options, Request};

use super::{open, peer, secret, send};
use crate::cli::credentials::connect;
use crate::cli::harness::Desk;

/// nginx, if it was started.
struct Nginx {
    base: String,
    authority: PathBuf,
}

impl Nginx {
    fn find() -> Option<Self> {
        Some(Self { base: peer("SLUICE_PEER_NGINX")?, authority: peer("SLUICE_PEER_AUTHORITY")?.into() })
    }

    /// A client that trusts the authority of the tests.
    fn client(&self) -> Client {
        Client::new(Options { certificates: vec![self.authority.clone()], ..open() }).unwrap()
    }

    /// The same server with other settings.
    fn other(&self, name: &str) -> String {
        let port = std::env::var(format!("SLUICE_PEER_NGINX_{name}")).unwrap();
        format!("https://127.0.0.1:{port}/")
    }
}

fn get(url: &str) -> Request {
    Request::new(Method::Get, url.parse().unwrap())
}

/// What the server saw of a request.
fn seen(client: &Client, url: &str) -> Value {
    let answer = send(client, get(url)).unwrap_or_else(|error| panic!("{url}: {error}"));
    assert_eq!(answer.status, 200);
    serde_json::from_slice(&answer.body).unwrap()
}

#[test]
fn http_2_over_tls_1_3_is_agreed_on() {
    let Some(nginx) = Nginx::find() else { return };
    let seen = seen(&nginx.client(), &format!("{}/a%20b?c=d", nginx.base));
    assert_eq!((&seen["protocol"], &seen["tls"]), (&"HTTP/2.0".into(), &"TLSv1.3".into()), "{seen}");
    assert_eq!((&seen["uri"], &seen["host"]), (&"/a%20b?c=d".into(), &"127.0.0.1".into()));
}

#[test]
fn a_server_without_http_2_is_spoken_to_in_http_1_1() {
    let Some(nginx) = Nginx::find() else { return };
    let seen = seen(&nginx.client(), &nginx.other("OLD"));
    assert_eq!((&seen["protocol"], &seen["tls"]), (&"HTTP/1.1".into(), &"TLSv1.2".into()), "{seen}");
}

#[test]
fn a_connection_serves_one_request_after_the_other() {
    let Some(nginx) = Nginx::find() else { return };
    for base in [format!("{}/", nginx.base), nginx.other("OLD")] {
        let client = nginx.client();
        let all: Vec<Value> = (0..3).map(|_| seen(&client, &base)).collect();
        assert!(all.iter().all(|one| one["connection"] == all[0]["connection"]), "{all:?}");
        let counts: Vec<_> = all.iter().map(|one| one["requests"].as_u64().unwrap()).collect();
        assert_eq!(counts, [1, 2, 3], "{base}");
        let other = seen(&nginx.client(), &base);
        assert_ne!(other["connection"], all[0]["connection"], "clients share nothing");
    }
}

#[test]
fn compressed_answers_are_unpacked_over_http_2() {
    let Some(nginx) = Nginx::find() else { return };
    let answer = send(&nginx.client(), get(&format!("{}/long", nginx.base))).unwrap();
    let lines: Vec<&str> = std::str::from_utf8(&answer.body).unwrap().lines().collect();
    assert_eq!((lines.len(), lines[0], lines[499]), (500, "1", "500"));
}

#[test]
fn redirects_go_on_but_never_from_https_to_http() {
    let Some(nginx) = Nginx::find() else { return };
    let client = nginx.client();
    assert_eq!(seen(&client, &format!("{}/moved", nginx.base))["uri"], "/arrived");
    let error = send(&client, get(&format!("{}/downgrade?key=secret", nginx.base))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the redirect of 127.0.0.1 was not followed: it leads from https to plain http at 127.0.0.1"
    );
}

#[test]
fn a_connection_that_is_dropped_is_a_broken_answer() {
    let Some(nginx) = Nginx::find() else { return };
    let error = send(&nginx.client(), get(&format!("{}/dropped", nginx.base))).unwrap_err();
    assert_eq!(error.code(), "http::broken-answer", "{error}");
}

#[test]
fn certificates_that_cannot_be_trusted_are_refused_with_a_reason() {
    let Some(nginx) = Nginx::find() else { return };
    let cases = [
        ("WRONG", "the certificate is for another name: elsewhere.test"),
        ("SELF", "the certificate comes from no authority that is trusted here"),
        ("EXPIRED", "the certificate has expired"),
        ("ANCIENT", "no version of TLS in common"),
    ];
    for (name, reason) in cases {
        let url = nginx.other(name);
        let error = send(&nginx.client(), get(&format!("{url}?key=secret"))).expect_err(name);
        assert_eq!(error.code(), "http::tls", "{name}: {error}");
        assert!(error.to_string().ends_with(reason), "{name}: {error}");
        assert!(error.to_string().starts_with("could not make a secure connection to 127.0.0.1:"), "{error}");
    }
    // What is fine for who trusts the authority is not for anybody else.
    let stranger = Client::new(open()).unwrap();
    let error = send(&stranger, get(&nginx.base)).unwrap_err();
    assert!(error.to_string().ends_with("comes from no authority that is trusted here"), "{error}");
}

#[test]
fn a_project_names_the_authorities_that_it_trusts() {
    let Some(nginx) = Nginx::find() else { return };
    let desk = Desk::project("[network]\ncertificates = [\"trusted/authority.pem\"]\n");
    desk.write("trusted/authority.pem", std::fs::read(&nginx.authority).unwrap());
    let script = format!("info invokeurl [ url: \"{}/\" ].get(\"protocol\");", nginx.base);
    desk.run(&script, &[]).prints("HTTP/2.0\n");
    Desk::new().run(&script, &[]).complains(3, &["http::tls", "authority"]);
}

#[test]
fn basic_authentication_over_tls_opens_the_door() {
    let Some(nginx) = Nginx::find() else { return };
    let desk = Desk::project("[network]\ncertificates = [\"authority.pem\"]\n");
    desk.write("authority.pem", std::fs::read(&nginx.authority).unwrap());
    let url = format!("{}/basic/list", nginx.base);
    let service = format!(
        "link_name = \"acme\"\nname = \"Acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"basic\"\n[verify]\nurl = \"{url}\"\n"
    );
    desk.write("new.toml", service);
    desk.sluice(&["services", "create", "--file", "new.toml"]).expect(0);
    let script = format!("info invokeurl [ url: \"{url}\" connection: \"shop\" ];");
    connect(&desk, "shop", "acme", &[], &[("username", "asha"), ("password", &secret())]).expect(0);
    desk.run(&script, &[]).prints("{\"orders\":[1,2]}\n");
    desk.sluice(&["connections", "test", "shop"]).expect(0);
    connect(&desk, "stranger", "acme", &[], &[("username", "asha"), ("password", "another")]).expect(0);
    desk.sluice(&["connections", "test", "stranger"]).complains(5, &["401"]);
}
