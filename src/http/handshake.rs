//! Why a TLS handshake failed, in words. The library's own speak of encodings and issuers to people who know them.

use rustls::{AlertDescription, CertificateError, Error as TlsError};

/// The reason; `None` where the library's words are as good.
pub(crate) fn reason(error: &TlsError) -> Option<String> {
    let plain = match error {
        TlsError::InvalidCertificate(problem) => return certificate(problem),
        TlsError::AlertReceived(AlertDescription::ProtocolVersion)
        | TlsError::PeerIncompatible(
            rustls::PeerIncompatible::ServerDoesNotSupportTls12Or13
            | rustls::PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        ) => "there is no version of TLS in common",
        TlsError::AlertReceived(AlertDescription::HandshakeFailure) => "the server accepts none of the ciphers offered",
        TlsError::AlertReceived(AlertDescription::UnrecognisedName) => "the server does not know this name",
        TlsError::AlertReceived(AlertDescription::CertificateRequired) => {
            "the server asks for a certificate of the client"
        }
        TlsError::InvalidMessage(_) => "what answers there does not speak TLS",
        _ => return None,
    };
    Some(plain.to_owned())
}

fn certificate(problem: &CertificateError) -> Option<String> {
    let plain = match problem {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "the certificate has expired",
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "the certificate is not valid yet"
        }
        CertificateError::Revoked => "the certificate was revoked",
        // What people make for themselves is often an authority and a server in one, which has no variant of its own.
        CertificateError::Other(other) if !format!("{other:?}").contains("CaUsedAsEndEntity") => return None,
        CertificateError::UnknownIssuer | CertificateError::Other(_) => {
            "the certificate comes from no authority that is trusted here"
        }
        CertificateError::NotValidForName => "the certificate is for another name",
        CertificateError::NotValidForNameContext { presented, .. } => {
            // They come from the server, so there may be any number of them.
            let names: Vec<String> = presented.iter().take(3).map(|name| shown(name)).collect();
            return Some(format!("the certificate is for another name: {}", names.join(", ")));
        }
        CertificateError::BadEncoding => "the certificate is damaged",
        _ => return None,
    };
    Some(plain.to_owned())
}

/// `DnsName("a.test")`, as the library writes it, without what stands around the name.
fn shown(presented: &str) -> String {
    let name = presented.split_once("(\"").and_then(|(_, rest)| rest.strip_suffix("\")")).unwrap_or(presented);
    name.chars().take(60).flat_map(char::escape_debug).collect()
}
