//! `sluice connections authorize`. What is to be authorised is read and asked for first; then the provider's way decides.
//! Nothing is stored before the provider gave a token, so every other end leaves all as it was.

mod browser;
mod by_hand;
mod code;
mod device;
mod interrupt;
mod listener;
mod oauth1;
mod page;
mod question;
mod typed;
mod waiting;

use std::io::IsTerminal;
use std::time::Duration;

use clap::Args;
use clap::builder::FalseyValueParser;
use url::Url;

use super::super::{Error, Exit, Output, report};
use super::credential::{Argument, Reader};
use super::wanted::Wanted;
use super::{Common, Place, wait};
use crate::connections::{self, Authorised, Connections, Consent, SignIn, Way};
use crate::project::duration;

/// The port of the callback address, unless the service or the person says another.
const PORT: u16 = 8917;
/// The path of the callback address.
const PATH: &str = "/callback";

#[derive(Args, Debug)]
#[command(after_help = "\
The browser comes back to a page of this machine, http://127.0.0.1:8917/callback, which must be registered at the
provider once. Without a browser here, open the printed address anywhere and paste what the browser shows at the end.

Exit codes: 0 authorised, 5 the provider gave no access or nobody signed in, 130 interrupted.

Examples:
  sluice connections authorize drive --service google_drive --credential client_id=env:GOOGLE_ID \\
         --credential client_secret=-
  sluice connections authorize books --service zoho_books --scope ZohoBooks.contacts.ALL --code -")]
pub(in crate::cli) struct Options {
    /// The name that scripts use
    link_name: String,
    #[command(flatten)]
    wanted: Wanted,
    /// The port of the callback address [default: the service's, else 8917]
    #[arg(long, value_name = "N", env = "SLUICE_PORT", hide_env = true)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..))]
    port: Option<u16>,
    /// Only print the address to open
    #[arg(long, env = "SLUICE_NO_BROWSER", hide_env = true, value_parser = FalseyValueParser::new())]
    no_browser: bool,
    /// Where a code made by hand, or the address the browser ended at, comes from: -, env:NAME or file:PATH
    #[arg(long, value_name = "SOURCE", env = "SLUICE_CODE", hide_env = true)]
    code: Option<String>,
    /// Consent on another screen, with a short code, although the service's grant is another
    #[arg(long, conflicts_with_all = ["code", "port"], env = "SLUICE_DEVICE", hide_env = true)]
    #[arg(value_parser = FalseyValueParser::new())]
    device: bool,
    /// How long to wait for the person, such as 90s or 15m
    #[arg(long, value_name = "TIME", env = "SLUICE_TIMEOUT", hide_env = true)]
    #[arg(default_value = "5m", value_parser = duration)]
    timeout: Duration,
    #[command(flatten)]
    pub(super) common: Common,
}

/// What the ways have in common.
struct Setting<'a> {
    output: &'a Output,
    port: Option<u16>,
    opens_browser: bool,
    timeout: Duration,
}

pub(super) fn main(options: Options, place: &Place) -> Result<Exit, Error> {
    let output = &place.output;
    let code = options.code.as_deref().map(|source| Argument::parse(&format!("code={source}"))).transpose()?;
    let connections = place.connections()?;
    let (link_name, mut reader) = (options.link_name, Reader::default());
    let mut wanted = options.wanted.read(&link_name, &connections, &mut reader)?;
    if code.is_some() && on_terminal() {
        by_hand::ask_data_centre(&connections, &mut wanted)?;
    }
    let user = wanted.user.clone();
    let mut consent = connections.consent(wanted)?;
    if on_terminal() {
        ask_for_client(&mut consent)?;
    }
    let setting = Setting {
        output,
        port: options.port,
        opens_browser: !options.no_browser && browser::can_open(),
        timeout: options.timeout,
    };
    let way = if options.device { Way::Device } else { consent.way()? };
    let authorised = match way {
        Way::Code => match &code {
            Some(source) => by_hand::authorise(consent, &setting, source, &mut reader),
            None => wait(code::authorise(consent, &setting))?,
        },
        Way::OAuth1 => match &code {
            Some(source) => oauth1::by_hand(consent, &setting, source, &mut reader),
            None => wait(oauth1::authorise(consent, &setting))?,
        },
        Way::Device => wait(device::authorise(consent, &setting, options.common.json))?,
        Way::Client => wait(device::client(consent, &setting))?,
    }?;
    match authorised {
        Some(authorised) => tell(&connections, &link_name, user.as_deref(), &authorised, place, options.common.json),
        None => {
            output.note("Stopped; nothing was stored.");
            Ok(Exit::Interrupted)
        }
    }
}

/// Asks for what the client proves itself with, as far as it is not known.
fn ask_for_client(consent: &mut Consent) -> Result<(), Error> {
    let mut given = Vec::new();
    for field in consent.lacks() {
        let may_be_left_out = !field.required && field.key != "client_id";
        let hint = if may_be_left_out { ", empty to leave it out" } else { "" };
        let value = Reader::ask(&field.key, &format!("{} (`{}`{hint}): ", field.name, field.key))?;
        if !value.is_empty() {
            given.push((field.key, value));
        }
    }
    Ok(consent.add(given)?)
}

fn tell(
    connections: &Connections,
    link_name: &str,
    user: Option<&str>,
    authorised: &Authorised,
    place: &Place,
    json: bool,
) -> Result<Exit, Error> {
    let output = &place.output;
    let mut warnings = authorised.warnings.clone();
    if !authorised.refused_scopes.is_empty() {
        let scopes = authorised.refused_scopes.join(", ");
        warnings.push(format!("the provider gave no access to the scopes {scopes}; requests that need them will fail"));
    }
    if json {
        let all = connections.summary(link_name)?;
        let own = all.iter().find(|summary| summary.user.as_deref() == user).map(report::connection);
        output.json(&serde_json::json!({"connection": own, "account": authorised.account, "warnings": warnings}));
        return Ok(Exit::Ok);
    }
    warnings.iter().for_each(|warning| output.warning(warning));
    let account = authorised.account.as_ref().map(|account| format!(" as {account}")).unwrap_or_default();
    output.result(&format!("The connection \"{link_name}\" is authorised{account}."));
    output.result(&format!("Its credentials are in {}.", authorised.vault));
    Ok(Exit::Ok)
}

/// The address to which the provider sends the browser back.
fn callback(port: u16) -> Result<Url, Error> {
    let text = format!("http://127.0.0.1:{port}{PATH}");
    Url::parse(&text).map_err(|_| connections::Error::Internal("the callback address is none").into())
}

/// The port that was asked for, or the service's, or ours; 0 stands for a free one.
fn port(setting: &Setting<'_>, sign_in: &SignIn) -> u16 {
    setting.port.or(sign_in.callback_port).unwrap_or(if sign_in.loopback_any_port { 0 } else { PORT })
}

fn on_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}
