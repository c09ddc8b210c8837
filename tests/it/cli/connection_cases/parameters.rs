//! Values of dynamic parameters that try to be more than a value: in a host they are refused, in paths and queries they
//! stay one part, whoever wrote them, a command or an editor.

use super::{LOGIN, TOKENS, assert_kept, install, routed};
use crate::cli::credentials::{connect, send};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Server};

/// None of these is a label of a host.
const NO_LABELS: [&str; 30] = [
    "evil.com/",
    "evil.com#",
    "evil.com?",
    "a@evil.com",
    "evil.com\\",
    "/",
    "\\",
    "#",
    "?",
    "%2f",
    "%40",
    "%23",
    ".",
    "..",
    "a.",
    ".a",
    "evil.com",
    "a\u{3002}b",
    "a\u{ff0e}b",
    "\u{2024}",
    "\u{2100}",
    "b\u{fc}cher",
    "ｅvil",
    "a:80",
    "a\tb",
    "a\nb",
    " ",
    "a b",
    "*",
    "{domain}",
];

/// A service whose parameter stands in the host, in the path and in the query.
fn acme(server: &Server) -> Desk {
    let desk = Desk::project(&routed(&[("north.acme.test", server)]));
    let text = "link_name = \"acme\"\nhosts = [\"{domain}.acme.test\"]\n[auth]\ntype = \"basic\"\n[[dynamic]]\nkey = \
                \"domain\"\n[[dynamic]]\nkey = \"part\"\ndefault = \"x\"\n";
    install(&desk, text);
    desk
}

#[test]
fn what_is_no_label_is_refused_when_a_connection_is_made() {
    let server = Server::friendly();
    let desk = acme(&server);
    let long = "a".repeat(64);
    let far_too_long = "a".repeat(100_000);
    for value in NO_LABELS.into_iter().chain(["", long.as_str(), far_too_long.as_str()]) {
        let done = connect(&desk, "shop", "acme", &["--param", &format!("domain={value}")], &LOGIN);
        let done = done.complains(1, &["connections::invalid-parameter", "domain", "help:"]);
        assert!(done.stderr.len() < 2_000, "{}", done.stderr.len());
        assert_kept(&desk, &[&done], &[&server]);
    }
    desk.sluice(&["connections", "show", "shop"]).expect(5);
    for value in ["north", "SOUTH", "n-1", "xn--bcher-kva"] {
        connect(
            &desk,
            &value.to_lowercase().replace('-', "_"),
            "acme",
            &["--param", &format!("domain={value}")],
            &LOGIN,
        )
        .expect(0);
    }
}

#[test]
fn what_is_no_label_is_refused_when_it_was_written_by_hand() {
    let server = Server::friendly();
    let desk = acme(&server);
    connect(&desk, "shop", "acme", &["--param", "domain=north"], &LOGIN).expect(0);
    let file = std::fs::read_to_string(desk.path("connections.toml")).unwrap();
    for value in NO_LABELS.into_iter().chain(["", "south"]) {
        let text = toml::Value::String(value.to_owned()).to_string();
        let edited = file.replace("domain = \"north\"", &format!("domain = {text}"));
        assert_ne!(edited, file);
        desk.write("connections.toml", edited);
        for url in ["https://{domain}.acme.test/me", "https://north.acme.test/me", "https://evil.com/"] {
            let done = send(&desk, url, "shop", "type: GET").expect(5);
            let codes = ["connections::invalid-parameter", "connections::definition-changed"];
            assert!(codes.iter().any(|code| done.stderr.contains(code)), "{value:?}: {done:?}");
            assert_kept(&desk, &[&done], &[&server]);
        }
        desk.sluice(&["connections", "list"]).expect(0);
        desk.sluice(&["connections", "show", "shop"]).expect(0);
    }
    assert!(server.seen().is_empty());
    desk.write("connections.toml", file);
    send(&desk, "https://{domain}.acme.test/me", "shop", "type: GET").expect(0);
    assert_eq!(server.only().header("host"), server.url("").trim_start_matches("http://"));
}

#[test]
fn in_paths_and_queries_a_value_stays_one_part() {
    for value in NO_LABELS.into_iter().chain(["a/../../b", "a&b=c", "a+b", "%", "%2e%2e", "\u{1F600}"]) {
        let server = Server::friendly();
        let desk = acme(&server);
        let options = ["--param", "domain=north", "--param", &format!("part={value}")];
        let made = connect(&desk, "shop", "acme", &options, &LOGIN);
        if made.code != 0 {
            assert!(value.trim().is_empty() || value.chars().any(char::is_control), "{value:?}: {made:?}");
            made.complains(1, &["connections::invalid-parameter", "part"]);
            continue;
        }
        let done = send(&desk, "https://north.acme.test/v1/{part}/end?s={part}&t=1", "shop", "type: GET");
        if [".", ".."].contains(&value) {
            done.complains(5, &["connections::invalid-parameter", "part"]);
            assert!(server.seen().is_empty());
            continue;
        }
        done.expect(0);
        let seen = server.only();
        let parts: Vec<_> = seen.path().split('/').collect();
        let decoded = percent_encoding::percent_decode_str(parts[2]).decode_utf8().unwrap();
        assert_eq!((parts.len(), parts[1], &*decoded, parts[3]), (4, "v1", value, "end"), "{seen:?}");
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(seen.query(), [pair("s", value), pair("t", "1")]);
    }
}

#[test]
fn two_values_cannot_make_a_way_up() {
    let server = Server::friendly();
    let desk = acme(&server);
    connect(&desk, "shop", "acme", &["--param", "domain=north", "--param", "part=."], &LOGIN).expect(0);
    for path in ["/v1/{part}{part}/end", "/v1/.{part}/end", "/v1/%2e{part}/end", "/v1/{part}"] {
        let done = send(&desk, &format!("https://north.acme.test{path}"), "shop", "type: GET");
        done.complains(5, &["connections::invalid-parameter", "part"]);
    }
    assert!(server.seen().is_empty());
}

#[test]
fn a_value_in_the_address_of_tokens_cannot_be_another_host() {
    let login = Server::start(|_| Answer::token("S3cretW0rd-1"));
    let text = "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\nauthorize_url = \
                \"https://{domain}.login.test/\"\ntoken_url = \"https://{domain}.login.test/token\"\n[[dynamic]]\nkey = \
                \"domain\"\n";
    let desk = Desk::project(&routed(&[("north.login.test", &login)]));
    install(&desk, text);
    for value in NO_LABELS {
        let made = connect(&desk, "shop", "acme", &["--param", &format!("domain={value}")], &TOKENS);
        if made.code == 0 {
            let done = send(&desk, &login.url("/me"), "shop", "type: GET").expect(5);
            assert!(done.stderr.contains("connections::invalid-parameter"), "{value:?}: {done:?}");
            desk.sluice(&["connections", "delete", "shop", "--yes"]).expect(0);
            continue;
        }
        made.complains(1, &["connections::invalid-parameter", "domain"]);
    }
    assert!(login.seen().is_empty(), "{:?}", login.seen());
    connect(&desk, "shop", "acme", &["--param", "domain=north"], &TOKENS).expect(0);
    send(&desk, &login.url("/me"), "shop", "type: GET").expect(0);
    assert_eq!(login.calls(), ["POST /token", "GET /me"]);
}
