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
    /// The service has no address where a person consents.
    #[error("the service \"{service}\" names no address at which a person consents")]
    NoAuthorizeUrl {
        /// The service.
        service: String,
    },
    /// The person, or the provider in their name, said no.
    #[error("{host} did not give access to \"{link_name}\": {reason}")]
    Denied {
        /// The connection.
        link_name: String,
        /// The provider.
        host: String,
        /// The provider's words.
        reason: String,
    },
    /// The answer belongs to another question, or to nobody's.
    #[error("the answer for \"{link_name}\" does not belong to this sign-in: its `state` is not the one that was sent")]
    WrongState {
        /// The connection.
        link_name: String,
    },
    /// The answer comes from another provider than was asked (RFC 9207).
    #[error("the answer for \"{link_name}\" comes from \"{given}\" and not from \"{expected}\"")]
    WrongIssuer {
        /// The connection.
        link_name: String,
        /// The provider that was asked.
        expected: String,
        /// The one that the answer names.
        given: String,
    },
    /// What was given is not the address that the provider was told to send the person to.
    #[error("what was given for \"{link_name}\" is not the address {redirect_uri} with an answer behind it")]
    WrongCallback {
        /// The connection.
        link_name: String,
        /// What its beginning must be.
        redirect_uri: String,
    },
    /// The answer cannot be understood.
    #[error("the answer of the provider for \"{link_name}\" cannot be understood: {problem}")]
    OddCallback {
        /// The connection.
        link_name: String,
        /// What is wrong.
        problem: String,
    },
    /// The code was used, has ended, or was made for something else.
    #[error("{host} did not take the code for \"{link_name}\": {reason}")]
    CodeRefused {
        /// The connection.
        link_name: String,
        /// The provider.
        host: String,
        /// The provider's words.
        reason: String,
    },
    /// The provider does not know the client, or not with this secret.
    #[error("{host} did not take the client id or secret of \"{link_name}\": {reason}")]
    ClientRefused {
        /// The connection.
        link_name: String,
        /// The provider.
        host: String,
        /// The provider's words.
        reason: String,
    },
    /// The callback address is not the one that is registered.
    #[error("{host} does not know the callback address of \"{link_name}\", {redirect_uri}: {reason}")]
    RedirectRefused {
        /// The connection.
        link_name: String,
        /// The provider.
        host: String,
        /// The address.
        redirect_uri: String,
        /// The provider's words.
        reason: String,
    },
    /// The provider does not give one of the scopes.
    #[error("{host} does not give the scopes that \"{link_name}\" asks for: {reason}")]
    ScopeRefused {
        /// The connection.
        link_name: String,
        /// The provider.
        host: String,
        /// The provider's words.
        reason: String,
    },
    /// The provider ended the consent for another reason.
    #[error("{host} ended the consent for \"{link_name}\": {reason}")]
    Failed {
        /// The connection.
        link_name: String,
        /// The provider.
        host: String,
        /// The provider's words.
        reason: String,
    },
    /// The account is at a server that the service does not list.
    #[error("the account for \"{link_name}\" is at {host}, which the service \"{service}\" does not list")]
    UnknownAccountsServer {
        /// The connection.
        link_name: String,
        /// Its service.
        service: String,
        /// The server.
        host: String,
    },
    /// The account is in another data centre than those of the connection's other users.
    #[error("the account for \"{link_name}\" is at {host}, and the accounts of its other users are at {other}")]
    OtherAccountsServer {
        /// The connection.
        link_name: String,
        /// The account's server.
        host: String,
        /// The others'.
        other: String,
    },
    /// Nobody consented in time.
    #[error("nobody signed in to \"{link_name}\" within {seconds} seconds")]
    TimedOut {
        /// The connection.
        link_name: String,
        /// How long was waited.
        seconds: u64,
    },
    /// The service lacks an address that this way of signing in needs.
    #[error("the service \"{service}\" has no `{key}`, which this way of signing in needs")]
    NoAddress {
        /// The service.
        service: String,
        /// The key of `[auth]`.
        key: &'static str,
    },
    /// The code for another screen was not used in time.
    #[error("nobody used the code for \"{link_name}\" in time")]
    DeviceCodeExpired {
        /// The connection.
        link_name: String,
    },
    /// The callback is for another request token (RFC 5849, 2.2).
    #[error(
        "the answer for \"{link_name}\" does not belong to this sign-in: its `oauth_token` is not the one that was sent"
    )]
    WrongRequestToken {
        /// The connection.
        link_name: String,
    },
    /// What was given can be no verifier.
    #[error("what was given for \"{link_name}\" is no verifier: it is empty, too long or holds a blank")]
    NoVerifier {
        /// The connection.
        link_name: String,
    },
    /// The provider refused one of the signed requests of OAuth 1.
    #[error("{host} refused to give the {what}: {reason}")]
    OAuth1Refused {
        /// The provider.
        host: String,
        /// What it was asked for.
        what: &'static str,
        /// Its words, and what they mean.
        reason: String,
        /// What to do.
        cure: &'static str,
    },
    /// The provider answered one of them with something else than a token.
    #[error("{host} was asked for the {what} and {problem}")]
    OAuth1Answer {
        /// The provider.
        host: String,
        /// What it was asked for.
        what: &'static str,
        /// What came back.
        problem: String,
        /// The key of its address in the service's file.
        key: &'static str,
        /// Whether asking again later may help.
        temporary: bool,
    },
}

impl Problem {
    /// The stable name of the kind of problem.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::NoConsent { .. } => "connections::no-consent",
            Problem::NoAuthorizeUrl { .. } => "connections::no-authorize-url",
            Problem::Denied { .. } => "connections::consent-denied",
            Problem::WrongState { .. } => "connections::wrong-state",
            Problem::WrongIssuer { .. } => "connections::wrong-issuer",
            Problem::WrongCallback { .. } => "connections::wrong-callback",
            Problem::OddCallback { .. } => "connections::odd-callback",
            Problem::CodeRefused { .. } => "connections::code-refused",
            Problem::ClientRefused { .. } => "connections::client-refused",
            Problem::RedirectRefused { .. } => "connections::redirect-refused",
            Problem::ScopeRefused { .. } => "connections::scope-refused",
            Problem::Failed { .. } => "connections::consent-failed",
            Problem::UnknownAccountsServer { .. } => "connections::unknown-accounts-server",
            Problem::OtherAccountsServer { .. } => "connections::other-accounts-server",
            Problem::TimedOut { .. } => "connections::consent-timed-out",
            Problem::NoAddress { .. } => "connections::no-authorize-url",
            Problem::DeviceCodeExpired { .. } => "connections::device-code-expired",
            Problem::WrongRequestToken { .. } => "connections::wrong-state",
            Problem::NoVerifier { .. } => "connections::odd-callback",
            Problem::OAuth1Refused { .. } => "connections::oauth1-refused",
            Problem::OAuth1Answer { .. } => "connections::token-answer",
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
            Problem::NoAuthorizeUrl { service } => {
                format!("add `authorize_url = \"https://…\"` to `[auth]` in the file of \"{service}\"")
            }
            Problem::Denied { link_name, .. } => format!(
                "if it should have access, run `sluice connections authorize {link_name}` again and allow it; an \
                 administrator of the account may have to allow the app first"
            ),
            Problem::WrongState { link_name } => format!(
                "use the page that the last `sluice connections authorize {link_name}` opened, not an older one; if you \
                 opened none, somebody else tried to sign you in to their account"
            ),
            Problem::WrongIssuer { .. } => {
                "do not try again on that page; if the provider has a new name, mend `issuer` in the service's file"
                    .into()
            }
            Problem::WrongCallback { redirect_uri, .. } => format!(
                "copy the whole address that the browser shows after the consent; it begins with {redirect_uri}?"
            ),
            Problem::OddCallback { link_name, .. } => {
                format!(
                    "run `sluice connections authorize {link_name}` again, and copy the whole address if you paste it"
                )
            }
            Problem::CodeRefused { link_name, .. } => format!(
                "a code is good for one use, some minutes, the client and the callback address that it was made for; run \
                 `sluice connections authorize {link_name}` again for a new one"
            ),
            Problem::ClientRefused { link_name, .. } => format!(
                "compare both with the provider's pages, then run `sluice connections authorize {link_name} --credential \
                 client_id=env:NAME --credential client_secret=-`"
            ),
            Problem::RedirectRefused { redirect_uri, .. } => {
                format!("register {redirect_uri} for the client on the provider's pages, exactly as it stands here")
            }
            Problem::ScopeRefused { link_name, .. } => format!(
                "allow the scopes for the client on the provider's pages, or ask for others: `sluice connections edit \
                 {link_name} --scope SCOPE`, then authorise again"
            ),
            Problem::Failed { link_name, .. } => format!(
                "if the provider's words do not help, run `sluice connections authorize {link_name}` again later"
            ),
            Problem::UnknownAccountsServer { .. } => {
                "nothing was sent there; sign in with an account of a data centre that the service lists".into()
            }
            Problem::OtherAccountsServer { link_name, .. } => {
                format!("make another connection for this account, beside \"{link_name}\"")
            }
            Problem::TimedOut { link_name, .. } => format!(
                "run `sluice connections authorize {link_name}` again; `--timeout 15m` waits longer, and without a browser \
                 here the printed address can be opened anywhere"
            ),
            Problem::NoAddress { service, key } => {
                format!("add `{key} = \"https://…\"` to `[auth]` in the file of \"{service}\"")
            }
            Problem::DeviceCodeExpired { link_name } => {
                format!(
                    "run `sluice connections authorize {link_name}` again for a new code, and type it while it waits"
                )
            }
            Problem::WrongRequestToken { link_name } => format!(
                "use the page that the last `sluice connections authorize {link_name}` opened, not an older one; if you \
                 opened none, somebody else tried to sign you in to their account"
            ),
            Problem::NoVerifier { link_name } => format!(
                "run `sluice connections authorize {link_name}` again, and give the number or word that the provider shows \
                 after the consent"
            ),
            Problem::OAuth1Refused { cure, .. } => (*cure).into(),
            Problem::OAuth1Answer { temporary: true, .. } => "try again later; nothing was changed".into(),
            Problem::OAuth1Answer { key, .. } => format!("check `{key}` in the service's file; nothing was changed"),
        }
    }
}
