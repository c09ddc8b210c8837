//! Where a service's credentials may go. A pattern is an exact host or `*.` and a host, optionally with a port; `*`
//! alone allows every host and must be written out. Without a port only the scheme's own port is meant, because another
//! port may be another program's; on loopback, where ports are given out freely, any port is.

use std::net::IpAddr;

use url::{Host, Url};

/// The patterns of one service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hosts(Vec<Pattern>);

/// One pattern, checked.
#[derive(Clone, Debug, PartialEq)]
struct Pattern {
    /// As written.
    text: String,
    kind: Kind,
    port: Option<u16>,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Any,
    Exact(String),
    /// Any name that ends with this text, which begins with a dot.
    Below(String),
}

impl Hosts {
    /// Checks patterns.
    ///
    /// # Errors
    /// The pattern at fault and what is wrong with it, in words.
    pub fn parse<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let hosts = patterns.into_iter().map(Pattern::parse).collect::<Result<Vec<_>, _>>()?;
        if hosts.is_empty() {
            return Err("no host is named".to_owned());
        }
        Ok(Self(hosts))
    }

    /// Whether credentials may go to this address.
    pub fn allow(&self, url: &Url) -> bool {
        self.0.iter().any(|pattern| pattern.matches(url))
    }

    /// The patterns as written.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|pattern| pattern.text.as_str())
    }

    /// Whether `*` is among them: every host is allowed.
    pub fn allow_every_host(&self) -> bool {
        self.0.iter().any(|pattern| pattern.kind == Kind::Any)
    }
}

impl Pattern {
    fn parse(text: &str) -> Result<Self, String> {
        let wrong = |problem: &str| format!("\"{text}\" {problem}");
        if text == "*" {
            return Ok(Self { text: text.to_owned(), kind: Kind::Any, port: None });
        }
        if text.contains("://") || text.contains('/') || text.contains('@') {
            return Err(wrong("is an address; name only the host, such as \"api.acme.test\""));
        }
        let (below, rest) = match text.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (host, port) = split_port(rest).ok_or_else(|| wrong("has no valid port"))?;
        if host.contains('*') {
            return Err(wrong("has a `*` that is not one leading `*.`"));
        }
        let host = Host::parse(host).map_err(|_| wrong("is no host name"))?;
        let kind = match (below, host) {
            (false, host) => Kind::Exact(host.to_string()),
            (true, Host::Domain(name)) if name.contains('.') && !name.ends_with('.') => Kind::Below(format!(".{name}")),
            (true, Host::Domain(_)) => return Err(wrong("is too wide; name at least two labels after the `*.`")),
            (true, _) => return Err(wrong("has a `*.` before an IP address")),
        };
        Ok(Self { text: text.to_owned(), kind, port })
    }

    fn matches(&self, url: &Url) -> bool {
        let Some(host) = url.host() else { return false };
        let name = host.to_string();
        let host_matches = match &self.kind {
            Kind::Any => true,
            Kind::Exact(exact) => *exact == name,
            Kind::Below(suffix) => {
                matches!(host, Host::Domain(_)) && name.len() > suffix.len() && name.ends_with(suffix.as_str())
            }
        };
        let port_matches = match self.port {
            Some(port) => url.port_or_known_default() == Some(port),
            None => url.port().is_none() || is_loopback(url),
        };
        host_matches && port_matches
    }
}

/// Whether the address leads to this machine: `localhost` or a loopback address.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).to_canonical().is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Splits `host:port`; an IPv6 address stands in brackets.
fn split_port(text: &str) -> Option<(&str, Option<u16>)> {
    match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => Some((host, Some(port.parse().ok().filter(|port| *port != 0)?))),
        _ => Some((text, None)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Hosts;

    fn allows(pattern: &str, url: &str) -> bool {
        Hosts::parse([pattern]).unwrap().allow(&url.parse().unwrap())
    }

    #[test]
    fn a_host_matches_exactly() {
        assert!(allows("api.acme.test", "https://api.acme.test/v1"));
        assert!(allows("API.acme.test", "https://api.ACME.test/v1"));
        for other in ["https://acme.test/", "https://x.api.acme.test/", "https://api.acme.test.evil.test/"] {
            assert!(!allows("api.acme.test", other), "{other}");
        }
        assert!(!allows("api.acme.test", "https://api.acme.test@evil.test/"));
        assert!(!allows("api.acme.test", "https://api.acme.test.:443/"));
    }

    #[test]
    fn a_leading_star_covers_what_stands_below() {
        assert!(allows("*.acme.test", "https://a.acme.test/"));
        assert!(allows("*.acme.test", "https://a.b.acme.test/"));
        assert!(!allows("*.acme.test", "https://acme.test/"));
        assert!(!allows("*.acme.test", "https://evilacme.test/"));
        assert!(allows("*", "https://anything.test/"));
    }

    #[test]
    fn ports_count_except_on_loopback() {
        assert!(allows("acme.test", "https://acme.test:443/"));
        assert!(!allows("acme.test", "https://acme.test:8443/"));
        assert!(allows("acme.test:8443", "https://acme.test:8443/"));
        assert!(!allows("acme.test:8443", "https://acme.test/"));
        assert!(allows("127.0.0.1", "http://127.0.0.1:4321/"));
        assert!(allows("localhost", "http://localhost:4321/"));
        assert!(allows("[::1]", "http://[::1]:4321/"));
        assert!(!allows("127.0.0.1:80", "http://127.0.0.1:4321/"));
    }

    #[test]
    fn bad_patterns_are_refused() {
        for bad in [
            "",
            "https://a.test",
            "a.test/x",
            "*.",
            "*.com",
            "a.*.test",
            "*a.test",
            "a.test:0",
            "a:b:c",
            "*.127.0.0.1",
            "**",
        ] {
            assert!(Hosts::parse([bad]).is_err(), "{bad}");
        }
        assert!(Hosts::parse([]).is_err());
    }
}
