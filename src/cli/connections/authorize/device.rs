//! Signing in on another screen (RFC 8628): shows the code and waits. What a program needs to show the code itself goes to
//! standard error as one line of JSON, because standard output holds the one document of the end.

use serde_json::json;

use super::super::super::Error;
use super::Setting;
use super::question::end_of;
use super::typed::Typed;
use super::waiting::{Ended, Waiting};
use crate::connections::{self, Authorised, Consent, ConsentProblem, DeviceCode};

/// Authorises; nothing when the person pressed Ctrl-C.
pub(super) async fn authorise(
    consent: Consent,
    setting: &Setting<'_>,
    json: bool,
) -> Result<Option<Authorised>, Error> {
    let (link_name, service) = (consent.connection().link_name.to_string(), consent.service().name.clone());
    let mut waiting = Waiting::new(None, Typed::start(false), setting.timeout);
    let code = match waiting.until(consent.device()).await {
        Ended::Done(code) => code?,
        Ended::Interrupted => return Ok(None),
        Ended::TimedOut => return Err(timed_out(link_name, setting)),
    };
    if json {
        tell_program(&link_name, &code, setting)
    } else {
        tell(&link_name, &service, &code, setting)
    }
    match waiting.until(code.wait(async |span| tokio::time::sleep(span).await)).await {
        Ended::Done(done) => Ok(Some(done?)),
        Ended::Interrupted => Ok(None),
        Ended::TimedOut => Err(timed_out(link_name, setting)),
    }
}

/// Asks in the client's own name, which nobody has to consent to.
pub(super) async fn client(consent: Consent, setting: &Setting<'_>) -> Result<Option<Authorised>, Error> {
    let link_name = consent.connection().link_name.to_string();
    match Waiting::new(None, Typed::start(false), setting.timeout).until(consent.client()).await {
        Ended::Done(done) => Ok(Some(done?)),
        Ended::Interrupted => Ok(None),
        Ended::TimedOut => Err(timed_out(link_name, setting)),
    }
}

fn timed_out(link_name: String, setting: &Setting<'_>) -> Error {
    let seconds = setting.timeout.as_secs();
    connections::Error::Consent(Box::new(ConsentProblem::TimedOut { link_name, seconds })).into()
}

fn tell(link_name: &str, service: &str, code: &DeviceCode, setting: &Setting<'_>) {
    let output = setting.output;
    output.note(&format!("Signing in to {service} for the connection \"{link_name}\"."));
    output.note("Open this address on any device:");
    output.address(code.address());
    output.note("and type this code:");
    output.note(&format!("  {}", code.user_code()));
    if let Some(complete) = code.complete_address() {
        output.note("Or open this one, which has the code in it, and compare it:");
        output.address(complete);
    }
    let end = end_of(setting.timeout.min(code.life()));
    output.note(&format!("Waiting until {end} for the consent. Ctrl-C stops it."));
}

fn tell_program(link_name: &str, code: &DeviceCode, setting: &Setting<'_>) {
    let event = json!({
        "event": "device_code",
        "link_name": link_name,
        "user_code": code.user_code(),
        "verification_uri": code.address().as_str(),
        "verification_uri_complete": code.complete_address().map(url::Url::as_str),
        "expires_in": code.life().as_secs(),
    });
    setting.output.note(&event.to_string());
}
