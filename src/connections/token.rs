//! One exchange with a token endpoint (RFC 6749, section 5). Answers are read generously, because servers differ: JSON or
//! form encoding, numbers as texts, a missing `token_type`, Zoho's errors with status 200. What is no answer at all (a
//! web page, nothing, a failure of the server) says so and changes nothing.

use std::borrow::Cow;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use encoding_rs::{Encoding, UTF_8};
use serde_json::Value;
use url::Url;
use url::form_urlencoded::{byte_serialize, parse};

use super::Error;
use super::auth::{ClientAuthentication, OAuth2};
use super::consent::account;
use super::pace::LONGEST_WISH;
use crate::http::{self, Allowance, Body, Client, Method, Request, Response};
use crate::secret::{Redactor, Secret};

/// The largest answer that is read, in bytes.
const LARGEST: usize = 1024 * 1024;
/// How long an exchange may take: others wait for its end, less patiently than for an API.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest life that is believed, in seconds: ten years.
const LONGEST: u64 = 10 * 365 * 86_400;
/// The longest text of a server that a message repeats.
const SHOWN: usize = 200;
/// Refusals of the grant itself: RFC 6749's, Zoho's, Slack's, GitHub's.
const GRANT_REFUSED: [&str; 5] =
    ["invalid_grant", "invalid_code", "invalid_refresh_token", "token_revoked", "bad_refresh_token"];

/// Types of tokens that prove nothing without a signature beside them. Every other text there is taken for a bearer
/// token, because servers write much: `bearer`, `bot`, `user`, `Zoho-oauthtoken`.
const SIGNED_TYPES: [&str; 4] = ["mac", "hmac", "pop", "dpop"];

/// What a token endpoint gave.
pub(super) struct Answer {
    pub(super) access_token: Secret,
    pub(super) refresh_token: Option<Secret>,
    /// Seconds.
    pub(super) expires_in: Option<u64>,
    pub(super) scopes: Vec<String>,
    /// Zoho names the API's address for the account's data centre.
    pub(super) api_domain: Option<String>,
    /// Whose token it is, where the answer tells.
    pub(super) account: Option<String>,
}

impl Answer {
    /// Whether a scope was given. An answer that names none gives what was asked for (RFC 6749, 5.1).
    pub(super) fn grants(&self, scope: &str) -> bool {
        self.scopes.is_empty() || self.scopes.iter().any(|given| given.eq_ignore_ascii_case(scope))
    }
}

/// Why there is no token.
pub(super) enum Refusal {
    /// The grant is not valid (any more): another may be.
    Grant(String),
    /// Anything else, with the seconds after which the server wants to be asked again, when it said so.
    Other(Error, Option<u64>),
}

/// Who asks whom.
pub(super) struct Exchange<'a> {
    pub(super) link_name: &'a str,
    pub(super) oauth2: &'a OAuth2,
    /// The endpoint with its placeholders filled in.
    pub(super) url: Url,
    pub(super) client_id: &'a str,
    pub(super) client_secret: &'a str,
    pub(super) redactor: &'a Redactor,
    /// Seconds since 1970, for dates in answers.
    pub(super) now: u64,
}

impl Exchange<'_> {
    /// Asks for a token with a refresh token.
    pub(super) async fn refresh(&self, client: &Client, refresh_token: &str) -> Result<Answer, Refusal> {
        self.ask(client, &[("grant_type", "refresh_token"), ("refresh_token", refresh_token)]).await
    }

    /// Asks for a token with the code of a consent (RFC 6749, 4.1.3). The address must be the one that the consent was
    /// asked with; a code that was made by hand has none.
    pub(super) async fn code(
        &self,
        client: &Client,
        code: &str,
        redirect_uri: Option<&str>,
        verifier: Option<&str>,
    ) -> Result<Answer, Refusal> {
        let mut form = vec![("grant_type", "authorization_code"), ("code", code)];
        form.extend(redirect_uri.map(|address| ("redirect_uri", address)));
        form.extend(verifier.map(|verifier| ("code_verifier", verifier)));
        self.ask(client, &form).await
    }

    /// Asks for a token in the client's own name.
    pub(super) async fn client_credentials(&self, client: &Client, scopes: &[String]) -> Result<Answer, Refusal> {
        let scope = self.oauth2.joined(scopes);
        let mut form = vec![("grant_type", "client_credentials")];
        if !scope.is_empty() {
            form.push(("scope", &scope));
        }
        self.ask(client, &form).await
    }

    /// Asks for a token.
    pub(super) async fn ask(&self, client: &Client, form: &[(&str, &str)]) -> Result<Answer, Refusal> {
        self.ask_any(client, form).await.and_then(|(status, answer)| self.token(status, &answer))
    }

    /// Asks for anything that is no refusal, and gives it with its status.
    pub(super) async fn ask_any(&self, client: &Client, form: &[(&str, &str)]) -> Result<(u16, Value), Refusal> {
        let own = self.oauth2.parameters.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let form: Vec<_> = form.iter().copied().chain(own).collect();
        match client.send(self.request(&form)).await {
            Ok(response) => self.read(&response),
            Err(http::Error::TooLarge { .. }) => {
                Err(self.odd(format!("gave more than the {LARGEST} bytes that are read of an answer"), false))
            }
            // It will lead there again the next time.
            Err(error @ http::Error::Redirect { .. }) => Err(self.odd(format!("sent us on: {error}"), false)),
            Err(error) => Err(self.odd(format!("could not be asked: {error}"), true)),
        }
    }

    /// A form for the endpoint, with the client's own proof.
    pub(super) fn request(&self, form: &[(&str, &str)]) -> Request {
        let mut request = Request::new(Method::Post, self.url.clone());
        request.set_header("Accept", "application/json");
        let mut form: Vec<(String, String)> =
            form.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        match self.oauth2.client_auth {
            // A client without a secret only tells who it is (RFC 6749, 3.2.1).
            ClientAuthentication::Basic if self.client_secret.is_empty() => {
                form.push(("client_id".to_owned(), self.client_id.to_owned()));
            }
            ClientAuthentication::Form => {
                form.push(("client_id".to_owned(), self.client_id.to_owned()));
                if !self.client_secret.is_empty() {
                    form.push(("client_secret".to_owned(), self.client_secret.to_owned()));
                }
            }
            ClientAuthentication::Basic => {
                // RFC 6749, 2.3.1: each half is form-encoded before the two are joined.
                let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
                let pair = Secret::new(format!("{}:{}", encoded(self.client_id), encoded(self.client_secret)));
                self.redactor.register(&pair);
                request.set_header("Authorization", format!("Basic {}", STANDARD.encode(pair.open())));
                request.credential_headers.push("Authorization".to_owned());
            }
        }
        request.body = Body::Form(form);
        request.credential_in_body = true;
        request.allowance = Allowance { total: Some(PATIENCE), response_bytes: Some(LARGEST) };
        request
    }

    fn read(&self, response: &Response) -> Result<(u16, Value), Refusal> {
        let status = response.status;
        // The secret stayed behind at the first redirect, and another server's token is not ours.
        if response.url.origin() != self.url.origin() {
            let other = self.shown(response.url.host_str().unwrap_or_default());
            return Err(
                self.odd(format!("sent us on to another server, {other}, which was not asked for a token"), false)
            );
        }
        if status >= 500 || status == 429 {
            let Refusal::Other(error, _) = self.odd(format!("answered with status {status}"), true) else {
                return Err(Refusal::Other(Error::Internal("a refusal changed its kind"), None));
            };
            return Err(Refusal::Other(error, response.header("retry-after").and_then(|wish| self.wish(wish))));
        }
        let text = decoded(response);
        let text = text.trim();
        if text.is_empty() {
            return Err(self.odd(format!("gave an empty answer with status {status}"), false));
        }
        let Some(answer) = parse_answer(text) else {
            let problem = if text.starts_with('<') || response.media_type() == "text/html" {
                format!("answered with a web page and status {status}, not with a token")
            } else {
                format!("gave an answer with status {status} that is neither JSON nor a form")
            };
            return Err(self.odd(problem, false));
        };
        match error_code(&answer) {
            Some(code) => Err(self.refused(&code, &answer)),
            None => Ok((status, answer)),
        }
    }

    fn token(&self, status: u16, answer: &Value) -> Result<Answer, Refusal> {
        let token = answer.get("access_token").and_then(Value::as_str).filter(|token| !token.is_empty());
        let Some(token) = token else {
            return Err(self.odd(format!("gave an answer with status {status} that holds no `access_token`"), false));
        };
        let secret = |token: &str| {
            let secret = Secret::new(token);
            self.redactor.register(&secret);
            secret
        };
        if token.chars().any(char::is_control) {
            return Err(self.odd("gave a token that holds control characters".to_owned(), false));
        }
        if !token.is_ascii() {
            // RFC 6749, A.12; it could not be sent in a header either.
            return Err(self.odd("gave a token that holds other characters than a token may".to_owned(), false));
        }
        let kind = answer.get("token_type").and_then(Value::as_str).unwrap_or_default();
        if SIGNED_TYPES.iter().any(|signed| signed.eq_ignore_ascii_case(kind)) {
            let problem = format!("gave a token of the type \"{}\", which cannot be sent as it is", self.shown(kind));
            return Err(self.odd(problem, false));
        }
        let refresh_token = answer.get("refresh_token").and_then(Value::as_str).filter(|token| !token.is_empty());
        let scopes = answer.get("scope").and_then(Value::as_str).unwrap_or_default();
        Ok(Answer {
            access_token: secret(token),
            refresh_token: refresh_token.map(secret),
            expires_in: answer.get("expires_in").and_then(seconds),
            scopes: scopes.split([' ', ',']).filter(|scope| !scope.is_empty()).map(str::to_owned).collect(),
            api_domain: answer.get("api_domain").and_then(Value::as_str).map(str::to_owned),
            account: account::of(answer),
        })
    }

    fn refused(&self, code: &str, answer: &Value) -> Refusal {
        let description = answer.get("error_description").and_then(Value::as_str).unwrap_or_default();
        let mut reason = self.shown(code);
        if !description.is_empty() {
            reason = format!("{reason} ({})", self.shown(description));
        }
        if GRANT_REFUSED.contains(&code) {
            return Refusal::Grant(reason);
        }
        let host = self.host();
        let code = self.shown(code);
        Refusal::Other(Error::TokenRefused { link_name: self.link_name.to_owned(), host, code, reason }, None)
    }

    fn odd(&self, problem: String, temporary: bool) -> Refusal {
        let host = self.host();
        let problem = self.redactor.redact(&problem).into_owned();
        Refusal::Other(Error::TokenAnswer { link_name: self.link_name.to_owned(), host, problem, temporary }, None)
    }

    /// The seconds of a `Retry-After`, which is a number or a date (RFC 9110, 10.2.3).
    fn wish(&self, text: &str) -> Option<u64> {
        let text = text.trim();
        if let Ok(seconds) = text.parse::<u64>() {
            return Some(seconds.min(LONGEST_WISH));
        }
        let date = jiff::fmt::rfc2822::parse(text).ok()?;
        let at = u64::try_from(date.timestamp().as_second()).ok()?;
        Some(at.saturating_sub(self.now).min(LONGEST_WISH))
    }

    pub(super) fn host(&self) -> String {
        self.url.host_str().unwrap_or_default().to_owned()
    }

    /// A server's words as they can be shown: it may repeat what it was sent.
    fn shown(&self, text: &str) -> String {
        let visible: String = self.redactor.redact(text).chars().filter(|c| !c.is_control()).collect();
        visible.chars().take(SHOWN).collect()
    }
}

/// The text of an answer. What is UTF-8 is read so, whatever it is labelled, since a token means nothing in another charset;
/// else the mark at its beginning or its label counts, and what cannot be read becomes a replacement character.
fn decoded(response: &Response) -> Cow<'_, str> {
    let bytes = response.body.as_ref();
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Cow::Borrowed(text),
        _ => {
            let label = response.header("content-type").and_then(|value| value.split_once("charset="));
            let label = label.map(|(_, label)| label.split(';').next().unwrap_or_default().trim().trim_matches('"'));
            let encoding = label.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(UTF_8);
            encoding.decode(bytes).0
        }
    }
}

/// JSON, or a form as GitHub gives it: one object.
fn parse_answer(text: &str) -> Option<Value> {
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        return value.is_object().then_some(value);
    }
    if !text.contains('=') || text.starts_with(['<', '{', '[', '"']) || text.contains(char::is_whitespace) {
        return None;
    }
    let pairs = parse(text.as_bytes()).map(|(key, value)| (key.into_owned(), Value::String(value.into_owned())));
    Some(Value::Object(pairs.collect()))
}

/// The code of an error answer. Some servers put an object there.
fn error_code(answer: &Value) -> Option<String> {
    let error = answer.get("error")?;
    let inner = |key: &str| error.get(key).and_then(Value::as_str);
    match error {
        Value::Null | Value::Bool(false) => None,
        Value::String(code) if code.is_empty() => None,
        Value::String(code) => Some(code.clone()),
        Value::Number(number) if number.as_f64() == Some(0.0) => None,
        Value::Number(number) => Some(number.to_string()),
        _ => Some(inner("code").or_else(|| inner("message")).unwrap_or("an error without a code").to_owned()),
    }
}

/// A number of seconds, which some servers give as a text or with a fraction.
fn seconds(value: &Value) -> Option<u64> {
    let number: f64 = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    // The conversion ends at 0 and at the largest number, and NaN becomes 0.
    number.is_finite().then_some((number as u64).min(LONGEST))
}
