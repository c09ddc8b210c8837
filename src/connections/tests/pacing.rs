//! How often a token endpoint is asked: after failures, when it wants to be left alone, and when the service gives few
//! tokens. Time is the bench's own.

use std::sync::{Arc, Mutex};

use super::server::{Answer, Server, json};
use super::{Bench, START, get, wanted};
use crate::connections::{Error, Origin, vault::RecordId};

/// A token endpoint whose answer can be changed, and an API that wants the newest token.
struct Setting {
    bench: Bench,
    server: Server,
    token: Arc<Mutex<Answer>>,
}

fn fresh() -> Answer {
    json(200, "{\"access_token\":\"access-new\",\"expires_in\":3600}")
}

impl Setting {
    fn new(auth: &str, expires_in: i64) -> Self {
        let token = Arc::new(Mutex::new(fresh()));
        let answer = Arc::clone(&token);
        let server = Server::start(move |seen| match seen.target.as_str() {
            "/token" => answer.lock().unwrap().clone(),
            "/refused" => json(401, "{}"),
            _ => json(200, "{}"),
        });
        let bench = Bench::with_service(&format!(
            "link_name = \"acme\"\nhosts = [\"127.0.0.1\"]\n[auth]\ntype = \"oauth2\"\ntoken_url = \"{}/token\"\n{auth}\n",
            server.base
        ));
        let fields = [("client_id", "the-id"), ("refresh_token", "refresh-1"), ("access_token", "access-old")];
        let mut wanted = wanted(&fields);
        wanted.expires_in = Some(expires_in);
        bench.connections.create(wanted).unwrap();
        Self { bench, server, token }
    }

    fn answers(&self, answer: Answer) {
        *self.token.lock().unwrap() = answer;
    }

    async fn send(&self) -> Result<u16, Error> {
        self.send_to("/api").await
    }

    async fn send_to(&self, path: &str) -> Result<u16, Error> {
        self.bench.connections.send("acme_main", None, get(&self.server.url(path))).await.map(|sent| sent.status)
    }

    fn asked(&self) -> usize {
        self.server.count("/token")
    }
}

fn down(retry_after: &str) -> Answer {
    (503, "text/plain", retry_after.to_owned())
}

#[tokio::test]
async fn a_dead_endpoint_is_not_asked_at_every_request() {
    let mut setting = Setting::new("renew_before = 600", 3600);
    setting.answers(json(500, "{}"));
    setting.bench.pass(3000);
    for _ in 0..5 {
        assert_eq!(setting.send().await.unwrap(), 200);
    }
    assert_eq!(setting.asked(), 1);
    // Another process knows it too.
    setting.bench.reopen();
    setting.bench.pass(29);
    setting.send().await.unwrap();
    assert_eq!(setting.asked(), 1);
    setting.bench.pass(1);
    setting.send().await.unwrap();
    assert_eq!(setting.asked(), 2);
    setting.bench.pass(59);
    setting.send().await.unwrap();
    assert_eq!(setting.asked(), 2);
    setting.bench.pass(1);
    setting.answers(fresh());
    setting.send().await.unwrap();
    assert_eq!(setting.asked(), 3);
    assert_eq!(setting.server.seen().last().unwrap().header("authorization"), "Bearer access-new");
    let vault = setting.bench.connections.vault_of(Origin::User);
    let record = vault.get(&RecordId::new("acme_main", None)).unwrap().unwrap();
    assert_eq!((record.renewal.failures, record.renewal.succeeded_at), (0, Some(START + 3090)));
}

#[tokio::test]
async fn an_ended_token_is_asked_for_again_at_once_and_then_ever_slower() {
    let setting = Setting::new("", 0);
    setting.answers(json(502, "{}"));
    for (pass, asked) in [(0, 1), (0, 2), (0, 2), (1, 3), (1, 3), (1, 4), (3, 4), (1, 5)] {
        setting.bench.pass(pass);
        setting.send().await.unwrap_err();
        assert_eq!(setting.asked(), asked);
    }
    let error = setting.send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the token endpoint of \"acme_main\", 127.0.0.1, is asked again in 8 seconds at the earliest; the last time it \
         answered with status 502"
    );
    assert!(error.help().contains("try again later"), "{}", error.help());
    assert_eq!(setting.server.count("/api"), 0);
}

#[tokio::test]
async fn a_wish_to_be_left_alone_is_kept_by_every_process() {
    // 2027-01-15 08:02:00 is two minutes after the bench's start.
    for (wish, seconds) in [("120", 120), ("Fri, 15 Jan 2027 08:02:00 GMT", 120), ("99999999", 3600), ("soon", 0)] {
        let mut setting = Setting::new("", 0);
        setting.answers(down(wish));
        setting.send().await.unwrap_err();
        setting.bench.reopen();
        setting.answers(fresh());
        if seconds > 0 {
            let error = setting.send().await.unwrap_err();
            assert!(error.to_string().contains(&format!("again in {seconds} seconds")), "{error}");
            setting.bench.pass(seconds - 1);
            setting.send().await.unwrap_err();
            assert_eq!(setting.asked(), 1);
            setting.bench.pass(1);
        }
        assert_eq!(setting.send().await.unwrap(), 200);
        assert_eq!(setting.asked(), 2);
    }
}

#[tokio::test]
async fn connecting_again_ends_the_pause() {
    let setting = Setting::new("", 0);
    setting.answers((429, "text/plain", "600".into()));
    setting.send().await.unwrap_err();
    setting.answers(fresh());
    let again = wanted(&[("client_id", "the-id"), ("refresh_token", "refresh-2")]);
    setting.bench.connections.create(again).unwrap();
    assert_eq!(setting.send().await.unwrap(), 200);
}

#[tokio::test]
async fn who_waits_for_a_renewal_shares_its_failure() {
    let setting = Arc::new(Setting::new("", 0));
    setting.answers(json(500, "{}"));
    let all: Vec<_> = (0..100)
        .map(|_| {
            let setting = Arc::clone(&setting);
            tokio::spawn(async move { setting.send().await })
        })
        .collect();
    for one in all {
        assert_eq!(one.await.unwrap().unwrap_err().code(), "connections::token-answer");
    }
    // One, and at most one more by those who came after it had ended.
    assert!(setting.asked() <= 2, "{}", setting.asked());
}

#[tokio::test]
async fn a_cool_down_stands_between_two_renewals() {
    let setting = Setting::new("cool_down = 300", 0);
    assert_eq!(setting.send().await.unwrap(), 200);
    // An API that refuses good tokens does not use up those that the service gives.
    for _ in 0..3 {
        assert_eq!(setting.send_to("/refused").await.unwrap(), 401);
    }
    assert_eq!(setting.asked(), 1);
    let notes = setting.bench.notes();
    let told = "the token of \"acme_main\" was renewed just now and can be renewed again in 300 seconds";
    assert!(notes.iter().any(|note| note == told), "{notes:?}");
    setting.bench.pass(300);
    assert_eq!(setting.send_to("/refused").await.unwrap(), 401);
    assert_eq!(setting.asked(), 2);
}

#[tokio::test]
async fn a_cool_down_counts_renewals() {
    let setting = Setting::new("cool_down = 300\nrenewals = 3", 0);
    let mut now = 0;
    for (second, asked) in [(0, 1), (10, 2), (20, 3), (30, 3), (299, 3), (300, 4), (309, 4), (310, 5)] {
        setting.bench.pass(second - now);
        now = second;
        assert_eq!(setting.send_to("/refused").await.unwrap(), 401);
        assert_eq!(setting.asked(), asked, "after {second} seconds");
    }
}

#[tokio::test]
async fn a_token_that_ends_within_the_cool_down_is_waited_for() {
    let setting = Setting::new("cool_down = 300", 0);
    setting.answers(json(200, "{\"access_token\":\"access-short\",\"expires_in\":100}"));
    setting.send().await.unwrap();
    setting.bench.pass(95);
    assert_eq!(setting.send().await.unwrap(), 200);
    assert_eq!(setting.asked(), 1);
    setting.bench.pass(5);
    let error = setting.send().await.unwrap_err();
    assert_eq!(error.code(), "connections::renewal-too-soon");
    assert!(error.to_string().contains("200 seconds"), "{error}");
    assert!(error.help().contains("cool_down"), "{}", error.help());
    assert_eq!(setting.asked(), 1);
}

#[tokio::test]
async fn a_service_sets_its_own_margin() {
    for (margin, early, due) in
        [("renew_before = 900", 2699, 2700), ("renew_before = 0", 3599, 3600), ("renew_before = 3600", 1799, 1800)]
    {
        let setting = Setting::new(margin, 3600);
        setting.bench.pass(early);
        setting.send().await.unwrap();
        assert_eq!(setting.asked(), 0, "{margin}");
        setting.bench.pass(due - early);
        setting.send().await.unwrap();
        assert_eq!(setting.asked(), 1, "{margin}");
    }
}
