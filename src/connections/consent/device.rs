//! Signing in on another screen (RFC 8628): the person types a short code at the provider's address, while we ask at the
//! pace that the provider sets. A server that is slow or away makes the pace slower and never ends the waiting before the
//! code does. Time passes through the caller's `pause`, so that tests need not wait.

use std::time::Duration;

use serde_json::Value;
use url::Url;

use super::code::given;
use super::{Authorised, Consent, Problem};
use crate::connections::Error;
use crate::connections::auth::{Auth, OAuth2};
use crate::connections::token::{Answer, Exchange, Refusal};
use crate::secret::Secret;

/// The pace when the provider sets none, in seconds (RFC 8628, 3.2), and by how much it slows down (3.5).
const USUAL_INTERVAL: u64 = 5;
const SLOWER: u64 = 5;
/// The longest pace that is kept, in seconds: a longer one could miss the whole life of a code.
const LONGEST_INTERVAL: u64 = 300;
/// The life of a code when the provider does not say it, and the longest that is waited for, in seconds.
const USUAL_CODE_LIFE: u64 = 900;
const LONGEST_CODE_LIFE: u64 = 86_400;
/// The longest code that is shown to a person.
const LONGEST_CODE: usize = 100;
/// What the token endpoint is asked for.
const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A code that waits for a person.
#[derive(Debug)]
pub struct DeviceCode {
    consent: Consent,
    device_code: Secret,
    user_code: String,
    address: Url,
    complete_address: Option<Url>,
    /// Seconds.
    interval: u64,
    /// Seconds since 1970.
    ends_at: u64,
}

impl Consent {
    /// Whether a person can consent on another screen: the service says where.
    pub fn has_device(&self) -> bool {
        matches!(&self.target().service.auth, Auth::OAuth2(oauth2) if oauth2.device_url.is_some())
    }

    /// Asks for a code for a person.
    ///
    /// # Errors
    /// [`Problem::NoAddress`] when the service has none for this; a credential that is missing; what the provider said.
    pub async fn device(self) -> Result<DeviceCode, Error> {
        let (oauth2, target) = (self.oauth2()?, self.target());
        let service = target.service.link_name.as_str();
        let Some(url) = &oauth2.device_url else {
            let service = service.to_owned();
            return Err(self.problem(Problem::NoAddress { service, key: "device_url" }));
        };
        let exchange = self.token_exchange(target.values.fill(service, url)?)?;
        let scope = oauth2.joined(&target.scopes);
        let form: &[_] = if scope.is_empty() { &[] } else { &[("scope", scope.as_str())] };
        let answer = exchange.ask_any(&self.connections.client, form).await;
        let (_, answer) = answer.map_err(|refusal| self.refusal(refusal, exchange.host(), None))?;
        let code = self.device_code(&answer);
        match code {
            Ok((device_code, user_code, address)) => {
                let complete_address = answer.get("verification_uri_complete").and_then(web_address);
                let interval = answer.get("interval").and_then(seconds).unwrap_or(USUAL_INTERVAL);
                let life = answer.get("expires_in").and_then(seconds).unwrap_or(USUAL_CODE_LIFE);
                Ok(DeviceCode {
                    ends_at: self.connections.now().saturating_add(life.min(LONGEST_CODE_LIFE)),
                    interval: interval.clamp(1, LONGEST_INTERVAL),
                    device_code,
                    user_code,
                    address,
                    complete_address,
                    consent: self,
                })
            }
            Err(problem) => {
                let (link_name, host) = (target.link_name.clone(), exchange.host());
                Err(Error::TokenAnswer { link_name, host, problem: problem.to_owned(), temporary: false })
            }
        }
    }

    /// Asks for the first token in the client's own name, which nobody has to consent to.
    ///
    /// # Errors
    /// A credential that is missing; what the provider said; the vault's and the registry's errors.
    pub async fn client(self) -> Result<Authorised, Error> {
        let given = {
            let (oauth2, target) = (self.oauth2()?, self.target());
            self.check_client(&[("client_id", "Client ID"), ("client_secret", "Client secret")])?;
            let url = target.values.fill(target.service.link_name.as_str(), &oauth2.token_url)?;
            let exchange = self.token_exchange(url)?;
            let answer = exchange.client_credentials(&self.connections.client, &target.scopes).await;
            given(
                oauth2,
                answer.map_err(|refusal| match refusal {
                    Refusal::Grant(reason) => {
                        let (link_name, host) = (target.link_name.clone(), exchange.host());
                        self.problem(Problem::Failed { link_name, host, reason })
                    }
                    refusal => self.refusal(refusal, exchange.host(), None),
                })?,
            )
        };
        self.store(given).await
    }

    fn oauth2(&self) -> Result<&OAuth2, Error> {
        match &self.target().service.auth {
            Auth::OAuth2(oauth2) => Ok(oauth2),
            _ => Err(Error::Internal("a token was to be asked for where there are none")),
        }
    }

    /// What asks the provider; a client always has an id.
    fn token_exchange(&self, url: Url) -> Result<Exchange<'_>, Error> {
        self.check_client(&[("client_id", "Client ID")])?;
        self.target().check_scheme(&url, &self.connections.client)?;
        Ok(Exchange {
            link_name: &self.target().link_name,
            oauth2: self.oauth2()?,
            url,
            client_id: self.field("client_id"),
            client_secret: self.field("client_secret"),
            redactor: &self.connections.redactor,
            now: self.connections.now(),
        })
    }

    /// The parts of an answer that must be there, or what is wrong with it.
    fn device_code(&self, answer: &Value) -> Result<(Secret, String, Url), &'static str> {
        let text = |key: &str| answer.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        let device_code = text("device_code").ok_or("gave an answer without a `device_code`")?;
        let device_code = Secret::new(device_code);
        self.connections.redactor.register(&device_code);
        let user_code = text("user_code").ok_or("gave an answer without a `user_code`")?.trim();
        if user_code.len() > LONGEST_CODE || user_code.chars().any(char::is_control) {
            return Err("gave a `user_code` that nobody can type");
        }
        // Google's name for it is older than the RFC.
        let address = ["verification_uri", "verification_url"].iter().find_map(|key| answer.get(key));
        let address = address.and_then(web_address).ok_or("gave an answer without a usable `verification_uri`")?;
        Ok((device_code, user_code.to_owned(), address))
    }
}

impl DeviceCode {
    /// What the person types.
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// Where they type it.
    pub fn address(&self) -> &Url {
        &self.address
    }

    /// The same with the code in it, to be opened or scanned, where the provider gave it.
    pub fn complete_address(&self) -> Option<&Url> {
        self.complete_address.as_ref()
    }

    /// How long the code lives from now on.
    pub fn life(&self) -> Duration {
        Duration::from_secs(self.ends_at.saturating_sub(self.consent.connections.now()))
    }

    /// Waits until the person consented, and stores what the provider gives then. `pause` lets time pass; dropping the
    /// future ends the waiting, and nothing is stored.
    ///
    /// # Errors
    /// [`Problem::Denied`] and [`Problem::DeviceCodeExpired`]; what the provider said; the vault's and the registry's errors.
    pub async fn wait(self, pause: impl AsyncFn(Duration)) -> Result<Authorised, Error> {
        let given = {
            let oauth2 = self.consent.oauth2()?;
            given(oauth2, self.poll(oauth2, pause).await?)
        };
        self.consent.store(given).await
    }

    async fn poll(&self, oauth2: &OAuth2, pause: impl AsyncFn(Duration)) -> Result<Answer, Error> {
        let (target, client) = (self.consent.target(), &self.consent.connections.client);
        let url = target.values.fill(target.service.link_name.as_str(), &oauth2.token_url)?;
        let form = [("grant_type", GRANT_TYPE), ("device_code", self.device_code.open())];
        let mut interval = self.interval;
        loop {
            pause(Duration::from_secs(interval)).await;
            if self.consent.connections.now() >= self.ends_at {
                return Err(self.expired());
            }
            let exchange = self.consent.token_exchange(url.clone())?;
            let refusal = match exchange.ask(client, &form).await {
                Ok(answer) => return Ok(answer),
                Err(Refusal::Other(Error::TokenAnswer { temporary: true, .. }, wish)) => {
                    interval = interval.saturating_mul(2).max(wish.unwrap_or_default()).min(LONGEST_INTERVAL);
                    continue;
                }
                Err(refusal) => refusal,
            };
            let code = match &refusal {
                Refusal::Other(Error::TokenRefused { code, .. }, _) => code.as_str(),
                _ => "",
            };
            match code {
                "authorization_pending" => {}
                "slow_down" => interval = interval.saturating_add(SLOWER).min(LONGEST_INTERVAL),
                "expired_token" => return Err(self.expired()),
                _ => return Err(self.consent.refusal(refusal, exchange.host(), None)),
            }
        }
    }

    fn expired(&self) -> Error {
        self.consent.problem(Problem::DeviceCodeExpired { link_name: self.consent.target().link_name.clone() })
    }
}

/// An address that a person can open.
fn web_address(value: &Value) -> Option<Url> {
    let url = Url::parse(value.as_str()?.trim()).ok()?;
    matches!(url.scheme(), "https" | "http").then_some(url)
}

/// A whole number of seconds, which some servers give as a text.
fn seconds(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}
