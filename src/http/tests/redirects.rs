//! What goes on to the next address, and what does not.

use bytes::Bytes;

use super::super::dial::Head;
use super::super::redirect::next;
use super::super::{Body, Error, Method, Request, Routes};
use super::server::{Server, answer, redirect};
use super::{get, open, send};
use url::Url;

/// A request with a credential in every place.
fn loaded(method: Method, url: &str) -> Request {
    let mut request = Request::new(method, Url::parse(url).unwrap());
    for (name, value) in [
        ("Authorization", "Bearer secret"),
        ("Cookie", "session=secret"),
        ("X-API-Key", "secret"),
        ("X-Own-Credential", "secret"),
        ("Accept", "application/json"),
        ("Content-Type", "application/json"),
    ] {
        request.set_header(name, value);
    }
    request.credential_headers = vec!["x-own-credential".into()];
    request.body = Body::Raw { content_type: "text/plain".into(), bytes: Bytes::from_static(b"{}") };
    request
}

fn follow(request: &Request, status: u16, location: &str) -> Result<Option<Request>, Error> {
    let head = Head { status, version: "HTTP/1.1", headers: vec![("location".into(), location.into())] };
    next(request, &request.url, &head, &Routes::new())
}

fn names(request: &Request) -> Vec<&str> {
    request.headers.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn methods_change_as_in_browsers() {
    for (method, status, expected) in [
        (Method::Post, 301, Method::Get),
        (Method::Post, 302, Method::Get),
        (Method::Post, 303, Method::Get),
        (Method::Post, 307, Method::Post),
        (Method::Post, 308, Method::Post),
        (Method::Put, 301, Method::Put),
        (Method::Delete, 302, Method::Delete),
        (Method::Put, 303, Method::Get),
        (Method::Head, 303, Method::Head),
    ] {
        let before = loaded(method, "https://a.example/x");
        let after = follow(&before, status, "/y").unwrap().unwrap();
        assert_eq!(after.method, expected, "{method:?} {status}");
        let keeps_body = expected == method;
        assert_eq!(after.body == before.body, keeps_body);
        assert_eq!(after.header("content-type").is_some(), keeps_body);
        assert_eq!(after.header("authorization"), Some("Bearer secret"));
    }
}

#[test]
fn credentials_stay_behind_when_scheme_host_or_port_change() {
    let request = loaded(Method::Get, "http://a.example/x");
    for location in ["https://a.example/x", "http://b.example/x", "http://a.example:81/x", "//a.example.evil/x"] {
        let after = follow(&request, 307, location).unwrap().unwrap();
        assert_eq!(names(&after), ["Accept", "Content-Type"], "{location}");
    }
    for location in ["/y", "?z", "http://A.example:80/y", "http://user:password@a.example/y"] {
        let after = follow(&request, 307, location).unwrap().unwrap();
        assert_eq!(after.headers, request.headers, "{location}");
        assert!(after.url.username().is_empty() && after.url.password().is_none());
    }
}

#[test]
fn a_body_with_a_credential_never_leaves_the_origin() {
    let mut request = loaded(Method::Post, "https://a.example/token");
    request.credential_in_body = true;
    let error = follow(&request, 307, "https://b.example/token").unwrap_err();
    assert_eq!(error.code(), "http::redirect");
    assert!(error.to_string().contains("b.example"), "{error}");
    assert!(follow(&request, 307, "/token2").unwrap().is_some());
    // As a GET it goes without its body.
    let after = follow(&request, 302, "https://b.example/token").unwrap().unwrap();
    assert_eq!((after.method, after.body), (Method::Get, Body::Empty));
}

#[test]
fn some_redirects_are_refused() {
    let request = loaded(Method::Get, "https://a.example/x");
    for location in
        ["http://a.example/x", "http://b.example/", "file:///etc/passwd", "javascript:1", "https://[", "data:,x"]
    {
        let error = follow(&request, 302, location).expect_err(location);
        assert_eq!(error.code(), "http::redirect", "{location}");
        assert!(!error.to_string().contains("secret"));
    }
}

#[test]
fn other_answers_are_no_redirects() {
    let request = loaded(Method::Get, "https://a.example/x");
    for status in [200, 201, 300, 304, 305, 306, 400] {
        assert_eq!(follow(&request, status, "/y"), Ok(None), "{status}");
    }
    let head = Head { status: 302, version: "HTTP/1.1", headers: Vec::new() };
    assert_eq!(next(&request, &request.url, &head, &Routes::new()), Ok(None));
}

#[tokio::test]
async fn the_same_origin_keeps_credentials_and_gives_the_last_address() {
    let server = Server::start(|received| match received.target.as_str() {
        "/start?a=1" => redirect(302, "/end#part"),
        _ => answer(200, &[], b"end"),
    });
    let mut request = loaded(Method::Post, server.url("/start?a=1").as_str());
    request.credential_in_body = true;
    let response = send(open(), request).await.unwrap();
    assert_eq!((response.status, response.url), (200, server.url("/end")));
    let received = server.received();
    assert_eq!((received[0].method.as_str(), received[1].method.as_str()), ("POST", "GET"));
    for name in ["authorization", "cookie", "x-api-key", "x-own-credential"] {
        assert!(received[1].header(name).is_some(), "{name}");
    }
    assert_eq!(received[1].header("referer"), None);
}

#[tokio::test]
async fn another_port_gets_no_credential() {
    let other = Server::start(|_| answer(200, &[], b"other"));
    let location = other.url("/end").to_string();
    let server = Server::start(move |_| redirect(308, &location));
    let response = send(open(), loaded(Method::Put, server.url("/?api_key=secret").as_str())).await.unwrap();
    assert_eq!(response.url, other.url("/end"));
    let received = other.only();
    assert_eq!((received.method.as_str(), received.text().as_str()), ("PUT", "{}"));
    let everything = format!("{received:?}");
    assert!(!everything.contains("secret") && received.header("referer").is_none(), "{everything}");
}

#[tokio::test]
async fn a_loop_ends() {
    let server = Server::start(|_| redirect(302, "/again"));
    let error = send(open(), get(server.url("/").as_str())).await.unwrap_err();
    assert_eq!(error.code(), "http::redirect");
    assert!(error.to_string().ends_with("there were more than 10 redirects"), "{error}");
    assert_eq!(server.received().len(), 11);
}
