//! Requests for one host that another one answers.

use std::sync::{Arc, Mutex};

use super::super::{Client, Guard, Method, Request, Routes, Trace};
use super::server::{Server, answer, redirect};
use super::{Options, get, open, send};
use url::Url;

fn routed(host: &str, base: &str) -> Options {
    let mut options = Options { guard: Guard::on(), ..open() };
    options.routes.add(host, base).unwrap();
    options
}

#[test]
fn the_base_path_is_put_before_the_path() {
    let mut routes = Routes::new();
    routes.parse("books.zoho.com=http://127.0.0.1:8918/books/").unwrap();
    routes.parse("API.example.com=http://localhost:8919").unwrap();
    let route = |routes: &Routes, url: &str| routes.route(&Url::parse(url).unwrap()).map(String::from);
    assert_eq!(
        route(&routes, "https://books.zoho.com/api/v3/x?a=1&b").unwrap(),
        "http://127.0.0.1:8918/books/api/v3/x?a=1&b"
    );
    assert_eq!(route(&routes, "http://BOOKS.zoho.com.:99").unwrap(), "http://127.0.0.1:8918/books/");
    assert_eq!(route(&routes, "https://api.example.com/v1%2Fx/").unwrap(), "http://127.0.0.1:8919/v1%2Fx/");
    assert_eq!(route(&routes, "https://www.books.zoho.com/"), None);
    routes.add("books.zoho.com", "https://[::1]:1/").unwrap();
    assert_eq!(route(&routes, "https://books.zoho.com/y").unwrap(), "https://[::1]:1/y");
}

#[test]
fn routes_lead_to_this_machine_only() {
    let mut routes = Routes::new();
    for (host, base) in [
        ("a.example", "http://10.0.0.1/"),
        ("a.example", "http://example.com/"),
        ("a.example", "http://localhost.example.com/"),
        ("a.example", "ftp://127.0.0.1/"),
        ("a.example", "127.0.0.1:80"),
        ("a.example", "http://user:key@127.0.0.1/"),
        ("a.example", "http://127.0.0.1/?q=1"),
        ("a.example", ""),
        ("", "http://127.0.0.1/"),
        ("https://a.example/", "http://127.0.0.1/"),
        ("a b", "http://127.0.0.1/"),
    ] {
        let error = routes.add(host, base).expect_err(base);
        assert_eq!(error.code(), "http::invalid-route");
        assert!(!error.to_string().contains("key"), "{error}");
    }
    let error = routes.parse("books.zoho.com").unwrap_err();
    assert_eq!(error.to_string(), "the route books.zoho.com cannot be used: there is no = in it");
    assert_eq!(routes, Routes::new());
}

#[tokio::test]
async fn a_routed_request_passes_the_guard_and_answers_for_its_host() {
    let server = Server::start(|_| answer(200, &[], b"{}"));
    let lines = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&lines);
    let base = format!("http://{}/books", server.address);
    let mut options = routed("books.zoho.com", &base);
    options.trace = Some(Trace::new(move |line| kept.lock().unwrap().push(line.to_owned())));
    let client = Client::new(options).unwrap();
    let response = client.send(get("https://books.zoho.com/api/v3/x?organization_id=1")).await.unwrap();
    assert_eq!(response.url.as_str(), "https://books.zoho.com/api/v3/x?organization_id=1");
    let received = server.only();
    assert_eq!(received.target, "/books/api/v3/x?organization_id=1");
    assert_eq!(received.header("host").unwrap(), server.address.to_string());
    assert_eq!(lines.lock().unwrap()[0], format!("* books.zoho.com is routed to {base}"));

    // The guard stays on for what no route covers.
    assert_eq!(client.send(get(server.url("/books").as_str())).await.unwrap_err().code(), "http::blocked-address");
    assert!(client.allows_plain_http(&Url::parse("http://books.zoho.com/").unwrap()));
    assert!(!client.allows_plain_http(&Url::parse("http://crm.zoho.com/").unwrap()));
}

#[tokio::test]
async fn a_redirect_below_the_base_stays_with_the_host() {
    let server = Server::start(|received| match received.target.as_str() {
        "/books/relative" => redirect(302, "target?x=1"),
        "/books/absolute" => redirect(302, &format!("http://{}/books/target", received.header("host").unwrap())),
        "/books/named" => redirect(302, "https://books.zoho.com/target"),
        "/books/outside" => redirect(302, "/elsewhere"),
        _ => answer(200, &[], b"there"),
    });
    let options = routed("books.zoho.com", &format!("http://{}/books", server.address));
    for (path, end) in [("relative", "target?x=1"), ("absolute", "target"), ("named", "target")] {
        let mut request = get(&format!("https://books.zoho.com/{path}"));
        request.set_header("Authorization", "Bearer kept-token");
        let response = send(options.clone(), request).await.unwrap();
        assert_eq!(response.url.as_str(), format!("https://books.zoho.com/{end}"));
        let last = server.received().pop().unwrap();
        assert_eq!(last.target, format!("/books/{end}"));
        assert_eq!(last.header("authorization").unwrap(), "Bearer kept-token");
    }
    let error = send(options, get("https://books.zoho.com/outside")).await.unwrap_err();
    assert_eq!(error.code(), "http::redirect");
}

#[tokio::test]
async fn a_redirect_to_another_routed_host_drops_credentials() {
    let server = Server::start(|received| match received.target.as_str() {
        "/a/" => redirect(302, "/b/target"),
        _ => answer(200, &[], b"there"),
    });
    let mut options = routed("a.example", &format!("http://{}/a", server.address));
    options.routes.add("b.example", &format!("http://{}/b", server.address)).unwrap();
    let mut request = Request::new(Method::Get, Url::parse("https://a.example/").unwrap());
    request.set_header("X-Api-Key", "key-of-a");
    let response = send(options, request).await.unwrap();
    assert_eq!(response.url.as_str(), "https://b.example/target");
    let received = server.received();
    assert_eq!(received[0].header("x-api-key").unwrap(), "key-of-a");
    assert_eq!(received[1].header("x-api-key"), None);
}
