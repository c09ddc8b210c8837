//! Signing in with three legs with the server's side of oauthlib: three methods in three places, the callback and the typed
//! verifier, and what it refuses.

use url::Url;

use super::person::{approve, refuse, visit};
use super::{peer, secret};
use crate::cli::credentials::{send, service};
use crate::cli::harness::Desk;
use crate::cli::signing_in::{SigningIn, free_port};

fn desk(base: &str, method: &str, place: &str) -> Desk {
    let desk = Desk::project("");
    let urls = format!(
        "request_token_url = \"{base}/request-token\"\nauthorize_url = \"{base}/authorize\"\n\
         access_token_url = \"{base}/access-token\""
    );
    service(&desk, "acme", &format!("type = \"oauth1\"\nsignature = \"{method}\"\nlocation = \"{place}\"\n{urls}"));
    desk
}

/// A consumer whose secret needs encoding, except where the verifier is known to read that wrongly, see
/// `tests/peers/oauth1.py`.
fn start(desk: &Desk, is_plain: bool, options: &[&str]) -> SigningIn {
    let (key, secret) = match is_plain {
        true => ("plain-consumer", secret()),
        false => ("sluice-consumer", secret() + "/c+%26"),
    };
    let consumer = [("consumer_key", key), ("consumer_secret", secret.as_str())];
    SigningIn::start(desk, &[&["shop", "--service", "acme"], options].concat(), &consumer)
}

#[test]
fn consent_by_the_browser_in_nine_combinations() {
    let Some(base) = peer("SLUICE_PEER_OAUTH1") else { return };
    for method in ["HMAC-SHA1", "HMAC-SHA256", "PLAINTEXT"] {
        for place in ["header", "query", "form"] {
            let (desk, port) = (desk(&base, method, place), free_port());
            let mut signing_in = start(&desk, method == "PLAINTEXT", &["--port", &port]);
            let back: Url = approve(&signing_in.address()).back();
            assert_eq!(back.port().unwrap().to_string(), port);
            let (status, page) = visit(&back);
            assert!(status == 200 && page.contains("You are signed in"), "{method} {place}: {page}");
            let done = signing_in.done().expect(0);
            assert!(done.stdout.contains("authorised as asha"), "{method} {place}: {done:?}");
            let seen = send(&desk, &format!("{base}/orders?a=1"), "shop", "type: GET").expect(0).json();
            assert_eq!((&seen["account"], &seen["method"]), (&"asha".into(), &method.into()), "{place}: {seen}");
        }
    }
}

#[test]
fn consent_by_a_typed_verifier() {
    let Some(base) = peer("SLUICE_PEER_OAUTH1") else { return };
    let desk = desk(&base, "HMAC-SHA1", "header");
    let mut signing_in = start(&desk, false, &["--code", "-"]);
    let page = approve(&signing_in.address()).page();
    let verifier = page.split(|c: char| !c.is_ascii_hexdigit()).find(|word| word.len() == 16).unwrap();
    signing_in.types(verifier);
    signing_in.done().expect(0);
    send(&desk, &format!("{base}/orders"), "shop", "type: GET").expect(0);
    // Another word than the one that was shown.
    let mut signing_in = start(&desk, false, &["--code", "-"]);
    approve(&signing_in.address()).page();
    signing_in.types("0123456789abcdef");
    signing_in.done().complains(5, &["connections::oauth1-refused"]);
    send(&desk, &format!("{base}/orders"), "shop", "type: GET").expect(0);
}

#[test]
fn what_is_refused_is_told() {
    let Some(base) = peer("SLUICE_PEER_OAUTH1") else { return };
    let (desk, port) = (desk(&base, "HMAC-SHA256", "header"), free_port());
    let mut signing_in = start(&desk, false, &["--port", &port]);
    let back = refuse(&signing_in.address()).back();
    visit(&back);
    signing_in.done().complains(5, &["connections::consent-denied"]);
    let wrong = [("consumer_key", "sluice-consumer"), ("consumer_secret", "another")];
    let done = SigningIn::start(&desk, &["shop", "--service", "acme", "--code", "-"], &wrong).done();
    done.complains(5, &["connections::oauth1-refused", "check the consumer key and secret"]);
    assert!(!desk.path("connections.toml").exists());
}
