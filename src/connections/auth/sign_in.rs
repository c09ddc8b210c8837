//! What a service says about signing in beside its addresses. None of it decides where a credential goes, so it is no part
//! of the sealed definition.

use url::Url;

use crate::connections::Error;
use crate::connections::document::Table;
use crate::connections::service::read_url;

/// Ports below are given out by the system's administrator alone.
const FIRST_PORT: u64 = 1024;

/// The settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignIn {
    /// The port of the callback address on this machine, where the provider has another one on its list than the usual.
    pub callback_port: Option<u16>,
    /// The provider takes any port of a loopback address, as RFC 8252 (7.3) wants.
    pub loopback_any_port: bool,
    /// Where a client is registered, for people.
    pub console_url: Option<Url>,
    /// Whether codes can be made by hand on the provider's pages, for no callback address; known of Zoho when absent.
    pub self_client: Option<bool>,
    /// The name that the provider gives itself in the callback (RFC 9207).
    pub issuer: Option<String>,
}

impl SignIn {
    pub(super) fn read(table: &mut Table<'_>, plain_http: bool) -> Result<Self, Error> {
        let offset = table.offset_of("callback_port");
        let callback_port = match table.number("callback_port")? {
            None => None,
            Some(number) => match u16::try_from(number).ok().filter(|_| number >= FIRST_PORT) {
                Some(port) => Some(port),
                None => {
                    let problem = "`[auth] callback_port` is out of range";
                    return Err(table.problem(offset, problem, "give a port from 1024 to 65535"));
                }
            },
        };
        Ok(Self {
            callback_port,
            loopback_any_port: table.boolean("loopback_any_port")?.unwrap_or(false),
            console_url: read_url(table, "console_url", plain_http)?,
            self_client: table.boolean("self_client")?,
            issuer: table.text("issuer")?,
        })
    }
}
