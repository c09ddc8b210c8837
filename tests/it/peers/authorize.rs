//! `sluice connections authorize` with oidc-provider and oauth2-mock-server: a person at the pages by plain HTTP and at a
//! real browser, each kind of client, and what the provider refuses.

use std::path::Path;

use url::Url;

use super::browser::Browser;
use super::person::{ACCOUNT, approve, parameter, refuse, visit};
use super::{peer, secret};
use crate::cli::credentials::{send, service};
use crate::cli::harness::Desk;
use crate::cli::signing_in::SigningIn;

/// A desk with the service `acme`, which names its issuer.
fn desk(base: &str, more: &str) -> Desk {
    let desk = Desk::project("");
    let auth = format!(
        "type = \"oauth2\"\nauthorize_url = \"{base}/auth\"\ntoken_url = \"{base}/token\"\n\
         revoke_url = \"{base}/token/revocation\"\nissuer = \"{base}\"\nscope_delimiter = \" \"\nloopback_any_port = true\n\
         grant = \"authorization_code_pkce\"\n{more}"
    );
    service(&desk, "acme", &auth);
    desk
}

fn start(desk: &Desk, client: &str, secret: &str, options: &[&str]) -> SigningIn {
    let mut credentials = vec![("client_id", client), ("client_secret", secret)];
    credentials.truncate(if client == "public" { 1 } else { 2 });
    let arguments = ["shop", "--service", "acme", "--scope", "openid,orders.read"];
    SigningIn::start(desk, &[&arguments[..], options].concat(), &credentials)
}

#[test]
fn a_person_consents_with_each_kind_of_client() {
    let Some(base) = peer("SLUICE_PEER_OIDC") else { return };
    for (client, more) in [("public", ""), ("post", ""), ("basic", "client_auth = \"basic\"\n")] {
        let desk = desk(&base, more);
        let mut signing_in = start(&desk, client, &secret(), &[]);
        let back = approve(&signing_in.address()).back();
        assert_eq!(parameter(&back, "iss").as_deref(), Some(base.as_str()));
        let (status, page) = visit(&back);
        assert!(status == 200 && page.contains("You are signed in"), "{client}: {page}");
        let done = signing_in.done().expect(0);
        // Named by the ID token that came along.
        assert!(done.stdout.contains(&format!("authorised as {ACCOUNT}")), "{done:?}");
        let seen = send(&desk, &format!("{base}/orders"), "shop", "type: GET").expect(0).json();
        assert_eq!((seen["client"].as_str(), seen["account"].as_str()), (Some(client), Some(ACCOUNT)));
        // A token that ends is renewed with the refresh token of the consent.
        for _ in 0..2 {
            send(&desk, &format!("{base}/orders/once"), "shop", "type: GET").expect(0);
        }
        desk.sluice(&["connections", "revoke", "shop"]).expect(0);
    }
}

#[test]
fn the_address_is_pasted_where_no_browser_comes_back() {
    let Some(base) = peer("SLUICE_PEER_OIDC") else { return };
    let desk = desk(&base, "");
    let mut signing_in = start(&desk, "public", "", &["--code", "-"]);
    let back = approve(&signing_in.address()).back();
    signing_in.types(back.as_str());
    signing_in.done().expect(0);
    // The same address again, and its code alone, belong to a sign-in that has ended.
    let mut again = start(&desk, "public", "", &["--code", "-"]);
    again.types(back.as_str());
    again.done().complains(5, &["connections::wrong-state"]);
    let mut again = start(&desk, "public", "", &["--code", "-"]);
    again.types(&parameter(&back, "code").unwrap());
    again.done().complains(5, &["connections::code-refused", "invalid_grant"]);
    send(&desk, &format!("{base}/orders"), "shop", "type: GET").expect(0);
}

#[test]
fn what_the_provider_refuses_is_told_apart() {
    let Some(base) = peer("SLUICE_PEER_OIDC") else { return };
    let desk = desk(&base, "");
    let mut denied = start(&desk, "post", &secret(), &[]);
    let (_, page) = visit(&refuse(&denied.address()).back());
    assert!(page.contains("Access was not given"), "{page}");
    denied.done().complains(5, &["connections::consent-denied", "access_denied"]);
    let mut wrong = start(&desk, "post", "another secret", &[]);
    let (_, page) = visit(&approve(&wrong.address()).back());
    assert!(page.contains("did not work"), "{page}");
    wrong.done().complains(5, &["connections::client-refused", "invalid_client"]);
    assert!(!desk.path("connections.toml").exists());
}

#[test]
fn another_provider_gives_codes_too() {
    let Some(base) = peer("SLUICE_PEER_MOCK") else { return };
    let desk = Desk::project("");
    let auth = format!(
        "type = \"oauth2\"\nauthorize_url = \"{base}/authorize\"\ntoken_url = \"{base}/token\"\nscope_delimiter = \" \"\n\
         grant = \"authorization_code_pkce\"\nloopback_any_port = true"
    );
    service(&desk, "acme", &auth);
    let mut signing_in = start(&desk, "post", "any", &[]);
    visit(&approve(&signing_in.address()).back());
    signing_in.done().expect(0);
}

#[test]
fn consent_in_a_browser_from_the_first_page_to_the_last() {
    let Some(base) = peer("SLUICE_PEER_OIDC") else { return };
    let Some(browser) = Browser::find() else { return };
    let desk = desk(&base, "");
    let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join("signed-in.png");
    let mut signing_in = start(&desk, "public", "", &[]);
    let address = signing_in.address();
    let seen = browser.open(&address, true, Some(&picture)).seen();
    assert_eq!((seen.status, seen.title.as_str()), (200, "You are signed in – Sluice"), "{seen:?}");
    assert_eq!(seen.url.path(), "/callback");
    signing_in.done().expect(0);
    assert!(std::fs::metadata(&picture).unwrap().len() > 1000);
    send(&desk, &format!("{base}/orders"), "shop", "type: GET").expect(0);
    let mut refused = start(&desk, "public", "", &[]);
    let address: Url = refused.address().parse().unwrap();
    let seen = browser.open(address.as_str(), false, None).seen();
    assert_eq!(seen.title, "Access was not given – Sluice", "{seen:?}");
    refused.done().complains(5, &["connections::consent-denied"]);
}
