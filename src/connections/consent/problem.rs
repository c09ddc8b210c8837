//! What can go wrong while somebody signs in: each with its own name, its own words and its own cure.

/// Why there is no authorisation.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The service's authentication type needs no consent.
    #[error("the connection \"{link_name}\" needs no consent: its service \"{service}\" has the type \"{kind}\"")]
    NoConsent {
        /// The connection.
        link_name: String,
        /// Its service.
        service: String,
        /// The authentication type.
        kind: &'static str,
    },
}

impl Problem {
    /// The stable name of the kind of problem.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::NoConsent { .. } => "connections::no-consent",
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Problem::NoConsent { link_name, service, .. } => {
                format!(
                    "run `sluice connections create {link_name} --service {service}`, which asks for its credentials"
                )
            }
        }
    }
}
