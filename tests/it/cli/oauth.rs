//! Access tokens from the first request to the last: asked for when there is none, renewed when one has ended or was
//! refused, once, and stored before they are used.

use serde_json::json;

use super::credentials::{connect, send, service};
use super::harness::Desk;
use super::server::{Answer, Seen, Server, owned};

const SECRETS: [(&str, &str); 3] =
    [("client_id", "the-client-id"), ("client_secret", "the client secret"), ("refresh_token", "the+refresh/token")];

/// Installs an OAuth 2 service whose token endpoint is on the server.
fn oauth2(desk: &Desk, server: &Server, more: &str) {
    let urls = format!("authorize_url = \"{0}\"\ntoken_url = \"{0}\"", server.url("/token"));
    let grant = if more.contains("grant =") { "" } else { "grant = \"authorization_code\"" };
    service(desk, "acme", &format!("type = \"oauth2\"\n{grant}\n{urls}\n{more}"));
}

/// A server whose token endpoint gives `token-1`, `token-2`, … and whose API wants the newest.
fn tokens() -> Server {
    let given = std::sync::atomic::AtomicUsize::new(0);
    Server::start(move |seen: &Seen| {
        use std::sync::atomic::Ordering::SeqCst;
        if seen.path() == "/token" {
            return Answer::token(&format!("token-{}", given.fetch_add(1, SeqCst) + 1));
        }
        let wanted = format!("Bearer token-{}", given.load(SeqCst));
        if seen.header("authorization") == wanted { Answer::ok() } else { Answer::json(401, json!({"no": 1})) }
    })
}

#[test]
fn an_ended_token_is_renewed_before_anything_is_sent() {
    let (desk, server) = (Desk::project(""), tokens());
    oauth2(&desk, &server, "");
    let secrets = [&SECRETS[..], &[("access_token", "an-old-token")]].concat();
    connect(&desk, "shop", "acme", &["--expires-in", "0"], &secrets).expect(0);
    send(&desk, &server.url("/orders"), "shop", "type: GET").prints("{\"ok\":true}\n");
    assert_eq!(server.calls(), ["POST /token", "GET /orders"]);
    let seen = server.seen();
    let mut form = seen[0].form();
    form.sort();
    let expected = [
        ("client_id", "the-client-id"),
        ("client_secret", "the client secret"),
        ("grant_type", "refresh_token"),
        ("refresh_token", "the+refresh/token"),
    ];
    assert_eq!(form, owned(&expected));
    assert_eq!((seen[0].header("authorization"), seen[0].query().len()), ("", 0));
    assert_eq!(seen[1].header("authorization"), "Bearer token-1");
    // The new token was stored: the next run needs no other.
    send(&desk, &server.url("/orders"), "shop", "type: GET").expect(0);
    assert_eq!(server.calls(), ["POST /token", "GET /orders", "GET /orders"]);
}

#[test]
fn a_refused_token_is_renewed_once_and_the_request_sent_again() {
    let (desk, server) = (Desk::project(""), tokens());
    oauth2(&desk, &server, "");
    let secrets = [&SECRETS[..], &[("access_token", "revoked-elsewhere")]].concat();
    connect(&desk, "shop", "acme", &["--expires-in", "3600"], &secrets).expect(0);
    let rest = "type: POST parameters: {\"id\": \"7\"}";
    send(&desk, &server.url("/orders"), "shop", rest).prints("{\"ok\":true}\n");
    assert_eq!(server.calls(), ["POST /orders", "POST /token", "POST /orders"]);
    let seen = server.seen();
    assert_eq!(seen[0].header("authorization"), "Bearer revoked-elsewhere");
    assert_eq!(seen[2].header("authorization"), "Bearer token-1");
    assert_eq!((seen[0].form(), seen[2].form()), (owned(&[("id", "7")]), owned(&[("id", "7")])));
}

#[test]
fn a_server_that_always_refuses_is_asked_twice_and_its_answer_is_the_result() {
    let desk = Desk::project("");
    let server = Server::start(|seen| match seen.path() {
        "/token" => Answer::token("a-new-token"),
        _ => Answer::json(401, json!({"code": "NO"})),
    });
    oauth2(&desk, &server, "");
    let secrets = [&SECRETS[..], &[("access_token", "a-token")]].concat();
    connect(&desk, "shop", "acme", &["--expires-in", "3600"], &secrets).expect(0);
    send(&desk, &server.url("/orders"), "shop", "type: GET").prints("{\"code\":\"NO\"}\n");
    assert_eq!(server.calls(), ["GET /orders", "POST /token", "GET /orders"]);
}

#[test]
fn several_requests_of_a_script_share_one_renewal() {
    let (desk, server) = (Desk::project(""), tokens());
    oauth2(&desk, &server, "");
    connect(&desk, "shop", "acme", &[], &SECRETS).expect(0);
    let url = server.url("/orders");
    let script = format!("for each n in {{1, 2, 3}}\n{{\n\tinfo invokeurl [url: \"{url}\" connection: \"shop\"];\n}}");
    desk.run(&script, &[]).prints(&"{\"ok\":true}\n".repeat(3));
    assert_eq!(server.calls(), ["POST /token", "GET /orders", "GET /orders", "GET /orders"]);
}

#[test]
fn a_rotated_refresh_token_replaces_the_old_one() {
    let desk = Desk::project("");
    let server = Server::start(|seen| match seen.path() {
        "/token" => {
            let number = seen.before;
            let expected = if number == 0 { "the+refresh/token".to_owned() } else { "rotated-0".to_owned() };
            if !seen.form().contains(&("refresh_token".to_owned(), expected)) {
                return Answer::json(400, json!({"error": "invalid_grant"}));
            }
            Answer::json(
                200,
                json!({"access_token": format!("token-{number}"), "refresh_token": format!("rotated-{number}"),
                       "expires_in": 0}),
            )
        }
        _ => Answer::ok(),
    });
    oauth2(&desk, &server, "");
    connect(&desk, "shop", "acme", &[], &SECRETS).expect(0);
    send(&desk, &server.url("/orders"), "shop", "type: GET").expect(0);
    send(&desk, &server.url("/orders"), "shop", "type: GET").expect(0);
    assert_eq!(server.calls(), ["POST /token", "GET /orders", "POST /token", "GET /orders"]);
}

#[test]
fn a_client_gets_a_token_in_its_own_name() {
    let (desk, server) = (Desk::project(""), tokens());
    let scopes =
        "scopes = [{ name = \"Read\", value = \"orders.read\" }, { name = \"Write\", value = \"orders.write\" }]";
    oauth2(&desk, &server, &format!("grant = \"client_credentials\"\nscope_delimiter = \" \"\n{scopes}"));
    let options = ["--scope", "orders.read", "--scope", "orders.write"];
    connect(&desk, "shop", "acme", &options, &SECRETS[..2]).expect(0);
    send(&desk, &server.url("/orders"), "shop", "type: GET").prints("{\"ok\":true}\n");
    let seen = server.seen();
    let mut form = seen[0].form();
    form.sort();
    let expected = [
        ("client_id", "the-client-id"),
        ("client_secret", "the client secret"),
        ("grant_type", "client_credentials"),
        ("scope", "orders.read orders.write"),
    ];
    assert_eq!(form, owned(&expected));
    assert_eq!(seen[1].header("authorization"), "Bearer token-1");
}

#[test]
fn a_client_may_prove_itself_in_a_header() {
    let (desk, server) = (Desk::project(""), tokens());
    oauth2(&desk, &server, "grant = \"client_credentials\"\nclient_auth = \"basic\"");
    connect(&desk, "shop", "acme", &[], &[("client_id", "id"), ("client_secret", "a b+c")]).expect(0);
    send(&desk, &server.url("/orders"), "shop", "type: GET").expect(0);
    let seen = server.seen();
    // RFC 6749, 2.3.1: id:a+b%2Bc, each half form-encoded before they are joined.
    assert_eq!(seen[0].header("authorization"), "Basic aWQ6YStiJTJCYw==");
    assert_eq!(seen[0].form(), owned(&[("grant_type", "client_credentials")]));
}

#[test]
fn the_token_goes_where_and_as_the_service_says() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    oauth2(&desk, &server, "bearer_name = \"Zoho-oauthtoken\"");
    connect(&desk, "shop", "acme", &[], &[("access_token", "token/1+2")]).expect(0);
    send(&desk, &server.url("/orders"), "shop", "type: GET").expect(0);
    assert_eq!(server.seen()[0].header("authorization"), "Zoho-oauthtoken token/1+2");

    let (desk, server) = (Desk::project(""), Server::friendly());
    oauth2(&desk, &server, "location = \"query\"");
    connect(&desk, "shop", "acme", &[], &[("access_token", "token/1+2")]).expect(0);
    send(&desk, &server.url("/orders"), "shop", "type: GET parameters: {\"q\": \"a\"}").expect(0);
    let seen = server.only();
    assert_eq!(seen.query(), owned(&[("q", "a"), ("access_token", "token/1+2")]));
    assert_eq!(seen.header("authorization"), "");
}

#[test]
fn an_ended_token_without_a_refresh_token_must_be_connected_again() {
    let (desk, server) = (Desk::project(""), Server::friendly());
    oauth2(&desk, &server, "");
    connect(&desk, "shop", "acme", &["--expires-in", "0"], &[("access_token", "a-token")]).expect(0);
    let done = send(&desk, &server.url("/orders"), "shop", "type: GET");
    done.complains(5, &["connections::needs-reconnect", "\"shop\"", "sluice connections authorize shop"]);
    assert!(server.seen().is_empty());
}

#[test]
fn a_refresh_token_that_is_refused_is_noted_and_not_tried_again() {
    let desk = Desk::project("");
    let server = Server::start(|seen| match seen.path() {
        "/token" => Answer::json(400, json!({"error": "invalid_grant", "error_description": "revoked by the user"})),
        _ => Answer::ok(),
    });
    oauth2(&desk, &server, "");
    connect(&desk, "shop", "acme", &[], &SECRETS).expect(0);
    let done = send(&desk, &server.url("/orders"), "shop", "type: GET");
    done.complains(5, &["connections::needs-reconnect", "invalid_grant", "revoked by the user"]);
    let shown = desk.sluice(&["connections", "show", "shop", "--json"]).expect(0).json();
    assert_eq!(shown["state"], "needs reconnect");
    send(&desk, &server.url("/orders"), "shop", "type: GET").expect(5);
    assert_eq!(server.calls(), ["POST /token"]);
    // Connecting again cures it.
    connect(&desk, "shop", "acme", &[], &[("access_token", "a-token")]).expect(0);
    send(&desk, &server.url("/orders"), "shop", "type: GET").prints("{\"ok\":true}\n");
}

#[test]
fn processes_that_find_the_same_ended_token_share_one_renewal() {
    let (desk, server) = (Desk::project(""), tokens());
    oauth2(&desk, &server, "");
    connect(&desk, "shop", "acme", &[], &SECRETS).expect(0);
    desk.write("script.dg", format!("info invokeurl [url: \"{}\" connection: \"shop\"];", server.url("/orders")));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| desk.sluice(&["run", "script.dg"]).prints("{\"ok\":true}\n"));
        }
    });
    let renewals = server.calls().iter().filter(|call| *call == "POST /token").count();
    assert_eq!((renewals, server.calls().len()), (1, 5));
}
