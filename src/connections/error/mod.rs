//! What can go wrong with connections. Every message says which connection, service or file is meant, none holds a
//! secret; the texts that Zoho itself shows (help page "Error messages" of CRM) are part of the messages, because
//! scripts in the wild compare them.

mod code;
mod help;

pub(super) use help::user_option;

use std::path::PathBuf;

#[cfg(feature = "bundles")]
use super::bundle::BundleError;
use crate::http;

/// Why a connection could not be used, made or read.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No connection has this link name. Create it, or correct the name in the script.
    #[error("Connection Name was not found: there is no connection with the link name \"{link_name}\"")]
    UnknownLinkName {
        /// What was asked for.
        link_name: String,
        /// The nearest known name.
        suggestion: Option<String>,
        /// Every known name.
        known: Vec<String>,
    },
    /// No service has this link name.
    #[error("there is no service with the link name \"{service}\"")]
    UnknownService {
        /// What was asked for.
        service: String,
        /// The nearest known name.
        suggestion: Option<String>,
        /// Every known name.
        known: Vec<String>,
    },
    /// A link name breaks Zoho's rule.
    #[error("\"{link_name}\" cannot be a link name: {problem}")]
    InvalidLinkName {
        /// The text.
        link_name: String,
        /// The part of the rule that it breaks.
        problem: String,
    },
    /// A services or connections file cannot be understood.
    #[error("{place}: {problem}")]
    InvalidFile {
        /// File and line.
        place: String,
        /// What is wrong.
        problem: String,
        /// What to do.
        help: String,
    },
    /// A file has a key that means nothing.
    #[error("{place}: unknown key `{key}`")]
    UnknownKey {
        /// File and line.
        place: String,
        /// The key with the table it stands in.
        key: String,
        /// The nearest key that exists.
        suggestion: Option<String>,
        /// Every key that exists there.
        known: Vec<String>,
    },
    /// A file defines what another file, or the product, already defines. A project could otherwise send a user's
    /// credentials elsewhere.
    #[error("{here} defines the {kind} \"{link_name}\" again, which {there} already defines")]
    Redefined {
        /// `service` or `connection`.
        kind: &'static str,
        /// The name that is there twice.
        link_name: String,
        /// The later file.
        here: String,
        /// The earlier one.
        there: String,
    },
    /// Something of this name exists with other settings.
    #[error("the {kind} \"{link_name}\" exists already with other settings")]
    AlreadyExists {
        /// `service` or `connection`.
        kind: &'static str,
        /// Its name.
        link_name: String,
        /// What differs.
        differs: String,
    },
    /// The service is a draft: it cannot have connections (Creator help page "Custom connectors").
    #[error("the service \"{service}\" is a draft and cannot have connections")]
    ServiceInDraft {
        /// Its link name.
        service: String,
    },
    /// A change that the stage or the connections of a service do not allow.
    #[error("the service \"{service}\": {what}")]
    ServiceFrozen {
        /// Its link name.
        service: String,
        /// What cannot change, and why.
        what: String,
        /// What can be done instead.
        help: String,
    },
    /// A default service was to be changed.
    #[error("the service \"{service}\" comes with Sluice and cannot be {action}")]
    DefaultService {
        /// Its link name.
        service: String,
        /// `edited` or `deleted`.
        action: &'static str,
    },
    /// A credential was given that the service does not ask for.
    #[error("the service \"{service}\" has no credential `{key}`")]
    UnknownCredential {
        /// The service.
        service: String,
        /// The key that was given.
        key: String,
        /// The nearest key that exists.
        suggestion: Option<String>,
        /// Every key that exists.
        known: Vec<String>,
    },
    /// Credentials are missing.
    #[error("the service \"{service}\" needs more to connect: {missing}")]
    MissingCredential {
        /// The service.
        service: String,
        /// What is missing, in words.
        missing: String,
    },
    /// A credential cannot be sent as it is.
    #[error("the credential `{key}` {problem}")]
    InvalidCredential {
        /// Its key.
        key: String,
        /// What is wrong with it; never the value.
        problem: String,
    },
    /// A dynamic parameter is missing, unknown, or has a value that does not fit where it stands.
    #[error("the parameter `{key}` of the service \"{service}\" {problem}")]
    InvalidParameter {
        /// The service.
        service: String,
        /// The parameter.
        key: String,
        /// What is wrong.
        problem: String,
    },
    /// The connection has no authorisation for this user.
    #[error("UnAuthenticated Connections: the connection \"{link_name}\" is not authorised{}", for_user(.user))]
    NotAuthorised {
        /// The connection.
        link_name: String,
        /// Its service.
        service: String,
        /// Whose authorisation is missing; none for the owner's.
        user: Option<String>,
        /// Whether a person consents for it in a browser or by a code, and gives no credentials.
        signs_in: bool,
    },
    /// The authorisation ended for good and cannot be renewed.
    #[error("UnAuthenticated Connections: the connection \"{link_name}\" must be connected again{}: {reason}", for_user(.user))]
    NeedsReconnect {
        /// The connection.
        link_name: String,
        /// Its service.
        service: String,
        /// Whose authorisation ended; none for the owner's.
        user: Option<String>,
        /// Why.
        reason: String,
        /// Whether a person consents for it in a browser or by a code, and gives no credentials.
        signs_in: bool,
    },
    /// A person revoked the authorisation.
    #[error("UnAuthenticated Connections: the connection \"{link_name}\" was revoked{}", for_user(.user))]
    Revoked {
        /// The connection.
        link_name: String,
        /// Its service.
        service: String,
        /// Whose authorisation it was; none for the owner's.
        user: Option<String>,
        /// Whether a person consents for it in a browser or by a code, and gives no credentials.
        signs_in: bool,
    },
    /// A person switched the authorisation off.
    #[error("UnAuthenticated Connections: the connection \"{link_name}\" is disabled{}", for_user(.user))]
    Disabled {
        /// The connection.
        link_name: String,
        /// Whose authorisation it is; none for the owner's.
        user: Option<String>,
    },
    /// A connection cannot be changed as long as it has an authorisation (Zoho help page "Connections").
    #[error("the connection \"{link_name}\" is connected{} and cannot be edited", for_user(.user))]
    StillConnected {
        /// The connection.
        link_name: String,
        /// Whose authorisation is there; none for the owner's.
        user: Option<String>,
    },
    /// The provider could not be told that a token is not to be used any more.
    #[error("the provider of \"{link_name}\" could not be told to revoke its token: {problem}; nothing was forgotten")]
    RevokeFailed {
        /// The connection.
        link_name: String,
        /// Whose authorisation it is; none for the owner's.
        user: Option<String>,
        /// What stood in the way.
        problem: String,
    },
    /// A connection was to be tested, and its service names no request for that.
    #[error("the service \"{service}\" names no request to test its connections with")]
    NoVerification {
        /// The connection.
        link_name: String,
        /// Its service.
        service: String,
    },
    /// The request that tests a connection was answered with a status that is no success.
    #[error("the connection \"{link_name}\" does not work: {url} answered with status {status}, {meaning}")]
    TestFailed {
        /// The connection.
        link_name: String,
        /// Where the request went.
        url: String,
        /// The status.
        status: u16,
        /// What it means, in words.
        meaning: &'static str,
        /// What to do.
        help: String,
    },
    /// An extension's connection can be authorised, switched off and revoked where it is installed; all else is its
    /// author's (Zoho help page "Manage connections").
    #[error(
        "the connection \"{link_name}\" belongs to the extension \"{namespace}\", so it cannot be edited or deleted here"
    )]
    OfExtension {
        /// The connection.
        link_name: String,
        /// The extension.
        namespace: String,
    },
    /// The service or the connection is not what the credentials were given for.
    #[error("the definition of the connection \"{link_name}\" changed after it was authorised; nothing was sent")]
    DefinitionChanged {
        /// The connection.
        link_name: String,
        /// Its service.
        service: String,
        /// Whose authorisation it is; none for the owner's.
        user: Option<String>,
        /// The changed lines, `- ` before and `+ ` after.
        changes: Vec<String>,
        /// Whether a person consents for it in a browser or by a code, and gives no credentials.
        signs_in: bool,
    },
    /// The request goes to a host that the service does not list.
    #[error("Invalid Domain: the connection \"{link_name}\" may not send its credentials to {host}; nothing was sent")]
    InvalidDomain {
        /// The connection.
        link_name: String,
        /// Its service.
        service: String,
        /// Where the request would have gone.
        host: String,
        /// Where the service's credentials may go.
        hosts: Vec<String>,
    },
    /// The request would send a credential unencrypted.
    #[error("the connection \"{link_name}\" may not send its credentials to {host} over plain http; nothing was sent")]
    PlainHttp {
        /// The connection.
        link_name: String,
        /// Where the request would have gone.
        host: String,
    },
    /// A mail server wants a user name and a password, and the connection has something else.
    #[error("the connection \"{link_name}\" has no user name and password to log in to a mail server with")]
    NoLogin {
        /// The connection.
        link_name: String,
        /// Its service.
        service: String,
    },
    /// A key belongs into a form, and the request has none.
    #[error("the key `{key}` of the connection \"{link_name}\" belongs into a form, but the request has another body")]
    NoPlaceForKey {
        /// The connection.
        link_name: String,
        /// The key.
        key: String,
    },
    /// A key belongs where the script writes its placeholder, and it wrote none.
    #[error(
        "the key `{key}` of the connection \"{link_name}\" belongs where the request has {{{key}}}, but it has it nowhere"
    )]
    NoPlaceholder {
        /// The connection.
        link_name: String,
        /// The key.
        key: String,
    },
    /// A token endpoint answered with something that is no token.
    #[error("the token endpoint of \"{link_name}\", {host}, {problem}")]
    TokenAnswer {
        /// The connection.
        link_name: String,
        /// The endpoint's host.
        host: String,
        /// What came back.
        problem: String,
        /// Whether asking again later may help.
        temporary: bool,
    },
    /// A token endpoint refused.
    #[error("the token endpoint of \"{link_name}\", {host}, refused: {reason}")]
    TokenRefused {
        /// The connection.
        link_name: String,
        /// The endpoint's host.
        host: String,
        /// The server's code alone.
        code: String,
        /// The server's code and description.
        reason: String,
    },
    /// The service lets a token be renewed only so often, and the last renewal was just now.
    #[error("the token of \"{link_name}\" was renewed just now and can be renewed again in {seconds} seconds")]
    RenewalTooSoon {
        /// The connection.
        link_name: String,
        /// What is left of the cool-down.
        seconds: u64,
    },
    /// Others could read or change a file that must be private.
    #[error("others may read or change {}", .path.display())]
    LoosePermissions {
        /// The file.
        path: PathBuf,
    },
    /// The vault cannot be opened: another key, a changed byte, or no vault at all.
    #[error("the vault {} cannot be opened: {problem}", .path.display())]
    VaultDamaged {
        /// The vault.
        path: PathBuf,
        /// What was found.
        problem: String,
    },
    /// The vault was written by a later version.
    #[error("the vault {} has format {format}, which this version does not know", .path.display())]
    VaultFormat {
        /// The vault.
        path: PathBuf,
        /// The format found.
        format: u64,
    },
    /// There is a vault, but not the key that opens it.
    #[error("the key of the vault is missing: {source_name}")]
    VaultKeyMissing {
        /// Where the key was looked for.
        source_name: String,
    },
    /// The key is not 32 bytes in base64.
    #[error("the key of the vault is not 32 bytes in base64: {source_name}")]
    VaultKeyInvalid {
        /// Where the key came from.
        source_name: String,
    },
    /// The vault names another source of its key than the one that is given.
    #[error("the key of the vault {} is from {named}, but {found} is given; nothing was changed", .path.display())]
    VaultKeySource {
        /// The vault.
        path: PathBuf,
        /// The source in its file.
        named: String,
        /// What the environment gives.
        found: String,
    },
    /// The keyring of the operating system does not do what it should.
    #[error("the keyring of the operating system cannot be used: {problem}")]
    VaultKeyring {
        /// In its own words.
        problem: String,
    },
    /// A file or folder is not what it must be to be trusted with secrets.
    #[error("{} is not used: {problem}", .path.display())]
    UntrustedFile {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Another process holds a lock for too long.
    #[error("another process has been using {} for too long", .path.display())]
    Busy {
        /// The lock file.
        path: PathBuf,
    },
    /// A file could not be read or written.
    #[error("cannot {action} {}: {reason}", .path.display())]
    File {
        /// `read`, `write`, …
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
    },
    /// A registry or a vault of the embedding program failed.
    #[error("the store of the connections failed: {problem}")]
    Store {
        /// In that program's words, without a secret.
        problem: String,
    },
    /// Nobody signed in.
    #[error(transparent)]
    Consent(Box<super::consent::Problem>),
    /// A bundle of connections could not be made, opened or taken in.
    #[cfg(feature = "bundles")]
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The request itself failed on its way; scripts may catch it.
    #[error(transparent)]
    Http(#[from] http::Error),
    /// Something that cannot happen did.
    #[error("internal error: {0}")]
    Internal(&'static str),
}

impl Error {
    /// A file error in the operating system's words.
    pub(super) fn file(action: &'static str, path: &std::path::Path, error: &std::io::Error) -> Self {
        Error::File { action, path: path.to_owned(), reason: error.to_string() }
    }
}

/// "for the user …", if it is not the owner's authorisation.
fn for_user(user: &Option<String>) -> String {
    user.as_ref().map(|user| format!(" for the user {user}")).unwrap_or_default()
}
