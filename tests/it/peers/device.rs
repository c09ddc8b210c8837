//! The device flow with oidc-provider, whose pages a person walks through on another screen: the code is shown, typed and
//! consented to while the program asks at its pace.

use super::person::{approve, refuse};
use super::{peer, secret};
use crate::cli::credentials::{send, service};
use crate::cli::harness::Desk;
use crate::cli::signing_in::SigningIn;

/// A desk that waits for a person.
fn waiting(base: &str, client: &str) -> (Desk, SigningIn) {
    let desk = Desk::project("");
    let proof = if client == "basic" { "client_auth = \"basic\"\n" } else { "" };
    let auth = format!(
        "type = \"oauth2\"\ngrant = \"device_code\"\ndevice_url = \"{base}/device/auth\"\ntoken_url = \"{base}/token\"\n\
         revoke_url = \"{base}/token/revocation\"\nscope_delimiter = \" \"\n{proof}"
    );
    service(&desk, "acme", &auth);
    let secret = secret();
    let mut client = vec![("client_id", client), ("client_secret", secret.as_str())];
    client.truncate(if client[0].1 == "public" { 1 } else { 2 });
    let arguments = ["shop", "--service", "acme", "--scope", "openid", "--scope", "orders.read"];
    let signing_in = SigningIn::start(&desk, &arguments, &client);
    (desk, signing_in)
}

/// The address with the code in it, which is the second.
fn complete(signing_in: &mut SigningIn) -> String {
    let address = signing_in.address();
    let complete = signing_in.address();
    assert!(complete.starts_with(&address), "{complete}");
    complete
}

#[test]
fn a_person_consents_on_another_screen() {
    let Some(base) = peer("SLUICE_PEER_OIDC") else { return };
    for client in ["public", "basic", "post"] {
        let (desk, mut signing_in) = waiting(&base, client);
        approve(&complete(&mut signing_in)).page();
        let done = signing_in.done().expect(0);
        assert!(done.stdout.contains("The connection \"shop\" is authorised"), "{done:?}");
        let answer = send(&desk, &format!("{base}/orders"), "shop", "type: GET").expect(0).json();
        assert_eq!(answer["client"], client);
        assert_eq!(answer["account"], super::person::ACCOUNT);
        // The refresh token is one, and works: the token that was given is taken away.
        send(&desk, &format!("{base}/orders/once"), "shop", "type: GET").expect(0);
        send(&desk, &format!("{base}/orders"), "shop", "type: GET").expect(0);
        desk.sluice(&["connections", "revoke", "shop"]).expect(0);
    }
}

#[test]
fn a_person_refuses_on_another_screen() {
    let Some(base) = peer("SLUICE_PEER_OIDC") else { return };
    let (desk, mut signing_in) = waiting(&base, "public");
    refuse(&complete(&mut signing_in));
    signing_in.done().complains(5, &["connections::consent-denied"]);
    assert!(!desk.path("connections.toml").exists());
}
