//! How many requests of one client reach one host at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Barrier;

use super::*;

/// A server that answers requests in pairs only, and remembers how many it had at once.
struct Pairs {
    url: String,
    most: Arc<AtomicUsize>,
}

impl Pairs {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let (most, now, pair) =
            (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)), Arc::new(Barrier::new(2)));
        let shared = (Arc::clone(&most), now, pair);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(Self::serve(stream, shared.clone()));
            }
        });
        Self { url, most }
    }

    async fn serve(mut stream: TcpStream, (most, now, pair): (Arc<AtomicUsize>, Arc<AtomicUsize>, Arc<Barrier>)) {
        let mut bytes = [0; 4096];
        // Requests without a body arrive in one piece here.
        while stream.read(&mut bytes).await.is_ok_and(|read| read > 0) {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            pair.wait().await;
            now.fetch_sub(1, Ordering::SeqCst);
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await.unwrap();
        }
    }
}

#[tokio::test]
async fn no_more_than_the_limit_are_under_way_and_all_get_their_answer() {
    let server = Pairs::start().await;
    let client = Client::new(Options { per_host: 2, ..open() }).unwrap();
    let requests: Vec<_> = (0..20)
        .map(|_| {
            let (client, request) = (client.clone(), get(&server.url));
            tokio::spawn(async move { client.send(request).await })
        })
        .collect();
    for request in requests {
        assert_eq!(request.await.unwrap().unwrap().body, "ok");
    }
    assert_eq!(server.most.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_request_waits_for_its_place_within_its_total_time() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let request = get(&format!("http://{}/", listener.local_addr().unwrap()));
    let client = Client::new(Options { per_host: 1, ..open() }).unwrap();
    let send = |request: Request| {
        let client = client.clone();
        tokio::spawn(async move { client.send(request).await })
    };
    let first = send(request.clone());
    // It has the place, and no answer comes.
    let _connection = listener.accept().await.unwrap();
    let mut short = request.clone();
    short.allowance.total = Some(Duration::from_millis(30));
    assert_eq!(send(short).await.unwrap().unwrap_err().code(), "http::timeout");
    // Whoever is given up gives the place back.
    first.abort();
    let third = send(request);
    listener.accept().await.unwrap();
    third.abort();
}
