//! The TLS settings: reqwest's own, made here because its builder has no place for the store of sessions, which is what
//! tells when a handshake begins.

use std::fmt;
use std::sync::Arc;

use rustls::ClientConfig;
use rustls::NamedGroup;
use rustls::client::{
    ClientSessionMemoryCache, ClientSessionStore, Resumption, Tls12ClientSessionValue, Tls13ClientSessionValue,
};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls_platform_verifier::Verifier;

use super::{Error, phases};

/// How many servers are remembered; rustls' own number.
const REMEMBERED: usize = 256;

/// Certificates must come from the authorities that this machine trusts, or from these.
pub(super) fn config(more: Vec<CertificateDer<'static>>) -> Result<ClientConfig, Error> {
    let setup = |error: rustls::Error| Error::Setup { reason: error.to_string() };
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = match more.is_empty() {
        true => Verifier::new(Arc::clone(&provider)),
        false => Verifier::new_with_extra_roots(more, Arc::clone(&provider)),
    };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(setup)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier.map_err(setup)?))
        .with_no_client_auth();
    config.alpn_protocols = vec!["h2".into(), "http/1.1".into()];
    config.resumption = Resumption::store(Arc::new(Sessions(ClientSessionMemoryCache::new(REMEMBERED))));
    Ok(config)
}

/// The sessions that can be taken up again; rustls asks for one when a handshake begins.
struct Sessions(ClientSessionMemoryCache);

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sessions")
    }
}

impl ClientSessionStore for Sessions {
    fn set_kx_hint(&self, server: ServerName<'static>, group: NamedGroup) {
        self.0.set_kx_hint(server, group);
    }

    fn kx_hint(&self, server: &ServerName<'_>) -> Option<NamedGroup> {
        phases::securing();
        self.0.kx_hint(server)
    }

    fn set_tls12_session(&self, server: ServerName<'static>, session: Tls12ClientSessionValue) {
        self.0.set_tls12_session(server, session);
    }

    fn tls12_session(&self, server: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        phases::securing();
        self.0.tls12_session(server)
    }

    fn remove_tls12_session(&self, server: &ServerName<'static>) {
        self.0.remove_tls12_session(server);
    }

    fn insert_tls13_ticket(&self, server: ServerName<'static>, ticket: Tls13ClientSessionValue) {
        self.0.insert_tls13_ticket(server, ticket);
    }

    fn take_tls13_ticket(&self, server: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        phases::securing();
        self.0.take_tls13_ticket(server)
    }
}
