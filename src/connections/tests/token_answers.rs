//! What token endpoints answer, and what becomes of it.

use super::server::{Answer, Server, json};
use super::{Bench, get, wanted};
use crate::connections::vault::{RecordId, State};
use crate::connections::{Error, Status};

/// An API that accepts anything, and a token endpoint that gives one answer.
fn bench(answer: Answer) -> (Bench, Server) {
    let server = Server::start(move |seen| if seen.target == "/token" { answer.clone() } else { json(200, "{}") });
    let bench = Bench::with_service(&format!(
        "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\ntoken_url = \"{}/token\"\n",
        server.base
    ));
    let fields = [("client_id", "the-id"), ("client_secret", "the-secret"), ("refresh_token", "refresh-one")];
    bench.connections.create(wanted(&fields)).unwrap();
    (bench, server)
}

async fn outcome(answer: Answer) -> (Bench, Server, Option<Error>) {
    let (bench, server) = bench(answer);
    let error = bench.connections.send("acme_main", None, get(&server.url("/api"))).await.err();
    (bench, server, error)
}

async fn accepted(answer: Answer, life: u64) {
    let (bench, server, error) = outcome(answer).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(server.seen().last().unwrap().header("authorization"), "Bearer fresh-token");
    assert_eq!(bench.connections.summary("acme_main").unwrap()[0].expires_in, Some(life as i64));
}

#[tokio::test]
async fn odd_but_good_answers_are_understood() {
    accepted(json(200, r#"{"access_token":"fresh-token","token_type":"Bearer","expires_in":1800}"#), 1800).await;
    accepted(json(200, r#"{"access_token":"fresh-token","expires_in":"1800"}"#), 1800).await;
    accepted(json(200, r#"{"access_token":"fresh-token","expires_in":1800.5}"#), 1800).await;
    accepted(json(200, r#"{"access_token":"fresh-token"}"#), 3600).await;
    accepted(json(200, r#"{"access_token":"fresh-token","expires_in":"soon","error":null}"#), 3600).await;
    accepted(json(200, r#"{"access_token":"fresh-token","expires_in":-5}"#), 0).await;
    accepted(json(200, r#"{"access_token":"fresh-token","expires_in":1e300}"#), 315_360_000).await;
    accepted((200, "text/plain", "access_token=fresh-token&expires_in=900&scope=".into()), 900).await;
    accepted(json(200, "\u{feff} {\"access_token\":\"fresh-token\"}\n"), 3600).await;
    accepted((200, "text/plain", r#"{"access_token":"fresh-token","token_type":"Zoho-oauthtoken"}"#.into()), 3600)
        .await;
    accepted(json(200, r#"{"access_token":"fresh-token","token_type":7,"expires_in":null}"#), 3600).await;
    accepted(json(200, r#"{"access_token":"fresh-token","refresh_token":""}"#), 3600).await;
    accepted(json(200, r#"{"access_token":"fresh-token","refresh_token":null}"#), 3600).await;
    accepted(json(200, r#"{"access_token":"fresh-token","refresh_token":"refresh-one"}"#), 3600).await;
    accepted((200, "text/html;charset=utf-8", r#"{"access_token":"fresh-token"}"#.into()), 3600).await;
}

#[tokio::test]
async fn a_life_is_read_in_every_form() {
    let forms = [
        ("0", 0),
        ("1e3", 1000),
        ("\"1e3\"", 1000),
        ("\" 1800 \"", 1800),
        ("\"1800.9\"", 1800),
        ("\"-1\"", 0),
        ("\"\"", 3600),
        ("\"1800s\"", 3600),
        ("\"NaN\"", 3600),
        ("\"inf\"", 3600),
        ("true", 3600),
        ("[1800]", 3600),
        ("{\"seconds\":1800}", 3600),
        ("99999999999999999999999", 315_360_000),
    ];
    for (form, life) in forms {
        accepted(json(200, format!("{{\"access_token\":\"fresh-token\",\"expires_in\":{form}}}")), life).await;
    }
}

#[tokio::test]
async fn what_zoho_and_others_add_is_kept() {
    let answer =
        r#"{"access_token":"fresh-token","api_domain":"https://www.zohoapis.eu","scope":"a b,c","expires_in":3600}"#;
    let (bench, _server, error) = outcome(json(200, answer)).await;
    assert!(error.is_none());
    let vault = bench.connections.vault_of(crate::connections::Origin::User);
    let record = vault.get(&RecordId::new("acme_main", None)).unwrap().unwrap();
    assert_eq!(record.api_domain.as_deref(), Some("https://www.zohoapis.eu"));
    assert_eq!(record.scopes, ["a", "b", "c"]);
    assert_eq!(record.field("refresh_token"), "refresh-one");
}

#[tokio::test]
async fn answers_that_are_no_token_are_told_and_change_nothing() {
    let page = "<!DOCTYPE html><title>Sign in</title>";
    for (answer, message) in [
        ((200, "text/html", page.to_owned()), "answered with a web page and status 200"),
        (json(404, page), "answered with a web page and status 404"),
        (json(200, ""), "gave an empty answer with status 200"),
        (json(204, ""), "gave an empty answer with status 204"),
        (json(200, "ok"), "neither JSON nor a form"),
        (json(200, "[]"), "neither JSON nor a form"),
        (json(200, "{}"), "holds no `access_token`"),
        (json(200, r#"{"access_token":7}"#), "holds no `access_token`"),
        (json(200, r#"{"access_token":"a\nb"}"#), "control characters"),
        (json(200, r#"{"access_token":"fresh-to="#), "neither JSON nor a form"),
        (
            json(200, r#"{"access_token":"signed","token_type":"MAC"}"#),
            "a token of the type \"MAC\", which cannot be sent",
        ),
        (json(200, "x".repeat(10_000_000)), "gave more than the 1048576 bytes that are read of an answer"),
        (json(503, "{}"), "answered with status 503"),
        (json(429, "{}"), "answered with status 429"),
    ] {
        let (bench, server, error) = outcome(answer).await;
        let error = error.unwrap();
        assert_eq!(error.code(), "connections::token-answer", "{error}");
        assert!(error.to_string().contains(message), "{error}");
        assert!(error.to_string().contains("127.0.0.1"), "{error}");
        assert_eq!(server.count("/api"), 0);
        assert_eq!(bench.connections.summary("acme_main").unwrap()[0].status, Status::Connected);
    }
}

#[tokio::test]
async fn refusals_say_whether_to_connect_again() {
    let (bench, server, error) = outcome(json(200, r#"{"error":"invalid_client"}"#)).await;
    assert_eq!(error.unwrap().to_string(), "the token endpoint of \"acme_main\", 127.0.0.1, refused: invalid_client");
    assert_eq!(server.count("/token"), 1);
    assert_eq!(bench.connections.summary("acme_main").unwrap()[0].status, Status::Connected);
    for code in ["invalid_grant", "invalid_code"] {
        let answer = format!(r#"{{"error":"{code}","error_description":"refresh-one is unknown"}}"#);
        let (bench, server, error) = outcome(json(if code == "invalid_grant" { 400 } else { 200 }, answer)).await;
        let error = error.unwrap();
        assert_eq!(error.code(), "connections::needs-reconnect");
        assert!(error.to_string().contains("UnAuthenticated Connections"), "{error}");
        assert!(error.to_string().contains(code), "{error}");
        let vault = bench.connections.vault_of(crate::connections::Origin::User);
        let record = vault.get(&RecordId::new("acme_main", None)).unwrap().unwrap();
        assert!(matches!(record.state, State::NeedsReconnect { .. }));
        assert_eq!(record.field("refresh_token"), "refresh-one");
        // What is known to be over is not asked for again.
        bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap_err();
        assert_eq!(server.count("/token"), 1);
        assert_eq!(server.count("/api"), 0);
    }
}

#[tokio::test]
async fn an_endpoint_that_is_down_is_told() {
    let (bench, server) = bench(json(200, "{}"));
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut other = Bench::with_service(&format!(
        "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\ntoken_url = \"http://{closed}/token\"\n"
    ));
    drop(bench);
    other.connections.create(wanted(&[("client_id", "the-id"), ("refresh_token", "refresh-one")])).unwrap();
    other.reopen();
    let error = other.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap_err();
    assert!(error.to_string().contains("could not be asked"), "{error}");
    assert!(error.help().contains("kept"));
}

/// What stands in an answer beside the token never changes where the next one is asked for.
#[tokio::test]
async fn an_answer_cannot_move_the_endpoint() {
    let answer =
        r#"{"access_token":"fresh-token","accounts-server":"https://evil.test","location":"eu","expires_in":0}"#;
    let (bench, server, error) = outcome(json(200, answer)).await;
    assert!(error.is_none(), "{error:?}");
    bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap();
    assert_eq!(server.count("/token"), 2);
}

#[tokio::test]
async fn a_redirect_of_the_endpoint_gets_no_secret_and_gives_no_token() {
    let other = Server::start(|_| json(200, r#"{"access_token":"their-token"}"#));
    for status in [301, 302, 303, 307, 308] {
        let (bench, _server, error) = outcome((status, "text/plain", other.url("/token"))).await;
        let error = error.unwrap();
        assert_eq!(error.code(), "connections::token-answer", "{status} {error}");
        let vault = bench.connections.vault_of(crate::connections::Origin::User);
        let record = vault.get(&RecordId::new("acme_main", None)).unwrap().unwrap();
        assert_eq!((record.field("access_token"), record.field("refresh_token")), ("", "refresh-one"));
    }
    for seen in other.seen() {
        let all = format!("{seen:?}");
        assert!(!all.contains("the-secret") && !all.contains("refresh-one") && !all.contains("the-id"), "{all}");
    }
}

#[tokio::test]
async fn an_endpoint_that_says_nothing_is_given_up() {
    let server = Server::start(|_| {
        std::thread::park();
        json(200, "{}")
    });
    let bench = Bench::with_service(&format!(
        "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\ntoken_url = \"{}/token\"\n",
        server.base
    ));
    bench.connections.create(wanted(&[("client_id", "the-id"), ("refresh_token", "refresh-one")])).unwrap();
    let limits = crate::http::Limits { total: std::time::Duration::from_millis(100), ..Default::default() };
    let options = crate::http::Options { guard: crate::http::Guard::off(), limits, ..Default::default() };
    let connections = bench.connections.clone().with_client(crate::http::Client::new(options).unwrap());
    let error = connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap_err();
    assert_eq!(error.code(), "connections::token-answer");
    assert!(error.to_string().contains("127.0.0.1, could not be asked: "), "{error}");
    assert!(error.help().contains("try again later"), "{}", error.help());
}

#[tokio::test]
async fn further_fields_go_to_the_endpoint() {
    let server = Server::start(|_| json(200, r#"{"access_token":"fresh-token"}"#));
    let bench = Bench::with_service(&format!(
        "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\ngrant = \"client_credentials\"\n\
         token_url = \"{}/token\"\nparameters = {{ audience = \"https://api.acme.test/\", resource = \"a b\" }}\n",
        server.base
    ));
    bench.connections.create(wanted(&[("client_id", "the-id"), ("client_secret", "the-secret")])).unwrap();
    bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap();
    let asked = &server.seen()[0];
    assert_eq!(asked.form("audience"), "https://api.acme.test/");
    assert_eq!((asked.form("resource"), asked.form("grant_type")), ("a b".to_owned(), "client_credentials".to_owned()));
}

#[tokio::test]
async fn fewer_scopes_than_asked_for_are_noted() {
    let answer = json(200, r#"{"access_token":"fresh-token","scope":"orders.read"}"#);
    let server = Server::start(move |seen| if seen.target == "/token" { answer.clone() } else { json(200, "{}") });
    let bench = Bench::with_service(&format!(
        "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\ntoken_url = \"{}/token\"\n",
        server.base
    ));
    let mut wanted = wanted(&[("client_id", "the-id"), ("refresh_token", "refresh-one")]);
    wanted.scopes = vec!["orders.read".into(), "orders.write".into()];
    bench.connections.create(wanted).unwrap();
    bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap();
    let told = "the new token of acme_main was given without the scopes orders.write";
    assert!(bench.notes().iter().any(|note| note == told), "{:?}", bench.notes());
}
