//! The address to which a provider sends a person back, read with suspicion: anybody can make a browser call it. Only the
//! very address that was asked for counts, with the very `state`, and each parameter once (RFC 6749, 3.1).

use url::Url;

use super::{Problem, proof};
use crate::secret::{Redactor, Secret};

/// The longest address that is read, in bytes.
const LONGEST: usize = 16 * 1024;
/// The longest text of a provider that a message repeats.
const SHOWN: usize = 200;
/// The parameters that mean something; another may come any number of times.
const KNOWN: [&str; 6] = ["code", "state", "error", "error_description", "iss", "accounts-server"];

/// What is expected of the address.
pub(super) struct Expected<'a> {
    pub(super) link_name: &'a str,
    /// The provider's host, for messages.
    pub(super) host: String,
    /// Where the provider was told to send the person.
    pub(super) redirect_uri: &'a Url,
    pub(super) state: &'a Secret,
    /// The provider's own name, when its service tells it (RFC 9207).
    pub(super) issuer: Option<&'a str>,
    pub(super) redactor: &'a Redactor,
}

/// What an address brought.
#[derive(Clone, Debug)]
pub(super) struct Callback {
    pub(super) code: Secret,
    /// Zoho's server that has the account, as an address.
    pub(super) accounts_server: Option<String>,
}

impl Expected<'_> {
    /// Reads the address.
    pub(super) fn read(&self, text: &str) -> Result<Callback, Problem> {
        let link_name = self.link_name.to_owned();
        let wrong =
            || Problem::WrongCallback { link_name: link_name.clone(), redirect_uri: self.redirect_uri.to_string() };
        if text.len() > LONGEST {
            return Err(wrong());
        }
        let url = Url::parse(text.trim()).map_err(|_| wrong())?;
        let is_same = url.origin() == self.redirect_uri.origin() && url.path() == self.redirect_uri.path();
        if !is_same || url.scheme() != self.redirect_uri.scheme() {
            return Err(wrong());
        }
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let mut found = [const { None }; KNOWN.len()];
        for (place, name) in found.iter_mut().zip(KNOWN) {
            let mut values = pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
            *place = values.next();
            if values.next().is_some() {
                return Err(Problem::OddCallback { link_name, problem: format!("it holds `{name}` more than once") });
            }
        }
        let [code, state, error, description, iss, accounts_server] = found;
        let is_ours = state.map(|state| proof::is_same(self.state, state));
        // Some providers leave `state` out of a refusal. Whoever forges one only ends what can be begun again.
        if is_ours == Some(false) || (is_ours.is_none() && error.is_none()) {
            return Err(Problem::WrongState { link_name });
        }
        if let (Some(expected), Some(given)) = (self.issuer, iss)
            && expected != given
        {
            let (expected, given) = (expected.to_owned(), self.shown(given));
            return Err(Problem::WrongIssuer { link_name, expected, given });
        }
        if let Some(error) = error.filter(|error| !error.is_empty()) {
            return Err(self.refused(error, description.unwrap_or_default()));
        }
        match code.filter(|code| !code.is_empty()) {
            Some(code) => Ok(Callback { code: Secret::new(code), accounts_server: accounts_server.map(str::to_owned) }),
            None => Err(Problem::OddCallback { link_name, problem: "it holds neither a code nor an error".to_owned() }),
        }
    }

    /// What a refusal means (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6).
    fn refused(&self, code: &str, description: &str) -> Problem {
        let (link_name, host) = (self.link_name.to_owned(), self.host.clone());
        let reason = match description {
            "" => self.shown(code),
            _ => format!("{} ({})", self.shown(code), self.shown(description)),
        };
        match code {
            "access_denied"
            | "user_denied"
            | "consent_required"
            | "login_required"
            | "user_cancelled_authorize"
            | "user_cancelled_login" => Problem::Denied { link_name, host, reason },
            "invalid_scope" => Problem::ScopeRefused { link_name, host, reason },
            "unauthorized_client" | "invalid_client" => Problem::ClientRefused { link_name, host, reason },
            "redirect_uri_mismatch" | "invalid_redirect_uri" => {
                Problem::RedirectRefused { link_name, host, reason, redirect_uri: self.redirect_uri.to_string() }
            }
            "invalid_request" if reason.to_ascii_lowercase().contains("redirect") => {
                Problem::RedirectRefused { link_name, host, reason, redirect_uri: self.redirect_uri.to_string() }
            }
            _ => Problem::Failed { link_name, host, reason },
        }
    }

    fn shown(&self, text: &str) -> String {
        let visible: String = self.redactor.redact(text).chars().filter(|c| !c.is_control()).collect();
        visible.chars().take(SHOWN).collect()
    }
}
