//! A proxy, if the operator configured one; the environment's `HTTP_PROXY` is never read. The proxy looks names up itself,
//! so every target is looked up and checked here before it is handed on, and what is on this machine never goes there.

use url::{Host, Url};

use super::guard::is_loopback;
use super::{Error, Guard, sensitive};
use crate::secret::Secret;

/// The proxy through which requests leave: plain `http` is sent through it, for `https` it opens a tunnel (`CONNECT`).
#[derive(Clone, Debug)]
pub struct Proxy {
    url: Url,
    credentials: Option<(String, Secret)>,
}

impl Proxy {
    /// Reads an address such as `http://proxy.example.com:3128`; a user name and a password may stand before the host.
    ///
    /// # Errors
    /// `http::invalid-proxy`, which never repeats the address, since a password may stand in it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let invalid = |reason: &str| Error::InvalidProxy { reason: reason.to_owned() };
        let text = text.trim();
        if text.contains(char::is_control) {
            return Err(invalid("it holds a control character"));
        }
        let mut url = Url::parse(text).map_err(|error| invalid(&error.to_string()))?;
        if url.scheme() != "http" {
            return Err(invalid("it does not begin with http://"));
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(invalid("there is more in it than a host and a port"));
        }
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(address.into()),
            Some(Host::Ipv6(address)) => Some(address.into()),
            Some(Host::Domain(_)) | None => None,
        };
        if let Some(address) = literal {
            Guard::off().check(address)?;
        }
        let credentials = sensitive::user_information(&url).map(|(user, password)| (user, Secret::new(password)));
        // Both fail only for URLs that cannot have user information.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        Ok(Self { url, credentials })
    }

    /// Whether a user name or a password came with the address.
    pub fn has_credentials(&self) -> bool {
        self.credentials.is_some()
    }

    /// The password, so that a [`crate::secret::Redactor`] can learn it.
    pub fn password(&self) -> Option<&Secret> {
        self.credentials.as_ref().map(|(_, password)| password)
    }

    /// Host and port, for messages.
    pub fn name(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        format!("{host}:{}", self.url.port_or_known_default().unwrap_or_default())
    }

    /// The name to look up; `None` when the address is a number.
    pub(super) fn domain(&self) -> Option<String> {
        self.url.domain().map(str::to_owned)
    }

    /// Whether a request for this address goes through the proxy. On another machine, `localhost` would be another machine.
    pub(super) fn takes(url: &Url) -> bool {
        match url.host() {
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                name != "localhost" && !name.ends_with(".localhost")
            }
            Some(Host::Ipv4(address)) => !is_loopback(address.into()),
            Some(Host::Ipv6(address)) => !is_loopback(address.into()),
            None => false,
        }
    }

    /// The same as reqwest takes it.
    pub(super) fn configured(&self) -> reqwest::Proxy {
        let address = self.url.clone();
        let proxy = reqwest::Proxy::custom(move |url| Self::takes(url).then(|| address.clone()));
        match &self.credentials {
            Some((user, password)) => proxy.basic_auth(user, password.open()),
            None => proxy,
        }
    }
}
