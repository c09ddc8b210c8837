//! Names whose addresses change between one look-up and the next.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::{Client, Guard, Options, Resolver};
use super::server::{Server, answer, redirect};
use super::{get, open, send};

/// Options of a guarded client whose look-ups have these answers, one after the other, the last again and again. Of this
/// machine, 127.0.0.1 alone may be dialled.
fn answering(answers: &'static [&[[u8; 4]]]) -> (Options, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    let resolver = Resolver::new(move |_| {
        let number = counter.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
        answers[number].iter().map(|address| IpAddr::from(*address)).collect()
    });
    let mut guard = Guard::on();
    guard.allow("127.0.0.1").unwrap();
    (Options { guard, resolver, ..open() }, count)
}

#[tokio::test]
async fn the_address_that_was_checked_is_the_one_that_is_dialled() {
    let server = Server::start(|_| answer(200, &[], b"reached"));
    let (options, lookups) = answering(&[&[[127, 0, 0, 1]], &[[10, 0, 0, 7]]]);
    let client = Client::new(options).unwrap();
    let url = format!("http://service.test:{}/", server.address.port());
    assert_eq!(client.send(get(&url)).await.unwrap().body, "reached");
    assert_eq!(lookups.load(Ordering::SeqCst), 1, "a name is looked up once for each connection");
    // The server closed the connection; the next one has the new address, which is refused.
    let error = client.send(get(&url)).await.unwrap_err();
    assert_eq!(error.to_string(), "service.test has the address 10.0.0.7, which is not a public address");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn an_address_that_is_refused_is_not_dialled_beside_a_good_one() {
    let server = Server::start(|_| answer(200, &[], b"reached"));
    let (options, _) = answering(&[&[[127, 0, 0, 2], [169, 254, 169, 254], [127, 0, 0, 1]]]);
    let url = format!("http://service.test:{}/", server.address.port());
    assert_eq!(send(options, get(&url)).await.unwrap().body, "reached");
}

#[tokio::test]
async fn a_name_for_the_keys_of_the_machine_is_refused_on_any_run() {
    let (options, _) = answering(&[&[[169, 254, 169, 254]]]);
    let options = Options { guard: Guard::off(), ..options };
    let error = send(options, get("http://metadata.test/latest")).await.unwrap_err();
    assert!(error.to_string().starts_with("metadata.test has the address 169.254.169.254"), "{error}");
}

#[tokio::test]
async fn a_redirect_is_looked_up_anew() {
    let (options, lookups) = answering(&[&[[127, 0, 0, 1]], &[[192, 168, 0, 1]]]);
    let server = Server::start(|received| redirect(302, &format!("http://other.test{}", received.target)));
    let error = send(options, get(&format!("http://service.test:{}/", server.address.port()))).await.unwrap_err();
    assert_eq!((error.code(), lookups.load(Ordering::SeqCst)), ("http::blocked-address", 2));
    assert!(error.to_string().starts_with("other.test has the address 192.168.0.1"), "{error}");
}
