//! What the trace shows, and what it must not show.

use std::sync::{Arc, Mutex};

use bytes::Bytes;

use super::super::{Body, Client, Detail, Method, Request, Trace};
use super::server::{Server, answer};
use super::{Options, get, open};
use crate::secret::Redactor;

/// Sends a request and gives what was traced.
async fn traced(request: Request, detail: Detail, redactor: Arc<Redactor>) -> Vec<String> {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&lines);
    let trace = Trace::new(move |line| kept.lock().unwrap().push(line.to_owned())).with_detail(detail);
    let client = Client::new(Options { trace: Some(trace), redactor, ..open() }).unwrap();
    let _ = client.send(request).await;
    let lines = lines.lock().unwrap();
    lines.clone()
}

/// The line with `T` for each number of seconds.
fn without_times(line: &str) -> String {
    let word = |word: &str| {
        let number = word.trim_end_matches([',', ':']);
        let is_time = number.contains('.') && number.parse::<f64>().is_ok();
        if is_time { word.replace(number, "T") } else { word.to_owned() }
    };
    line.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn it_looks_like_curl() {
    let server = Server::start(|_| answer(200, &[("Content-Type", "application/json")], b"{\"code\":0,\n\"ok\":true}"));
    let mut request = Request::new(Method::Put, server.url("/api/v3/contacts?organization_id=1"));
    request.set_header("Accept", "*/*");
    request.set_header("Content-Length", "99");
    request.body = Body::Form(vec![("JSONString".into(), "{}".into())]);
    let mut lines = traced(request, Detail::Body, Arc::default()).await;
    let last = without_times(&lines.pop().unwrap());
    assert_eq!(last, "* 200 OK, 21 bytes (17 sent) in T s: connect T, first byte T");
    let address = server.address;
    assert_eq!(
        lines,
        [
            format!("* request 1 to {address} (http)").as_str(),
            "> PUT /api/v3/contacts?organization_id=1",
            format!("> Host: {address}").as_str(),
            "> Accept: */*",
            "> Content-Type: application/x-www-form-urlencoded",
            concat!("> User-Agent: sluice/", env!("CARGO_PKG_VERSION")),
            ">",
            "* the header Content-Length is left to the client",
            "} JSONString=%7B%7D",
            "< HTTP/1.1 200 OK",
            "< content-length: 21",
            "< connection: close",
            "< content-type: application/json",
            "<",
            "{ {",
            "{   \"code\": 0,",
            "{   \"ok\": true",
            "{ }",
        ]
    );
}

#[tokio::test]
async fn no_secret_is_shown_whatever_its_place() {
    let server = Server::start(|received| {
        let echo = format!("{received:?} {}", String::from_utf8_lossy(&received.body));
        answer(200, &[("Set-Cookie", "sid=MARKER-set-cookie-1; Path=/"), ("X-Echo", "MARKER-known-1")], echo.as_bytes())
    });
    let redactor = Arc::new(Redactor::default());
    redactor.register_text("MARKER-known-1");
    let mut request = Request::new(
        Method::Post,
        server.url(
            "/MARKER-known-1?zapikey=MARKER-query-1&x=MARKER%2Dknown%2D1&password=ab&access_token=M%41RKER-percent",
        ),
    );
    for (name, value) in [
        ("Authorization", "Bearer MARKER-bearer-1"),
        ("Cookie", "a=MARKER-cookie-value-1"),
        ("X-Api-Key", "MARKER-key-1"),
        ("X-Own", "MARKER-own-1"),
        ("X-Known", "MARKER-known-1"),
    ] {
        request.set_header(name, value);
    }
    request.credential_headers = vec!["x-own".into()];
    request.body = Body::Form(vec![
        ("client_secret".into(), "MARKER form&1".into()),
        ("JSONString".into(), r#"{"refresh_token":"MARKER-\"json\"-1","note":"shown"}"#.into()),
    ]);
    let lines = traced(request, Detail::Body, redactor).await;
    let everything = lines.join("\n");
    assert!(!everything.contains("MARKER") && !everything.contains("M%41RKER"), "{everything}");
    assert!(everything.contains("> X-Own: [redacted]") && everything.contains("password=[redacted]"), "{everything}");
    assert!(everything.contains("< set-cookie: [redacted]") && everything.contains("shown"), "{everything}");
}

#[tokio::test]
async fn bodies_are_shown_in_part_or_not_at_all() {
    let server = Server::start(|received| match received.target.as_str() {
        "/image" => answer(200, &[("Content-Type", "image/png; x=y")], &[0x89, b'P', b'N', b'G', 0, 255]),
        "/control" => answer(200, &[], "a\u{1b}[2J\u{202e}b\tc".as_bytes()),
        _ => answer(200, &[], "é".repeat(30_000).as_bytes()),
    });
    let shown = async |path: &str, detail| {
        let mut lines = traced(get(server.url(path).as_str()), detail, Arc::default()).await;
        lines.drain(..lines.iter().position(|line| line == "<").unwrap() + 1);
        lines.pop();
        lines
    };
    assert_eq!(shown("/image", Detail::Body).await, ["* 6 bytes of image/png"]);
    assert_eq!(shown("/control", Detail::Body).await, ["{ a\\u{1b}[2J\\u{202e}b\tc"]);
    assert_eq!(
        shown("/long", Detail::Body).await,
        [format!("{{ {}", "é".repeat(2_048)), "* the beginning of 60,000 bytes".into()]
    );
    assert!(shown("/long", Detail::Headers).await.is_empty());
}

#[tokio::test]
async fn a_secret_at_the_cut_is_masked() {
    let server = Server::start(|_| answer(200, &[], b""));
    let redactor = Arc::new(Redactor::default());
    redactor.register_text(&"SECRET".repeat(20));
    for before in [4_000, 4_090, 4_095] {
        let mut request = Request::new(Method::Post, server.url("/"));
        let text = format!("{}{}{}", "x".repeat(before), "SECRET".repeat(20), "y".repeat(90_000));
        request.body = Body::Raw { content_type: "text/plain".into(), bytes: Bytes::from(text) };
        let everything = traced(request, Detail::Body, Arc::clone(&redactor)).await.join("\n");
        assert!(everything.contains("xxxx") && !everything.contains("SE"), "{everything}");
    }
}

#[tokio::test]
async fn failures_are_noted() {
    let lines = traced(get("http://169.254.169.254/"), Detail::Body, Arc::default()).await;
    assert_eq!(lines.len(), 1);
    assert!(
        lines[0].starts_with("* 169.254.169.254 has the address") && lines[0].ends_with(" (http::blocked-address)")
    );
}

#[tokio::test]
async fn redirects_are_counted_and_timed() {
    let server = Server::start(|received| match received.target.as_str() {
        "/a" => super::server::redirect(302, "/b"),
        _ => answer(204, &[], b""),
    });
    let lines = traced(get(server.url("/a").as_str()), Detail::Body, Arc::default()).await;
    let notes: Vec<String> =
        lines.iter().filter(|line| line.starts_with('*')).map(|line| without_times(line)).collect();
    let address = server.address;
    assert_eq!(
        notes,
        [
            format!("* request 1 to {address} (http)").as_str(),
            "* 302 Found in T s: connect T, first byte T",
            format!("* redirect 1 to http://{address}/b").as_str(),
            format!("* request 2 to {address} (http)").as_str(),
            "* 204 No Content, 0 bytes in T s: connect T, first byte T",
        ]
    );
}
