//! OAuth 2 with oauth2-mock-server: generous where oidc-provider is strict, with signed documents for tokens.

use serde_json::Value;

use super::person::{approve, parameter};
use super::{block_on, peer};
use crate::cli::credentials::{connect, send, service};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Seen, Server};

const SECRETS: [(&str, &str); 2] = [("client_id", "sluice"), ("client_secret", "any secret")];

/// The `[auth]` table of a service, with further lines.
fn auth(base: &str, more: &str) -> String {
    format!(
        "type = \"oauth2\"\nauthorize_url = \"{base}/authorize\"\ntoken_url = \"{base}/token\"\n\
         revoke_url = \"{base}/revoke\"\nscope_delimiter = \" \"\n{more}"
    )
}

/// What the token of a request says.
fn claims(seen: &Seen) -> Value {
    use base64::Engine;
    let token = seen.header("authorization").strip_prefix("Bearer ").unwrap().to_owned();
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&claims).unwrap()
}

#[test]
fn a_client_gets_a_token_with_its_scopes() {
    let Some(base) = peer("SLUICE_PEER_MOCK") else { return };
    let (desk, server) = (Desk::project(""), Server::friendly());
    let scopes = "scopes = [{ value = \"orders.read\" }, { value = \"orders.write\" }]";
    service(&desk, "acme", &auth(&base, &format!("grant = \"client_credentials\"\n{scopes}")));
    connect(&desk, "shop", "acme", &["--scope", "orders.read", "--scope", "orders.write"], &SECRETS).expect(0);
    send(&desk, &server.url("/orders"), "shop", "type: GET").prints("{\"ok\":true}\n");
    assert_eq!(claims(&server.only())["scope"], "orders.read orders.write");
}

#[test]
fn a_refresh_token_is_used_and_replaced() {
    let Some(base) = peer("SLUICE_PEER_MOCK") else { return };
    let callback = "http://127.0.0.1:8917/callback";
    let pairs = [("response_type", "code"), ("client_id", "sluice"), ("redirect_uri", callback), ("state", "s")];
    let consent = url::Url::parse_with_params(&format!("{base}/authorize"), pairs).unwrap();
    let code = parameter(&approve(consent.as_str()).back(), "code").unwrap();
    let form =
        [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", callback), ("client_id", "sluice")];
    let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let answer: Value = block_on(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = client.post(format!("{base}/token")).header("content-type", "application/x-www-form-urlencoded");
        serde_json::from_str(&request.body(form).send().await.unwrap().text().await.unwrap()).unwrap()
    });
    let refresh = answer["refresh_token"].as_str().unwrap();

    let desk = Desk::project("");
    // Every second request finds its token ended.
    let server = Server::start(|seen| match seen.before {
        1 | 3 => Answer::json(401, serde_json::json!({"code": "INVALID_TOKEN"})),
        _ => Answer::ok(),
    });
    service(&desk, "acme", &auth(&base, ""));
    connect(&desk, "shop", "acme", &[], &[SECRETS[0], SECRETS[1], ("refresh_token", refresh)]).expect(0);
    for _ in 0..3 {
        send(&desk, &server.url("/orders"), "shop", "type: GET").prints("{\"ok\":true}\n");
    }
    assert_eq!(server.seen().len(), 5);
    assert!(server.seen().iter().all(|seen| claims(seen)["exp"].is_number()));
    let done = desk.sluice(&["connections", "revoke", "shop", "--yes"]).expect(0);
    assert!(done.stdout.contains("127.0.0.1"), "{done:?}");
}
