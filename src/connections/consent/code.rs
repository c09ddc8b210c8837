//! The authorization code grant (RFC 6749, 4.1), with a proof key where the service wants one (RFC 7636). The address to
//! open and the address that comes back pass through here; who opens the one and catches the other is not known here.

use url::Url;

use super::callback::{Callback, Expected};
use super::{Authorised, Consent, Given, Problem, Way, proof};
use crate::connections::Error;
use crate::connections::auth::{Auth, Grant, OAuth2};
use crate::connections::refresh::life;
use crate::connections::token::{Answer, Exchange, Refusal};
use crate::secret::Secret;

/// Parameters of the question that are ours to set; the service's address may bring others, and `scope`.
const OWN: [&str; 6] =
    ["response_type", "client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method"];
/// Codes by which token endpoints say that they do not know the client: RFC 6749's, Slack's, GitHub's, Zoho's.
const CLIENT_REFUSED: [&str; 7] = [
    "invalid_client",
    "unauthorized_client",
    "invalid_client_id",
    "bad_client_secret",
    "incorrect_client_credentials",
    "invalid_client_secret",
    "client_not_found",
];
/// The same of the callback address.
const REDIRECT_REFUSED: [&str; 4] =
    ["redirect_uri_mismatch", "invalid_redirect_uri", "bad_redirect_uri", "invalid_redirect_url"];
/// The same of the code, where it is not `invalid_grant`.
const CODE_REFUSED: [&str; 4] =
    ["bad_verification_code", "code_already_used", "code_expired", "invalid_authorization_code"];

/// A refusal by the person, who consents on another screen while the token endpoint is asked: RFC 8628's, Microsoft's.
const DENIED: [&str; 2] = ["access_denied", "authorization_declined"];

/// A consent by a code.
#[derive(Debug)]
pub struct CodeConsent {
    consent: Consent,
    redirect_uri: Url,
    state: Secret,
    verifier: Option<Secret>,
    authorize_url: Url,
}

/// A code that is to become a token.
#[derive(Clone, Debug)]
pub struct Code {
    callback: Callback,
    /// It was made for the callback address, so the exchange has to name that again (RFC 6749, 4.1.3).
    has_redirect: bool,
}

impl Code {
    /// A code that was made by hand on the provider's pages, for no callback address: Zoho's Self Client.
    pub fn by_hand(code: Secret) -> Self {
        Self { callback: Callback { code, accounts_server: None }, has_redirect: false }
    }
}

impl Consent {
    /// Asks for a code, which the provider sends to `redirect_uri`.
    ///
    /// # Errors
    /// [`Problem::NoAuthorizeUrl`]; [`Error::MissingCredential`] without a client id; a wrong dynamic parameter.
    pub fn with_code(self, redirect_uri: Url) -> Result<CodeConsent, Error> {
        let Auth::OAuth2(oauth2) = &self.target().service.auth else {
            return Err(Error::Internal("a code was to be asked for without OAuth 2"));
        };
        if self.way()? != Way::Code {
            return Err(Error::Internal("a code was to be asked for by another grant"));
        }
        let service = self.target().service.link_name.to_string();
        if self.field("client_id").is_empty() {
            let missing = "`client_id` (Client ID)".to_owned();
            return Err(Error::MissingCredential { service, missing });
        }
        let Some(authorize_url) = &oauth2.authorize_url else {
            return Err(self.problem(Problem::NoAuthorizeUrl { service }));
        };
        let authorize_url = self.target().values.fill(&service, authorize_url)?;
        let state = proof::random()?;
        let verifier = match oauth2.grant {
            Grant::AuthorizationCodePkce => Some(proof::random()?),
            Grant::AuthorizationCode | Grant::ClientCredentials | Grant::DeviceCode => None,
        };
        if let Some(secret) = &verifier {
            self.connections.redactor.register(secret);
        }
        let authorize_url = self.question(oauth2, authorize_url, &redirect_uri, &state, verifier.as_ref());
        Ok(CodeConsent { consent: self, redirect_uri, state, verifier, authorize_url })
    }

    /// The address where the person consents (RFC 6749, 4.1.1).
    fn question(
        &self,
        oauth2: &OAuth2,
        mut url: Url,
        redirect_uri: &Url,
        state: &Secret,
        verifier: Option<&Secret>,
    ) -> Url {
        let scope = oauth2.joined(&self.connection().scopes);
        let is_replaced = |key: &str| OWN.contains(&key) || (key == "scope" && !scope.is_empty());
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(key, _)| !is_replaced(key))
            .map(|(key, value)| (key.into(), value.into()))
            .collect();
        let mut query = url.query_pairs_mut();
        query.clear().extend_pairs(kept);
        query.append_pair("response_type", "code");
        query.append_pair("client_id", self.field("client_id"));
        query.append_pair("redirect_uri", redirect_uri.as_str());
        if !scope.is_empty() {
            query.append_pair("scope", &scope);
        }
        query.append_pair("state", state.open());
        if let Some(verifier) = verifier {
            query.append_pair("code_challenge", &proof::challenge(verifier));
            query.append_pair("code_challenge_method", "S256");
        }
        drop(query);
        url
    }
}

impl CodeConsent {
    /// The address that the person has to open. It holds no secret.
    pub fn authorize_url(&self) -> &Url {
        &self.authorize_url
    }

    /// Where the provider sends the person back, exactly as it must be registered there.
    pub fn redirect_uri(&self) -> &Url {
        &self.redirect_uri
    }

    /// What is being authorised.
    pub fn consent(&self) -> &Consent {
        &self.consent
    }

    /// Reads the address to which the provider sent the person back.
    ///
    /// # Errors
    /// Each way in which it is not the answer to this question, or a refusal.
    pub fn answer(&self, address: &str) -> Result<Code, Error> {
        let issuer = match &self.consent.target().service.auth {
            Auth::OAuth2(oauth2) => oauth2.sign_in.issuer.as_deref(),
            _ => None,
        };
        let expected = Expected {
            link_name: &self.consent.target().link_name,
            host: self.authorize_url.host_str().unwrap_or_default().to_owned(),
            redirect_uri: &self.redirect_uri,
            state: &self.state,
            issuer,
            redactor: &self.consent.connections.redactor,
        };
        let callback = expected.read(address).map_err(|problem| self.consent.problem(problem))?;
        Ok(Code { callback, has_redirect: true })
    }

    /// A code without its address, as a person copied it. There is no `state` to compare: the proof key, or the person,
    /// stands for it.
    pub fn bare(&self, code: Secret) -> Code {
        Code { callback: Callback { code, accounts_server: None }, has_redirect: true }
    }

    /// Turns the code into a token and stores it. Nothing is changed when that fails.
    ///
    /// # Errors
    /// What the provider says about the code, the client or the address; the errors of storing.
    pub async fn finish(self, code: Code) -> Result<Authorised, Error> {
        let Self { mut consent, redirect_uri, verifier, .. } = self;
        if let Some(server) = &code.callback.accounts_server {
            consent.move_to(server)?;
        }
        // A code that was made by hand was made without a proof key.
        let verifier = verifier.filter(|_| code.has_redirect);
        let answer = consent.exchange(&code, &redirect_uri, verifier.as_ref()).await?;
        let Auth::OAuth2(oauth2) = &consent.target().service.auth else {
            return Err(Error::Internal("a token came without OAuth 2"));
        };
        let given = given(oauth2, answer);
        consent.store(given).await
    }
}

impl Consent {
    async fn exchange(&self, code: &Code, redirect_uri: &Url, verifier: Option<&Secret>) -> Result<Answer, Error> {
        let (target, connections) = (self.target(), &self.connections);
        let Auth::OAuth2(oauth2) = &target.service.auth else {
            return Err(Error::Internal("a code was to be exchanged without OAuth 2"));
        };
        let url = target.values.fill(target.service.link_name.as_str(), &oauth2.token_url)?;
        target.check_scheme(&url, &connections.client)?;
        connections.redactor.register(&code.callback.code);
        let host = url.host_str().unwrap_or_default().to_owned();
        let exchange = Exchange {
            link_name: &target.link_name,
            oauth2,
            url,
            client_id: self.field("client_id"),
            client_secret: self.field("client_secret"),
            redactor: &connections.redactor,
            now: connections.now(),
        };
        let redirect = code.has_redirect.then_some(redirect_uri.as_str());
        let answer =
            exchange.code(&connections.client, code.callback.code.open(), redirect, verifier.map(Secret::open)).await;
        answer.map_err(|refusal| self.refusal(refusal, host, Some(redirect_uri)))
    }

    /// What the token endpoint's refusal means here.
    pub(super) fn refusal(&self, refusal: Refusal, host: String, redirect_uri: Option<&Url>) -> Error {
        let link_name = self.target().link_name.clone();
        let problem = match refusal {
            Refusal::Grant(reason) => Problem::CodeRefused { link_name, host, reason },
            Refusal::Other(Error::TokenRefused { code, reason, .. }, _) => {
                let names_redirect = reason.to_ascii_lowercase().contains("redirect");
                let is_any = |list: &[&str]| list.contains(&code.as_str());
                if is_any(&CODE_REFUSED) {
                    Problem::CodeRefused { link_name, host, reason }
                } else if is_any(&CLIENT_REFUSED) {
                    Problem::ClientRefused { link_name, host, reason }
                } else if let Some(redirect_uri) = redirect_uri
                    && (is_any(&REDIRECT_REFUSED) || (code == "invalid_request" && names_redirect))
                {
                    Problem::RedirectRefused { link_name, host, reason, redirect_uri: redirect_uri.to_string() }
                } else if is_any(&DENIED) {
                    Problem::Denied { link_name, host, reason }
                } else if code == "invalid_scope" {
                    Problem::ScopeRefused { link_name, host, reason }
                } else {
                    Problem::Failed { link_name, host, reason }
                }
            }
            Refusal::Other(error, _) => return error,
        };
        self.problem(problem)
    }
}

/// The parts of a token endpoint's answer that are stored.
pub(super) fn given(oauth2: &OAuth2, answer: Answer) -> Given {
    // What cannot be renewed is used until it is refused, unless its end is known.
    let life = match (answer.expires_in, &answer.refresh_token) {
        (None, None) if oauth2.grant != Grant::ClientCredentials => None,
        (seconds, _) => Some(life(oauth2, seconds)),
    };
    let mut fields = vec![("access_token".to_owned(), answer.access_token)];
    fields.extend(answer.refresh_token.map(|token| ("refresh_token".to_owned(), token)));
    Given { fields, life, scopes: answer.scopes, api_domain: answer.api_domain, account: answer.account }
}
