//! The way to a mail server. The name is looked up once, the guard sees every address, and one of those that it let pass is
//! dialled, while the certificate must be for the name.

use std::error::Error as StdError;
use std::io;
use std::net::{IpAddr, SocketAddr};

#[allow(deprecated)]
use lettre::transport::smtp::client::AsyncNetworkStream;
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;

use super::error::{Error, in_one_line};
use super::wire::{Encrypted, Wire};
use super::{Mailer, Security};
use crate::http;

/// A connection that is ready for logging in and sending, encrypted as the settings say.
pub(super) async fn connect(mailer: &Mailer) -> Result<AsyncSmtpConnection, Error> {
    let server = &mailer.server;
    if server.security == Security::None && !mailer.guard.allows_plain_http(&server.host) {
        return Err(Error::NotEncrypted { server: server.host.clone() });
    }
    let wire = Wire::new(dial(mailer).await?);
    // Named by its address: the name of this machine is nobody's business.
    let hello = ClientId::default();
    let explain = |error: lettre::transport::smtp::Error| explain(mailer, &error);
    match server.security {
        Security::None => AsyncSmtpConnection::connect_with_transport(Box::new(wire), &hello).await.map_err(explain),
        Security::StartTls => {
            let tls = parameters(mailer)?;
            let mut connection =
                AsyncSmtpConnection::connect_with_transport(Box::new(wire), &hello).await.map_err(explain)?;
            if !connection.can_starttls() {
                connection.abort().await;
                return Err(Error::Tls { server: at(mailer), reason: "it offers no STARTTLS".to_owned() });
            }
            connection.starttls(tls, &hello).await.map_err(|error| unsafe_connection(mailer, &error))?;
            Ok(connection)
        }
        Security::Tls => {
            let tls = parameters(mailer)?;
            #[allow(deprecated)]
            let mut stream = AsyncNetworkStream::use_existing_tokio1(Box::new(wire));
            stream.upgrade_tls(tls).await.map_err(|error| unsafe_connection(mailer, &error))?;
            let stream = Box::new(Encrypted(stream));
            AsyncSmtpConnection::connect_with_transport(stream, &hello).await.map_err(explain)
        }
    }
}

/// What an error of the dialogue means once the connection stands.
pub(super) fn explain(mailer: &Mailer, error: &lettre::transport::smtp::Error) -> Error {
    match error.status() {
        Some(_) => Error::Refused { reply: reply(error) },
        None => Error::BrokenAnswer { server: at(mailer), reason: reason(error) },
    }
}

/// What a server said when it refused, with its code.
pub(super) fn reply(error: &lettre::transport::smtp::Error) -> String {
    let words = reason(error);
    match error.status() {
        Some(code) => format!("{code} {words}").trim_end().to_owned(),
        None => words,
    }
}

async fn dial(mailer: &Mailer) -> Result<TcpStream, Error> {
    let addresses = addresses(mailer).await?;
    let server = at(mailer);
    let attempt = async {
        let mut last = Error::Connect { server: server.clone(), reason: "it has no address".to_owned() };
        for address in addresses {
            match TcpStream::connect(address).await {
                Ok(stream) => return Ok(stream),
                Err(error) => last = Error::Connect { server: server.clone(), reason: error.to_string() },
            }
        }
        Err(last)
    };
    let limit = mailer.limits.connect;
    tokio::time::timeout(limit, attempt).await.unwrap_or_else(|_| {
        let reason = format!("there was no connection within {} s", limit.as_secs_f64());
        Err(Error::Connect { server: at(mailer), reason })
    })
}

/// The addresses of the server that may be dialled.
async fn addresses(mailer: &Mailer) -> Result<Vec<SocketAddr>, Error> {
    let host = mailer.server.host.trim_start_matches('[').trim_end_matches(']');
    let allowed = match host.parse::<IpAddr>() {
        Ok(address) => mailer.guard.check(address).map(|()| vec![address]),
        Err(_) => mailer.resolver.allowed(host, &mailer.guard).await,
    }?;
    // Without encryption a name such as `localhost` must be what it says.
    let is_fit = |address: &IpAddr| mailer.server.security != Security::None || is_near(mailer, *address);
    let addresses = allowed.into_iter().filter(is_fit).map(|address| SocketAddr::new(address, mailer.server.port));
    Ok(addresses.collect())
}

/// Whether what is sent there unencrypted stays where it is allowed to be.
fn is_near(mailer: &Mailer, address: IpAddr) -> bool {
    let shown = match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    };
    mailer.guard.allows_plain_http(&shown)
}

/// Who is trusted: the authorities of this machine, and those that were named.
fn parameters(mailer: &Mailer) -> Result<TlsParameters, Error> {
    let failed = |error: lettre::transport::smtp::Error| Error::Tls { server: at(mailer), reason: reason(&error) };
    let host = mailer.server.host.trim_start_matches('[').trim_end_matches(']');
    let mut builder = TlsParameters::builder(host.to_owned());
    for file in &mailer.certificates {
        let certificate = Certificate::from_pem(&http::pem_of(file)?).map_err(failed)?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build().map_err(failed)
}

/// An error while the connection is being encrypted. A server that refuses to begin says so with a code.
fn unsafe_connection(mailer: &Mailer, error: &lettre::transport::smtp::Error) -> Error {
    let reason = if error.status().is_some() { reply(error) } else { reason(error) };
    Error::Tls { server: at(mailer), reason }
}

/// The server as messages name it.
fn at(mailer: &Mailer) -> String {
    format!("{}:{}", mailer.server.host, mailer.server.port)
}

/// The innermost cause, which is the one that says something.
fn reason(error: &lettre::transport::smtp::Error) -> String {
    let mut innermost = error.source();
    while let Some(next) = innermost.and_then(behind) {
        innermost = Some(next);
    }
    let words = |cause: &(dyn StdError + 'static)| {
        let known = cause.downcast_ref::<rustls::Error>().and_then(http::handshake_reason);
        in_one_line(&known.unwrap_or_else(|| cause.to_string()))
    };
    innermost.map(words).unwrap_or_default()
}

/// What led to an error. An `io::Error` hides the error it was made of from `source`.
fn behind<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e (dyn StdError + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}
