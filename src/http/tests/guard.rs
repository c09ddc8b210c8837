//! Which addresses are refused, in which spelling.

use std::net::IpAddr;

use super::super::Guard;
use super::server::{Server, answer};
use super::{Options, get, open, send};

fn on() -> Options {
    Options { guard: Guard::on(), ..open() }
}

#[test]
fn only_public_addresses_pass_when_it_is_on() {
    let refused = "0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.9.9.9 169.254.1.1 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 \
        192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.1 198.51.100.7 203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255 \
        :: ::1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::a00:1 64:ff9b::808:808 2002:7f00:1:: 2001::1 2001:db8::1 \
        fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1 100::1";
    for address in refused.split_whitespace() {
        let parsed: IpAddr = address.parse().unwrap();
        let error = Guard::on().check(parsed).expect_err(address);
        assert_eq!(error.code(), "http::blocked-address");
    }
    for address in ["8.8.8.8", "100.63.0.1", "172.32.0.1", "198.20.0.1", "2600::1", "2606:4700::1111"] {
        assert_eq!(Guard::on().check(address.parse().unwrap()), Ok(()), "{address}");
    }
}

#[test]
fn metadata_addresses_never_pass() {
    let mut open = Guard::on();
    open.allow("0.0.0.0/0").unwrap();
    open.allow("::/0").unwrap();
    assert_eq!(open.check("10.0.0.1".parse().unwrap()), Ok(()));
    for guard in [Guard::off(), open] {
        for address in
            ["169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "fd00:ec2::254", "169.254.170.2"]
        {
            let error = guard.check(address.parse().unwrap()).expect_err(address);
            assert_eq!(error.help(), "there is no exception for this address");
        }
    }
}

#[test]
fn exceptions_are_ranges() {
    let mut guard = Guard::on();
    guard.allow("127.0.0.0/8").unwrap();
    guard.allow("10.1.0.0/16").unwrap();
    guard.allow("fd00::/8").unwrap();
    guard.allow("192.168.7.7").unwrap();
    for address in ["127.3.2.1", "::ffff:127.0.0.1", "10.1.255.1", "fd99::1", "192.168.7.7"] {
        assert_eq!(guard.check(address.parse().unwrap()), Ok(()), "{address}");
    }
    for address in ["10.2.0.1", "fe80::1", "192.168.7.8", "::1"] {
        assert!(guard.check(address.parse().unwrap()).is_err(), "{address}");
    }
    for range in ["", "localhost", "127.0.0.0/33", "::/129", "127.0.0.1/-1", "127.0.0.0/8/8", "1.2.3"] {
        assert_eq!(guard.allow(range).expect_err(range).code(), "http::invalid-range");
    }
}

#[test]
fn plain_http_stays_on_the_machine_or_in_an_exception() {
    let mut guard = Guard::off();
    guard.allow("10.0.0.0/8").unwrap();
    for host in ["localhost", "api.localhost", "127.0.0.1", "[::1]", "2130706433", "10.1.1.1"] {
        assert!(guard.allows_plain_http(host), "{host}");
    }
    for host in ["example.com", "localhost.example.com", "192.168.1.1", "8.8.8.8", "[fe80::1]", ""] {
        assert!(!guard.allows_plain_http(host), "{host}");
    }
}

#[tokio::test]
async fn every_spelling_of_this_machine_is_refused_before_dialling() {
    let server = Server::start(|_| answer(200, &[], b"reached"));
    let port = server.address.port();
    let hosts = "127.0.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 127.1 0 [::1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::] \
        %31%32%37.0.0.1 127。0。0。1 localhost LOCALHOST";
    for host in hosts.split_whitespace() {
        let error = send(on(), get(&format!("http://{host}:{port}/"))).await.expect_err(host);
        assert_eq!(error.code(), "http::blocked-address", "{host}: {error}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn an_exception_opens_the_way_for_names_and_numbers() {
    let server = Server::start(|_| answer(200, &[], b"reached"));
    let mut options = on();
    options.guard.allow("127.0.0.0/8").unwrap();
    for host in ["127.0.0.1", "localhost", "2130706433"] {
        let response = send(options.clone(), get(&format!("http://{host}:{}/", server.address.port()))).await.unwrap();
        assert_eq!(response.body, "reached");
    }
}

#[tokio::test]
async fn metadata_is_refused_even_on_a_persons_own_run() {
    for host in ["169.254.169.254", "2852039166", "0xa9.0xfe.0xa9.0xfe", "[::ffff:169.254.169.254]", "[fd00:ec2::254]"]
    {
        let error = send(open(), get(&format!("http://{host}/latest/meta-data/"))).await.expect_err(host);
        assert_eq!(error.code(), "http::blocked-address");
        assert!(error.to_string().contains("never dialled"), "{error}");
    }
}

#[tokio::test]
async fn a_redirect_to_a_private_address_is_refused() {
    let target = Server::start(|_| answer(200, &[], b"inside"));
    let location = target.url("/").to_string().replace("127.0.0.1", "0x7f.2");
    let first = Server::start(move |_| super::server::redirect(302, &location));
    let mut options = on();
    options.guard.allow("127.0.0.1").unwrap();
    let error = send(options, get(first.url("/").as_str())).await.unwrap_err();
    assert_eq!(error.code(), "http::blocked-address");
    assert!(error.to_string().starts_with("127.0.0.2 "), "{error}");
    assert!(target.received().is_empty());
}
