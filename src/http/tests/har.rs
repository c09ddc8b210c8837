//! The archive has the fields of HAR 1.2 and none of the secrets.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;

use super::super::{Body, Client, Har, Method, Options, Part, Request};
use super::server::{Server, answer, redirect};
use super::{get, open};
use crate::secret::Redactor;

/// Sends the requests and gives the archive.
async fn archived(requests: Vec<Request>, redactor: Arc<Redactor>) -> Value {
    let har = Arc::new(Har::new(Arc::clone(&redactor)));
    let options = Options { listener: Some(har.listener()), redactor, ..open() };
    let client = Client::new(options).unwrap();
    for request in requests {
        let _ = client.send(request).await;
    }
    let document = har.document();
    check(&document);
    document
}

/// The fields that the format lists as required, with their kinds: s text, n number, o object, l list.
fn check(document: &Value) {
    let has = |value: &Value, fields: &str| {
        for field in fields.split(' ') {
            let (name, kind) = field.split_once(':').unwrap();
            let found = &value[name];
            let fits = match kind {
                "s" => found.is_string(),
                "n" => found.is_number(),
                "o" => found.is_object(),
                _ => found.is_array(),
            };
            assert!(fits, "{name} in {value}");
        }
    };
    let log = &document["log"];
    has(log, "version:s creator:o entries:l");
    assert_eq!(log["version"], "1.2");
    has(&log["creator"], "name:s version:s");
    for entry in log["entries"].as_array().unwrap() {
        has(entry, "startedDateTime:s time:n request:o response:o cache:o timings:o");
        let started = entry["startedDateTime"].as_str().unwrap();
        assert!(started.parse::<jiff::Timestamp>().is_ok() && started.ends_with('Z'), "{started}");
        let request = &entry["request"];
        has(request, "method:s url:s httpVersion:s cookies:l headers:l queryString:l headersSize:n bodySize:n");
        if let Some(post) = request.get("postData") {
            has(post, "mimeType:s params:l text:s");
            post["params"].as_array().unwrap().iter().for_each(|param| has(param, "name:s"));
        }
        let response = &entry["response"];
        has(
            response,
            "status:n statusText:s httpVersion:s cookies:l headers:l content:o redirectURL:s headersSize:n bodySize:n",
        );
        has(&response["content"], "size:n mimeType:s");
        for list in [&request["headers"], &request["queryString"], &response["headers"]] {
            list.as_array().unwrap().iter().for_each(|pair| has(pair, "name:s value:s"));
        }
        let timings = &entry["timings"];
        has(timings, "blocked:n dns:n connect:n send:n wait:n receive:n ssl:n");
        // The parts make the whole; the handshake is a part of connecting.
        let parts =
            ["blocked", "dns", "connect", "send", "wait", "receive"].map(|name| timings[name].as_f64().unwrap());
        let sum: f64 = parts.iter().filter(|part| **part >= 0.0).sum();
        assert!((sum - entry["time"].as_f64().unwrap()).abs() < 0.1, "{entry}");
        assert!(timings["wait"].as_f64().unwrap() >= 0.0 && timings["receive"].as_f64().unwrap() >= 0.0);
    }
}

#[tokio::test]
async fn requests_answers_and_failures_are_in_it() {
    let server = Server::start(|received| match received.target.as_str() {
        "/moved" => redirect(302, "/image?access_token=MARKER-location"),
        path if path.starts_with("/image") => answer(200, &[("Content-Type", "image/png")], &[0x89, 0, 255]),
        _ => answer(201, &[("Content-Type", "application/json")], b"{\"refresh_token\": \"MARKER-body\", \"a\": 1}"),
    });
    let redactor = Arc::new(Redactor::default());
    redactor.register_text("MARKER-known");
    let mut form = Request::new(Method::Post, server.url("/form?zapikey=MARKER-query&page=2&x=MARKER%2Dknown"));
    form.set_header("X-Api-Key", "MARKER-header");
    form.set_header("X-Note", "MARKER-known");
    form.body = Body::Form(vec![("client_secret".into(), "MARKER-form".into()), ("name".into(), "Ann".into())]);
    let mut json = Request::new(Method::Put, server.url("/json"));
    let text = "{\"password\": \"MARKER-json\", \"later\": \"TURNED-OUT-SECRET\"}";
    json.body = Body::Raw { content_type: "application/json".into(), bytes: Bytes::from_static(text.as_bytes()) };
    let mut parts = Request::new(Method::Post, server.url("/parts?token=TURNED-OUT-SECRET"));
    let part = |name: &str, file_name: Option<&str>| Part {
        name: name.into(),
        file_name: file_name.map(Into::into),
        content_type: None,
        bytes: Bytes::from_static(b"content"),
    };
    parts.body = Body::Multipart(vec![part("doc", Some("a.txt")), part("note", None)]);
    let requests =
        vec![form, json, get(server.url("/moved").as_str()), parts, get("http://127.0.0.1:1/"), get("ftp://x/")];
    let document = archived(requests, redactor).await;
    let shown = document.to_string();
    assert!(!shown.contains("MARKER") && !shown.contains("TURNED-OUT"), "{shown}");

    let entries = document["log"]["entries"].as_array().unwrap();
    let states: Vec<_> = entries.iter().map(|entry| entry["response"]["status"].as_u64().unwrap()).collect();
    assert_eq!(states, [201, 201, 302, 200, 201, 0, 0]);
    let form = &entries[0];
    assert_eq!(form["request"]["queryString"][1], serde_json::json!({"name": "page", "value": "2"}));
    assert_eq!(form["request"]["queryString"][0]["value"], "[redacted]");
    assert_eq!(form["request"]["postData"]["params"][1], serde_json::json!({"name": "name", "value": "Ann"}));
    assert_eq!(form["response"]["statusText"], "Created");
    assert_eq!(form["response"]["httpVersion"], "HTTP/1.1");
    assert_eq!(form["serverIPAddress"], "127.0.0.1");
    assert!(form["connection"].as_str().unwrap().parse::<u16>().is_ok());
    assert!(form["response"]["content"]["text"].as_str().unwrap().contains("\"a\": 1"));
    assert_eq!(entries[2]["response"]["redirectURL"], "/image?access_token=[redacted]");
    let image = &entries[3]["response"]["content"];
    assert_eq!((&image["encoding"], &image["text"], &image["size"]), (&"base64".into(), &"iQD/".into(), &3.into()));
    assert_eq!(entries[4]["request"]["postData"]["params"][0]["fileName"], "a.txt");
    assert_eq!(entries[5]["_error"].as_str().unwrap().split(' ').next_back(), Some("(http::connect)"));
    assert_eq!(entries[6]["_error"].as_str().unwrap().split(' ').next_back(), Some("(http::invalid-url)"));
}

#[tokio::test]
async fn large_bodies_are_left_out_whole() {
    let server = Server::start(|_| answer(200, &[("Content-Type", "text/plain")], &vec![b'x'; 1024 * 1024 + 1]));
    let document = archived(vec![get(server.url("/").as_str())], Arc::default()).await;
    let content = &document["log"]["entries"][0]["response"]["content"];
    assert_eq!((&content["size"], content.get("text")), (&1_048_577.into(), None));
    assert_eq!(content["comment"], "1048577 bytes are left out");
}
