//! The stable names of the problems, one for each; the list of errors explains them by these.

use super::Error;

impl Error {
    /// The stable name of the kind of problem.
    pub fn code(&self) -> &'static str {
        match self {
            Error::UnknownLinkName { .. } => "connections::unknown-link-name",
            Error::UnknownService { .. } => "connections::unknown-service",
            Error::InvalidLinkName { .. } => "connections::invalid-link-name",
            Error::InvalidFile { .. } => "connections::invalid-file",
            Error::UnknownKey { .. } => "connections::unknown-key",
            Error::Redefined { .. } => "connections::redefined",
            Error::AlreadyExists { .. } => "connections::already-exists",
            Error::ServiceInDraft { .. } => "connections::service-in-draft",
            Error::ServiceFrozen { .. } => "connections::service-frozen",
            Error::DefaultService { .. } => "connections::default-service",
            Error::UnknownCredential { .. } => "connections::unknown-credential",
            Error::MissingCredential { .. } => "connections::missing-credential",
            Error::InvalidCredential { .. } => "connections::invalid-credential",
            Error::InvalidParameter { .. } => "connections::invalid-parameter",
            Error::NotAuthorised { .. } => "connections::not-authorised",
            Error::NeedsReconnect { .. } => "connections::needs-reconnect",
            Error::Revoked { .. } => "connections::revoked",
            Error::Disabled { .. } => "connections::disabled",
            Error::StillConnected { .. } => "connections::still-connected",
            Error::OfExtension { .. } => "connections::of-extension",
            Error::RevokeFailed { .. } => "connections::revoke-failed",
            Error::NoVerification { .. } => "connections::no-verification",
            Error::TestFailed { .. } => "connections::test-failed",
            Error::DefinitionChanged { .. } => "connections::definition-changed",
            Error::InvalidDomain { .. } => "connections::invalid-domain",
            Error::PlainHttp { .. } => "connections::plain-http",
            Error::NoLogin { .. } => "connections::no-login",
            Error::NoPlaceForKey { .. } => "connections::no-place-for-key",
            Error::NoPlaceholder { .. } => "connections::no-placeholder",
            Error::TokenAnswer { .. } => "connections::token-answer",
            Error::TokenRefused { .. } => "connections::token-refused",
            Error::RenewalTooSoon { .. } => "connections::renewal-too-soon",
            Error::LoosePermissions { .. } => "connections::loose-permissions",
            Error::VaultDamaged { .. } => "connections::vault-damaged",
            Error::VaultFormat { .. } => "connections::vault-format",
            Error::VaultKeyMissing { .. } => "connections::vault-key-missing",
            Error::VaultKeyInvalid { .. } => "connections::vault-key-invalid",
            Error::VaultKeySource { .. } => "connections::vault-key-source",
            Error::VaultKeyring { .. } => "connections::vault-keyring",
            Error::UntrustedFile { .. } => "connections::untrusted-file",
            Error::Busy { .. } => "connections::busy",
            Error::File { .. } => "connections::file",
            Error::Store { .. } => "connections::store",
            Error::Consent(problem) => problem.code(),
            #[cfg(feature = "bundles")]
            Error::Bundle(error) => error.code(),
            Error::Http(error) => error.code(),
            Error::Internal(_) => "connections::internal",
        }
    }
}
