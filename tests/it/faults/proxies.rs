//! A proxy sees what it must and no more, and is no way around the guard.

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use sluice::http::{Client, Error, Guard, Method, Options, Proxy, Request, Resolver, Response};

use super::faulty::read_request;

/// A proxy that answers by itself, and keeps the head of what it was asked.
struct Asked {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Asked {
    fn start(answer: &'static [u8]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream: TcpStream = stream.unwrap();
                if let Ok(Some(request)) = read_request(&mut stream) {
                    log.lock().unwrap().push(String::from_utf8(request).unwrap());
                    let _ = stream.write_all(answer);
                    let _ = stream.shutdown(std::net::Shutdown::Write);
                    let _ = stream.read_to_end(&mut Vec::new());
                }
            }
        });
        Self { address, requests }
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    fn options(&self, user: &str, guard: Guard) -> Options {
        let proxy = Proxy::parse(&format!("http://{user}{}", self.address)).unwrap();
        let resolver = Resolver::new(|name| match name {
            "public.test" => vec![IpAddr::from([203, 1, 113, 7])],
            "inside.test" => vec![IpAddr::from([10, 0, 0, 7])],
            "keys.test" => vec![IpAddr::from([169, 254, 169, 254])],
            _ => Vec::new(),
        });
        Options { proxy: Some(proxy), guard, resolver, ..Options::default() }
    }
}

fn ask(options: Options, url: &str) -> Result<Response, Error> {
    let mut request = Request::new(Method::Get, url.parse().unwrap());
    // A script has nothing to say to a proxy.
    request.set_header("Proxy-Authorization", "Basic of-the-script");
    let client = Client::new(options).unwrap();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(client.send(request))
}

const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nproxied";

#[test]
fn plain_http_is_sent_through_it_with_its_own_credential() {
    let proxy = Asked::start(OK);
    let answer = ask(proxy.options("Aladdin:open%20sesame@", Guard::on()), "http://public.test/a?b=c").unwrap();
    assert_eq!((answer.status, answer.body.as_ref()), (200, b"proxied".as_slice()));
    let requests = proxy.requests();
    let head = requests[0].to_ascii_lowercase();
    assert!(head.starts_with("get http://public.test/a?b=c http/1.1\r\n"), "{head}");
    assert!(head.contains("proxy-authorization: basic qwxhzgrpbjpvcgvuihnlc2ftzq==\r\n"), "{head}");
    assert_eq!(head.matches("proxy-authorization").count(), 1, "{head}");
}

#[test]
fn https_goes_through_a_tunnel_and_its_refusal_is_told() {
    for (answer, reason) in [
        (b"HTTP/1.1 403 No\r\n\r\n".as_slice(), "it would not connect to public.test:443"),
        (b"HTTP/1.1 407 Who\r\n\r\n", "it asks for a user name and a password"),
        (b"", "it closed the connection"),
    ] {
        let proxy = Asked::start(answer);
        let error = ask(proxy.options("", Guard::on()), "https://public.test/a?key=secret").unwrap_err();
        let host = format!("{} (the proxy)", proxy.address);
        assert_eq!(error, Error::Connect { host, reason: reason.to_owned() });
        let requests = proxy.requests();
        assert!(requests[0].starts_with("CONNECT public.test:443 HTTP/1.1\r\n"), "{requests:?}");
        assert!(!requests[0].contains("secret") && !requests[0].contains("of-the-script"), "{requests:?}");
    }
}

#[test]
fn the_target_is_checked_before_the_proxy_hears_of_it() {
    let proxy = Asked::start(OK);
    for (guard, url, code) in [
        (Guard::on(), "http://inside.test/", "http::blocked-address"),
        (Guard::on(), "http://10.0.0.7/", "http::blocked-address"),
        (Guard::on(), "https://[::ffff:10.0.0.7]/", "http::blocked-address"),
        (Guard::on(), "http://unknown.test/", "http::dns"),
        (Guard::on(), "http://localhost/", "http::dns"),
        (Guard::on(), "http://127.0.0.1/", "http::blocked-address"),
        (Guard::off(), "http://keys.test/", "http::blocked-address"),
        (Guard::off(), "https://0xa9fea9fe/", "http::blocked-address"),
    ] {
        assert_eq!(ask(proxy.options("", guard), url).expect_err(url).code(), code, "{url}");
    }
    assert!(proxy.requests().is_empty(), "{:?}", proxy.requests());
    // A person's own run may leave it to the proxy to know a name.
    assert_eq!(ask(proxy.options("", Guard::off()), "http://unknown.test/").unwrap().status, 200);
    assert_eq!(ask(proxy.options("", Guard::off()), "http://inside.test/").unwrap().status, 200);
}

#[test]
fn this_machine_is_reached_directly() {
    let (proxy, server) = (Asked::start(b"HTTP/1.1 500 No\r\n\r\n"), Asked::start(OK));
    let answer = ask(proxy.options("", Guard::off()), &format!("http://{}/here", server.address)).unwrap();
    assert_eq!(answer.body, "proxied");
    assert!(proxy.requests().is_empty() && server.requests()[0].starts_with("GET /here HTTP/1.1\r\n"));
    assert!(!server.requests()[0].contains("of-the-script"));
}

#[test]
fn a_proxy_that_is_not_there_is_named() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for url in ["http://public.test/", "https://public.test/"] {
        let proxy = Proxy::parse(&format!("http://{closed}")).unwrap();
        let error = ask(Options { proxy: Some(proxy), guard: Guard::off(), ..Options::default() }, url).unwrap_err();
        assert!(error.to_string().starts_with(&format!("could not connect to {closed} (the proxy): ")), "{error}");
    }
}

#[test]
fn only_an_address_can_be_a_proxy_and_no_message_repeats_it() {
    for text in [
        "",
        "proxy:3128",
        "https://p.test",
        "socks5://p.test",
        "http://u:secret@p.test/path",
        "http://p.test?a",
        "http://169.254.169.254",
    ] {
        let error = Proxy::parse(text).expect_err(text);
        assert!(matches!(error.code(), "http::invalid-proxy" | "http::blocked-address"), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    let proxy = Proxy::parse("http://asha:secret@proxy.test:3128/").unwrap();
    assert!(proxy.has_credentials() && !format!("{proxy:?}").contains("secret"));
}
