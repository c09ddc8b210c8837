//! `--code`: a code, or the address at which a browser ended, from standard input, a variable or a file. Zoho's Self
//! Client gives codes that were made for no callback address; every other code was made for ours.

use std::io::{BufRead, Write};

use super::super::super::Error;
use super::super::credential::{Argument, Reader};
use super::code::sign_in;
use super::{PORT, Setting, callback, wait};
use crate::connections::{Authorised, Code, CodeConsent, Connections, Consent, CreateConnection};
use crate::secret::Secret;

/// Authorises with a code.
pub(super) fn authorise(
    consent: Consent,
    setting: &Setting<'_>,
    source: &Argument,
    reader: &mut Reader,
) -> Result<Option<Authorised>, Error> {
    let port = setting.port.or(sign_in(&consent).callback_port).unwrap_or(PORT);
    let has_self_client = consent.service().has_self_client();
    let consent = consent.with_code(callback(port)?)?;
    tell(&consent, setting, has_self_client);
    let given = reader.read(source)?;
    let text = given.open().trim();
    let code = match text {
        "" => return Err(Error::Credential { key: "code".to_owned(), problem: "it is empty".to_owned() }),
        address if address.contains("://") => consent.answer(address)?,
        code if has_self_client => Code::by_hand(Secret::new(code)),
        code => consent.bare(Secret::new(code)),
    };
    Ok(Some(wait(consent.finish(code))??))
}

fn tell(consent: &CodeConsent, setting: &Setting<'_>, has_self_client: bool) {
    let output = setting.output;
    let (service, connection) = (consent.consent().service(), consent.consent().connection());
    output.note(&format!("Signing in to {} for the connection \"{}\".", service.name, connection.link_name));
    if has_self_client {
        if let Some(console) = service.console(connection) {
            output.note(&format!("Open {console}, choose Self Client, and there Generate Code with this scope:"));
        }
        output.note(&format!("  {}", connection.scopes.join(",")));
        output.note("A code lives as long as was chosen there, at most ten minutes, and is good for one use.");
    } else {
        output.note("Open this address in a browser, and give the address at which it ends:");
        output.address(consent.authorize_url());
    }
}

/// Asks for the data centre of a connection that is yet to be made: a code is good only there.
pub(super) fn ask_data_centre(connections: &Connections, wanted: &mut CreateConnection) -> Result<(), Error> {
    let registry = connections.registry_of(&wanted.link_name);
    let service = registry.service(&wanted.service)?;
    let Some(parameter) = service.accounts_servers() else { return Ok(()) };
    if registry.connection(&wanted.link_name).is_ok() || wanted.parameters.contains_key(&parameter.key) {
        return Ok(());
    }
    let fail = |error: std::io::Error| Error::Read { what: "the answer".to_owned(), reason: error.to_string() };
    let mut out = std::io::stderr();
    let default = parameter.default.clone().or_else(|| parameter.values.first().cloned()).unwrap_or_default();
    for (number, host) in (1..).zip(&parameter.values) {
        writeln!(out, "  {number:>2}  {host}").map_err(fail)?;
    }
    write!(out, "Data centre of the account, by number or name [{default}]: ").map_err(fail)?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).map_err(fail)?;
    let chosen = chosen(answer.trim(), &parameter.values, &default).ok_or_else(|| Error::NoSuchName {
        what: "data centre",
        name: answer.trim().to_owned(),
        known: parameter.values.clone(),
    })?;
    wanted.parameters.insert(parameter.key.clone(), chosen);
    Ok(())
}

/// The server that an answer means: a number of the list, the server, or what its name ends with, as in `eu`.
fn chosen(answer: &str, servers: &[String], default: &str) -> Option<String> {
    if answer.is_empty() {
        return Some(default.to_owned());
    }
    if let Ok(number) = answer.parse::<usize>() {
        return servers.get(number.checked_sub(1)?).cloned();
    }
    let answer = answer.to_ascii_lowercase();
    let domain = |server: &String| server.strip_prefix("accounts.").unwrap_or(server).to_owned();
    let found = servers.iter().find(|server| **server == answer || domain(server) == answer);
    found
        .or_else(|| {
            servers
                .iter()
                .find(|server| server.rsplit_once(&format!(".{answer}")).is_some_and(|(_, rest)| rest.is_empty()))
        })
        .cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_centre_is_named_in_several_ways() {
        let servers: Vec<String> =
            ["com", "eu", "com.au"].iter().map(|domain| format!("accounts.zoho.{domain}")).collect();
        for (answer, meant) in [
            ("", Some("accounts.zoho.com")),
            ("2", Some("accounts.zoho.eu")),
            ("EU", Some("accounts.zoho.eu")),
            ("com", Some("accounts.zoho.com")),
            ("com.au", Some("accounts.zoho.com.au")),
            ("zoho.eu", Some("accounts.zoho.eu")),
            ("accounts.zoho.com.au", Some("accounts.zoho.com.au")),
            ("0", None),
            ("4", None),
            ("moon", None),
        ] {
            assert_eq!(chosen(answer, &servers, "accounts.zoho.com").as_deref(), meant, "{answer}");
        }
    }
}
