//! Waiting for the browser: a page of this machine waits for it to come back, and a terminal for the address that it ended
//! at on another machine. An answer that is not to our question is told and waited on: it may be an old page, or somebody
//! who wants to stop us.

use std::time::Duration;

use url::Url;

use super::super::super::Error;
use super::listener::Arrival;
use super::page::Page;
use super::waiting::{Event, Waiting};
use super::{Setting, browser, on_terminal};
use crate::connections::{self, Authorised, ConsentProblem};
use crate::secret::Secret;

/// What a provider was asked, and what its answer becomes.
pub(super) trait Question {
    /// What an answer brings.
    type Answer;

    /// Reads the address at which the browser ended.
    fn read(&self, address: &str) -> Result<Self::Answer, connections::Error>;

    /// Takes what stands for the answer without an address.
    fn bare(&self, typed: &Secret) -> Result<Self::Answer, connections::Error>;

    /// Makes a token of it, and stores that.
    async fn finish(self, answer: Self::Answer) -> Result<Authorised, connections::Error>;
}

/// Waits for the answer; nothing when the person pressed Ctrl-C.
pub(super) async fn wait_for<Q: Question>(
    question: Q,
    mut waiting: Waiting,
    setting: &Setting<'_>,
    link_name: String,
) -> Result<Option<Authorised>, Error> {
    let mut last = None;
    let (answer, arrival) = loop {
        match waiting.next().await {
            Event::Interrupted => return Ok(None),
            Event::TimedOut => {
                waiting.end().await;
                let seconds = setting.timeout.as_secs();
                let timed_out = ConsentProblem::TimedOut { link_name, seconds };
                return Err(last.unwrap_or(connections::Error::Consent(Box::new(timed_out))).into());
            }
            Event::Typed(line) => match typed(&question, &line) {
                Ok(answer) => break (answer, None),
                Err(error) if is_stray(&error) => last = Some(told(setting, error)),
                Err(error) => return Err(error.into()),
            },
            Event::Arrived(arrival) => match question.read(&arrival.address) {
                Ok(answer) => break (answer, Some(arrival)),
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
    let finished = waiting.unless_interrupted(question.finish(answer)).await;
    show(arrival, finished.as_ref());
    waiting.end().await;
    Ok(finished.transpose()?)
}

/// Opens the address, or says that it is to be opened, and how to go on elsewhere. Without a port of ours only what the
/// provider shows at the end leads on.
pub(super) fn open(address: &Url, setting: &Setting<'_>, port: Option<u16>) {
    let output = setting.output;
    let is_open = setting.opens_browser && browser::open(address);
    output.note(match is_open {
        true => "The browser was asked to open this address:",
        false => "Open this address in a browser:",
    });
    output.address(address);
    output.note(&format!("Waiting until {} for the consent. Ctrl-C stops it.", end_of(setting.timeout)));
    if let Some(port) = port.filter(|_| !is_open) {
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

/// When a wait ends, by the clock of this machine.
pub(super) fn end_of(timeout: Duration) -> String {
    let end = jiff::SignedDuration::try_from(timeout).ok().and_then(|wait| jiff::Zoned::now().checked_add(wait).ok());
    end.map(|end| end.strftime("%H:%M:%S").to_string()).unwrap_or_default()
}

/// A pasted address, or what stands for it alone.
fn typed<Q: Question>(question: &Q, line: &Secret) -> Result<Q::Answer, connections::Error> {
    let text = line.open();
    if text.contains("://") { question.read(text) } else { question.bare(line) }
}

/// Whether an answer may be another's, so that ours can still come.
fn is_stray(error: &connections::Error) -> bool {
    let connections::Error::Consent(problem) = error else { return false };
    matches!(
        **problem,
        ConsentProblem::WrongState { .. }
            | ConsentProblem::WrongIssuer { .. }
            | ConsentProblem::WrongCallback { .. }
            | ConsentProblem::WrongRequestToken { .. }
            | ConsentProblem::NoVerifier { .. }
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
