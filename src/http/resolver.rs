//! Names become addresses in one place, under the guard: what is handed on to be dialled are the addresses that were
//! checked, so it does not help an attacker if the name leads elsewhere a moment later.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::{Error, Guard, phases};

/// Looks names up: by default as this machine does.
#[derive(Clone, Default)]
pub struct Resolver(Option<Arc<Lookup>>);

type Lookup = dyn Fn(&str) -> Vec<IpAddr> + Send + Sync;

impl Resolver {
    /// A resolver that asks `lookup` for the addresses of a name, for tests and for names of one's own. It is called on
    /// the network's thread and must not wait. No address means that there is no such name.
    pub fn new(lookup: impl Fn(&str) -> Vec<IpAddr> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(lookup)))
    }

    /// The addresses of a name that the guard lets pass.
    ///
    /// # Errors
    /// `http::dns` when there are none, `http::blocked-address` when none may be dialled.
    pub(crate) async fn allowed(&self, name: &str, guard: &Guard) -> Result<Vec<IpAddr>, Error> {
        let found = self.find(name).await;
        let mut refused = None;
        let mut allowed = Vec::new();
        for address in found {
            match guard.check(address) {
                Ok(()) => allowed.push(address),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        match refused {
            _ if !allowed.is_empty() => Ok(allowed),
            Some(Error::BlockedAddress { address, metadata, .. }) => {
                Err(Error::BlockedAddress { host: name.to_owned(), address, metadata })
            }
            _ => Err(Error::Dns { host: name.to_owned() }),
        }
    }

    async fn find(&self, name: &str) -> Vec<IpAddr> {
        match &self.0 {
            Some(lookup) => lookup(name),
            None => tokio::net::lookup_host((name, 0))
                .await
                .map(|found| found.map(|address| address.ip()).collect())
                .unwrap_or_default(),
        }
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Resolver")
    }
}

/// What reqwest asks before it dials.
pub(super) struct GuardedResolver {
    pub(super) resolver: Resolver,
    pub(super) guard: Guard,
    /// The name of the proxy, which the operator chose and which usually has a private address.
    pub(super) proxy: Option<String>,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let is_proxy = self.proxy.as_deref().is_some_and(|proxy| proxy.eq_ignore_ascii_case(name.as_str()));
        let guard = if is_proxy { Guard::off() } else { self.guard.clone() };
        let resolver = self.resolver.clone();
        Box::pin(async move {
            let allowed = phases::looking_up(resolver.allowed(name.as_str(), &guard)).await?;
            // Port 0 is replaced by the URL's.
            Ok(Box::new(allowed.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}
