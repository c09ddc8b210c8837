//! Signing in with three legs (RFC 5849): the browser comes back with a verifier, or the provider shows it to the person,
//! who types it.

use super::super::super::Error;
use super::super::credential::{Argument, Reader};
use super::listener::Listener;
use super::question::{self, Question};
use super::typed::Typed;
use super::waiting::Waiting;
use super::{PORT, Setting, callback, on_terminal, wait};
use crate::connections::{self, Authorised, Consent, RequestToken, Verifier};
use crate::secret::Secret;

/// Authorises; nothing when the person pressed Ctrl-C.
pub(super) async fn authorise(consent: Consent, setting: &Setting<'_>) -> Result<Option<Authorised>, Error> {
    let link_name = consent.connection().link_name.to_string();
    let listener = Listener::start(setting.port.unwrap_or(PORT))?;
    let port = listener.port();
    let callback = callback(port)?;
    tell(&consent, setting);
    setting.output.note("Its client must be registered with exactly this callback address:");
    setting.output.note(&format!("  {callback}"));
    let token = consent.request_token(Some(callback)).await?;
    question::open(token.url(), setting, Some(port));
    let waiting = Waiting::new(Some(listener), Typed::start(on_terminal()), setting.timeout);
    question::wait_for(token, waiting, setting, link_name).await
}

/// Authorises with the verifier that the provider shows: `--code`. Nothing is registered for that at most providers.
pub(super) fn by_hand(
    consent: Consent,
    setting: &Setting<'_>,
    source: &Argument,
    reader: &mut Reader,
) -> Result<Option<Authorised>, Error> {
    tell(&consent, setting);
    let token = wait(consent.request_token(None))??;
    setting.output.note("Open this address in a browser, and give the number or word that it shows at the end:");
    setting.output.address(token.url());
    let typed = reader.read(source)?;
    let verifier = token.verifier(typed.open())?;
    Ok(Some(wait(token.finish(verifier))??))
}

fn tell(consent: &Consent, setting: &Setting<'_>) {
    let (service, link_name) = (&consent.service().name, &consent.connection().link_name);
    setting.output.note(&format!("Signing in to {service} for the connection \"{link_name}\"."));
}

impl Question for RequestToken {
    type Answer = Verifier;

    fn read(&self, address: &str) -> Result<Verifier, connections::Error> {
        self.answer(address)
    }

    fn bare(&self, typed: &Secret) -> Result<Verifier, connections::Error> {
        self.verifier(typed.open())
    }

    async fn finish(self, verifier: Verifier) -> Result<Authorised, connections::Error> {
        self.finish(verifier).await
    }
}
