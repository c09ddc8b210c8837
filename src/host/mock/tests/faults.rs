//! Faults beside what the real client makes of servers that have them: the script must not see a difference.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use super::super::Fault;
use super::get;
use crate::effect::{Problem, Reply};
use crate::host::Security;
use crate::host::live::http_problem;
use crate::host::mail::{MailServerStub, Manners};
use crate::http::{Client, Guard, Limits, Method, Options, Request};

/// Only where the time-out is meant may it come first.
fn limits(fault: Fault) -> Limits {
    let total = Duration::from_millis(if fault == Fault::Timeout { 300 } else { 20_000 });
    Limits { total, response_bytes: 1_000, ..Limits::default() }
}

/// What the client makes of this address.
async fn real(url: &str, limits: Limits) -> Result<u16, Problem> {
    let client = Client::new(Options { guard: Guard::off(), limits, ..Options::default() }).unwrap();
    let request = Request::new(Method::Post, url.parse().unwrap());
    client.send(request).await.map(|response| response.status).map_err(|error| http_problem(&error))
}

/// A server that reads the head of each request if it is to, says this, and goes on after that.
fn server(reads: bool, says: Vec<u8>, then: impl Fn() + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut buffer = [0; 4_096];
            if reads {
                let _ = stream.read(&mut buffer);
            } else {
                // What is in the buffer and was not read makes the system reset the connection.
                let _ = stream.peek(&mut buffer);
            }
            let _ = stream.write_all(&says);
            then();
        }
    });
    format!("http://127.0.0.1:{port}/x")
}

async fn compare(fault: Fault, url: &str) {
    let real = real(url, limits(fault)).await;
    match (fault.reply(&get(url), &limits(fault)), real) {
        (Reply::Failed(mocked), Err(real)) => assert_eq!(mocked, real, "{fault:?}"),
        (Reply::Response(mocked), Ok(status)) => assert_eq!(mocked.status, status, "{fault:?}"),
        other => panic!("{fault:?}: {other:?}"),
    }
}

#[tokio::test]
async fn faults_read_as_the_real_ones() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    compare(Fault::Refused, &format!("http://127.0.0.1:{closed}/x")).await;
    compare(Fault::Dns, "http://nothing.invalid/x").await;
    let (never, stopped) = std::sync::mpsc::channel::<()>();
    let silent = server(true, Vec::new(), move || {
        let _ = stopped.recv();
    });
    compare(Fault::Timeout, &silent).await;
    drop(never);
    let half = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"a\":".to_vec();
    compare(Fault::HalfBody, &server(true, half, || {})).await;
    let large = format!("HTTP/1.1 200 OK\r\ncontent-length: 2000\r\n\r\n{}", "x".repeat(2_000));
    compare(Fault::TooLarge, &server(true, large.into_bytes(), || {})).await;
    let broken = b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n".to_vec();
    compare(Fault::Status500, &server(true, broken, || {})).await;
    if cfg!(target_os = "linux") {
        compare(Fault::Reset, &server(false, Vec::new(), || {})).await;
    }
    let stub = MailServerStub::start(Manners { security: Security::Tls, ..Manners::default() });
    compare(Fault::Tls, &format!("https://localhost:{}/x", stub.port)).await;
}
