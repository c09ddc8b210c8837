//! Signing in with three legs (RFC 5849, section 2): a request token, a person's consent to it, an access token. A callback
//! counts only for the request token that was asked for here: otherwise somebody could have their own account consent to
//! it and have another person's data land there (the session fixation that made 1.0 into 1.0a).

use std::time::Duration;

use serde_json::Value;
use url::Url;
use url::form_urlencoded::parse;

use super::{Authorised, Consent, Given, Problem};
use crate::connections::Error;
use crate::connections::auth::{Auth, Fields, OAuth1, Occasion};
use crate::http::{self, Allowance, Method, Request, Response};
use crate::secret::Secret;

/// The largest answer that is read, in bytes.
const LARGEST: usize = 64 * 1024;
/// How long one exchange may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest token, verifier or PIN.
const LONGEST: usize = 2000;
/// The longest address that is read, in bytes.
const LONGEST_ADDRESS: usize = 16 * 1024;
/// The longest text of a server that a message repeats.
const SHOWN: usize = 200;
/// What the callback is when a person types the verifier (RFC 5849, 2.1).
const OUT_OF_BAND: &str = "oob";
/// Further fields of the last answer that name the account, the best first: X, Flickr, and what others do.
const ACCOUNT: [&str; 7] = ["screen_name", "username", "user_name", "login", "email", "fullname", "user_id"];

/// A request token that waits for a person's consent.
#[derive(Debug)]
pub struct RequestToken {
    consent: Consent,
    token: Secret,
    token_secret: Secret,
    url: Url,
    callback: Option<Url>,
}

/// That a person consented.
#[derive(Debug)]
pub struct Verifier(Secret);

/// One of the two exchanges.
struct Exchange<'a> {
    consent: &'a Consent,
    oauth1: &'a OAuth1,
    /// The key of its address in the service's file.
    key: &'static str,
    url: Url,
    /// What it gives, for messages.
    what: &'static str,
}

impl Consent {
    /// Asks for a request token. Without a callback the person is shown a verifier to type.
    ///
    /// # Errors
    /// [`Problem::NoAddress`] when the service lacks one; a credential that is missing; what the provider said.
    pub async fn request_token(self, callback: Option<Url>) -> Result<RequestToken, Error> {
        let oauth1 = self.oauth1()?;
        // All three are looked at before the first is asked: a request token alone is of no use.
        let exchange = self.signed_exchange(oauth1, "request_token_url", "request token")?;
        let mut url = self.address("authorize_url", oauth1.authorize_url.as_ref())?;
        self.address("access_token_url", oauth1.access_token_url.as_ref())?;
        self.check_client(&[("consumer_key", "Consumer key"), ("consumer_secret", "Consumer secret")])?;
        let shown = callback.as_ref().map_or(OUT_OF_BAND, Url::as_str);
        let pairs = exchange.ask(&self.fields_with(None), &[("oauth_callback", shown)]).await?;
        if find(&pairs, "oauth_callback_confirmed") != Some("true") {
            let problem = "did not confirm the callback, so it speaks the first OAuth 1.0, which is not safe";
            return Err(exchange.odd(problem.to_owned(), false));
        }
        let (token, token_secret) = exchange.token(&pairs)?;
        url.query_pairs_mut().append_pair("oauth_token", token.open());
        Ok(RequestToken { consent: self, token, token_secret, url, callback })
    }

    fn oauth1(&self) -> Result<&OAuth1, Error> {
        match &self.target().service.auth {
            Auth::OAuth1(oauth1) => Ok(oauth1),
            _ => Err(Error::Internal("a request token was to be asked for where there are none")),
        }
    }

    fn signed_exchange<'a>(
        &'a self,
        oauth1: &'a OAuth1,
        key: &'static str,
        what: &'static str,
    ) -> Result<Exchange<'a>, Error> {
        let url = oauth1.urls().find(|(known, _)| *known == key).map(|(_, url)| url);
        let url = self.address(key, url)?;
        self.target().check_scheme(&url, &self.connections.client)?;
        Ok(Exchange { consent: self, oauth1, key, url, what })
    }

    /// An address of the service with its placeholders filled in.
    fn address(&self, key: &'static str, url: Option<&Url>) -> Result<Url, Error> {
        let service = &self.target().service.link_name;
        match url {
            Some(url) => self.target().values.fill(service.as_str(), url),
            None => Err(self.problem(Problem::NoAddress { service: service.to_string(), key })),
        }
    }

    /// What a request is signed with: the consumer's credentials and a request token, if there is one already.
    fn fields_with(&self, token: Option<(&Secret, &Secret)>) -> Fields {
        let own = |key: &str| ["consumer_key", "consumer_secret"].contains(&key);
        let mut fields: Fields =
            self.fields.iter().filter(|(key, _)| own(key)).map(|(key, value)| (key.clone(), value.clone())).collect();
        if let Some((token, secret)) = token {
            fields.insert("token".to_owned(), token.clone());
            fields.insert("token_secret".to_owned(), secret.clone());
        }
        fields
    }
}

impl RequestToken {
    /// Where the person consents.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Takes the address that the provider sent the person back to.
    ///
    /// # Errors
    /// [`Problem::Denied`]; [`Problem::WrongCallback`] and [`Problem::WrongRequestToken`] when it is no answer to this request.
    pub fn answer(&self, address: &str) -> Result<Verifier, Error> {
        let is_ours = |url: &Url| {
            let callback = self.callback.as_ref();
            callback.is_some_and(|callback| callback.origin() == url.origin() && callback.path() == url.path())
        };
        let url = Url::parse(address.trim()).ok().filter(|_| address.len() <= LONGEST_ADDRESS).filter(is_ours);
        let Some(url) = url else {
            let redirect_uri = self.callback.as_ref().map_or(OUT_OF_BAND, Url::as_str).to_owned();
            return Err(self.problem(Problem::WrongCallback { link_name: self.link_name(), redirect_uri }));
        };
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let refused = find(&pairs, "oauth_problem").or(find(&pairs, "error"));
        // X says which token was denied, others name the problem.
        if let Some(reason) = find(&pairs, "denied").map(|_| "denied").or(refused) {
            let host = self.url.host_str().unwrap_or_default().to_owned();
            return Err(self.problem(Problem::Denied {
                link_name: self.link_name(),
                host,
                reason: self.shown(reason),
            }));
        }
        if !find(&pairs, "oauth_token").is_some_and(|token| is_same(token, self.token.open())) {
            return Err(self.problem(Problem::WrongRequestToken { link_name: self.link_name() }));
        }
        self.verifier(find(&pairs, "oauth_verifier").unwrap_or_default())
    }

    /// Takes the verifier that the provider showed to the person.
    ///
    /// # Errors
    /// [`Problem::NoVerifier`] when it is empty or cannot be one.
    pub fn verifier(&self, text: &str) -> Result<Verifier, Error> {
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(self.problem(Problem::NoVerifier { link_name: self.link_name() }));
        }
        let verifier = Secret::new(text);
        self.consent.connections.redactor.register(&verifier);
        Ok(Verifier(verifier))
    }

    /// Exchanges the consent for an access token and stores it.
    ///
    /// # Errors
    /// What the provider said; the vault's and the registry's errors.
    pub async fn finish(self, verifier: Verifier) -> Result<Authorised, Error> {
        let given = {
            let oauth1 = self.consent.oauth1()?;
            let exchange = self.consent.signed_exchange(oauth1, "access_token_url", "access token")?;
            let fields = self.consent.fields_with(Some((&self.token, &self.token_secret)));
            let pairs = exchange.ask(&fields, &[("oauth_verifier", verifier.0.open())]).await?;
            let (token, secret) = exchange.token(&pairs)?;
            let account = ACCOUNT.iter().find_map(|key| find(&pairs, key)).map(|name| self.shown(name));
            Given {
                fields: vec![("token".to_owned(), token), ("token_secret".to_owned(), secret)],
                account: account.filter(|name| !name.is_empty()),
                ..Given::default()
            }
        };
        self.consent.store(given).await
    }

    fn link_name(&self) -> String {
        self.consent.target().link_name.clone()
    }

    fn problem(&self, problem: Problem) -> Error {
        self.consent.problem(problem)
    }

    fn shown(&self, text: &str) -> String {
        shown(&self.consent.connections.redactor.redact(text))
    }
}

impl Exchange<'_> {
    /// Sends the signed request and gives the pairs of the answer.
    async fn ask(&self, fields: &Fields, further: &[(&'static str, &str)]) -> Result<Vec<(String, String)>, Error> {
        let (target, connections) = (self.consent.target(), &self.consent.connections);
        let mut request = Request::new(Method::Post, self.url.clone());
        request.allowance = Allowance { total: Some(PATIENCE), response_bytes: Some(LARGEST) };
        let occasion = Occasion {
            link_name: &target.link_name,
            service: target.service.link_name.as_str(),
            values: &target.values,
            now: connections.now(),
        };
        connections.register_fields(&target.service, fields);
        self.oauth1.sign(&occasion, fields, further, &mut request, &mut Vec::new())?;
        match connections.client.send(request).await {
            Ok(response) => self.read(&response),
            Err(http::Error::TooLarge { .. }) => {
                Err(self.odd(format!("gave more than the {LARGEST} bytes that are read of an answer"), false))
            }
            Err(error) => Err(self.odd(format!("could not be asked: {error}"), true)),
        }
    }

    fn read(&self, response: &Response) -> Result<Vec<(String, String)>, Error> {
        let status = response.status;
        if response.url.origin() != self.url.origin() {
            return Err(self.odd("sent us on to another server, which was not asked for a token".to_owned(), false));
        }
        let text = std::str::from_utf8(&response.body).unwrap_or_default().trim();
        let pairs: Vec<(String, String)> = parse(text.as_bytes()).into_owned().collect();
        if let Some(problem) = problem(response, &pairs) {
            return Err(self.refused(&problem));
        }
        match status {
            200..300 => Ok(pairs),
            500.. | 429 => Err(self.odd(format!("answered with status {status}"), true)),
            _ => Err(self.refused(&message(text).unwrap_or_else(|| format!("status {status}")))),
        }
    }

    /// The token and its secret.
    fn token(&self, pairs: &[(String, String)]) -> Result<(Secret, Secret), Error> {
        let redactor = &self.consent.connections.redactor;
        let field = |key: &str| {
            let text = find(pairs, key).filter(|text| text.len() <= LONGEST && !text.chars().any(char::is_control));
            let secret = text.map(Secret::new);
            secret.iter().for_each(|secret| {
                redactor.register(secret);
            });
            secret
        };
        let token = field("oauth_token").filter(|token| !token.is_empty());
        let token = token.ok_or_else(|| self.odd("gave an answer without an `oauth_token`".to_owned(), false))?;
        let secret = field("oauth_token_secret");
        let secret =
            secret.ok_or_else(|| self.odd("gave an answer without an `oauth_token_secret`".to_owned(), false))?;
        Ok((token, secret))
    }

    fn refused(&self, reason: &str) -> Error {
        let (meaning, cure) = meaning(reason);
        let mut reason = shown(&self.consent.connections.redactor.redact(reason));
        if !meaning.is_empty() {
            reason = format!("{reason}, {meaning}");
        }
        self.consent.problem(Problem::OAuth1Refused { host: self.host(), what: self.what, reason, cure })
    }

    fn odd(&self, problem: String, temporary: bool) -> Error {
        let problem = self.consent.connections.redactor.redact(&problem).into_owned();
        let (host, key) = (self.host(), self.key);
        self.consent.problem(Problem::OAuth1Answer { host, what: self.what, problem, key, temporary })
    }

    fn host(&self) -> String {
        self.url.host_str().unwrap_or_default().to_owned()
    }
}

/// The name of a problem in the answer's form or in its `WWW-Authenticate` header: a common addition to the RFC.
fn problem(response: &Response, pairs: &[(String, String)]) -> Option<String> {
    if let Some(problem) = find(pairs, "oauth_problem") {
        return Some(problem.to_owned());
    }
    let header = response.header("www-authenticate")?;
    let (_, rest) = header.split_once("oauth_problem=")?;
    let word = rest.trim_start_matches('"').split(['"', ',', ' ']).next().unwrap_or_default();
    (!word.is_empty()).then(|| word.to_owned())
}

/// The first sentence of an error answer in the forms that providers use: X's JSON, a field `error`, a short text.
fn message(text: &str) -> Option<String> {
    if let Ok(answer) = serde_json::from_str::<Value>(text) {
        let places = ["/errors/0/message", "/error_description", "/error/message", "/error", "/message"];
        return places.iter().find_map(|place| answer.pointer(place)?.as_str()).map(str::to_owned);
    }
    let is_text = !text.is_empty() && text.len() <= SHOWN && !text.starts_with('<');
    is_text.then(|| text.to_owned())
}

/// What a problem means, and what to do about it.
fn meaning(problem: &str) -> (&'static str, &'static str) {
    match problem {
        "consumer_key_unknown" | "consumer_key_rejected" | "consumer_key_refused" => {
            ("which means that it does not know the consumer key, or has blocked it", CONSUMER)
        }
        "signature_invalid" => ("which means that the signature is not what it reckoned", CONSUMER),
        "signature_method_rejected" => (
            "which means that it wants another kind of signature",
            "set `signature` in the service's file to what the provider's pages say",
        ),
        "timestamp_refused" => (
            "which means that the clocks differ",
            "set this machine's clock right: the provider takes requests of the last minutes only",
        ),
        "nonce_used" => ("which means that it takes the request for a repeated one", AGAIN),
        "token_expired" | "token_used" | "token_revoked" | "token_rejected" | "token_not_authorized" => {
            ("which means that the request token is not valid any more, or nobody consented to it", AGAIN)
        }
        "verifier_invalid" => ("which means that the verifier is another one or was typed wrong", AGAIN),
        "permission_denied" | "user_refused" | "permission_unknown" => {
            ("which means that the person did not consent", "sign in again and consent")
        }
        "parameter_rejected" | "parameter_absent" => (
            "which means that a parameter, often the callback, is not what it expects",
            "register exactly the callback URL that was printed at the provider, or set `location` as its pages say",
        ),
        "additional_authorization_required" => (
            "which means that it wants more of the person first",
            "sign in on the provider's own pages, then try again",
        ),
        _ => ("", CONSUMER),
    }
}

const CONSUMER: &str =
    "check the consumer key and secret, and that the callback URL that was printed is registered at the provider";
const AGAIN: &str = "start again: run the same command once more";

fn find<'a>(pairs: &'a [(String, String)], key: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
}

/// Compares without telling by the time it takes where the first difference is.
fn is_same(left: &str, right: &str) -> bool {
    left.len() == right.len() && left.bytes().zip(right.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(SHOWN).collect()
}
