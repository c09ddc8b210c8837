//! Which addresses a script may name: a host of the service, by https, and no spelling of another.

use super::{LOGIN, assert_kept, install, routed};
use crate::cli::credentials::{connect, send};
use crate::cli::harness::Desk;
use crate::cli::server::Server;

const ACME: &str = "link_name = \"acme\"\nhosts = [\"api.acme.test\", \"*.eu.acme.test\"]\n[auth]\ntype = \"basic\"\n";

/// A service for `api.acme.test` and the names below `eu.acme.test`, both routed to a server of this machine.
fn acme() -> (Desk, Server) {
    let server = Server::friendly();
    let hosts = [("api.acme.test", &server), ("one.eu.acme.test", &server)];
    let desk = Desk::project(&routed(&hosts));
    install(&desk, ACME);
    connect(&desk, "shop", "acme", &[], &LOGIN).expect(0);
    (desk, server)
}

#[test]
fn listed_hosts_are_reached_in_every_spelling() {
    let (desk, server) = acme();
    for url in [
        "https://api.acme.test/me",
        "https://API.Acme.Test/me",
        "https://api.acme.test:443/me",
        "https://one.eu.acme.test/me",
        "https://api%2Eacme.test/me",
    ] {
        send(&desk, url, "shop", "type: GET").expect(0);
    }
    assert_eq!(server.seen().len(), 5);
    assert!(server.seen().iter().all(|seen| seen.header("authorization").starts_with("Basic ")));
}

#[test]
fn no_spelling_leads_to_another_host() {
    let (desk, server) = acme();
    for url in [
        "https://evil.test/",
        "https://eu.acme.test/",
        "https://api.acme.test.evil.test/",
        "https://evilapi.acme.test/",
        "https://xeu.acme.test/",
        "https://api.acme.test@evil.test/",
        "https://api.acme.test:443@evil.test/",
        "https://evil.test/api.acme.test",
        "https://evil.test?api.acme.test",
        "https://evil.test#@api.acme.test/",
        "https://evil.test\\\\@api.acme.test/",
        "https:\\\\\\\\evil.test/",
        "https:/evil.test/",
        "https:evil.test/",
        "https://api.acme.test:8443/",
        "https://api。evil.test/",
        "https://ａpi.acme.test.evil.test/",
        "https://аpi.acme.test/",
        "https://api.acme.tеst/",
        "https://api.acme.test%2eevil.test/",
        "https://api.acme.test%40evil.test/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://localhost/",
    ] {
        let done = send(&desk, url, "shop", "type: GET");
        assert!(matches!(done.code, 3 | 5), "{url}: {done:?}");
        assert!(done.code == 3 || done.stderr.contains("connections::invalid-domain"), "{url}: {done:?}");
        assert_kept(&desk, &[&done], &[&server]);
    }
    assert!(server.seen().is_empty(), "{:?}", server.seen());
}

#[test]
fn plain_http_needs_leave() {
    let desk = Desk::project("");
    let server = Server::friendly();
    install(&desk, ACME);
    connect(&desk, "shop", "acme", &[], &LOGIN).expect(0);
    for url in ["http://api.acme.test/", "http://one.eu.acme.test/", "http://api.acme.test:443/"] {
        let done = send(&desk, url, "shop", "type: GET").expect(5);
        assert!(
            done.stderr.contains("connections::plain-http") || done.stderr.contains("connections::invalid-domain"),
            "{done:?}"
        );
        assert_kept(&desk, &[&done], &[&server]);
    }
    assert!(server.seen().is_empty());
    let tested = desk.sluice(&["connections", "test", "shop", "--url", "http://api.acme.test/"]);
    tested.complains(5, &["connections::plain-http"]);
    for scheme in ["ftp://api.acme.test/", "file:///etc/passwd", "javascript:alert(1)", "data:,x"] {
        let done = send(&desk, scheme, "shop", "type: GET");
        assert!(matches!(done.code, 3 | 5), "{scheme}: {done:?}");
    }
    // The service itself may give it.
    let server = Server::friendly();
    let desk = Desk::project(&routed(&[("api.acme.test", &server)]));
    install(&desk, "link_name = \"acme\"\nhosts = [\"api.acme.test\"]\nplain_http = true\n[auth]\ntype = \"basic\"\n");
    connect(&desk, "shop", "acme", &[], &LOGIN).expect(0);
    send(&desk, "http://api.acme.test/", "shop", "type: GET").expect(0);
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_token_url_in_plain_http_is_no_service() {
    let desk = Desk::project("");
    for key in ["token_url", "refresh_url", "revoke_url", "authorize_url"] {
        let urls = ["token_url", "refresh_url", "revoke_url", "authorize_url"]
            .map(|one| format!("{one} = \"{}://login.acme.test/{one}\"\n", if one == key { "http" } else { "https" }));
        let head = "link_name = \"acme\"\nhosts = [\"api.acme.test\"]\n[auth]\ntype = \"oauth2\"\n";
        desk.write("new.toml", format!("{head}{}", urls.concat()));
        desk.sluice(&["services", "create", "--file", "new.toml"]).complains(1, &[key, "plain http"]);
    }
}
