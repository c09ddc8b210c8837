//! `sluice connections test`: one request through the connection, and in words whether it works.

use clap::Args;
use serde_json::{Value, json};
use url::Url;

use super::super::{Error, Exit, report};
use super::{Common, Place, wait};
use crate::connections::Tested;

#[derive(Args, Debug)]
#[command(after_help = "\
Exit codes: 0 the service answered with success, 5 the connection cannot be used.

Examples:
  sluice connections test books
  sluice connections test weather --url 'https://api.openweathermap.org/data/2.5/weather?q=Chennai'")]
pub(in crate::cli) struct Options {
    /// The connection
    link_name: String,
    /// The user whose authorisation is tested [default: the owner's]
    #[arg(long, value_name = "ID", env = "SLUICE_USER", hide_env = true)]
    user: Option<String>,
    /// An address to send a GET to, on one of the service's hosts [default: that of `[verify]` in the service]
    #[arg(long, value_name = "URL", env = "SLUICE_URL", hide_env = true)]
    url: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place) -> Result<Exit, Error> {
    let url = match &options.url {
        Some(text) => Some(Url::parse(text).map_err(|error| Error::Address { problem: error.to_string() })?),
        None => None,
    };
    let (connections, output) = (place.connections()?, &place.output);
    let link_name = &options.link_name;
    let tested = wait(connections.test(link_name, options.user.as_deref(), url))?;
    let (tested, error) = match tested {
        Ok(mut tested) => {
            let failure = tested.failure.take();
            (Some(tested), failure.map(Error::from))
        }
        Err(error @ crate::connections::Error::NoVerification { .. }) => return Err(error.into()),
        Err(error) => (None, Some(error.into())),
    };
    let exit = if error.is_some() { Exit::Connection } else { Exit::Ok };
    if options.common.json {
        let error = error.map_or(Value::Null, |error| report::error(&error, output.redactor()));
        output.json(&document(link_name, options.user.as_deref(), tested.as_ref(), &error));
        return Ok(exit);
    }
    if let Some(tested) = &tested {
        let (method, url, status, time) = (tested.method, &tested.url, tested.status, tested.time.as_millis());
        output.result(&format!("{method} {url}: status {status} after {time} ms"));
    }
    match error {
        Some(error) => {
            output.problem(&error, false);
        }
        None => {
            let account = tested.and_then(|tested| tested.account);
            let account = account.map(|name| format!(" as {name}")).unwrap_or_default();
            output.result(&format!("The connection \"{link_name}\" works{account}."));
        }
    }
    Ok(exit)
}

fn document(link_name: &str, user: Option<&str>, tested: Option<&Tested>, error: &Value) -> Value {
    let ok = tested.is_some_and(|tested| (200..300).contains(&tested.status));
    json!({
        "link_name": link_name,
        "user": user,
        "ok": ok,
        "method": tested.map(|tested| tested.method),
        "url": tested.map(|tested| tested.url.as_str()),
        "status": tested.map(|tested| tested.status),
        "ms": tested.map(|tested| u64::try_from(tested.time.as_millis()).unwrap_or(u64::MAX)),
        "account": tested.and_then(|tested| tested.account.as_deref()),
        "error": error,
    })
}
