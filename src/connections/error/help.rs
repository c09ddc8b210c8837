//! What to do about each problem: the next command, filled in as far as it is known.

use super::Error;

impl Error {
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
            Error::NotAuthorised { link_name, service, user, signs_in } => {
                connect(link_name, service, &user_option(user), *signs_in)
            }
            Error::NeedsReconnect { link_name, service, user, signs_in, .. }
            | Error::Revoked { link_name, service, user, signs_in } => {
                connect(link_name, service, &user_option(user), *signs_in)
            }
            Error::Disabled { link_name, user } => {
                format!("run `sluice connections enable {link_name}{}`", user_option(user))
            }
            Error::StillConnected { link_name, user } => format!(
                "run `sluice connections revoke {link_name}{}` first, then edit it, then connect it again",
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
            Error::OfExtension { link_name, namespace } => format!(
                "to end its access run `sluice connections revoke {link_name}`; if this is the project of the extension, set \
                 `namespace = \"{namespace}\"` in sluice.toml"
            ),
            Error::DefinitionChanged { link_name, service, user, changes, signs_in } => format!(
                "what changed:\n{}\nif that is meant, {}; if not, undo the change",
                changes.join("\n"),
                connect(link_name, service, &user_option(user), *signs_in)
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
            Error::Consent(problem) => problem.help(),
            #[cfg(feature = "bundles")]
            Error::Bundle(error) => error.help(),
            Error::Http(error) => error.help(),
            Error::Internal(_) => "please report this".into(),
        }
    }
}

/// The command that authorises a connection.
fn connect(link_name: &str, service: &str, user: &str, signs_in: bool) -> String {
    match signs_in {
        true => format!("run `sluice connections authorize {link_name}{user}` to sign in"),
        false => format!(
            "run `sluice connections create {link_name} --service {service}{user}` with its credentials, each as \
             `--credential KEY=-`"
        ),
    }
}

/// The option of a command that names the user, ready for a shell.
pub(in crate::connections) fn user_option(user: &Option<String>) -> String {
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
