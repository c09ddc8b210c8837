//! Mails handed to a server on a loopback port.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mail_parser::MessageParser;

use super::mail;
use super::server::{MailServerStub, Manners};
use crate::connections::Connections;
use crate::effect::{Mail, MailContent, Problem};
use crate::host::{MailServer, Mailer, Security};
use crate::http::{Client, Guard, Limits, Options};
use crate::secret::{Redactor, Secret};

pub const MARKER: &str = "marker-7d1e-password";

/// Settings, connections and what is common to the tests.
pub struct Bench {
    pub options: Options,
    connections: Connections,
}

impl Bench {
    pub fn new() -> Self {
        let limits = Limits { connect: Duration::from_secs(5), total: Duration::from_secs(10), ..Limits::default() };
        let options =
            Options { guard: Guard::off(), limits, redactor: Arc::new(Redactor::default()), ..Options::default() };
        let connections = Connections::in_memory(Client::new(options.clone()).unwrap(), Arc::clone(&options.redactor));
        connections.basic("mailer", "shop", &Secret::new(MARKER), &["localhost", "127.0.0.1"]).unwrap();
        connections.bearer("token", &Secret::new("a-token-of-somebody"), &["localhost"]).unwrap();
        connections.basic("elsewhere", "shop", &Secret::new(MARKER), &["smtp.example.com"]).unwrap();
        Self { options, connections }
    }

    pub fn mailer(&self, stub: &MailServerStub, security: Security, connection: Option<&str>) -> Mailer {
        let host = if security == Security::None { "127.0.0.1" } else { "localhost" };
        let connection = connection.map(str::to_owned);
        let server = MailServer { host: host.to_owned(), port: stub.port, security, connection };
        let certificates = vec![stub.certificate.path().to_owned()];
        Mailer::new(server, &Options { certificates, ..self.options.clone() })
    }

    pub async fn send(&self, mailer: &Mailer, mail: &Mail) -> Result<(), Problem> {
        mailer.send(mail, &self.connections, None).await
    }

    /// The problem of a server with these manners.
    pub async fn problem(&self, manners: Manners, connection: Option<&str>) -> Problem {
        let security = manners.security;
        let stub = MailServerStub::start(manners);
        let problem = self.send(&self.mailer(&stub, security, connection), &mail()).await.unwrap_err();
        let shown = format!("{problem:?}");
        for secret in [MARKER.to_owned(), STANDARD.encode(MARKER), STANDARD.encode(format!("\0shop\0{MARKER}"))] {
            assert!(!shown.contains(&secret), "{shown}");
        }
        assert!(problem.help.is_some() && !problem.message.contains(['\r', '\n']), "{problem:?}");
        problem
    }
}

#[tokio::test]
async fn a_mail_arrives_with_its_envelope() {
    let (bench, stub) = (Bench::new(), MailServerStub::start(Manners::default()));
    let mail = Mail {
        cc: vec!["Cy <cc@example.com>".into()],
        bcc: vec!["hidden@example.com".into()],
        message: ".\n..two\nGrüße\n.".into(),
        content: MailContent::Plain,
        ..mail()
    };
    bench.send(&bench.mailer(&stub, Security::None, None), &mail).await.unwrap();
    let heard = stub.heard();
    assert_eq!(
        heard.commands.iter().filter(|line| !line.starts_with("EHLO")).collect::<Vec<_>>(),
        [
            "MAIL FROM:<shop@example.com>",
            "RCPT TO:<ada@example.com>",
            "RCPT TO:<cc@example.com>",
            "RCPT TO:<hidden@example.com>",
            "DATA",
            "QUIT"
        ]
    );
    let bytes = stub.message();
    let message = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), mail.message);
    assert!(message.date().is_some() && message.bcc().is_none());
}

#[tokio::test]
async fn the_login_goes_only_through_an_encrypted_connection() {
    let login = format!("AUTH PLAIN {}", STANDARD.encode(format!("\0shop\0{MARKER}")));
    for security in [Security::StartTls, Security::Tls] {
        let (bench, stub) = (Bench::new(), MailServerStub::start(Manners { security, ..Manners::default() }));
        bench.send(&bench.mailer(&stub, security, Some("mailer")), &mail()).await.unwrap();
        let commands = stub.heard().commands;
        let at = |text: &str| commands.iter().position(|line| line.starts_with(text));
        assert_eq!(commands.iter().filter(|line| **line == login).count(), 1, "{commands:?}");
        assert!(security == Security::Tls || at("STARTTLS").unwrap() < at("AUTH").unwrap());
        assert_eq!(stub.heard().messages.len(), 1);
        assert!(!bench.options.redactor.redact(&login).contains(&login["AUTH PLAIN ".len() + 8..]));
    }
}

#[tokio::test]
async fn the_older_login_is_known_too() {
    let replies = vec![
        ("AUTH LOGIN", "334 VXNlcm5hbWU6\r\n".to_owned()),
        ("c2hvcA==", "334 UGFzc3dvcmQ6\r\n".to_owned()),
        ("bWFya", "235 welcome\r\n".to_owned()),
    ];
    let manners = Manners { security: Security::Tls, replies, features: vec!["AUTH LOGIN"], ..Manners::default() };
    let (bench, stub) = (Bench::new(), MailServerStub::start(manners));
    bench.send(&bench.mailer(&stub, Security::Tls, Some("mailer")), &mail()).await.unwrap();
    assert_eq!(stub.heard().messages.len(), 1);
}

#[tokio::test]
async fn a_credential_goes_only_to_a_host_of_its_service() {
    let (bench, stub) = (Bench::new(), MailServerStub::start(Manners::default()));
    for (connection, code) in [
        ("elsewhere", "connections::invalid-domain"),
        ("token", "connections::no-login"),
        ("unknown", "connections::unknown-link-name"),
    ] {
        let problem = bench.send(&bench.mailer(&stub, Security::None, Some(connection)), &mail()).await.unwrap_err();
        assert_eq!(problem.code, code, "{problem:?}");
    }
    assert_eq!(stub.heard().connections, 0);
}

#[tokio::test]
async fn the_ports_of_mail_count_as_a_hosts_own() {
    let bench = Bench::new();
    let login = |port| bench.connections.mail_login("elsewhere", None, "smtp.example.com", port);
    for port in [25, 465, 587] {
        assert_eq!(login(port).unwrap().0, "shop");
    }
    assert_eq!(login(2525).unwrap_err().code(), "connections::invalid-domain");
    let other = bench.connections.mail_login("elsewhere", None, "smtp.example.com.evil.test", 587).unwrap_err();
    assert_eq!(other.code(), "connections::invalid-domain");
}

#[tokio::test]
async fn addresses_are_checked_by_the_guard() {
    let bench = Bench::new();
    let stub = MailServerStub::start(Manners::default());
    for host in ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]"] {
        for guard in [Guard::on()] {
            let options = Options { guard, ..bench.options.clone() };
            let server =
                MailServer { host: host.to_owned(), port: stub.port, security: Security::StartTls, connection: None };
            let problem = bench.send(&Mailer::new(server, &options), &mail()).await.unwrap_err();
            assert_eq!(problem.code, "http::blocked-address", "{host}: {problem:?}");
        }
    }
    let server =
        MailServer { host: "169.254.169.254".into(), port: 25, security: Security::StartTls, connection: None };
    let problem = bench.send(&Mailer::new(server, &bench.options), &mail()).await.unwrap_err();
    assert_eq!(problem.code, "http::blocked-address");
    assert_eq!(stub.heard().connections, 0);
}

#[tokio::test]
async fn nothing_leaves_the_machine_unencrypted() {
    let bench = Bench::new();
    for host in ["smtp.example.com", "10.0.0.1", "192.0.2.1"] {
        let server = MailServer { host: host.to_owned(), port: 25, security: Security::None, connection: None };
        let problem = bench.send(&Mailer::new(server, &bench.options), &mail()).await.unwrap_err();
        assert_eq!(problem.code, "mail::not-encrypted", "{host}");
    }
}
