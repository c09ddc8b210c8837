//! Signing in on another screen against a server that lets people take their time, and tokens in the client's own name. No
//! test waits: time passes when the flow pauses.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::server::{Answer, Seen, Server, json};
use super::{Bench, START, wanted};
use crate::connections::{Authorised, DeviceCode, Error, Status};

const CLIENT: [(&str, &str); 2] = [("client_id", "the-id"), ("client_secret", "the-secret")];
const CODE: &str = r#"{"device_code":"device-marker-1","user_code":"WDJB-MJHT","verification_uri":"https://acme.test/device",
    "verification_uri_complete":"https://acme.test/device?user_code=WDJB-MJHT","expires_in":600,"interval":5}"#;
const TOKEN: &str = r#"{"access_token":"access-marker-1","refresh_token":"refresh-marker-1","expires_in":3600}"#;

/// A provider that answers the polls with these, one after the other; the last one stays.
struct Provider {
    bench: Bench,
    server: Server,
    pauses: Arc<Mutex<Vec<u64>>>,
}

impl Provider {
    fn new(code: &'static str, polls: &[(u16, &'static str)]) -> Self {
        let (polls, asked) = (polls.to_vec(), AtomicUsize::new(0));
        let server = Server::start(move |seen: &Seen| match seen.target.as_str() {
            "/device" => json(200, code),
            _ => {
                let next = asked.fetch_add(1, Ordering::SeqCst).min(polls.len() - 1);
                let (status, body) = polls[next];
                (status, "application/json", body.to_owned()) as Answer
            }
        });
        let bench = Bench::with_service(&service(&server, "device_code"));
        Self { bench, server, pauses: Arc::default() }
    }

    async fn code(&self) -> Result<DeviceCode, Error> {
        let mut wanted = wanted(&CLIENT);
        wanted.scopes = vec!["one".into(), "two".into()];
        self.bench.connections.consent(wanted)?.device().await
    }

    async fn sign_in(&self) -> Result<Authorised, Error> {
        let (time, pauses) = (Arc::clone(&self.bench.time), Arc::clone(&self.pauses));
        self.code().await?.wait(async |span: Duration| passed(&time, &pauses, span)).await
    }

    fn pauses(&self) -> Vec<u64> {
        self.pauses.lock().unwrap().clone()
    }

    fn status(&self) -> Status {
        self.bench.connections.summary("acme_main").unwrap()[0].status.clone()
    }
}

fn passed(time: &AtomicU64, pauses: &Mutex<Vec<u64>>, span: Duration) {
    pauses.lock().unwrap().push(span.as_secs());
    time.fetch_add(span.as_secs(), Ordering::SeqCst);
}

fn service(server: &Server, grant: &str) -> String {
    format!(
        "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\ngrant = \"{grant}\"\nscope_delimiter = \" \"\n\
         device_url = \"{0}/device\"\ntoken_url = \"{0}/token\"\n",
        server.base
    )
}

const PENDING: (u16, &str) = (400, r#"{"error":"authorization_pending"}"#);
const SLOW_DOWN: (u16, &str) = (400, r#"{"error":"slow_down"}"#);

#[tokio::test]
async fn a_person_takes_their_time() {
    let provider = Provider::new(CODE, &[PENDING, SLOW_DOWN, PENDING, (503, "17"), (200, TOKEN)]);
    let code = provider.code().await.unwrap();
    assert_eq!((code.user_code(), code.address().as_str()), ("WDJB-MJHT", "https://acme.test/device"));
    assert_eq!(code.complete_address().unwrap().as_str(), "https://acme.test/device?user_code=WDJB-MJHT");
    assert_eq!(code.life(), Duration::from_secs(600));
    let authorised = provider.sign_in().await.unwrap();
    // `slow_down` stays; a server that is away makes it slower still.
    assert_eq!(provider.pauses(), [5, 5, 10, 10, 20]);
    assert_eq!(provider.status(), Status::Connected);
    assert_eq!(authorised.expires_at, Some(START + 50 + 3600));
    let seen = provider.server.seen();
    let asked = &seen[1];
    assert_eq!((asked.form("client_id"), asked.form("scope")), ("the-id".to_owned(), "one two".to_owned()));
    let polled = seen.last().unwrap();
    assert_eq!(polled.form("grant_type"), "urn:ietf:params:oauth:grant-type:device_code");
    assert_eq!(polled.form("device_code"), "device-marker-1");
    assert_eq!(polled.form("client_secret"), "the-secret");
}

#[tokio::test]
async fn each_end_has_its_own_words_and_stores_nothing() {
    for (answer, code) in [
        (r#"{"error":"access_denied"}"#, "connections::consent-denied"),
        (r#"{"error":"authorization_declined"}"#, "connections::consent-denied"),
        (r#"{"error":"expired_token"}"#, "connections::device-code-expired"),
        (r#"{"error":"invalid_grant","error_description":"device code used"}"#, "connections::code-refused"),
        (r#"{"error":"invalid_client"}"#, "connections::client-refused"),
        (r#"{"error":"unsupported_grant_type"}"#, "connections::consent-failed"),
        ("<html>", "connections::token-answer"),
    ] {
        let provider = Provider::new(CODE, &[PENDING, (400, answer)]);
        let error = provider.sign_in().await.unwrap_err();
        assert_eq!(error.code(), code, "{answer}");
        assert!(!error.help().is_empty());
        assert!(!format!("{error} {error:?}").contains("device-marker"));
        assert_eq!(
            provider.bench.connections.summary("acme_main").unwrap_err().code(),
            "connections::unknown-link-name"
        );
    }
}

#[tokio::test]
async fn waiting_ends_with_the_code() {
    let provider = Provider::new(CODE, &[PENDING]);
    assert_eq!(provider.sign_in().await.unwrap_err().code(), "connections::device-code-expired");
    assert_eq!(provider.server.count("/token"), 119);
    let away = Provider::new(CODE, &[(500, "")]);
    assert_eq!(away.sign_in().await.unwrap_err().code(), "connections::device-code-expired");
    assert_eq!(away.pauses(), [10 / 2, 10, 20, 40, 80, 160, 300]);
}

#[tokio::test]
async fn odd_answers_are_told_apart() {
    let bare = r#"{"device_code":"d","user_code":" A B ","verification_url":"https://acme.test/d","expires_in":"60"}"#;
    let provider = Provider::new(bare, &[(200, TOKEN)]);
    let code = provider.code().await.unwrap();
    assert_eq!((code.user_code(), code.life().as_secs(), code.complete_address()), ("A B", 60, None));
    provider.sign_in().await.unwrap();
    assert_eq!(provider.pauses(), [5]);
    for (answer, problem) in [
        ("{}", "without a `device_code`"),
        (r#"{"device_code":"d","verification_uri":"https://a.test"}"#, "without a `user_code`"),
        (r#"{"device_code":"d","user_code":"\u001b[31m","verification_uri":"https://a.test"}"#, "nobody can type"),
        (
            r#"{"device_code":"d","user_code":"A","verification_uri":"javascript:alert(1)"}"#,
            "usable `verification_uri`",
        ),
        (r#"{"error":"invalid_scope"}"#, "does not give the scopes"),
        (r#"{"error":"unauthorized_client"}"#, "did not take the client id"),
    ] {
        let error = Provider::new(answer, &[PENDING]).code().await.unwrap_err();
        assert!(error.to_string().contains(problem), "{error}");
    }
    let hurried =
        r#"{"device_code":"d","user_code":"A","verification_uri":"https://a.test","expires_in":3,"interval":0}"#;
    let provider = Provider::new(hurried, &[PENDING]);
    provider.sign_in().await.unwrap_err();
    assert_eq!(provider.pauses(), [1, 1, 1]);
}

#[tokio::test]
async fn what_is_missing_is_named_before_anything_is_sent() {
    let provider = Provider::new(CODE, &[PENDING]);
    let error = provider.bench.connections.consent(wanted(&[])).unwrap().device().await.unwrap_err();
    assert_eq!(error.code(), "connections::missing-credential");
    let bench =
        Bench::with_service(&service(&provider.server, "authorization_code").replace("device_url", "refresh_url"));
    let consent = bench.connections.consent(wanted(&CLIENT)).unwrap();
    assert!(!consent.has_device());
    assert_eq!(consent.device().await.unwrap_err().code(), "connections::no-authorize-url");
    assert_eq!(provider.server.seen().len(), 0);
}

#[tokio::test]
async fn a_client_asks_in_its_own_name() {
    let provider = Provider::new(CODE, &[(200, r#"{"access_token":"access-marker-1","scope":"one"}"#)]);
    let bench = Bench::with_service(&service(&provider.server, "client_credentials"));
    let mut wanted_scopes = wanted(&CLIENT);
    wanted_scopes.scopes = vec!["one".into(), "two".into()];
    let authorised = bench.connections.consent(wanted_scopes).unwrap().client().await.unwrap();
    assert_eq!((authorised.expires_at, authorised.refused_scopes), (Some(START + 3600), vec!["two".to_owned()]));
    assert_eq!(provider.server.seen()[0].form("grant_type"), "client_credentials");
    let provider = Provider::new(CODE, &[(400, r#"{"error":"invalid_grant"}"#)]);
    let bench = Bench::with_service(&service(&provider.server, "client_credentials"));
    let error = bench.connections.consent(wanted(&CLIENT)).unwrap().client().await.unwrap_err();
    assert_eq!(error.code(), "connections::consent-failed");
}
