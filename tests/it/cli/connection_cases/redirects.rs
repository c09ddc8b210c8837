//! Redirects of a request with a credential: it goes on only within its own origin, and never to a host that the service
//! does not list.

use super::{TOKENS, assert_kept, install, routed};
use crate::cli::credentials::{connect, send, service};
use crate::cli::harness::{Desk, Done};
use crate::cli::server::{Answer, Server};

const KEYS: &str = "[auth]\ntype = \"api_key\"\nparameters = [{ key = \"X-Own\", location = \"header\" }, { key = \"own\", \
                    location = \"query\" }]\n";
const SECRETS: [(&str, &str); 2] = [("X-Own", "S3cretW0rd-header"), ("own", "S3cretW0rd-query")];

/// Asks `api.acme.test`, which answers `/start` with a redirect; `b.acme.test` is listed too, `evil.test` is not.
fn follow(to: &str) -> (Done, Server, Server) {
    let there = to.to_owned();
    let first = Server::start(move |seen| match seen.path() {
        "/start" => Answer::Redirect(there.clone()),
        "/loop" => Answer::Redirect("/loop".to_owned()),
        _ => Answer::ok(),
    });
    let other = Server::friendly();
    let hosts = [("api.acme.test", &first), ("b.acme.test", &other), ("evil.test", &other)];
    let desk = Desk::project(&routed(&hosts));
    install(&desk, &format!("link_name = \"acme\"\nhosts = [\"api.acme.test\", \"b.acme.test\"]\n{KEYS}"));
    connect(&desk, "shop", "acme", &[], &SECRETS).expect(0);
    let done = send(&desk, "https://api.acme.test/start", "shop", "type: GET");
    let traced = desk.sluice(&["run", "script.dg", "--trace"]);
    assert_eq!(done.code, traced.code);
    assert_kept(&desk, &[&done, &traced], &[&first]);
    (done, first, other)
}

#[test]
fn on_the_same_host_the_credential_goes_along() {
    for to in ["/end", "https://api.acme.test/end", "https://api.acme.test:443/end"] {
        let (done, first, other) = follow(to);
        done.expect(0);
        assert_eq!(first.calls()[..2], ["GET /start", "GET /end"], "{to}");
        assert_eq!(first.seen()[1].header("x-own"), "S3cretW0rd-header", "{to}");
        assert!(other.seen().is_empty());
    }
}

#[test]
fn another_listed_host_is_asked_without_credentials() {
    let (done, first, other) = follow("https://b.acme.test/end");
    done.expect(0);
    assert_eq!((first.seen().len(), other.seen().len()), (2, 2));
    for seen in other.seen() {
        assert!(!format!("{seen:?}").contains(super::SECRET), "{seen:?}");
    }
}

#[test]
fn a_host_that_is_not_listed_is_never_asked() {
    for to in [
        "https://evil.test/",
        "https://api.acme.test@evil.test/",
        "https:\\\\evil.test/",
        "https://api.acme.test:8443/end",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/",
        "https://[::1]/",
        "https://evil.test\\@api.acme.test/",
    ] {
        let (done, first, other) = follow(to);
        done.complains(5, &["connections::invalid-domain", "Invalid Domain"]);
        assert_eq!((first.seen().len(), other.seen().len()), (2, 0), "{to}");
    }
}

#[test]
fn an_encrypted_request_never_goes_on_in_the_clear() {
    for to in ["http://api.acme.test/end", "http://b.acme.test/end", "http://evil.test/", "ftp://api.acme.test/"] {
        let (done, first, other) = follow(to);
        assert!(matches!(done.code, 3 | 5), "{to}: {done:?}");
        assert_eq!((first.seen().len(), other.seen().len()), (2, 0), "{to}: {done:?}");
    }
}

#[test]
fn a_loop_ends() {
    let (done, first, _) = follow("/loop");
    assert!(matches!(done.code, 3 | 5), "{done:?}");
    assert!(done.stderr.contains("redirects"), "{done:?}");
    assert!(first.seen().len() < 60, "{}", first.seen().len());
}

#[test]
fn another_port_of_this_machine_gets_no_credential() {
    let other = Server::friendly();
    let to = other.url("/end");
    let first = Server::start(move |_| Answer::Redirect(to.clone()));
    let desk = Desk::project("");
    service(&desk, "acme", KEYS.trim_start_matches("[auth]\n"));
    connect(&desk, "shop", "acme", &[], &SECRETS).expect(0);
    let done = send(&desk, &first.url("/start"), "shop", "type: GET").expect(0);
    assert!(!format!("{:?}", other.only()).contains(super::SECRET));
    assert_kept(&desk, &[&done], &[&first]);
}

#[test]
fn a_token_endpoint_that_leads_elsewhere_gets_the_secrets_alone() {
    let other = Server::start(|_| Answer::token("of-another"));
    for status in ["elsewhere", "here"] {
        let to = if status == "here" { "/moved".to_owned() } else { other.url("/token") };
        let login = Server::start(move |seen| match seen.path() {
            "/token" => Answer::Redirect(to.clone()),
            "/moved" => Answer::token("S3cretW0rd-1"),
            _ => Answer::ok(),
        });
        let desk = Desk::project("");
        let auth = format!("type = \"oauth2\"\nauthorize_url = \"{0}\"\ntoken_url = \"{0}\"", login.url("/token"));
        service(&desk, "acme", &auth);
        connect(&desk, "shop", "acme", &[], &TOKENS).expect(0);
        let done = send(&desk, &login.url("/me"), "shop", "type: GET");
        assert_kept(&desk, &[&done], &[&login]);
        if status == "here" {
            done.expect(0);
            assert_eq!(login.calls(), ["POST /token", "POST /moved", "GET /me"]);
        } else {
            done.complains(5, &["connections::token-answer", "help:"]);
            assert_eq!(login.calls(), ["POST /token"]);
        }
    }
    assert!(other.seen().is_empty());
}
