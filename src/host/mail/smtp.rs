//! The dialogue with a mail server (RFC 5321): log in, name the sender and every receiver, hand over the message. If one
//! receiver is refused the mail goes to nobody, since a script cannot tell half a success from a whole one; the error names
//! every receiver that was refused.

use std::time::Duration;

use lettre::transport::smtp::Error as Refusal;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};

use super::Mailer;
use super::dial::{connect, explain, reply};
use super::error::Error;
use super::message::Letter;
use crate::secret::Secret;

/// How long taking leave may take; the mail is delivered or refused by then.
const LEAVE: Duration = Duration::from_millis(500);

/// Hands a letter to the mail server.
pub(super) async fn deliver(mailer: &Mailer, login: Option<&(String, Secret)>, letter: &Letter) -> Result<(), Error> {
    let mut connection = connect(mailer).await?;
    let outcome = converse(mailer, &mut connection, login, letter).await;
    // Politeness: nothing depends on whether the server hears it.
    let _ = tokio::time::timeout(LEAVE, connection.abort()).await;
    outcome
}

async fn converse(
    mailer: &Mailer,
    connection: &mut AsyncSmtpConnection,
    login: Option<&(String, Secret)>,
    letter: &Letter,
) -> Result<(), Error> {
    if let Some((user, password)) = login {
        log_in(mailer, connection, user, password).await?;
    }
    let options = options(connection, letter)?;
    let sender = letter.sender.clone();
    let accepted = connection.command(Mail::new(Some(sender), options)).await;
    accepted.map_err(|error| match refusal(&error) {
        Some(552) => too_large(letter, &error),
        Some(_) => Error::SenderRefused { address: letter.sender.to_string(), reply: reply(&error) },
        None => explain(mailer, &error),
    })?;
    name_receivers(mailer, connection, letter).await?;
    let begun = connection.command(Data).await;
    begun.map_err(|error| explain(mailer, &error))?;
    let taken = connection.message(&letter.bytes).await;
    taken.map(|_| ()).map_err(|error| match refusal(&error) {
        // Servers use both for a message that is too large (RFC 1870, RFC 5321).
        Some(552 | 523) => too_large(letter, &error),
        _ => explain(mailer, &error),
    })
}

async fn log_in(
    mailer: &Mailer,
    connection: &mut AsyncSmtpConnection,
    user: &str,
    password: &Secret,
) -> Result<(), Error> {
    let refused = |reply| Error::LoginRefused { server: mailer.server.host.clone(), reply };
    let mechanisms = [Mechanism::Plain, Mechanism::Login];
    if !mechanisms.iter().any(|mechanism| connection.server_info().supports_auth_mechanism(*mechanism)) {
        return Err(refused("it offers neither PLAIN nor LOGIN on this connection".to_owned()));
    }
    let credentials = Credentials::new(user.to_owned(), password.open().to_owned());
    match connection.auth(&mechanisms, &credentials).await {
        Ok(_) => Ok(()),
        Err(error) if refusal(&error).is_some() => Err(refused(reply(&error))),
        Err(error) => Err(explain(mailer, &error)),
    }
}

/// What the server must know of the message before it comes.
fn options(connection: &AsyncSmtpConnection, letter: &Letter) -> Result<Vec<MailParameter>, Error> {
    let server = connection.server_info();
    let mut options = Vec::new();
    let special =
        letter.receivers.iter().chain([&letter.sender]).find(|address| !AsRef::<str>::as_ref(*address).is_ascii());
    if let Some(address) = special {
        if !server.supports_feature(Extension::SmtpUtfEight) {
            let reply = format!("it does not know addresses such as {address} (SMTPUTF8)");
            return Err(Error::Refused { reply });
        }
        options.push(MailParameter::SmtpUtfEight);
    }
    if !letter.bytes.is_ascii() && server.supports_feature(Extension::EightBitMime) {
        options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(options)
}

async fn name_receivers(mailer: &Mailer, connection: &mut AsyncSmtpConnection, letter: &Letter) -> Result<(), Error> {
    let mut refused = Vec::new();
    for receiver in &letter.receivers {
        match connection.command(Rcpt::new(receiver.clone(), Vec::new())).await {
            Ok(_) => {}
            Err(error) if refusal(&error).is_some() => refused.push((receiver.to_string(), reply(&error))),
            Err(error) => return Err(explain(mailer, &error)),
        }
    }
    match refused.is_empty() {
        true => Ok(()),
        false => Err(Error::ReceiverRefused { refused, total: letter.receivers.len() }),
    }
}

fn too_large(letter: &Letter, error: &Refusal) -> Error {
    Error::TooLarge { size: letter.bytes.len(), reply: reply(error) }
}

/// The reply code of a refusal; none when there was no reply.
fn refusal(error: &Refusal) -> Option<u16> {
    error.status().map(u16::from)
}
