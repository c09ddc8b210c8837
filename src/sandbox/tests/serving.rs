//! The server itself: its log, its limits, its end.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use reqwest::Method;

use super::{Options, Sandbox, Visit, answer, form};
use crate::sandbox::API_KEY_PARAMETER;

#[tokio::test]
async fn the_log_keeps_bodies_and_prints_no_secret() {
    let visit = Visit::new();
    let client = visit.sandbox.client();
    let secret = ("client_secret", client.client_secret.as_str());
    let token = visit.token(&[("grant_type", "client_credentials"), ("client_id", &client.client_id), secret]).await;
    let token = token["access_token"].as_str().unwrap();
    answer(visit.with_token(Method::GET, "/bigin/v2/Contacts?fields=Email,Phone", token)).await;
    let key = visit.sandbox.api_key();
    answer(visit.request(Method::GET, &format!("/key/query/x?a=b+c&{API_KEY_PARAMETER}={key}"))).await;
    let wrong = [(API_KEY_PARAMETER, "marker")];
    answer(form(visit.request(Method::POST, "/key/form/x?access_token=marker"), &wrong)).await;

    let log = visit.sandbox.requests();
    let targets: Vec<&str> = log.iter().map(|entry| entry.target.as_str()).collect();
    assert_eq!(
        targets,
        [
            "/oauth/v2/token",
            "/bigin/v2/Contacts?fields=Email%2CPhone",
            "/key/query/x?a=b+c&sandbox_key=[redacted]",
            "/key/form/x?access_token=[redacted]",
        ]
    );
    assert_eq!(log.iter().map(|entry| entry.status).collect::<Vec<_>>(), [200, 200, 200, 401]);
    assert_eq!(log[3].body, b"sandbox_key=marker");
    assert_eq!(log[3].content_type, "application/x-www-form-urlencoded");
    let printed = log.iter().map(|entry| format!("{entry} {entry:?}")).collect::<String>();
    let printed = format!("{printed} {:?}", visit.sandbox);
    for secret in [&client.client_secret, &client.refresh_token, &key, token, "marker"] {
        assert!(!printed.contains(secret));
    }
    assert!(log[2].to_string().starts_with("GET /key/query/x?a=b+c&sandbox_key=[redacted] (key sandbox_key) 200 "));
}

#[tokio::test]
async fn a_body_over_one_megabyte_is_refused() {
    let visit = Visit::new();
    let ask = |size: usize| answer(visit.request(Method::POST, "/echo").body("x".repeat(size)));
    assert_eq!(ask(1024 * 1024).await.0, 200);
    let (status, body) = ask(1024 * 1024 + 1).await;
    assert_eq!((status, &body["code"]), (413, &"REQUEST_TOO_LARGE".into()));
    let log = visit.sandbox.requests();
    assert_eq!((log[0].body.len(), log[1].body.len()), (64 * 1024, 0));
}

#[tokio::test]
async fn anything_else_is_not_found() {
    let visit = Visit::new();
    for path in ["/", "/nothing", "/basic", "/key/cookie/x", "/oauth/v2", "//"] {
        let (status, body) = answer(visit.request(Method::GET, path)).await;
        assert_eq!((status, &body["code"]), (404, &"INVALID_URL_PATTERN".into()), "{path}");
    }
}

#[tokio::test]
async fn sandboxes_share_nothing() {
    let (one, other) = (Visit::new(), Visit::new());
    let token = one.sandbox.issue_token().unwrap();
    assert_eq!(answer(other.with_token(Method::GET, "/crm/v2/Leads", &token)).await.0, 401);
    assert_ne!(one.sandbox.api_key(), other.sandbox.api_key());
    assert_ne!(one.sandbox.client().refresh_token, other.sandbox.client().refresh_token);
}

#[test]
fn dropping_it_ends_it_even_while_a_client_hangs() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let address = sandbox.base_url().strip_prefix("http://").unwrap().to_owned();
    let mut hanging = TcpStream::connect(&address).unwrap();
    hanging.write_all(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc").unwrap();
    let started = Instant::now();
    drop(sandbox);
    assert!(started.elapsed().as_secs() < 5);
    assert!(TcpStream::connect(&address).is_err());
    assert_eq!(hanging.read(&mut [0; 16]).unwrap_or(0), 0);
}
