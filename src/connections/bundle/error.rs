//! Why a bundle could not be made, opened or taken in. A wrong key is told from a damaged file wherever age lets one know.

/// What is wrong with a bundle.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// It is something else, or was changed on its way.
    #[error("this is no bundle of connections, or it was changed: {0}")]
    Damaged(&'static str),
    /// It ends too early.
    #[error("the bundle is cut off before its end")]
    Truncated,
    /// A later version made it.
    #[error("the bundle has version {0}, which this version does not know")]
    Version(u64),
    /// It is larger than any bundle may be, or asks for more work than any bundle may.
    #[error("the bundle is too large: {0}")]
    TooLarge(&'static str),
    /// It is encrypted for others.
    #[error("none of the identities here opens the bundle")]
    WrongIdentity,
    /// It is encrypted for identities, and there is none.
    #[error("the bundle is encrypted for an identity, and there is none here")]
    NoIdentity,
    /// The passphrase is another.
    #[error("the passphrase does not open the bundle")]
    WrongPassphrase,
    /// It is encrypted with a passphrase, and none was given.
    #[error("the bundle is encrypted with a passphrase, and none was given")]
    NoPassphrase,
    /// The text is no identity.
    #[error("{place} holds no identity: {problem}")]
    InvalidIdentity {
        /// Where the text came from.
        place: String,
        /// What is wrong; never the text.
        problem: &'static str,
    },
    /// The text is no recipient.
    #[error("\"{shown}\" is no recipient")]
    InvalidRecipient {
        /// The text, unless it is a secret key.
        shown: String,
    },
    /// There is nothing to put into a bundle.
    #[error("there is nothing to export")]
    Empty,
    /// Something in it was not taken in.
    #[error("not everything was imported; nothing that is here was changed by what was left out")]
    LeftOut {
        /// What, and why: a line each.
        what: Vec<String>,
        /// Whether `--replace` would take it in.
        replaceable: bool,
    },
}

impl BundleError {
    /// The stable name of the kind of problem.
    pub fn code(&self) -> &'static str {
        match self {
            BundleError::Damaged(_) => "connections::bundle-damaged",
            BundleError::Truncated => "connections::bundle-truncated",
            BundleError::Version(_) => "connections::bundle-version",
            BundleError::TooLarge(_) => "connections::bundle-too-large",
            BundleError::WrongIdentity | BundleError::NoIdentity => "connections::bundle-identity",
            BundleError::WrongPassphrase | BundleError::NoPassphrase => "connections::bundle-passphrase",
            BundleError::InvalidIdentity { .. } => "connections::bundle-invalid-identity",
            BundleError::InvalidRecipient { .. } => "connections::bundle-recipient",
            BundleError::Empty => "connections::bundle-empty",
            BundleError::LeftOut { .. } => "connections::bundle-left-out",
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            BundleError::Damaged(_) | BundleError::Truncated => {
                "bring the file over again; copied as text, it needs all its lines, the first and the last included".into()
            }
            BundleError::Version(_) => "use the version of Sluice that made it, or a later one".into(),
            BundleError::TooLarge(_) => "export fewer connections at once".into(),
            BundleError::WrongIdentity => {
                "run `sluice connections identity` here, and export again with `--to` and the recipient that it prints".into()
            }
            BundleError::NoIdentity => {
                "`sluice connections identity` makes one for this machine; in CI, SLUICE_IDENTITY holds it or names its file"
                    .into()
            }
            BundleError::WrongPassphrase => "try again; capitals and spaces count".into(),
            BundleError::NoPassphrase => "give it with `--passphrase-file FILE`; on a terminal you are asked".into(),
            BundleError::InvalidIdentity { .. } => {
                "an identity is a line that begins with AGE-SECRET-KEY-1; `sluice connections identity` makes one".into()
            }
            BundleError::InvalidRecipient { .. } => {
                "a recipient begins with age1; `sluice connections identity` prints it on the machine that is to import".into()
            }
            BundleError::Empty => "name connections that exist, or users who authorised them; `sluice connections list` shows both".into(),
            BundleError::LeftOut { what, replaceable } => {
                let advice = match replaceable {
                    true => "\n`--replace` takes over what differs",
                    false => "",
                };
                format!("{}{advice}", what.join("\n"))
            }
        }
    }
}
