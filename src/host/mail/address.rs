//! Addresses as a mail needs them. Scripts write `name@host` or `Name <name@host>`; the host is turned into what the
//! domain name system knows, so that a name with umlauts needs no special mail server.

use lettre::Address;
use lettre::message::Mailbox;
use url::Host;

use super::error::{Error, in_one_line};

/// The mailbox that a text names.
pub(super) fn mailbox(text: &str) -> Result<Mailbox, Error> {
    let text = text.trim();
    let wrong = || Error::InvalidAddress { shown: format!("\"{}\"", in_one_line(text)) };
    if text.contains(char::is_control) {
        return Err(wrong());
    }
    let (name, bare) = match text.strip_suffix('>').and_then(|start| start.rsplit_once('<')) {
        Some((name, bare)) => (display_name(name), bare.trim()),
        None => (None, text),
    };
    let (user, host) = bare.rsplit_once('@').ok_or_else(wrong)?;
    Ok(Mailbox::new(name, Address::new(user, ascii_host(host)).map_err(|_| wrong())?))
}

/// A name without the quotes and backslashes that it is written with; none where nothing stands.
fn display_name(text: &str) -> Option<String> {
    let text = text.trim();
    let name = match text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => unescaped(quoted),
        None => text.to_owned(),
    };
    (!name.is_empty()).then_some(name)
}

fn unescaped(quoted: &str) -> String {
    let mut escaped = false;
    let keep = |&character: &char| {
        escaped = character == '\\' && !escaped;
        !escaped
    };
    quoted.chars().filter(keep).collect()
}

fn ascii_host(host: &str) -> String {
    if host.is_ascii() {
        return host.to_owned();
    }
    Host::parse(host).map_or_else(|_| host.to_owned(), |host| host.to_string())
}
