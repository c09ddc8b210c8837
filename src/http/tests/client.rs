//! Sending and receiving, and every way in which it fails.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::dns::Resolve;

use super::super::resolver::GuardedResolver;
use super::super::{Body, Client, Error, Guard, Limits, Method, Request, Resolver};
use super::server::{Server, answer};
use super::{Options, get, open, send};

/// `{"ok":true,"text":"Grüße"}`, compressed.
const SMALL_GZIP: &str = "H4sIAAAAAAACA6tWys9WsiopKk3VUSpJrShRslJyLzq85/D8VKVaAO/N3yYcAAAA";

/// 300,000 zeros, compressed to 325 bytes.
fn bomb() -> Vec<u8> {
    STANDARD.decode(format!("H4sIAAAAAAACA+3BAQ0AAADCoPdPbQ8HF{}/Bj74rL24JMEAA==", "A".repeat(387))).unwrap()
}

fn limited(limits: Limits) -> Options {
    Options { limits, ..open() }
}

/// The error for an answer of these bytes.
async fn failing(bytes: &'static [u8]) -> Error {
    let server = Server::start(|_| bytes.to_vec());
    send(open(), get(server.url("/?token=secret").as_str())).await.expect_err(&String::from_utf8_lossy(bytes))
}

#[tokio::test]
async fn every_method_goes_out_as_itself() {
    let server = Server::start(|_| answer(200, &[], b""));
    let client = Client::new(open()).unwrap();
    for method in Method::ALL {
        client.send(Request::new(method, server.url("/p%20q?x=%2F&y"))).await.unwrap();
    }
    for (received, method) in server.received().iter().zip(Method::ALL) {
        assert_eq!((received.method.as_str(), received.target.as_str()), (method.as_str(), "/p%20q?x=%2F&y"));
    }
}

#[tokio::test]
async fn headers_go_out_and_come_back() {
    let server = Server::start(|_| answer(418, &[("X-One", "1"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")], b"hi"));
    let mut request = get(server.url("/").as_str());
    request.headers = vec![("X-Many".into(), "1".into()), ("x-many".into(), "grün".into())];
    let response = send(open(), request).await.unwrap();
    let received = server.only();
    assert_eq!(received.header("x-many").unwrap(), "1|grün");
    assert_eq!(received.header("user-agent").unwrap(), concat!("sluice/", env!("CARGO_PKG_VERSION")));
    assert_eq!(received.header("host").unwrap(), server.address.to_string());
    assert_eq!((response.status, response.body.as_ref()), (418, b"hi".as_slice()));
    assert_eq!(response.header("X-ONE"), Some("1"));
    assert_eq!(response.headers.iter().filter(|(name, _)| name == "set-cookie").count(), 2);
    assert_eq!(response.url, server.url("/"));
}

#[tokio::test]
async fn a_script_cannot_reframe_the_request() {
    let server = Server::start(|_| answer(200, &[], b""));
    let mut request = Request::new(Method::Post, server.url("/"));
    request.body = Body::Raw { content_type: "text/plain".into(), bytes: "12345".into() };
    for (name, value) in [("Content-Length", "2"), ("Transfer-Encoding", "chunked"), ("Host", "other.example")] {
        request.set_header(name, value);
    }
    request.set_header("User-Agent", "own");
    send(open(), request).await.unwrap();
    let received = server.only();
    assert_eq!(received.text(), "12345");
    assert_eq!(received.header("host").unwrap(), server.address.to_string());
    assert_eq!((received.header("transfer-encoding"), received.header("user-agent")), (None, Some("own".into())));
}

#[tokio::test]
async fn line_breaks_in_headers_are_refused() {
    let server = Server::start(|_| answer(200, &[], b""));
    for (name, value) in [
        ("X", "a\r\nEvil: 1"),
        ("X", "a\nb"),
        ("X", "a\0"),
        ("X\r\nEvil", "1"),
        ("", "1"),
        ("a b", "1"),
        ("é", "1"),
        ("X:", "1"),
    ] {
        let mut request = get(server.url("/").as_str());
        request.headers.push((name.into(), value.into()));
        let error = send(open(), request).await.expect_err(name);
        assert_eq!(error.code(), "http::invalid-header");
        assert!(!error.to_string().contains(['\r', '\n', '\0']), "{error:?}");
    }
    assert!(server.received().is_empty());
    let error = Client::new(Options { user_agent: "a\r\nb".into(), ..open() }).unwrap_err();
    assert_eq!(error.code(), "http::invalid-header");
}

#[tokio::test]
async fn other_schemes_are_refused() {
    for url in ["file:///etc/passwd", "ftp://a.example/", "data:,x", "mailto:a@b.example", "ws://a.example"] {
        assert_eq!(send(open(), get(url)).await.expect_err(url).code(), "http::invalid-url");
    }
}

#[tokio::test]
async fn a_user_in_the_address_becomes_a_header() {
    let server = Server::start(|_| answer(200, &[], b""));
    let mut url = server.url("/");
    url.set_username("Aladdin").unwrap();
    url.set_password(Some("open sesame")).unwrap();
    let response = send(open(), Request::new(Method::Get, url)).await.unwrap();
    assert_eq!(server.only().header("authorization").unwrap(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assert_eq!(response.url, server.url("/"));
}

#[tokio::test]
async fn compressed_answers_are_unpacked() {
    let server = Server::start(|_| answer(200, &[("Content-Encoding", "gzip")], &STANDARD.decode(SMALL_GZIP).unwrap()));
    let mut request = get(server.url("/").as_str());
    request.set_header("Accept-Encoding", "gzip, deflate, br, zstd");
    let response = send(open(), request).await.unwrap();
    assert_eq!(response.body, r#"{"ok":true,"text":"Grüße"}"#);
    let accepted = server.only().header("accept-encoding").unwrap();
    assert!(accepted.contains("gzip") && !accepted.contains("zstd"), "{accepted}");
}

#[tokio::test]
async fn sizes_are_limited_after_unpacking() {
    let limits = Limits { response_bytes: 100_000, header_bytes: 5_000, ..Limits::default() };
    let too_large = |what, limit| Error::TooLarge { host: "127.0.0.1".into(), what, limit };

    let announced = Server::start(|_| b"HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n".to_vec());
    let error = send(limited(limits.clone()), get(announced.url("/").as_str())).await.unwrap_err();
    assert_eq!(error, too_large("content", 100_000));

    let endless = Server::start(|_| [b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &[b'x'; 200_000]].concat());
    let error = send(limited(limits.clone()), get(endless.url("/").as_str())).await.unwrap_err();
    assert_eq!(error, too_large("content", 100_000));

    let bomb = Server::start(|_| answer(200, &[("Content-Encoding", "gzip")], &bomb()));
    let error = send(limited(limits.clone()), get(bomb.url("/").as_str())).await.unwrap_err();
    assert_eq!(error, too_large("content", 100_000));

    let headers = Server::start(|_| answer(200, &[("X-Long", &"x".repeat(6_000))], b""));
    let error = send(limited(limits.clone()), get(headers.url("/").as_str())).await.unwrap_err();
    assert_eq!(error, too_large("headers", 5_000));

    let exact = Server::start(|_| answer(200, &[], &[b'x'; 100_000]));
    let response = send(limited(limits), get(exact.url("/").as_str())).await.unwrap();
    assert_eq!(response.body.len(), 100_000);
}

#[tokio::test]
async fn silence_ends_with_zohos_text() {
    let begun = Instant::now();
    // One says nothing; the other sends a redirect to the first, so that the time is that of both.
    let silent = Server::start(|_| Vec::new());
    let location = silent.url("/").to_string();
    let redirecting = Server::start(move |_| super::server::redirect(302, &location));
    for server in [&silent, &redirecting] {
        let limits = Limits { total: Duration::from_millis(100), ..Limits::default() };
        let error = send(limited(limits), get(server.url("/").as_str())).await.unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), ("http::timeout", "socket timeout error"));
        assert_eq!(
            error.help(),
            "127.0.0.1 gave no whole answer within 0.1 s; ask for less at once or try again later"
        );
    }
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn broken_answers_are_errors() {
    for bytes in [
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf".as_slice(),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        b"HTTP/1.1 200 OK\r\nBad Header\r\n\r\n",
        b"HTTP/1.1 999999 OK\r\n\r\n",
        b"SSH-2.0-OpenSSH_9\r\n",
        b"\r\n",
    ] {
        let error = failing(bytes).await;
        assert_eq!(error.code(), "http::broken-answer", "{error}");
        assert!(error.to_string().starts_with("the answer of 127.0.0.1 cannot be read: "), "{error}");
        assert!(!error.to_string().contains("secret"));
    }
}

#[tokio::test]
async fn a_closed_port_refuses() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = send(open(), get(&format!("http://{address}/"))).await.unwrap_err();
    assert_eq!(error.code(), "http::connect");
    assert!(error.to_string().starts_with(&format!("could not connect to {address}: ")), "{error}");
}

#[tokio::test]
async fn a_name_without_address_is_not_found() {
    // A label of more than 63 letters is no name, so no server is asked.
    let host = format!("{}.example", "a".repeat(64));
    let error = send(open(), get(&format!("http://{host}/"))).await.unwrap_err();
    assert_eq!(error, Error::Dns { host });
}

#[tokio::test]
async fn a_server_without_tls_fails_the_handshake() {
    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = plain.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in plain.incoming() {
            let _ = std::io::Write::write_all(&mut stream.unwrap(), b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let error = send(open(), get(&format!("https://127.0.0.1:{port}/"))).await.unwrap_err();
    // A machine without certificates gets no further than preparing the client.
    assert!(matches!(error.code(), "http::tls" | "http::setup"), "{error}");
}

fn resolver(guard: Guard) -> GuardedResolver {
    GuardedResolver { resolver: Resolver::default(), guard, proxy: None }
}

#[tokio::test]
async fn only_checked_addresses_are_handed_on() {
    let mut guard = Guard::on();
    let name = || "localhost".parse().unwrap();
    let Err(error) = resolver(guard.clone()).resolve(name()).await else { panic!("it resolved") };
    assert_eq!(error.downcast_ref::<Error>().unwrap().code(), "http::blocked-address");
    guard.allow("127.0.0.1").unwrap();
    let found: Vec<String> =
        resolver(guard).resolve(name()).await.unwrap().map(|address| address.ip().to_string()).collect();
    assert!(found.iter().all(|address| address == "127.0.0.1") && !found.is_empty(), "{found:?}");
}

#[test]
fn a_client_is_made_without_a_runtime_and_shared_between_threads() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    fn sendable<T: Send>(_: &T) {}
    let client = Client::new(Options::default()).unwrap();
    shared(&client);
    sendable(&client.send(get("https://a.example/")));
    let error = Error::BlockedAddress { host: "a.example".into(), address: [127, 0, 0, 1].into(), metadata: false };
    assert_eq!(error.to_string(), "a.example has the address 127.0.0.1, which is not a public address");
}
