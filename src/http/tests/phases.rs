//! The times of an exchange belong to its own connection, and nothing is told that was not measured.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

use url::Url;

use super::super::{Client, Error, Hop, Listener, Method, Options, Request};
use super::open;
use super::server::{Server, answer, redirect};

/// A client that keeps the hops of all requests.
fn watched() -> (Client, Arc<Mutex<Vec<Hop>>>) {
    let hops = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&hops);
    let listener = Listener::new(move |sent| kept.lock().unwrap().extend_from_slice(sent.hops));
    (Client::new(Options { listener: Some(listener), ..open() }).unwrap(), hops)
}

fn get(url: &str) -> Request {
    Request::new(Method::Get, Url::parse(url).unwrap())
}

/// A server that answers many requests on each connection.
fn lasting_server() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || {
                let stream = stream.unwrap();
                for line in BufReader::new(&stream).lines().map_while(Result::ok) {
                    if line.is_empty() {
                        (&stream).write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").unwrap();
                    }
                }
            });
        }
    });
    address
}

#[tokio::test]
async fn a_connection_that_is_used_again_takes_no_time() {
    let address = lasting_server();
    let (client, hops) = watched();
    for _ in 0..3 {
        client.send(get(&format!("http://localhost:{}/", address.port()))).await.unwrap();
    }
    let hops = hops.lock().unwrap();
    let first = &hops[0].phases;
    let (look_up, connect) = (first.look_up.unwrap(), first.connect.unwrap());
    assert!(!first.reused && first.tls.is_none(), "{first:?}");
    assert!(look_up.from <= look_up.to && look_up.to <= connect.from && connect.from <= connect.to, "{first:?}");
    assert!(connect.to <= first.first_byte.unwrap() && first.first_byte.unwrap() <= first.total, "{first:?}");
    assert_eq!(hops[0].server.unwrap(), address);
    for hop in &hops[1..] {
        let phases = &hop.phases;
        assert!(phases.reused, "{phases:?}");
        assert_eq!((phases.look_up, phases.connect, phases.tls), (None, None, None));
        assert!(phases.first_byte.unwrap() <= phases.total);
    }
    assert_eq!(hops.iter().map(|hop| hop.number).collect::<Vec<_>>(), [1, 2, 3]);
}

#[tokio::test]
async fn requests_at_the_same_time_have_their_own_times() {
    let address = lasting_server();
    let (client, hops) = watched();
    let url = format!("http://{address}/");
    for _ in 0..5 {
        let all: Vec<_> = (0..10)
            .map(|_| {
                let (client, url) = (client.clone(), url.clone());
                tokio::spawn(async move { client.send(get(&url)).await.unwrap() })
            })
            .collect();
        for one in all {
            one.await.unwrap();
        }
    }
    let hops = hops.lock().unwrap();
    assert_eq!(hops.len(), 50);
    for hop in hops.iter() {
        // Either its own connection, with all that is known of it, or another's, with nothing.
        assert_eq!(hop.phases.reused, hop.phases.connect.is_none(), "{:?}", hop.phases);
        assert!(hop.phases.look_up.is_none(), "there is nothing to look up");
    }
    assert!(hops.iter().any(|hop| hop.phases.reused) && hops.iter().any(|hop| !hop.phases.reused));
}

#[tokio::test]
async fn a_handshake_is_told_from_the_connection_before_it() {
    // It accepts, says nothing that is TLS, and closes.
    let server = Server::start(|_| answer(200, &[], b""));
    let (client, hops) = watched();
    let error = client.send(get(&format!("https://{}/", server.address))).await.unwrap_err();
    assert!(matches!(error, Error::Tls { .. }), "{error:?}");
    let hops = hops.lock().unwrap();
    let phases = &hops[0].phases;
    assert!(phases.connect.is_some() && phases.tls.is_none() && phases.first_byte.is_none(), "{phases:?}");
    assert!(hops[0].answer.is_none() && !phases.reused);
}

#[tokio::test]
async fn each_redirect_is_an_exchange_of_its_own() {
    let server = Server::start(|received| match received.target.as_str() {
        "/a" => redirect(307, "/b"),
        _ => answer(200, &[("X-Id", "7")], b"done"),
    });
    let (client, hops) = watched();
    let mut request = get(server.url("/a").as_str());
    request.method = Method::Post;
    request.body = super::super::Body::Form(vec![("a".into(), "1".into())]);
    client.send(request).await.unwrap();
    let hops = hops.lock().unwrap();
    let [first, second] = hops.as_slice() else { panic!("{hops:?}") };
    assert_eq!((first.request.url.path(), second.request.url.path()), ("/a", "/b"));
    let answers = (first.answer.as_ref().unwrap(), second.answer.as_ref().unwrap());
    assert_eq!((answers.0.status, answers.0.body.as_ref()), (307, None));
    assert_eq!((answers.1.status, answers.1.body.as_deref()), (200, Some(&b"done"[..])));
    assert_eq!((first.number, second.number), (1, 2));
    assert_eq!(first.request.header("content-type"), Some("application/x-www-form-urlencoded"));
}

#[tokio::test]
async fn what_is_given_up_is_told_as_far_as_it_got() {
    let server = Server::start(|_| Vec::new());
    let hops = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&hops);
    let listener = Listener::new(move |sent| kept.lock().unwrap().extend_from_slice(sent.hops));
    let mut options = Options { listener: Some(listener), ..open() };
    options.limits.total = std::time::Duration::from_millis(200);
    let error = Client::new(options).unwrap().send(get(server.url("/").as_str())).await.unwrap_err();
    assert_eq!(error.to_string(), "socket timeout error");
    let hops = hops.lock().unwrap();
    assert!(hops[0].phases.connect.is_some() && hops[0].phases.first_byte.is_none(), "{:?}", hops[0].phases);
    assert!(hops[0].phases.total >= std::time::Duration::from_millis(200));
}

/// A server for `localhost` that answers one request on each encrypted connection, and the file of its certificate.
fn secure_server() -> (u16, tempfile::NamedTempFile) {
    use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned, pki_types::PrivateKeyDer};
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let certificate = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(certificate.path(), made.cert.pem()).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key);
    let config = Arc::new(config.unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = BufReader::new(StreamOwned::new(connection, stream.unwrap()));
            let mut line = String::new();
            while stream.read_line(&mut line).is_ok_and(|length| length > 2) {
                line.clear();
            }
            let stream = stream.get_mut();
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok");
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    (port, certificate)
}

#[tokio::test]
async fn the_handshake_has_its_own_time() {
    let (port, certificate) = secure_server();
    let hops = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&hops);
    let listener = Listener::new(move |sent| kept.lock().unwrap().extend_from_slice(sent.hops));
    let certificates = vec![certificate.path().to_owned()];
    let client = Client::new(Options { listener: Some(listener), certificates, ..open() }).unwrap();
    // The second handshake takes the first one's session up again.
    for _ in 0..2 {
        client.send(get(&format!("https://localhost:{port}/"))).await.unwrap();
    }
    for hop in hops.lock().unwrap().iter() {
        let phases = &hop.phases;
        let (look_up, connect, tls) = (phases.look_up.unwrap(), phases.connect.unwrap(), phases.tls.unwrap());
        assert!(look_up.to <= connect.from && connect.to <= tls.from && tls.from < tls.to, "{phases:?}");
        assert!(tls.to <= phases.first_byte.unwrap() && !phases.reused, "{phases:?}");
    }
}
