//! The web service of the examples, asked over HTTP as its description says.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use serde_json::{Value, json};

#[allow(dead_code)]
#[path = "../../examples/axum_rules.rs"]
mod example;

#[test]
fn rules_run_for_the_contacts_that_meet_them() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let address = runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = example::router().unwrap();
        tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        address
    });
    let greet = "map greet(map contact) { info contacts.count(\"IE\"); contact.put(\"Greeting\", \"Dia dhuit, \" + \
                 contact.get(\"First_Name\")); return contact; }";
    let rule = |name: &str, criteria: &str, script: &str| {
        post(address, "/rules", &json!({"name": name, "criteria": criteria, "script": script}))
    };
    assert_eq!(rule("greet", "Mailing_Country == \"Ireland\"", greet).0, 201);
    assert_eq!(rule("fail", "Greeting != null", "void fail(map contact) { x = 1 / 0; }").0, 201);
    let (status, message) = rule("bad", "Mailing_Country == \"Ireland\"", "void bad(map contact) { info contcat; }");
    assert_eq!(status, 422);
    assert!(message.contains("Variable 'contcat' is not defined"), "{message}");
    assert_eq!(rule("bad", "Mailing_Country ==", "void bad(map contact) { info 1; }").0, 422);

    let (status, body) = post(address, "/contacts", &json!({"First_Name": "Aoife", "Mailing_Country": "Ireland"}));
    assert_eq!(status, 200, "{body}");
    let created: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(created["contact"]["Greeting"], "Dia dhuit, Aoife");
    assert_eq!(created["ran"], json!([["greet", ["2"]]]));
    assert_eq!(created["failed"][0][0], "fail");

    let (_, body) = post(address, "/contacts", &json!({"First_Name": "Ravi", "Mailing_Country": "India"}));
    let created: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        created,
        json!({"contact": {"First_Name": "Ravi", "Mailing_Country": "India"}, "ran": [], "failed": []})
    );
}

fn post(address: SocketAddr, path: &str, body: &Value) -> (u16, String) {
    let body = body.to_string();
    let mut stream = TcpStream::connect(address).unwrap();
    let head = "Host: localhost\r\nContent-Type: application/json\r\nConnection: close";
    write!(stream, "POST {path} HTTP/1.1\r\n{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
}
