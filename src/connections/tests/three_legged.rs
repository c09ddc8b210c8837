//! Signing in with three legs (RFC 5849, section 2) against a server that checks what it can without its own reckoning of
//! signatures; those are reckoned by an independent server in the tests of the whole program.

use super::server::{Answer, Seen, Server};
use super::{Bench, get, wanted};
use crate::connections::vault::RecordId;
use crate::connections::{Authorised, Error, RequestToken};

const CONSUMER: [(&str, &str); 2] = [("consumer_key", "the-key"), ("consumer_secret", "consumer-marker")];
const REQUEST: &str = "oauth_token=request-1&oauth_token_secret=request-marker&oauth_callback_confirmed=true";
const ACCESS: &str = "oauth_token=access-1&oauth_token_secret=access-marker&user_id=7&screen_name=ann%20b";
const CALLBACK: &str = "http://127.0.0.1:8917/callback";

fn form(status: u16, body: &str) -> Answer {
    (status, "application/x-www-form-urlencoded", body.to_owned())
}

fn bench(server: &Server, settings: &str) -> Bench {
    Bench::with_service(&format!(
        "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth1\"\nrequest_token_url = \"{0}/request\"\n\
         authorize_url = \"https://acme.test/authorize?name=Sluice\"\naccess_token_url = \"{0}/access\"\n{settings}\n",
        server.base
    ))
}

fn provider(request: &'static str, access: &'static str) -> Server {
    Server::start(move |seen: &Seen| match seen.target.split('?').next().unwrap_or_default() {
        "/request" => form(200, request),
        "/access" => form(200, access),
        _ => form(200, "ok"),
    })
}

async fn begun(bench: &Bench, callback: Option<&str>) -> Result<RequestToken, Error> {
    let callback = callback.map(|callback| callback.parse().unwrap());
    bench.connections.consent(wanted(&CONSUMER))?.request_token(callback).await
}

async fn finished(bench: &Bench, answer: &str) -> Result<Authorised, Error> {
    let token = begun(bench, Some(CALLBACK)).await?;
    let verifier = token.answer(answer)?;
    token.finish(verifier).await
}

const ANSWER: &str = "http://127.0.0.1:8917/callback?oauth_token=request-1&oauth_verifier=verifier-marker";

#[tokio::test]
async fn consent_becomes_a_token_in_every_place() {
    for settings in
        ["", "location = \"query\"", "location = \"form\"", "signature = \"HMAC-SHA256\"", "signature = \"PLAINTEXT\""]
    {
        let server = provider(REQUEST, ACCESS);
        let bench = bench(&server, settings);
        let token = begun(&bench, Some(CALLBACK)).await.unwrap();
        assert_eq!(token.url().as_str(), "https://acme.test/authorize?name=Sluice&oauth_token=request-1");
        let verifier = token.answer(ANSWER).unwrap();
        let authorised = token.finish(verifier).await.unwrap();
        assert_eq!(authorised.account.as_deref(), Some("ann b"));
        bench.connections.send("acme_main", None, get(&server.url("/api"))).await.unwrap();
        let seen = server.seen();
        assert_eq!(seen.len(), 3);
        assert!(seen[..2].iter().all(|seen| seen.method == "POST"));
        let text = |index: usize| {
            let seen: &Seen = &seen[index];
            format!("{} {} {}", seen.target, seen.header("authorization"), seen.body).replace('"', "")
        };
        assert!(text(0).contains("oauth_callback=http%3A%2F%2F127.0.0.1%3A8917%2Fcallback"), "{settings}");
        assert!(!text(0).contains("oauth_token="), "{settings}");
        assert!(text(1).contains("oauth_token=request-1") && text(1).contains("oauth_verifier=verifier-marker"));
        assert!(text(2).contains("oauth_token=access-1"), "{settings}");
        let plain = settings.contains("PLAINTEXT");
        assert!((0..3).all(|index| text(index).contains("marker&") || text(index).contains("marker%26") || !plain));
    }
}

#[tokio::test]
async fn a_typed_verifier_needs_no_callback() {
    let server = provider(REQUEST, "oauth_token=a&oauth_token_secret=");
    let bench = bench(&server, "");
    let token = begun(&bench, None).await.unwrap();
    assert!(server.seen()[0].header("authorization").contains("oauth_callback=\"oob\""));
    assert_eq!(token.answer(ANSWER).unwrap_err().code(), "connections::wrong-callback");
    for odd in ["", " ", "a b", &"9".repeat(3000)] {
        assert_eq!(token.verifier(odd).unwrap_err().code(), "connections::odd-callback");
    }
    let verifier = token.verifier(" 123456\n").unwrap();
    assert_eq!(token.finish(verifier).await.unwrap().account, None);
    assert!(server.seen()[1].header("authorization").contains("oauth_verifier=\"123456\""));
}

#[tokio::test]
async fn only_the_answer_to_this_question_counts() {
    let server = provider(REQUEST, ACCESS);
    let bench = bench(&server, "");
    for (answer, code) in [
        ("http://127.0.0.1:8917/callback?oauth_token=request-2&oauth_verifier=v", "connections::wrong-state"),
        ("http://127.0.0.1:8917/callback?oauth_verifier=v", "connections::wrong-state"),
        ("http://127.0.0.1:8917/callback?oauth_token=request-1", "connections::odd-callback"),
        ("http://127.0.0.1:8917/callback/?oauth_token=request-1&oauth_verifier=v", "connections::wrong-callback"),
        ("http://127.0.0.1:8918/callback?oauth_token=request-1&oauth_verifier=v", "connections::wrong-callback"),
        ("https://127.0.0.1:8917/callback?oauth_token=request-1&oauth_verifier=v", "connections::wrong-callback"),
        ("http://127.0.0.1:8917/callback?denied=request-1", "connections::consent-denied"),
        ("http://127.0.0.1:8917/callback?oauth_problem=user_refused", "connections::consent-denied"),
    ] {
        let error = finished(&bench, answer).await.unwrap_err();
        assert_eq!(error.code(), code, "{answer}");
    }
    assert_eq!(server.count("/access"), 0);
}

#[tokio::test]
async fn refusals_are_told_in_words() {
    for (status, answer, words) in [
        (401, "oauth_problem=nonce_used", "repeated one"),
        (401, "oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1-2", "the clocks differ"),
        (400, "oauth_problem=signature_invalid", "the signature is not"),
        (401, "oauth_problem=consumer_key_unknown", "consumer key"),
        (
            401,
            "{\"errors\":[{\"code\":32,\"message\":\"Could not authenticate you.\"}]}",
            "Could not authenticate you.",
        ),
        (403, "<html>", "status 403"),
        (503, "<html>", "answered with status 503"),
        (200, "oauth_token=a&oauth_token_secret=b", "did not confirm the callback"),
        (200, "oauth_callback_confirmed=true", "without an `oauth_token`"),
        (200, "oauth_callback_confirmed=true&oauth_token=a", "without an `oauth_token_secret`"),
    ] {
        let server = Server::start(move |_| form(status, answer));
        let error = begun(&bench(&server, ""), None).await.unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert!(!error.help().is_empty() && !format!("{error:?}").contains("consumer-marker"));
    }
    // A server that repeats what it was sent.
    let server = Server::start(|seen| (401, "text/plain", seen.header("authorization").to_owned()));
    let error = begun(&bench(&server, "signature = \"PLAINTEXT\""), None).await.unwrap_err();
    assert!(!error.to_string().contains("consumer-marker"), "{error}");
}

#[tokio::test]
async fn nothing_is_stored_before_the_end_and_nothing_is_lost() {
    let server = Server::start(|seen: &Seen| match seen.target.as_str() {
        "/request" => form(200, REQUEST),
        _ => form(401, "oauth_problem=verifier_invalid"),
    });
    let bench = bench(&server, "");
    assert_eq!(finished(&bench, ANSWER).await.unwrap_err().code(), "connections::oauth1-refused");
    assert_eq!(bench.connections.summary("acme_main").unwrap_err().code(), "connections::unknown-link-name");
    let known = [CONSUMER[0], CONSUMER[1], ("token", "old"), ("token_secret", "old-secret")];
    bench.connections.create(wanted(&known)).unwrap();
    finished(&bench, ANSWER).await.unwrap_err();
    let vault = bench.connections.vault_of(crate::connections::Origin::User);
    assert_eq!(vault.get(&RecordId::new("acme_main", None)).unwrap().unwrap().field("token"), "old");
}

#[tokio::test]
async fn an_address_that_is_not_there_is_named() {
    let server = provider(REQUEST, ACCESS);
    let text = format!("type = \"oauth1\"\naccess_token_url = \"{}/access\"", server.base);
    let bench = Bench::with_service(&format!("link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\n{text}\n"));
    let error = begun(&bench, None).await.unwrap_err();
    assert_eq!(error.code(), "connections::no-authorize-url");
    assert!(error.to_string().contains("`request_token_url`"), "{error}");
}

#[tokio::test]
async fn the_two_secrets_travel_only_where_nobody_listens() {
    let text = "link_name = \"acme\"\nhosts = [\"a.test\"]\nplain_http = true\n[auth]\ntype = \"oauth1\"\nsignature = \"PLAINTEXT\"\n";
    let bench = Bench::with_service(text);
    bench.connections.create(wanted(&CONSUMER)).unwrap();
    let error = bench.connections.send("acme_main", None, get("http://a.test/x")).await.unwrap_err();
    assert_eq!(error.code(), "connections::plain-http");
}
