//! Answers of token endpoints that are tokens, however they are written, and how long each is believed to live.

use serde_json::json;

use super::{TOKENS, assert_kept};
use crate::cli::credentials::{connect, send, service};
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Server};

/// A connection whose token endpoint always answers this.
fn answering(answer: impl Fn() -> Answer + Send + Sync + 'static, more: &str) -> (Desk, Server) {
    let server = Server::start(move |seen| if seen.path() == "/token" { answer() } else { Answer::ok() });
    let desk = Desk::project("");
    let auth = format!("type = \"oauth2\"\nauthorize_url = \"{0}\"\ntoken_url = \"{0}\"\n{more}", server.url("/token"));
    service(&desk, "acme", &auth);
    connect(&desk, "shop", "acme", &[], &TOKENS).expect(0);
    (desk, server)
}

/// How many renewals two requests make, and how long the token then lives, in seconds.
fn life(desk: &Desk, server: &Server) -> (usize, i64) {
    for _ in 0..2 {
        let done = send(desk, &server.url("/me"), "shop", "type: GET").expect(0);
        assert_kept(desk, &[&done], &[server]);
    }
    let shown = desk.sluice(&["connections", "show", "shop", "--json"]).expect(0).json();
    let sent: Vec<_> = server.seen().into_iter().filter(|seen| seen.path() == "/me").collect();
    assert!(sent.iter().all(|seen| seen.header("authorization") == "Bearer S3cretW0rd-1"), "{sent:?}");
    let renewals = server.calls().iter().filter(|call| *call == "POST /token").count();
    (renewals, shown["expires_in"].as_i64().unwrap())
}

#[test]
fn a_life_is_read_in_every_form() {
    let cases = [
        (json!(3600), 3600),
        (json!("3600"), 3600),
        (json!(" 7200 "), 7200),
        (json!(3600.0), 3600),
        (json!("3599.9"), 3599),
        (json!(1e3), 1000),
        (json!(null), 3600),
        (json!("soon"), 3600),
        (json!(""), 3600),
        (json!(true), 3600),
        (json!([3600]), 3600),
        (json!({"seconds": 1}), 3600),
        (json!("NaN"), 3600),
        (json!("inf"), 3600),
        (json!(1e300), 315_360_000),
        (json!(u64::MAX), 315_360_000),
        (json!("99999999999999999999999999"), 315_360_000),
    ];
    for (written, seconds) in cases {
        let answer = json!({"access_token": "S3cretW0rd-1", "expires_in": written.clone()});
        let (desk, server) = answering(move || Answer::json(200, answer.clone()), "");
        let (renewals, left) = life(&desk, &server);
        assert_eq!(renewals, 1, "{written}");
        assert!((seconds - 60..=seconds).contains(&left), "{written}: {left}");
    }
}

#[test]
fn a_token_that_has_ended_already_is_used_once() {
    for written in [json!(0), json!(-1), json!("0"), json!("-3600"), json!(-1e300), json!(0.4)] {
        let answer = json!({"access_token": "S3cretW0rd-1", "expires_in": written.clone()});
        let (desk, server) = answering(move || Answer::json(200, answer.clone()), "");
        let (renewals, left) = life(&desk, &server);
        assert!(renewals == 2 && (-60..=0).contains(&left), "{written}: {renewals} {left}");
    }
}

#[test]
fn the_expiry_time_of_the_service_is_an_upper_bound() {
    for (given, seconds) in [(json!(300), 300), (json!(90_000), 1200), (json!(null), 1200)] {
        let answer = json!({"access_token": "S3cretW0rd-1", "expires_in": given});
        let (desk, server) = answering(move || Answer::json(200, answer.clone()), "expiry = 1200");
        let (renewals, left) = life(&desk, &server);
        assert!(renewals == 1 && (seconds - 60..=seconds).contains(&left), "{given}: {renewals} {left}");
    }
}

#[test]
fn a_token_is_found_in_every_encoding() {
    let json = "{\"access_token\": \"S3cretW0rd-1\", \"expires_in\": 3600, \"note\": \"bücher\"}";
    let form = "access_token=S3cretW0rd-1&expires_in=3600&scope=a%20b";
    let latin = |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<_>>();
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let cases: Vec<(&str, &'static str, Vec<u8>)> = vec![
        ("JSON", "application/json", json.into()),
        ("JSON of no type", "text/html", json.into()),
        ("a wrong charset", "application/json; charset=iso-8859-1", json.into()),
        ("an unknown charset", "application/json; charset=nonsense", json.into()),
        ("Latin-1 that says so", "application/json; charset=ISO-8859-1", latin(json)),
        ("Latin-1 that does not", "application/json", latin(json)),
        ("a byte order mark", "application/json", format!("\u{feff}{json}").into()),
        ("UTF-16", "application/json; charset=utf-16le", utf16(json)),
        ("UTF-16 with its mark", "application/json", utf16(&format!("\u{feff}{json}"))),
        ("a form", "application/x-www-form-urlencoded", form.into()),
        ("a form of no type", "text/plain", form.into()),
        ("a form that says JSON", "application/json", format!("{form}\n").into()),
        ("a form with a mark", "text/plain", format!("\u{feff}{form}").into()),
        ("blanks around", "application/json", format!("\n\n  {json}\r\n").into()),
    ];
    for (name, media_type, body) in cases {
        let (desk, server) = answering(move || Answer::Bytes { media_type, body: body.clone() }, "");
        let (renewals, left) = life(&desk, &server);
        assert!(renewals == 1 && (3500..=3600).contains(&left), "{name}: {renewals} {left}");
    }
}

#[test]
fn what_else_an_answer_holds_does_no_harm() {
    let more = [
        json!({}),
        json!({"token_type": null}),
        json!({"token_type": 7}),
        json!({"token_type": "Zoho-oauthtoken"}),
        json!({"token_type": ""}),
        json!({"error": null}),
        json!({"error": ""}),
        json!({"error": false}),
        json!({"error": 0}),
        json!({"scope": null}),
        json!({"scope": ["a", "b"]}),
        json!({"refresh_token": null}),
        json!({"refresh_token": ""}),
        json!({"refresh_token": 7}),
        json!({"api_domain": "https://www.zohoapis.eu"}),
        json!({"api_domain": 7}),
        json!({"api_domain": "https://evil.test"}),
        json!({"accounts-server": "https://evil.test", "location": "eu"}),
        json!({"nested": {"access_token": "another", "deep": [[[[{}]]]]}}),
    ];
    for more in more {
        let mut answer = json!({"access_token": "S3cretW0rd-1", "expires_in": 3600});
        answer.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let (desk, server) = answering(move || Answer::json(200, answer.clone()), "");
        assert_eq!(life(&desk, &server).0, 1, "{more}");
        desk.sluice(&["connections", "list"]).expect(0);
    }
}
