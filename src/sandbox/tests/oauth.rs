//! Tokens: how they are got, how they end.

use std::time::Duration;

use reqwest::Method;

use super::{Options, Visit, answer, basic, form};
use crate::sandbox::Guard;

const CONTACTS: &str = "/bigin/v2/Contacts";

#[tokio::test]
async fn a_refresh_token_buys_an_access_token() {
    let visit = Visit::with(Options { token_lifetime: 900, ..Options::default() });
    let client = visit.sandbox.client();
    let refresh = [
        ("grant_type", "refresh_token"),
        ("client_id", &client.client_id),
        ("client_secret", &client.client_secret),
        ("refresh_token", &client.refresh_token),
    ];
    let body = visit.token(&refresh).await;
    assert_eq!(body["expires_in"], 900);
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(body["api_domain"], "https://www.zohoapis.com");
    assert_eq!(body.get("refresh_token"), None);
    let token = body["access_token"].as_str().unwrap();
    assert_eq!(answer(visit.with_token(Method::GET, CONTACTS, token)).await.0, 200);
    let bearer = visit.request(Method::GET, CONTACTS).header("Authorization", format!("Bearer {token}"));
    assert_eq!(answer(bearer).await.0, 200);
    let log = visit.sandbox.requests();
    assert!(log.iter().all(|entry| entry.guard == Guard::Client(client.client_id.clone())));
}

#[tokio::test]
async fn client_credentials_may_come_in_the_header() {
    let visit = Visit::new();
    let client = visit.sandbox.client();
    let signed = |user: &str, password: &str, fields: &[(&str, &str)]| {
        let request = visit.request(Method::POST, "/oauth/v2/token").header("Authorization", basic(user, password));
        answer(form(request, fields))
    };
    let grant = ("grant_type", "client_credentials");
    let (_, body) = signed(&client.client_id, &client.client_secret, &[grant]).await;
    assert!(body["access_token"].is_string());
    let (_, body) = signed(&client.client_id, "wrong", &[grant]).await;
    assert_eq!(body["error"], "invalid_client");
    let both = [grant, ("client_id", &client.client_id), ("client_secret", &client.client_secret)];
    let (_, body) = signed(&client.client_id, &client.client_secret, &both).await;
    assert_eq!(body["error"], "invalid_client");
}

#[tokio::test]
async fn wrong_grants_are_refused_in_zohos_way() {
    let visit = Visit::new();
    let client = visit.sandbox.client();
    let other = visit.sandbox.register_client().unwrap();
    let id = ("client_id", client.client_id.as_str());
    let secret = ("client_secret", client.client_secret.as_str());
    let refresh = ("grant_type", "refresh_token");
    for (fields, error) in [
        (vec![refresh, id, ("client_secret", "wrong"), ("refresh_token", &client.refresh_token)], "invalid_client"),
        (vec![refresh, id, ("refresh_token", &client.refresh_token)], "invalid_client"),
        (vec![refresh, id, secret, ("refresh_token", "1000.wrong")], "invalid_code"),
        (vec![refresh, id, secret, ("refresh_token", &other.refresh_token)], "invalid_code"),
        (vec![refresh, id, secret], "invalid_code"),
        (vec![id, secret], "invalid_request"),
        (vec![("grant_type", "password"), id, secret], "unsupported_grant_type"),
    ] {
        assert_eq!(visit.token(&fields).await, serde_json::json!({"error": error}));
    }
    assert_eq!(answer(visit.request(Method::GET, "/oauth/v2/token")).await.0, 405);
}

#[tokio::test]
async fn an_access_token_ends_by_time() {
    let visit = Visit::new();
    let token = visit.sandbox.issue_token().unwrap();
    visit.sandbox.pass_time(Duration::from_secs(3_590));
    assert_eq!(answer(visit.with_token(Method::GET, CONTACTS, &token)).await.0, 200);
    visit.sandbox.pass_time(Duration::from_secs(11));
    let (status, body) = answer(visit.with_token(Method::GET, CONTACTS, &token)).await;
    assert_eq!((status, &body["code"], &body["status"]), (401, &"INVALID_TOKEN".into(), &"error".into()));
}

#[tokio::test]
async fn an_access_token_ends_by_use_and_the_service_does_not_matter() {
    let visit = Visit::with(Options { uses_per_token: Some(2), ..Options::default() });
    let token = visit.sandbox.issue_token().unwrap();
    let books = "/books/api/v3/contacts";
    assert_eq!(answer(visit.with_token(Method::GET, CONTACTS, &token)).await.0, 200);
    assert_eq!(answer(visit.with_token(Method::GET, books, &token)).await.0, 200);
    let (status, body) = answer(visit.with_token(Method::GET, books, &token)).await;
    assert_eq!((status, &body["code"]), (401, &57.into()));
    assert_eq!(answer(visit.signed(Method::GET, books)).await.0, 200);
}

#[tokio::test]
async fn all_tokens_can_be_ended_at_once() {
    let visit = Visit::new();
    let token = visit.sandbox.issue_token().unwrap();
    visit.sandbox.expire_tokens();
    assert_eq!(answer(visit.with_token(Method::GET, CONTACTS, &token)).await.0, 401);
}

#[tokio::test]
async fn rotation_ends_the_refresh_token_that_was_used() {
    let visit = Visit::with(Options { rotate_refresh_tokens: true, ..Options::default() });
    let client = visit.sandbox.client();
    let refresh = async |token: &str| {
        let fields = [
            ("grant_type", "refresh_token"),
            ("client_id", &client.client_id),
            ("client_secret", &client.client_secret),
            ("refresh_token", token),
        ];
        visit.token(&fields).await
    };
    let first = refresh(&client.refresh_token).await;
    let next = first["refresh_token"].as_str().unwrap();
    assert_ne!(next, client.refresh_token);
    assert_eq!(refresh(&client.refresh_token).await["error"], "invalid_code");
    assert!(refresh(next).await["access_token"].is_string());
}
