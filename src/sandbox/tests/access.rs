//! Guards: who is let through, and what is shown of it.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Visit, answer, basic, form};
use crate::sandbox::{API_KEY_HEADER, API_KEY_PARAMETER, Guard};

#[tokio::test]
async fn basic_wants_the_exact_pair() {
    let visit = Visit::new();
    let (user, password) = (visit.sandbox.basic_user(), visit.sandbox.basic_password());
    let ask = |value: String| visit.request(Method::GET, "/basic/profile").header("Authorization", value);
    let (status, body) = answer(ask(basic(&user, &password))).await;
    assert_eq!((status, body["user"].as_str()), (200, Some(user.as_str())));
    assert_eq!(visit.sandbox.requests()[0].guard, Guard::User(user.clone()));
    let longer = format!("{password}x");
    for value in [basic(&user, &longer), basic(&user, ""), basic("", &password), "Basic ?".into(), "Basic".into()] {
        let response = ask(value).send().await.unwrap();
        assert_eq!(response.status(), 401);
        assert!(response.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic realm="));
    }
    let twice = ask(basic(&user, &password)).header("Authorization", "Bearer x");
    assert_eq!(answer(twice).await.0, 401);
}

#[tokio::test]
async fn an_api_key_counts_in_its_place_alone() {
    let visit = Visit::new();
    let key = visit.sandbox.api_key();
    let in_query = |path: &str| format!("{path}?{API_KEY_PARAMETER}={key}&a=1");

    let header = visit.request(Method::GET, "/key/header/items").header(API_KEY_HEADER, &key);
    let (status, body) = answer(header).await;
    assert_eq!((status, &body["key"], &body["path"]), (200, &API_KEY_HEADER.into(), &"/key/header/items".into()));
    let (status, body) = answer(visit.request(Method::GET, &in_query("/key/query/items"))).await;
    assert_eq!((status, &body["query"]), (200, &json!({"a": "1"})));
    let fields = [("b", "2"), (API_KEY_PARAMETER, &key)];
    let (status, body) = answer(form(visit.request(Method::POST, "/key/form/items"), &fields)).await;
    assert_eq!((status, &body["form"]), (200, &json!({"b": "2"})));

    for (method, path) in [
        (Method::GET, in_query("/key/header/items")),
        (Method::GET, "/key/query/items".to_owned()),
        (Method::GET, format!("{}&{API_KEY_PARAMETER}=x", in_query("/key/query/items"))),
        (Method::POST, in_query("/key/form/items")),
    ] {
        let (status, body) = answer(visit.request(method, &path)).await;
        assert_eq!((status, &body["code"]), (401, &"AUTHENTICATION_FAILURE".into()), "{path}");
    }
    assert_eq!(answer(visit.request(Method::GET, "/key/form/items")).await.0, 405);
}

#[tokio::test]
async fn records_want_one_clear_token() {
    let visit = Visit::new();
    let token = visit.sandbox.issue_token().unwrap();
    let ask = |value: &str| visit.request(Method::GET, "/crm/v2/Contacts").header("Authorization", value);
    let rejected = async |request| {
        let (status, body): (u16, Value) = answer(request).await;
        assert_eq!((status, &body["code"], &body["status"]), (401, &"INVALID_TOKEN".into(), &"error".into()));
    };
    rejected(visit.request(Method::GET, "/crm/v2/Contacts")).await;
    rejected(ask(&token)).await;
    rejected(ask(&format!("Basic {token}"))).await;
    rejected(ask(&format!("Bearer {token}0"))).await;
    rejected(ask(&format!("Bearer {token}")).header("Authorization", "Bearer x")).await;
    assert!(visit.sandbox.requests().iter().all(|entry| entry.guard == Guard::None));
    assert_eq!(answer(ask(&format!("bearer {token}"))).await.0, 200);
}

#[tokio::test]
async fn echo_tells_what_came_but_no_header_values() {
    let visit = Visit::new();
    let request = visit
        .request(Method::PUT, "/echo/here%20too?a=1&a=%C3%A9+b")
        .header("Authorization", "Bearer marker")
        .header("X-Extra", "hidden")
        .header("Content-Type", "text/plain")
        .body("hello");
    let (status, body) = answer(request).await;
    assert_eq!(status, 200);
    assert_eq!(body["method"], "PUT");
    assert_eq!(body["path"], "/echo/here%20too");
    assert_eq!(body["query"], json!([["a", "1"], ["a", "é b"]]));
    assert_eq!((&body["content_type"], &body["body"]), (&"text/plain".into(), &"hello".into()));
    let names = body["headers"].as_array().unwrap();
    assert!(names.contains(&"authorization".into()) && names.contains(&"x-extra".into()));
    assert!(!body.to_string().contains("marker") && !body.to_string().contains("hidden"));
}
