//! Signing in with the browser: a page of this machine waits for it to come back, and a terminal for the address that it
//! ended at on another machine. An answer that is not to our question is told and waited on: it may be an old page, or
//! somebody who wants to stop us.

use std::time::Duration;

use super::super::super::Error;
use super::listener::{Arrival, Listener};
use super::page::Page;
use super::typed::Typed;
use super::waiting::{Event, Waiting};
use super::{Setting, browser, callback, on_terminal, port};
use crate::connections::{self, Auth, Authorised, Code, CodeConsent, Consent, ConsentProblem, SignIn};
use crate::secret::Secret;

/// Authorises; nothing when the person pressed Ctrl-C.
pub(super) async fn authorise(consent: Consent, setting: &Setting<'_>) -> Result<Option<Authorised>, Error> {
    let link_name = consent.connection().link_name.to_string();
    let listener = Listener::start(port(setting, &sign_in(&consent)))?;
    let port = listener.port();
    let consent = consent.with_code(callback(port)?)?;
    tell(&consent, setting, port);
    let mut waiting = Waiting::new(listener, Typed::start(on_terminal()), setting.timeout);
    let mut last = None;
    let (code, arrival) = loop {
        match waiting.next().await {
            Event::Interrupted => return Ok(None),
            Event::TimedOut => {
                waiting.end().await;
                let seconds = setting.timeout.as_secs();
                let timed_out = ConsentProblem::TimedOut { link_name, seconds };
                return Err(last.unwrap_or(connections::Error::Consent(Box::new(timed_out))).into());
            }
            Event::Typed(line) => match typed(&consent, &line) {
                Ok(code) => break (code, None),
                Err(error) if is_stray(&error) => last = Some(told(setting, error)),
                Err(error) => return Err(error.into()),
            },
            Event::Arrived(arrival) => match consent.answer(&arrival.address) {
                Ok(code) => break (code, Some(arrival)),
                Err(error) if is_stray(&error) => {
                    arrival.show(Page::Stray);
                    last = Some(told(setting, error));
                }
                Err(error) => {
                    arrival.show(page_of(&error));
                    waiting.end().await;
                    return Err(error.into());
                }
            },
        }
    };
    let finished = waiting.unless_interrupted(consent.finish(code)).await;
    show(arrival, finished.as_ref());
    waiting.end().await;
    Ok(finished.transpose()?)
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
    let is_open = setting.opens_browser && browser::open(consent.authorize_url());
    output.note(match is_open {
        true => "The browser was asked to open this address:",
        false => "Open this address in a browser:",
    });
    output.address(consent.authorize_url());
    output.note(&format!("Waiting until {} for the consent. Ctrl-C stops it.", end_of(setting.timeout)));
    if !is_open {
        output.note(&format!(
            "With a browser on another machine, run `ssh -L {port}:127.0.0.1:{port} THIS_MACHINE` there first."
        ));
        if on_terminal() {
            output.note(
                "Or open it without, and paste the address at which the browser ends here, although it shows no page.",
            );
        }
    }
}

/// When the wait ends, by the clock of this machine.
fn end_of(timeout: Duration) -> String {
    let end = jiff::SignedDuration::try_from(timeout).ok().and_then(|wait| jiff::Zoned::now().checked_add(wait).ok());
    end.map(|end| end.strftime("%H:%M:%S").to_string()).unwrap_or_default()
}

/// A pasted address, or a code alone.
fn typed(consent: &CodeConsent, line: &Secret) -> Result<Code, connections::Error> {
    let text = line.open();
    if text.contains("://") { consent.answer(text) } else { Ok(consent.bare(line.clone())) }
}

/// Whether an answer may be another's, so that ours can still come.
fn is_stray(error: &connections::Error) -> bool {
    let connections::Error::Consent(problem) = error else { return false };
    matches!(
        **problem,
        ConsentProblem::WrongState { .. }
            | ConsentProblem::WrongIssuer { .. }
            | ConsentProblem::WrongCallback { .. }
            | ConsentProblem::OddCallback { .. }
    )
}

fn told(setting: &Setting<'_>, error: connections::Error) -> connections::Error {
    setting.output.warning(&error.to_string());
    setting.output.note(&format!("  {}", error.help()));
    error
}

fn page_of(error: &connections::Error) -> Page {
    match error {
        connections::Error::Consent(problem) if matches!(**problem, ConsentProblem::Denied { .. }) => Page::Denied,
        _ => Page::Failed,
    }
}

fn show(arrival: Option<Arrival>, finished: Option<&Result<Authorised, connections::Error>>) {
    let Some(arrival) = arrival else { return };
    arrival.show(match finished {
        Some(Ok(_)) => Page::Done,
        Some(Err(error)) => page_of(error),
        None => Page::Failed,
    });
}
