//! The server of the calls: HTTP/1.1 with connections that stay open, each request answered after the same delay with
//! 1 KB of JSON. It is written by hand so that it takes as little as possible of the processors that the clients use.

use std::io::Read;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Prints the port, and serves until standard input ends.
pub fn serve(delay: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        println!("{}", listener.local_addr().expect("an address").port());
        let answer: &'static [u8] = Box::leak(answer().into_boxed_slice());
        loop {
            if let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(connection(stream, Duration::from_millis(delay), answer));
            }
        }
    });
}

/// A record of 1 KB, as the APIs of a CRM give it.
pub fn record() -> String {
    let fields: Vec<String> =
        (0..16).map(|n| format!(r#""Field_{n:02}": "The value of field {n:02} of this lead""#)).collect();
    format!(r#"{{"id": 12345, "count": 7, "tags": ["a", "b", "c"], "amount": 12.5, {}}}"#, fields.join(", "))
}

fn answer() -> Vec<u8> {
    let body = record();
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into()
}

async fn connection(mut stream: TcpStream, delay: Duration, answer: &'static [u8]) {
    let _ = stream.set_nodelay(true);
    let mut held = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        while let Some(length) = request(&held) {
            held.drain(..length);
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            if stream.write_all(answer).await.is_err() {
                return;
            }
        }
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return,
            Ok(read) => held.extend_from_slice(&chunk[..read]),
        }
    }
}

/// The length of the first request, if it has come completely.
fn request(held: &[u8]) -> Option<usize> {
    let head = held.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&held[..head]).ok()?.to_ascii_lowercase();
    let length = text.split_once("\r\ncontent-length:").and_then(|(_, rest)| rest.lines().next()?.trim().parse().ok());
    let whole = head + length.unwrap_or(0);
    (held.len() >= whole).then_some(whole)
}
