//! Where requests to a host really go, for tests and the sandbox. A route leads to this machine only, so it cannot carry
//! credentials away. Everything but the dialling keeps the original address: which credentials apply, what a redirect may
//! do, and what the response says.

use url::{Host, Url};

use super::Error;
use super::guard::is_loopback;

/// Hosts with the base URL that answers in their place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Routes(Vec<Route>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Route {
    host: Host,
    base: Url,
}

impl Routes {
    /// No routes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends requests for `host`, whatever their scheme and port, to `base`, whose path is put before theirs. A later
    /// route for the same host replaces the earlier one.
    ///
    /// # Errors
    /// `http::invalid-route` when `host` is no host name, or `base` is no `http` or `https` address of this machine
    /// (`127.0.0.0/8`, `[::1]` or `localhost`, which is read as `127.0.0.1`).
    pub fn add(&mut self, host: &str, base: &str) -> Result<(), Error> {
        // A URL with user information is refused below, and its password is not repeated.
        let shown = if base.contains('@') { format!("for {host}") } else { format!("{host}={base}") };
        let invalid = |reason: &str| Error::InvalidRoute { route: shown.clone(), reason: reason.to_owned() };
        let name = host.trim().trim_end_matches('.');
        if name.is_empty() || name.contains(['/', '@']) {
            return Err(invalid("what stands before = is not a host name"));
        }
        let name = Host::parse(name).map_err(|_| invalid("what stands before = is not a host name"))?;
        let base = loopback_base(base.trim()).map_err(|reason| invalid(&reason))?;
        self.0.retain(|route| route.host != name);
        self.0.push(Route { host: name, base });
        Ok(())
    }

    /// Adds a route written `HOST=URL`, as on the command line.
    ///
    /// # Errors
    /// `http::invalid-route`, as for [`Routes::add`].
    pub fn parse(&mut self, text: &str) -> Result<(), Error> {
        let Some((host, base)) = text.split_once('=') else {
            return Err(Error::InvalidRoute { route: text.to_owned(), reason: "there is no = in it".to_owned() });
        };
        self.add(host, base)
    }

    /// Each host with where its requests go.
    pub fn iter(&self) -> impl Iterator<Item = (String, &Url)> {
        self.0.iter().map(|route| (route.host.to_string(), &route.base))
    }

    /// Where a request for `url` is to be dialled; `None` when no route applies.
    pub fn route(&self, url: &Url) -> Option<Url> {
        let base = self.base_for(url)?;
        let mut dialled = base.clone();
        dialled.set_path(&format!("{}{}", base.path().trim_end_matches('/'), url.path()));
        dialled.set_query(url.query());
        Some(dialled)
    }

    /// The base URL that answers for the host of `url`.
    pub(super) fn base_for(&self, url: &Url) -> Option<&Url> {
        let host = undotted(url.host()?);
        self.0.iter().find(|route| route.host == host).map(|route| &route.base)
    }

    /// The way back: the original address for one below a route's base. A routed server does not know the name it
    /// answers for, so its absolute redirects name itself; without this they would count as leaving the origin. The
    /// route of `current` is preferred when several share a server.
    pub(super) fn unroute(&self, current: &Url, dialled: &Url) -> Option<Url> {
        let current_host = undotted(current.host()?);
        let (own, other): (Vec<&Route>, Vec<&Route>) = self.0.iter().partition(|route| route.host == current_host);
        own.into_iter().chain(other).find_map(|route| {
            let path = below(&route.base, dialled)?;
            let mut original = current.clone();
            if route.host != current_host {
                // The other host's own scheme and port are unknown; services are reached by https on its usual port.
                original = Url::parse(&format!("https://{}/", route.host)).ok()?;
            }
            original.set_path(path);
            original.set_query(dialled.query());
            original.set_fragment(None);
            Some(original)
        })
    }
}

/// The rest of the path when `url` stands below `base`.
fn below<'u>(base: &Url, url: &'u Url) -> Option<&'u str> {
    if base.origin() != url.origin() {
        return None;
    }
    let rest = url.path().strip_prefix(base.path().trim_end_matches('/'))?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

fn loopback_base(text: &str) -> Result<Url, String> {
    let mut base = Url::parse(text).map_err(|error| format!("the URL cannot be read ({error})"))?;
    if !matches!(base.scheme(), "http" | "https") {
        return Err("the URL must begin with http:// or https://".to_owned());
    }
    if base.query().is_some() || base.fragment().is_some() || !base.username().is_empty() || base.password().is_some() {
        return Err("the URL may have a host, a port and a path only".to_owned());
    }
    let local = match base.host() {
        Some(Host::Domain(name)) => undot(name) == "localhost",
        Some(Host::Ipv4(address)) => is_loopback(address.into()),
        Some(Host::Ipv6(address)) => is_loopback(address.into()),
        None => false,
    };
    if !local {
        return Err("routes lead to this machine only (127.0.0.1, [::1] or localhost)".to_owned());
    }
    // A literal address needs no look-up, so nobody can answer for the name.
    if matches!(base.host(), Some(Host::Domain(_))) {
        base.set_ip_host([127, 0, 0, 1].into()).map_err(|()| "the URL has no host".to_owned())?;
    }
    Ok(base)
}

fn undotted(host: Host<&str>) -> Host {
    match host {
        Host::Domain(name) => Host::Domain(undot(name).to_owned()),
        Host::Ipv4(address) => Host::Ipv4(address),
        Host::Ipv6(address) => Host::Ipv6(address),
    }
}

/// `example.com.` and `example.com` are one host.
fn undot(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}
