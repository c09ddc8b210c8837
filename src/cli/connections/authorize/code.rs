//! Signing in with a code (RFC 6749): what must be registered at the provider, and the address to open.

use super::super::super::Error;
use super::listener::Listener;
use super::question::{self, Question};
use super::typed::Typed;
use super::waiting::Waiting;
use super::{Setting, callback, on_terminal, port};
use crate::connections::{self, Auth, Authorised, Code, CodeConsent, Consent, SignIn};
use crate::secret::Secret;

/// Authorises; nothing when the person pressed Ctrl-C.
pub(super) async fn authorise(consent: Consent, setting: &Setting<'_>) -> Result<Option<Authorised>, Error> {
    let link_name = consent.connection().link_name.to_string();
    let listener = Listener::start(port(setting, &sign_in(&consent)))?;
    let port = listener.port();
    let consent = consent.with_code(callback(port)?)?;
    tell(&consent, setting, port);
    let waiting = Waiting::new(Some(listener), Typed::start(on_terminal()), setting.timeout);
    question::wait_for(consent, waiting, setting, link_name).await
}

impl Question for CodeConsent {
    type Answer = Code;

    fn read(&self, address: &str) -> Result<Code, connections::Error> {
        self.answer(address)
    }

    fn bare(&self, typed: &Secret) -> Result<Code, connections::Error> {
        Ok(self.bare(typed.clone()))
    }

    async fn finish(self, code: Code) -> Result<Authorised, connections::Error> {
        self.finish(code).await
    }
}

/// What the service says about signing in.
pub(super) fn sign_in(consent: &Consent) -> SignIn {
    match &consent.service().auth {
        Auth::OAuth2(oauth2) => oauth2.sign_in.clone(),
        Auth::Basic(_) | Auth::ApiKey(_) | Auth::OAuth1(_) | Auth::AwsV4(_) => SignIn::default(),
    }
}

/// What to register, what to open, until when, and how to go on elsewhere.
fn tell(consent: &CodeConsent, setting: &Setting<'_>, port: u16) {
    let output = setting.output;
    let (service, connection) = (consent.consent().service(), consent.consent().connection());
    output.note(&format!("Signing in to {} for the connection \"{}\".", service.name, connection.link_name));
    let place = service.console(connection).map(|url| format!(" at {url}")).unwrap_or_default();
    let kind = match consent.consent().has_secret() {
        true => "a web application, with a secret",
        false => "a native or public application, without a secret",
    };
    output.note(&format!("Its client must be registered{place} ({kind}) with exactly this callback address:"));
    output.note(&format!("  {}", consent.redirect_uri()));
    question::open(consent.authorize_url(), setting, Some(port));
}
