//! Servers that refuse, break off, stay silent or lie. Each is an error with its code, within its time.

use std::time::{Duration, Instant};

use super::delivery::{Bench, MARKER};
use super::mail;
use super::server::{MailServerStub, Manners};
use crate::effect::Mail;
use crate::host::{MailServer, Mailer, Security};
use crate::http::{Limits, Options};

fn replying(command: &'static str, reply: &str) -> Manners {
    Manners { replies: vec![(command, format!("{reply}\r\n"))], ..Manners::default() }
}

#[tokio::test]
async fn each_refusal_has_its_code_and_the_servers_words() {
    let bench = Bench::new();
    for (command, reply, code, words) in [
        ("EHLO", "502 not today", "mail::refused", "502 not today"),
        ("MAIL", "550 5.7.1 not your sender", "mail::sender-refused", "shop@example.com: 550 5.7.1 not your sender"),
        ("MAIL", "552 5.3.4 too big", "mail::too-large", "552 5.3.4 too big"),
        ("RCPT", "450 4.2.1 busy", "mail::receiver-refused", "ada@example.com (450 4.2.1 busy)"),
        ("DATA", "554 no valid recipients", "mail::refused", "554 no valid recipients"),
        (".", "554 5.7.1 spam", "mail::refused", "554 5.7.1 spam"),
        (".", "552 5.3.4 message too big", "mail::too-large", "552 5.3.4 message too big"),
        (".", "", "mail::broken-answer", ""),
        ("RCPT", "", "mail::broken-answer", ""),
        ("MAIL", "what is this", "mail::broken-answer", ""),
    ] {
        let mut manners = replying(command, reply);
        if reply.is_empty() {
            manners.replies = vec![(command, String::new())];
        }
        let problem = bench.problem(manners, None).await;
        assert_eq!(problem.code, code, "{command} {reply}: {problem:?}");
        assert!(problem.message.contains(words), "{command} {reply}: {problem:?}");
    }
}

#[tokio::test]
async fn a_login_that_is_refused_shows_no_password() {
    let bench = Bench::new();
    for reply in [
        "535 5.7.8 wrong".to_owned(),
        format!("535 no, {MARKER} is wrong"),
        "535 c2hvcAptYXJrZXItN2QxZS1wYXNzd29yZA==".into(),
    ] {
        let manners = Manners { security: Security::StartTls, ..replying("AUTH", &reply) };
        let problem = bench.problem(manners, Some("mailer")).await;
        assert_eq!(problem.code, "mail::login-refused");
        assert!(problem.message.contains("535"), "{problem:?}");
    }
    let manners = Manners { security: Security::Tls, features: vec!["AUTH XOAUTH2"], ..Manners::default() };
    assert_eq!(bench.problem(manners, Some("mailer")).await.code, "mail::login-refused");
}

#[tokio::test]
async fn every_receiver_that_is_refused_is_named_and_nothing_is_sent() {
    let (bench, stub) = (Bench::new(), MailServerStub::start(replying("RCPT TO:<b", "550 no such user")));
    let to = ["a@x.test", "b1@x.test", "b2@x.test", "c@x.test"].map(str::to_owned).to_vec();
    let mailer = bench.mailer(&stub, Security::None, None);
    let problem = bench.send(&mailer, &Mail { to, ..mail() }).await.unwrap_err();
    assert_eq!(problem.code, "mail::receiver-refused");
    let expected = "refused 2 of 4 receivers, so the mail was not sent: b1@x.test (550 no such user), b2@x.test";
    assert!(problem.message.contains(expected), "{problem:?}");
    assert_eq!(stub.heard().messages.len(), 0);
    assert!(!stub.heard().commands.contains(&"DATA".to_owned()));
}

#[tokio::test]
async fn encryption_is_never_given_up() {
    let bench = Bench::new();
    // The server does not offer it.
    let stub = MailServerStub::start(Manners::default());
    let problem = bench.send(&bench.mailer(&stub, Security::StartTls, Some("mailer")), &mail()).await.unwrap_err();
    assert_eq!(problem.code, "mail::tls");
    assert!(problem.message.contains("offers no STARTTLS"), "{problem:?}");
    assert!(!stub.heard().commands.iter().any(|line| line.starts_with("AUTH") || line.starts_with("MAIL")));
    // It offers it and then refuses.
    let manners = Manners { security: Security::StartTls, ..replying("STARTTLS", "454 not now") };
    assert_eq!(bench.problem(manners, Some("mailer")).await.code, "mail::tls");
    // What it says before is not taken for said in secret.
    let injected = "250-evil\r\n250 AUTH PLAIN\r\n";
    let manners = Manners { security: Security::StartTls, injected, ..Manners::default() };
    assert_eq!(bench.problem(manners, Some("mailer")).await.code, "mail::tls");
    // Plain text where encryption is expected.
    let stub = MailServerStub::start(Manners::default());
    let problem = bench.send(&bench.mailer(&stub, Security::Tls, Some("mailer")), &mail()).await.unwrap_err();
    assert_eq!(problem.code, "mail::tls");
}

#[tokio::test]
async fn certificates_are_checked_for_name_and_authority() {
    let bench = Bench::new();
    for security in [Security::StartTls, Security::Tls] {
        let manners = Manners { security, ..Manners::default() };
        let stub = MailServerStub::named("other.example.com", manners.clone());
        let problem = bench.send(&bench.mailer(&stub, security, Some("mailer")), &mail()).await.unwrap_err();
        assert_eq!(problem.code, "mail::tls", "{problem:?}");
        // Nobody vouches for this one.
        let stub = MailServerStub::start(manners);
        let server =
            MailServer { host: "localhost".into(), port: stub.port, security, connection: Some("mailer".into()) };
        let problem = bench.send(&Mailer::new(server, &bench.options), &mail()).await.unwrap_err();
        assert_eq!(problem.code, "mail::tls", "{problem:?}");
        assert!(problem.message.ends_with("comes from no authority that is trusted here"), "{problem:?}");
        assert!(!stub.heard().commands.iter().any(|line| line.starts_with("AUTH")));
    }
}

#[tokio::test]
async fn nobody_there_and_no_such_name() {
    let bench = Bench::new();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let to = |host: &str, port| {
        let server = MailServer { host: host.to_owned(), port, security: Security::StartTls, connection: None };
        Mailer::new(server, &bench.options)
    };
    let problem = bench.send(&to("127.0.0.1", port), &mail()).await.unwrap_err();
    assert_eq!(problem.code, "mail::connect");
    assert!(problem.message.contains(&format!("127.0.0.1:{port}: ")), "{problem:?}");
    assert_eq!(bench.send(&to("nothing.invalid", 25), &mail()).await.unwrap_err().code, "http::dns");
}

#[tokio::test]
async fn silence_and_endless_talk_end_in_time() {
    let mut bench = Bench::new();
    bench.options.limits = Limits { total: Duration::from_millis(300), ..bench.options.limits.clone() };
    for command in ["EHLO", "MAIL", "RCPT", "DATA", "."] {
        let manners = Manners { replies: vec![(command, "silence".to_owned())], ..Manners::default() };
        // After the message the stub says the word itself, which is no reply either.
        let code = bench.problem(manners, None).await.code;
        assert!(code == "mail::timeout" || command == "." && code == "mail::broken-answer", "{command}: {code}");
    }
    let silent = Manners { greeting: String::new(), ..Manners::default() };
    assert_eq!(bench.problem(silent, None).await.code, "mail::timeout");
}

#[tokio::test]
async fn a_line_without_end_is_cut_off() {
    let bench = Bench::new();
    let begun = Instant::now();
    for greeting in ["220 ".to_owned() + &"x".repeat(6_000_000), "220-x\r\n".repeat(900_000), "\r\n".repeat(3_000)] {
        let manners = Manners { greeting, ..Manners::default() };
        assert_eq!(bench.problem(manners, None).await.code, "mail::broken-answer");
    }
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn an_address_beyond_ascii_needs_a_server_that_knows_it() {
    let bench = Bench::new();
    let mail = Mail { to: vec!["jörg@example.com".into()], ..mail() };
    let stub = MailServerStub::start(Manners { features: vec!["8BITMIME"], ..Manners::default() });
    let problem = bench.send(&bench.mailer(&stub, Security::None, None), &mail).await.unwrap_err();
    assert_eq!(problem.code, "mail::refused");
    let stub = MailServerStub::start(Manners::default());
    bench.send(&bench.mailer(&stub, Security::None, None), &mail).await.unwrap();
    assert!(stub.heard().commands[1].contains("SMTPUTF8"), "{:?}", stub.heard());
}

#[test]
fn options_are_shared_with_requests() {
    let options =
        Options { limits: Limits { total: Duration::from_secs(7), ..Limits::default() }, ..Options::default() };
    let server = MailServer { host: "a.test".into(), port: 587, security: Security::StartTls, connection: None };
    assert_eq!(Mailer::new(server, &options).limits.total, Duration::from_secs(7));
}
