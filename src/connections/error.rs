//! What can go wrong with connections. Every message says which connection, service or file is meant, none holds a
//! secret; the texts that Zoho itself shows (help page "Error messages" of CRM) are part of the messages, because
//! scripts in the wild compare them.

use std::path::PathBuf;

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
    #[error("\"{link_name}\" cannot be a link name")]
    InvalidLinkName {
        /// The text.
        link_name: String,
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
    /// An authentication type that this version cannot run.
    #[error("{place}: {what} is not supported yet")]
    UnsupportedAuthentication {
        /// File and line.
        place: String,
        /// The type or grant.
        what: String,
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
    },
    /// The authorisation ended for good and cannot be renewed.
    #[error("UnAuthenticated Connections: the connection \"{link_name}\" must be connected again: {reason}")]
    NeedsReconnect {
        /// The connection.
        link_name: String,
        /// Its service.
        service: String,
        /// Why.
        reason: String,
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
    /// The service or the connection is not what the credentials were given for.
    #[error("the definition of the connection \"{link_name}\" changed after it was authorised; nothing was sent")]
    DefinitionChanged {
        /// The connection.
        link_name: String,
        /// Its service.
        service: String,
        /// The changed lines, `- ` before and `+ ` after.
        changes: Vec<String>,
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
    /// The request itself failed on its way; scripts may catch it.
    #[error(transparent)]
    Http(#[from] http::Error),
    /// Something that cannot happen did.
    #[error("internal error: {0}")]
    Internal(&'static str),
}

impl Error {
    /// The stable name of the kind of problem.
    pub fn code(&self) -> &'static str {
        match self {
            Error::UnknownLinkName { .. } => "connections::unknown-link-name",
            Error::UnknownService { .. } => "connections::unknown-service",
            Error::InvalidLinkName { .. } => "connections::invalid-link-name",
            Error::InvalidFile { .. } => "connections::invalid-file",
            Error::UnknownKey { .. } => "connections::unknown-key",
            Error::UnsupportedAuthentication { .. } => "connections::unsupported-authentication",
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
            Error::Http(error) => error.code(),
            Error::Internal(_) => "connections::internal",
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Error::UnknownLinkName { suggestion, known, .. } => {
                choose(suggestion, known, "connections", "there are no connections yet: `sluice connections create` makes one")
            }
            Error::UnknownService { suggestion, known, .. } => {
                choose(suggestion, known, "services", "`sluice services create --file FILE` adds one")
            }
            Error::InvalidLinkName { .. } => {
                "use lower-case letters, digits and `_`, a letter first, at most 50; `namespace__name` for an extension's".into()
            }
            Error::InvalidFile { help, .. } => help.clone(),
            Error::UnknownKey { suggestion, known, .. } => choose(suggestion, known, "keys here", "this table has no keys"),
            Error::UnsupportedAuthentication { .. } => {
                "basic, api_key and oauth2 (authorization_code, authorization_code_pkce, client_credentials) work".into()
            }
            Error::Redefined { kind, .. } => format!("give one {kind} another link name, or remove it from one of the two"),
            Error::AlreadyExists { kind: "connection", link_name, differs } => format!(
                "{differs}; to change it, delete it first: `sluice connections delete {link_name}`"
            ),
            Error::AlreadyExists { differs, .. } => format!("{differs}; choose another link name, or edit that file"),
            Error::ServiceInDraft { service } => {
                format!("when its definition is complete, run `sluice services ready {service}`")
            }
            Error::ServiceFrozen { help, service, .. } => help.replace("NAME", service),
            Error::DefaultService { service, .. } => format!(
                "make a service of your own from it: `sluice services show {service} --toml > mine.toml`, give it another \
                 link_name, then `sluice services create --file mine.toml`"
            ),
            Error::UnknownCredential { suggestion, known, .. } => {
                choose(suggestion, known, "credentials", "this service takes no credentials")
            }
            Error::MissingCredential { .. } => {
                "give each with `--credential KEY=-` (standard input), `KEY=env:NAME` or `KEY=file:PATH`".into()
            }
            Error::InvalidCredential { .. } => "check the place where the value comes from".into(),
            Error::InvalidParameter { key, .. } => format!("give it with `--param {key}=VALUE` when the connection is created"),
            Error::NotAuthorised { link_name, service, user } => {
                let user = user_option(user);
                format!(
                    "run `sluice connections create {link_name} --service {service}{user}` with its credentials, each as \
                     `--credential KEY=-`"
                )
            }
            Error::NeedsReconnect { link_name, service, .. } => {
                format!("run `sluice connections create {link_name} --service {service}` again with new credentials")
            }
            Error::Revoked { link_name, service, user } => format!(
                "run `sluice connections create {link_name} --service {service}{}` with new credentials",
                user_option(user)
            ),
            Error::Disabled { link_name, user } => {
                format!("run `sluice connections enable {link_name}{}`", user_option(user))
            }
            Error::StillConnected { link_name, user } => format!(
                "run `sluice connections revoke {link_name}{}` first, then edit it, then authorise it again with `sluice \
                 connections create {link_name}`",
                user_option(user)
            ),
            Error::RevokeFailed { link_name, user, .. } => format!(
                "try again later, or run `sluice connections revoke {link_name}{} --force` to forget the credentials here \
                 and end the access on the provider's own pages",
                user_option(user)
            ),
            Error::NoVerification { link_name, service } => format!(
                "run `sluice connections test {link_name} --url https://…` with an address of the API, or add `[verify]` with \
                 `method = \"GET\"` and `url = \"https://…\"` to the file of \"{service}\""
            ),
            Error::TestFailed { help, .. } => help.clone(),
            Error::DefinitionChanged { link_name, service, changes } => format!(
                "what changed:\n{}\nif that is meant, run `sluice connections create {link_name} --service {service}` again \
                 with its credentials; if not, undo the change",
                changes.join("\n")
            ),
            Error::InvalidDomain { service, hosts, .. } => {
                format!("the service \"{service}\" lists {}; its credentials go nowhere else", hosts.join(", "))
            }
            Error::PlainHttp { .. } => {
                "use https, or set `plain_http = true` in the service's file if this network can be trusted".into()
            }
            Error::NoLogin { service, .. } => format!(
                "name a connection of a service with `type = \"basic\"` under [mail]; the type of \"{service}\" is another"
            ),
            Error::NoPlaceForKey { .. } => "send the parameters as a map, which becomes a form".into(),
            Error::NoPlaceholder { key, .. } => {
                format!("write {{{key}}} into the path, the query or the body, where the service wants the key")
            }
            Error::TokenAnswer { temporary: true, .. } => "try again later; the stored credentials were kept".into(),
            Error::TokenAnswer { .. } => "check `token_url` in the service's file; the stored credentials were kept".into(),
            Error::TokenRefused { link_name, .. } => format!(
                "check the client id and secret of \"{link_name}\" and create the connection again; the stored ones were kept"
            ),
            Error::LoosePermissions { path } if path.is_dir() => format!("run `chmod 700 {}`", path.display()),
            Error::RenewalTooSoon { .. } => {
                "wait, or see why the service refuses new tokens: scopes that are missing look like that; \
                 `cool_down` in the service's file sets the time"
                    .into()
            }
            Error::LoosePermissions { path } => format!("run `chmod 600 {}`, and consider new credentials", path.display()),
            Error::VaultDamaged { .. } => {
                "restore it from a copy, use the key it was made with, or move it away and create the connections again".into()
            }
            Error::VaultFormat { .. } => "use the version of Sluice that wrote it, or a later one".into(),
            Error::VaultKeyMissing { .. } => {
                "put the key back; if it is lost, move the vault away and create the connections again".into()
            }
            Error::VaultKeyInvalid { .. } => {
                "`SLUICE_VAULT_KEY` and the key file hold 32 random bytes in base64, for example from `openssl rand -base64 32`"
                    .into()
            }
            Error::VaultKeySource { .. } => {
                "take the variable away, or change the vault's key with `sluice connections rekey --to SOURCE`".into()
            }
            Error::VaultKeyring { .. } => {
                "unlock it and try again; where there is none, `SLUICE_VAULT_SOURCE=file` makes new vaults with a key file"
                    .into()
            }
            Error::UntrustedFile { .. } => {
                "move it away, or make it an ordinary file or folder of the user who runs Sluice".into()
            }
            Error::Busy { .. } => "wait for the other run to end, then try again".into(),
            Error::File { .. } => "check that the folder exists, that it is yours, and that the disk is not full".into(),
            Error::Store { .. } => "try again later, and look at what keeps the connections in this program".into(),
            Error::Http(error) => error.help(),
            Error::Internal(_) => "please report this".into(),
        }
    }

    /// A file error in the operating system's words.
    pub(super) fn file(action: &'static str, path: &std::path::Path, error: &std::io::Error) -> Self {
        Error::File { action, path: path.to_owned(), reason: error.to_string() }
    }
}

/// "for the user …", if it is not the owner's authorisation.
fn for_user(user: &Option<String>) -> String {
    user.as_ref().map(|user| format!(" for the user {user}")).unwrap_or_default()
}

/// The option of a command that names the user, ready for a shell.
fn user_option(user: &Option<String>) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@._+-".contains(c);
    match user {
        None => String::new(),
        Some(user) if user.chars().all(plain) => format!(" --user {user}"),
        Some(user) => format!(" --user '{}'", user.replace('\'', "'\\''")),
    }
}

/// The suggestion and the list, or what to do when there is no list.
fn choose(suggestion: &Option<String>, known: &[String], what: &str, none: &str) -> String {
    const SHOWN: usize = 30;
    if known.is_empty() {
        return none.to_owned();
    }
    let mut text = suggestion.as_ref().map(|name| format!("did you mean \"{name}\"? ")).unwrap_or_default();
    let shown: Vec<&str> = known.iter().take(SHOWN).map(String::as_str).collect();
    text.push_str(&format!("{what}: {}", shown.join(", ")));
    if known.len() > SHOWN {
        text.push_str(&format!(" and {} more", known.len() - SHOWN));
    }
    text
}
