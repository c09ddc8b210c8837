//! Why a request got no answer. A status of 400 or above is an answer, not an error. Messages name the host and never the
//! whole address, because a query may hold a key; codes and the text of a time-out are promises to scripts.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Why nothing was sent, or why no whole answer came back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No whole answer within the total time. Zoho documents this text for a service that does not answer in 40 seconds
    /// (help page "invokeUrl task").
    #[error("socket timeout error")]
    Timeout {
        /// The host that was asked.
        host: String,
        /// The time it was given.
        limit: Duration,
    },
    /// Nothing accepts connections there, or the way there is closed.
    #[error("could not connect to {host}: {reason}")]
    Connect {
        /// The host, with its port.
        host: String,
        /// What the operating system said.
        reason: String,
    },
    /// The name has no address.
    #[error("could not find the host {host}")]
    Dns {
        /// The name that was looked up.
        host: String,
    },
    /// No trustworthy encrypted connection. Certificates made by their owner are refused, as Zoho does.
    #[error("could not make a secure connection to {host}: {reason}")]
    Tls {
        /// The host, with its port.
        host: String,
        /// What the handshake reported.
        reason: String,
    },
    /// The address cannot be dialled: no host, or another scheme than `http` and `https`.
    #[error("the address cannot be used: {reason}")]
    InvalidUrl {
        /// What is wrong with it.
        reason: String,
    },
    /// A header or the head of a body part holds what must not stand there, such as a line break.
    #[error("the {place} cannot be sent: {reason}")]
    InvalidHeader {
        /// Where it stands, for example `header "X-Id"`; never its value.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The guard refuses the address.
    #[error("{host} has the address {address}, which {}", if *.metadata { "gives out cloud credentials and is never dialled" } else { "is not a public address" })]
    BlockedAddress {
        /// The host as asked for.
        host: String,
        /// The address it stands for.
        address: IpAddr,
        /// Whether it is the metadata address of a cloud machine, for which there is no exception.
        metadata: bool,
    },
    /// The answer exceeds a limit of the client.
    #[error("the answer of {host} has more than {limit} bytes of {what}")]
    TooLarge {
        /// The host that answers.
        host: String,
        /// `headers` or `content`.
        what: &'static str,
        /// The limit, in bytes, after decompression.
        limit: usize,
    },
    /// The answer points to where the request may not go on to.
    #[error("the redirect of {host} was not followed: {reason}")]
    Redirect {
        /// The host that redirects.
        host: String,
        /// Why it was not followed.
        reason: String,
    },
    /// The answer broke off, or is no HTTP.
    #[error("the answer of {host} cannot be read: {reason}")]
    BrokenAnswer {
        /// The host that answered.
        host: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A route is not of the form `HOST=URL`, or leads elsewhere than to this machine.
    #[error("the route {route} cannot be used: {reason}")]
    InvalidRoute {
        /// The route as given.
        route: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An exception to the guard is no range of addresses.
    #[error("{range} is not a range of addresses")]
    InvalidRange {
        /// The text as given.
        range: String,
    },
    /// The proxy that was configured cannot be one.
    #[error("the proxy cannot be used: {reason}")]
    InvalidProxy {
        /// What is wrong with its address, which is not repeated.
        reason: String,
    },
    /// A file of authorities to trust cannot be read.
    #[error("the certificates in {} cannot be used: {reason}", file.display())]
    InvalidCertificates {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The client itself could not be made ready.
    #[error("the HTTP client could not be prepared: {reason}")]
    Setup {
        /// What failed, usually the certificates of this machine.
        reason: String,
    },
}

impl Error {
    /// The stable code, `http::kebab-case`.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Timeout { .. } => "http::timeout",
            Error::Connect { .. } => "http::connect",
            Error::Dns { .. } => "http::dns",
            Error::Tls { .. } => "http::tls",
            Error::InvalidUrl { .. } => "http::invalid-url",
            Error::InvalidHeader { .. } => "http::invalid-header",
            Error::BlockedAddress { .. } => "http::blocked-address",
            Error::TooLarge { .. } => "http::too-large",
            Error::Redirect { .. } => "http::redirect",
            Error::BrokenAnswer { .. } => "http::broken-answer",
            Error::InvalidRoute { .. } => "http::invalid-route",
            Error::InvalidRange { .. } => "http::invalid-range",
            Error::InvalidProxy { .. } => "http::invalid-proxy",
            Error::InvalidCertificates { .. } => "http::invalid-certificates",
            Error::Setup { .. } => "http::setup",
        }
    }

    /// What the reader can do about it.
    pub fn help(&self) -> String {
        match self {
            Error::Timeout { host, limit } => {
                format!(
                    "{host} gave no whole answer within {} s; ask for less at once or try again later",
                    seconds(limit)
                )
            }
            Error::Connect { .. } => {
                "check the host and port, and that the service is running and reachable".to_owned()
            }
            Error::Dns { .. } => "check the spelling of the host and the network connection".to_owned(),
            Error::Tls { .. } => {
                "the server needs a valid certificate for this name from an authority that this machine trusts"
                    .to_owned()
            }
            Error::InvalidUrl { .. } => {
                "use an absolute address such as https://www.zohoapis.com/crm/v8/Leads".to_owned()
            }
            Error::InvalidHeader { .. } => {
                "remove line breaks and other control characters; a name has letters, digits and hyphens".to_owned()
            }
            Error::BlockedAddress { metadata: true, .. } => "there is no exception for this address".to_owned(),
            Error::BlockedAddress { .. } => {
                "add its range to allow_private, for example \"127.0.0.0/8\", if requests may go there".to_owned()
            }
            Error::TooLarge { .. } => "ask for fewer records or fields at once".to_owned(),
            Error::Redirect { .. } => "request the final address directly if it is the one you mean".to_owned(),
            Error::BrokenAnswer { .. } => {
                "try again; if it stays so, the server or what stands before it is at fault".to_owned()
            }
            Error::InvalidRoute { .. } => {
                "write HOST=URL with a URL of this machine, such as books.zoho.com=http://127.0.0.1:8918/books"
                    .to_owned()
            }
            Error::InvalidRange { .. } => "write an address or a range such as 127.0.0.0/8 or fd00::/8".to_owned(),
            Error::InvalidProxy { .. } => {
                "write an address such as http://proxy.example.com:3128; in the variable SLUICE_PROXY a user name and a password may stand before the host"
                    .to_owned()
            }
            Error::InvalidCertificates { .. } => {
                "under `certificates` of [network], name files with PEM certificates of authorities, which begin with -----BEGIN CERTIFICATE-----"
                    .to_owned()
            }
            Error::Setup { .. } => "check that the certificate store of this machine can be read".to_owned(),
        }
    }
}

/// Whole seconds plainly, parts of a second with the digits they need.
fn seconds(time: &Duration) -> String {
    format!("{}", time.as_secs_f64())
}
