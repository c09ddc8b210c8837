//! Faults of the world, as scripts meet them. Each is made of the error that the real thing ends in, so a script that can
//! deal with the mock can deal with the fault.

use crate::effect::{Action, Effect, Problem, Reply};
use crate::host::live;
use crate::host::mail::Error as MailError;
use crate::http::{self, Limits, Response};

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No answer in time; without waiting for that time.
    Timeout,
    /// The connection is cut before the answer.
    Reset,
    /// Nobody listens there.
    Refused,
    /// There is no such host.
    Dns,
    /// The certificate is not to be trusted.
    Tls,
    /// The answer is status 500.
    Status500,
    /// The answer comes, but late.
    Slow,
    /// The answer is called JSON and is none.
    Garbage,
    /// The answer breaks off.
    HalfBody,
    /// The answer is larger than answers may be.
    TooLarge,
}

impl Fault {
    /// Every fault with its word.
    pub const ALL: [(&'static str, Fault); 10] = [
        ("timeout", Fault::Timeout),
        ("reset", Fault::Reset),
        ("refused", Fault::Refused),
        ("dns", Fault::Dns),
        ("tls", Fault::Tls),
        ("status-500", Fault::Status500),
        ("slow", Fault::Slow),
        ("garbage", Fault::Garbage),
        ("half-body", Fault::HalfBody),
        ("too-large", Fault::TooLarge),
    ];

    /// By its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, fault)| *fault)
    }

    /// What the script gets.
    pub(super) fn reply(self, effect: &Effect, limits: &Limits) -> Reply {
        match &effect.action {
            Action::Request(request) => self.of_request(&request.http.url, limits),
            Action::Mail(_) => Reply::Failed(self.of_mail(limits).problem()),
            // What is asked of the platform travels by the network, too.
            _ => Reply::Failed(self.problem("the platform", None, limits)),
        }
    }

    fn of_request(self, url: &url::Url, limits: &Limits) -> Reply {
        let response = |status, kind: &str, body: &'static [u8]| {
            let headers = vec![("content-type".to_owned(), kind.to_owned())];
            Reply::Response(Response { status, headers, body: body.into(), url: url.clone() })
        };
        match self {
            Fault::Status500 => response(500, "text/plain", b"Internal Server Error"),
            Fault::Garbage => response(200, "application/json", b"{\"id\": 1, \"name\": \"\xff\xfe\x00<html>"),
            _ => Reply::Failed(self.problem(url.host_str().unwrap_or_default(), url.port_or_known_default(), limits)),
        }
    }

    /// The problem that a request to this host ends in.
    fn problem(self, host: &str, port: Option<u16>, limits: &Limits) -> Problem {
        let host = host.to_owned();
        let at = port.map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
        let error = match self {
            Fault::Timeout | Fault::Slow => http::Error::Timeout { host, limit: limits.total },
            Fault::Refused => http::Error::Connect { host: at, reason: REFUSED.to_owned() },
            Fault::Dns => http::Error::Dns { host },
            Fault::Tls => http::Error::Tls { host: at, reason: untrusted() },
            Fault::TooLarge => http::Error::TooLarge { host, what: "content", limit: limits.response_bytes },
            Fault::Reset => http::Error::BrokenAnswer { host, reason: RESET.to_owned() },
            Fault::HalfBody => http::Error::BrokenAnswer { host, reason: CUT.to_owned() },
            Fault::Garbage => http::Error::BrokenAnswer { host, reason: NO_HTTP.to_owned() },
            Fault::Status500 => http::Error::BrokenAnswer { host, reason: "status 500".to_owned() },
        };
        live::http_problem(&error)
    }

    /// What sending a mail ends in; which server there would be is not known here.
    fn of_mail(self, limits: &Limits) -> MailError {
        let server = "mail.invalid".to_owned();
        let broken = |reason: &str| MailError::BrokenAnswer { server: server.clone(), reason: reason.to_owned() };
        match self {
            Fault::Timeout | Fault::Slow => MailError::Timeout { server, limit: limits.total },
            Fault::Refused => MailError::Connect { server, reason: REFUSED.to_owned() },
            Fault::Dns => http::Error::Dns { host: server }.into(),
            Fault::Tls => MailError::Tls { server, reason: untrusted() },
            Fault::TooLarge => MailError::TooLarge { size: 0, reply: "552 5.3.4 message too big".to_owned() },
            Fault::Status500 => MailError::Refused { reply: "554 5.3.0 transaction failed".to_owned() },
            Fault::Reset => broken(RESET),
            Fault::HalfBody => broken("incomplete response"),
            Fault::Garbage => broken("no reply code"),
        }
    }
}

// What the operating system and the network say, on Linux; a test compares them with the real thing.
const REFUSED: &str = "Connection refused (os error 111)";
const RESET: &str = "Connection reset by peer (os error 104)";
const CUT: &str = "end of file before message length reached";
const NO_HTTP: &str = "invalid HTTP version parsed";

/// What the handshake says of a certificate that nobody vouches for.
fn untrusted() -> String {
    let error = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
    http::handshake_reason(&error).unwrap_or_else(|| error.to_string())
}
