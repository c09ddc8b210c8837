//! OAuth 2 with oidc-provider, which is strict: a refresh token works once, and when one comes back that was used, everything
//! that was given with it ends.

use serde_json::Value;

use super::browser::Browser;
use super::person::{ACCOUNT, approve, parameter, refuse, visit};
use super::{block_on, peer, secret};
use crate::cli::credentials::{connect, send, service};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Server};

/// Of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const CALLBACK: &str = "http://127.0.0.1:8917/callback";

/// oidc-provider, if it was started. Its clients are described in `tests/peers/oidc.mjs`.
struct Oidc {
    base: String,
    secret: String,
}

impl Oidc {
    fn find() -> Option<Self> {
        let base = peer("SLUICE_PEER_OIDC")?;
        Some(Self { base, secret: secret() })
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The `[auth]` table of a service, with further lines.
    fn auth(&self, more: &str) -> String {
        format!(
            "type = \"oauth2\"\nauthorize_url = \"{0}/auth\"\ntoken_url = \"{0}/token\"\n\
             revoke_url = \"{0}/token/revocation\"\nscope_delimiter = \" \"\n{more}",
            self.base
        )
    }

    /// Posts a form as a client: status and answer.
    fn ask(&self, path: &str, client: &str, form: &[(&str, &str)]) -> (u16, Value) {
        let mut form = form.to_vec();
        let mut request = reqwest::Client::builder().no_proxy().build().unwrap().post(self.url(path));
        match client {
            "basic" => request = request.basic_auth(client, Some(&self.secret)),
            "post" => form.extend([("client_id", client), ("client_secret", &self.secret)]),
            _ => form.push(("client_id", client)),
        }
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        block_on(async {
            let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
            let answer = request.send().await.unwrap();
            let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
            (status, serde_json::from_str(&text).unwrap_or(Value::Null))
        })
    }

    fn is_active(&self, token: &str) -> bool {
        self.ask("/token/introspection", "basic", &[("token", token)]).1["active"].as_bool().unwrap()
    }

    /// The address at which a person consents.
    fn consent(&self, client: &str, callback: &str) -> String {
        let pairs = [
            ("client_id", client),
            ("response_type", "code"),
            ("redirect_uri", callback),
            ("scope", "openid orders.read"),
            ("state", "a state"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        url::Url::parse_with_params(&self.url("/auth"), pairs).unwrap().into()
    }

    fn redeem(&self, client: &str, callback: &str, code: &str) -> (u16, Value) {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", callback),
            ("code_verifier", VERIFIER),
        ];
        self.ask("/token", client, &form)
    }

    /// What a person's consent gives a client: access and refresh token.
    fn tokens(&self, client: &str) -> (String, String) {
        let back = approve(&self.consent(client, CALLBACK)).back();
        let (status, answer) = self.redeem(client, CALLBACK, &parameter(&back, "code").unwrap());
        assert_eq!(status, 200, "{answer}");
        (answer["access_token"].as_str().unwrap().to_owned(), answer["refresh_token"].as_str().unwrap().to_owned())
    }

    /// A desk with a connection `shop` that a person consented to: only its refresh token is handed over.
    fn shop(&self, client: &str) -> (Desk, String) {
        let desk = Desk::project("");
        let proof = if client == "basic" { "client_auth = \"basic\"" } else { "" };
        service(&desk, "acme", &self.auth(proof));
        let (_, refresh) = self.tokens(client);
        let mut secrets = vec![("client_id", client), ("refresh_token", refresh.as_str())];
        if client != "public" {
            secrets.push(("client_secret", self.secret.as_str()));
        }
        connect(&desk, "shop", "acme", &[], &secrets).expect(0);
        (desk, refresh)
    }
}

#[test]
fn a_client_gets_tokens_in_its_own_name() {
    let Some(oidc) = Oidc::find() else { return };
    for (client, proof) in [("basic", "basic"), ("post", "form")] {
        let desk = Desk::project("");
        let scopes = "scopes = [{ value = \"orders.read\" }, { value = \"orders.write\" }]";
        let more = format!("grant = \"client_credentials\"\nclient_auth = \"{proof}\"\n{scopes}");
        service(&desk, "acme", &oidc.auth(&more));
        let secrets = [("client_id", client), ("client_secret", oidc.secret.as_str())];
        let options = ["--scope", "orders.read", "--scope", "orders.write"];
        connect(&desk, "shop", "acme", &options, &secrets).expect(0);
        let seen = format!("{{\"client\":\"{client}\",\"account\":null,\"scope\":\"orders.read orders.write\"}}\n");
        send(&desk, &oidc.url("/orders"), "shop", "type: GET").prints(&seen);
        // A token that ended without a word is replaced, and the request is sent again.
        for _ in 0..3 {
            send(&desk, &oidc.url("/orders/once"), "shop", "type: GET").prints(&seen);
        }
        connect(&desk, "writer", "acme", &["--scope", "orders.write"], &secrets).expect(0);
        send(&desk, &oidc.url("/orders"), "writer", "type: GET").prints("{\"error\":\"insufficient_scope\"}\n");
        let wrong = [("client_id", client), ("client_secret", "another")];
        connect(&desk, "stranger", "acme", &[], &wrong).expect(0);
        let refused = send(&desk, &oidc.url("/orders"), "stranger", "type: GET");
        refused.complains(5, &["connections::token-refused", "invalid_client"]);
    }
}

#[test]
fn a_refresh_token_that_works_once_is_followed_by_the_next() {
    let Some(oidc) = Oidc::find() else { return };
    for client in ["public", "basic", "post"] {
        let (desk, first) = oidc.shop(client);
        let seen = format!("{{\"client\":\"{client}\",\"account\":\"{ACCOUNT}\",\"scope\":\"openid orders.read\"}}\n");
        for _ in 0..4 {
            send(&desk, &oidc.url("/orders/once"), "shop", "type: GET").prints(&seen);
        }
        // Someone who kept the first one ends the family, and the connection says what is left to do.
        let stolen = [("grant_type", "refresh_token"), ("refresh_token", first.as_str())];
        assert_eq!(oidc.ask("/token", client, &stolen).1["error"], "invalid_grant");
        let lost = send(&desk, &oidc.url("/orders"), "shop", "type: GET");
        lost.complains(5, &["connections::needs-reconnect", "refused its refresh token: invalid_grant"]);
        let list = desk.sluice(&["connections", "list"]).expect(0);
        assert!(list.stdout.contains("needs reconnect"), "{list:?}");
    }
}

#[test]
fn programs_that_renew_at_the_same_time_do_not_end_the_family() {
    let Some(oidc) = Oidc::find() else { return };
    let (desk, _) = oidc.shop("basic");
    let one = format!("info invokeurl [url: \"{}\" connection: \"shop\"];\n", oidc.url("/orders/once"));
    desk.write("script.dg", one.repeat(3));
    let ends: Vec<_> = std::thread::scope(|scope| {
        let calls: Vec<_> = (0..4).map(|_| scope.spawn(|| desk.sluice(&["run", "script.dg"]))).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    // A door that takes each token once may be reached with a token that another program has just used; what must not
    // happen is that the family ends.
    assert!(ends.iter().all(|done| done.code == 0), "{ends:?}");
    send(&desk, &oidc.url("/orders/once"), "shop", "type: GET").expect(0);
    assert!(!desk.sluice(&["connections", "list"]).stdout.contains("needs reconnect"));
}

#[test]
fn what_is_revoked_is_inactive_at_the_provider() {
    let Some(oidc) = Oidc::find() else { return };
    for client in ["public", "basic", "post"] {
        let (desk, refresh) = oidc.shop(client);
        assert!(oidc.is_active(&refresh), "{client}");
        let done = desk.sluice(&["connections", "revoke", "shop", "--yes"]).expect(0);
        assert!(done.stdout.contains("127.0.0.1"), "{done:?}");
        assert!(!oidc.is_active(&refresh), "{client}");
        let after = send(&desk, &oidc.url("/orders"), "shop", "type: GET");
        after.complains(5, &["connections::revoked"]);
    }
    // An access token alone is ended too.
    let desk = Desk::project("");
    service(&desk, "acme", &oidc.auth("client_auth = \"basic\""));
    let (access, _) = oidc.tokens("basic");
    let secrets = [("client_id", "basic"), ("client_secret", oidc.secret.as_str()), ("access_token", access.as_str())];
    connect(&desk, "shop", "acme", &[], &secrets).expect(0);
    assert!(oidc.is_active(&access));
    desk.sluice(&["connections", "revoke", "shop", "--yes"]).expect(0);
    assert!(!oidc.is_active(&access));
}

#[test]
fn a_revocation_that_the_provider_refuses_forgets_nothing() {
    let Some(oidc) = Oidc::find() else { return };
    let (desk, refresh) = oidc.shop("basic");
    let wrong = [("client_id", "basic"), ("client_secret", "another"), ("refresh_token", refresh.as_str())];
    connect(&desk, "other", "acme", &[], &wrong).expect(0);
    let refused = desk.sluice(&["connections", "revoke", "other", "--yes"]);
    refused.complains(1, &["connections::revoke-failed", "invalid_client"]);
    assert!(oidc.is_active(&refresh));
    desk.sluice(&["connections", "revoke", "other", "--yes", "--force"]).expect(0);
    send(&desk, &oidc.url("/orders"), "shop", "type: GET").expect(0);
}

/// The helpers of other tests: what a person does by plain HTTP and what happens in a browser is the same.
#[test]
fn a_person_consents_and_refuses_with_and_without_a_browser() {
    let Some(oidc) = Oidc::find() else { return };
    let back = refuse(&oidc.consent("public", CALLBACK)).back();
    assert_eq!(parameter(&back, "error").as_deref(), Some("access_denied"), "{back}");
    let form = [("scope", "openid orders.read")];
    let (_, device) = oidc.ask("/device/auth", "public", &form);
    let page = approve(device["verification_uri_complete"].as_str().unwrap()).page();
    assert!(page.contains("Sign-in Success"), "{page}");
    let code = device["device_code"].as_str().unwrap();
    let form = [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", code)];
    assert!(oidc.ask("/token", "public", &form).1["refresh_token"].is_string());

    let server = Server::start(|_| Answer::Reply {
        status: 200,
        media_type: "text/html",
        body: "<!doctype html><title>Done</title><p>You may close this page.</p>".to_owned(),
    });
    let callback = server.url("/callback");
    let back = approve(&oidc.consent("public", &callback)).back();
    assert_eq!(visit(&back), (200, "<!doctype html><title>Done</title><p>You may close this page.</p>".to_owned()));
    assert_eq!(server.only().query()[0].1, parameter(&back, "code").unwrap());

    let Some(browser) = Browser::find() else { return };
    let picture = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("consent.png");
    let seen = browser.open(&oidc.consent("public", &callback), true, Some(&picture)).seen();
    assert_eq!((seen.status, seen.title.as_str()), (200, "Done"), "{seen:?}");
    assert_eq!(seen.text, "You may close this page.");
    assert_eq!(parameter(&seen.url, "state").as_deref(), Some("a state"));
    assert_eq!(parameter(&seen.url, "iss").as_deref(), Some(oidc.base.as_str()));
    let code = parameter(&seen.url, "code").unwrap();
    assert_eq!(oidc.redeem("public", &callback, &code).0, 200);
    // A code works once.
    assert_eq!(oidc.redeem("public", &callback, &code).1["error"], "invalid_grant");
    assert!(std::fs::metadata(&picture).unwrap().len() > 1000);
    let seen = browser.open(&oidc.consent("public", &callback), false, None).seen();
    assert_eq!(parameter(&seen.url, "error").as_deref(), Some("access_denied"), "{seen:?}");
}
