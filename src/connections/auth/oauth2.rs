//! A token that is sent with each request and renewed at the service's token endpoint (RFC 6749). This file describes
//! the settings and puts the token on a request; asking for tokens is `token.rs`, deciding when is `refresh.rs`.

use std::collections::BTreeMap;

use url::Url;

use super::place::{self, Location};
use super::sign_in::SignIn;
use super::{Field, Fields, api_key, value};
use crate::connections::Error;
use crate::connections::document::Table;
use crate::connections::service::read_url;
use crate::http::Request;
use crate::secret::Secret;

/// Zoho allows an *Expiry Time* from 15 minutes to 24 hours (Creator help page "Custom connectors").
const EXPIRY: std::ops::RangeInclusive<u64> = 900..=86_400;
/// The longest margin and the longest cool-down, in seconds.
const LONGEST_SPAN: u64 = 3600;
/// How many renewals a cool-down may allow.
const RENEWALS: std::ops::RangeInclusive<u64> = 1..=100;
/// Fields of the protocol itself, which a service cannot set.
const OWN_FIELDS: [&str; 11] = [
    "grant_type",
    "client_id",
    "client_secret",
    "refresh_token",
    "access_token",
    "scope",
    "code",
    "code_verifier",
    "device_code",
    "redirect_uri",
    "client_assertion",
];
/// The most further fields, and the longest text of one.
const MOST_FIELDS: usize = 20;
const LONGEST_FIELD: usize = 1000;
/// The same page's limit on scopes.
const MOST_SCOPES: usize = 50;

/// The settings of the type.
#[derive(Clone, Debug, PartialEq)]
pub struct OAuth2 {
    /// How the first token is got.
    pub grant: Grant,
    /// Where a person consents; may hold placeholders, as the other addresses.
    pub authorize_url: Option<Url>,
    /// Where a code, or the client's own credentials, become a token.
    pub token_url: Url,
    /// Where a refresh token becomes an access token, when it is not `token_url`.
    pub refresh_url: Option<Url>,
    /// Where a token is given back (RFC 7009).
    pub revoke_url: Option<Url>,
    /// Where a person's code for another screen is got (RFC 8628).
    pub device_url: Option<Url>,
    /// What else is to be known for signing in.
    pub sign_in: SignIn,
    /// Header, or query as `access_token`.
    pub location: Location,
    /// The word before the token in the header.
    pub bearer_name: String,
    /// The header that takes the bare token, instead of `Authorization` with the bearer name.
    pub header_name: Option<String>,
    /// How the client proves itself at the token endpoint.
    pub client_auth: ClientAuthentication,
    /// Life of a token in seconds, when the server does not give a shorter one. 3600 when the file says nothing.
    pub expiry: Option<u64>,
    /// How many seconds before its end a token is renewed; 60, or a tenth of a shorter life, when the file says nothing.
    pub renew_before: Option<u64>,
    /// The seconds in which a token is renewed at most `renewals` times: some services give few in a span of time.
    pub cool_down: Option<u64>,
    /// How many renewals a `cool_down` allows; 1 when the file says nothing.
    pub renewals: Option<u64>,
    /// Further fields for the token endpoint, such as `audience`, in order of their names.
    pub parameters: BTreeMap<String, String>,
    /// What stands between scopes: `,`, a blank or `+`.
    pub scope_delimiter: String,
    /// The scopes that the service offers.
    pub scopes: Vec<Scope>,
}

/// How the first token is got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// A person consents (RFC 6749, 4.1).
    AuthorizationCode,
    /// The same with a proof key (RFC 7636).
    AuthorizationCodePkce,
    /// The client acts for itself (RFC 6749, 4.4).
    ClientCredentials,
    /// A person consents on another screen (RFC 8628).
    DeviceCode,
}

/// How the client proves itself at the token endpoint (RFC 6749, 2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// `client_id` and `client_secret` as form fields.
    Form,
    /// An `Authorization: Basic` header.
    Basic,
}

/// A scope that can be asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    /// For people.
    pub name: String,
    /// On the wire.
    pub value: String,
}

impl OAuth2 {
    pub(super) fn read(mut table: Table<'_>, plain_http: bool) -> Result<Self, Error> {
        let grant = Grant::read(&mut table)?;
        let authorize_url = read_url(&mut table, "authorize_url", plain_http)?;
        let Some(token_url) = read_url(&mut table, "token_url", plain_http)? else {
            return Err(table.problem_here("`[auth] token_url` is missing", "add `token_url = \"https://…\"`"));
        };
        let refresh_url = read_url(&mut table, "refresh_url", plain_http)?;
        let revoke_url = read_url(&mut table, "revoke_url", plain_http)?;
        let device_url = read_url(&mut table, "device_url", plain_http)?;
        if grant == Grant::DeviceCode && device_url.is_none() {
            let help = "add `device_url = \"https://…\"`, the provider's device authorization endpoint";
            return Err(table.problem_here("`[auth] device_url` is missing", help));
        }
        let sign_in = SignIn::read(&mut table, plain_http)?;
        // A service may say `form` of other types; a token goes by header or query only (Zoho page "Connections").
        let location = Location::read(&mut table, &[Location::Header, Location::Query])?.unwrap_or(Location::Header);
        let bearer_name = read_bearer_name(&mut table)?;
        let header_name = read_header_name(&mut table)?;
        let client_auth = ClientAuthentication::read(&mut table)?;
        let offset = table.offset_of("expiry");
        let expiry = table.number("expiry")?;
        if let Some(seconds) = expiry.filter(|seconds| !EXPIRY.contains(seconds)) {
            let problem = format!("`[auth] expiry` is out of range: {seconds} seconds");
            let help = "give seconds from 900 (15 minutes) to 86400 (24 hours)";
            return Err(table.problem(offset, problem, help));
        }
        let renew_before = read_span(&mut table, "renew_before")?;
        let cool_down = read_span(&mut table, "cool_down")?;
        let renewals = read_renewals(&mut table, cool_down)?;
        let parameters = read_parameters(&mut table)?;
        let scope_delimiter = read_delimiter(&mut table)?;
        let offset = table.offset_of("scopes");
        let scopes = table.tables("scopes")?.into_iter().map(Scope::read).collect::<Result<Vec<_>, _>>()?;
        if scopes.len() > MOST_SCOPES {
            let problem = format!("there are more than {MOST_SCOPES} scopes: {}", scopes.len());
            return Err(table.problem(offset, problem, "list those that connections ask for"));
        }
        table.finish()?;
        Ok(Self {
            grant,
            authorize_url,
            token_url,
            refresh_url,
            revoke_url,
            device_url,
            sign_in,
            location,
            bearer_name,
            header_name,
            client_auth,
            expiry,
            renew_before,
            cool_down,
            renewals,
            parameters,
            scope_delimiter,
            scopes,
        })
    }

    pub(super) fn fields(&self) -> Vec<Field> {
        let own = self.grant == Grant::ClientCredentials;
        let field = |key: &str, name: &str, required| Field {
            key: key.into(),
            name: name.into(),
            required,
            may_be_empty: false,
        };
        vec![
            field("client_id", "Client ID", own),
            field("client_secret", "Client secret", own),
            field("access_token", "Access token", false),
            field("refresh_token", "Refresh token", false),
        ]
    }

    /// Without its own credentials a client needs a token from somewhere, and a refresh token is of use only with the
    /// client's id.
    pub(super) fn missing(&self, given: &Fields) -> Option<String> {
        let has = |key| !value(given, key).is_empty();
        if self.grant == Grant::ClientCredentials {
            return None;
        }
        if !has("access_token") && !has("refresh_token") {
            return Some("`refresh_token` (with `client_id` and `client_secret`) or `access_token`".to_owned());
        }
        (has("refresh_token") && !has("client_id"))
            .then(|| "`client_id` (Client ID), to use the refresh token".to_owned())
    }

    /// Without the scopes that the service offers: a connection's own scopes are sealed with it, and offering one more
    /// must not end the connections that exist.
    pub(super) fn definition(&self, lines: &mut Vec<String>) {
        let url = |url: &Option<Url>| url.as_ref().map(Url::to_string).unwrap_or_default();
        lines.push(format!("auth.grant = {}", self.grant.as_str()));
        lines.push(format!("auth.authorize_url = {}", url(&self.authorize_url)));
        lines.push(format!("auth.token_url = {}", self.token_url));
        lines.push(format!("auth.refresh_url = {}", url(&self.refresh_url)));
        lines.push(format!("auth.revoke_url = {}", url(&self.revoke_url)));
        lines.extend(self.device_url.iter().map(|url| format!("auth.device_url = {url}")));
        lines.push(format!("auth.location = {}", self.location.as_str()));
        lines.push(format!("auth.bearer_name = {}", self.bearer_name));
        lines.extend(self.header_name.iter().map(|name| format!("auth.header_name = {name}")));
        lines.push(format!("auth.client_auth = {}", self.client_auth.as_str()));
        lines.push(format!("auth.scope_delimiter = \"{}\"", self.scope_delimiter));
        lines.extend(self.parameters.iter().map(|(key, value)| format!("auth.parameters.{key} = {value}")));
    }

    /// Scopes as one field of a form. "+" is how a blank looks in an address; in a form the blank itself is written, and
    /// encoded later.
    pub(in crate::connections) fn joined(&self, scopes: &[String]) -> String {
        let delimiter = if self.scope_delimiter == "+" { " " } else { self.scope_delimiter.as_str() };
        scopes.join(delimiter)
    }

    /// Client id and secret as they are joined for a Basic header.
    pub(super) fn client_pair(&self, fields: &Fields) -> Option<Secret> {
        let secret = fields.get("client_secret")?;
        Some(Secret::new(format!("{}:{}", value(fields, "client_id"), secret.open())))
    }

    pub(super) fn apply(&self, fields: &Fields, request: &mut Request, notes: &mut Vec<String>) {
        let token = value(fields, "access_token");
        match self.location {
            Location::Query => place::query(request, "access_token", token, notes),
            Location::Header | Location::Form | Location::Placeholder => match &self.header_name {
                None => place::header(request, "Authorization", format!("{} {token}", self.bearer_name), notes),
                Some(name) => place::header(request, name, token.to_owned(), notes),
            },
        }
    }
}

/// What a client is called and proves itself with is printable ASCII (RFC 6749, appendix A) with single blanks (Creator
/// help page "Custom connectors"): anything else was copied with something that does not belong to it.
pub(super) fn check_value(key: &str, value: &Secret) -> Result<(), String> {
    if !["client_id", "client_secret"].contains(&key) {
        return Ok(());
    }
    let text = value.open();
    if let Some(at) = text.chars().position(|c| !(' '..='~').contains(&c)) {
        let rule = "only English letters, digits, marks and single blanks may stand there";
        return Err(format!("holds something else at character {}: {rule}", at + 1));
    }
    match text.find("  ") {
        Some(at) => Err(format!("holds two blanks in a row at character {}: only single ones may stand there", at + 1)),
        None => Ok(()),
    }
}

impl Grant {
    fn read(table: &mut Table<'_>) -> Result<Self, Error> {
        let offset = table.offset_of("grant");
        let word = table.text("grant")?;
        match word.as_deref() {
            None | Some("authorization_code") => Ok(Grant::AuthorizationCode),
            Some("authorization_code_pkce") => Ok(Grant::AuthorizationCodePkce),
            Some("client_credentials") => Ok(Grant::ClientCredentials),
            Some("device_code") => Ok(Grant::DeviceCode),
            Some(word) => Err(table.problem(
                offset,
                format!("there is no grant \"{word}\""),
                "write \"authorization_code\", \"authorization_code_pkce\", \"client_credentials\" or \"device_code\"",
            )),
        }
    }

    /// The word in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Grant::AuthorizationCode => "authorization_code",
            Grant::AuthorizationCodePkce => "authorization_code_pkce",
            Grant::ClientCredentials => "client_credentials",
            Grant::DeviceCode => "device_code",
        }
    }
}

impl ClientAuthentication {
    fn read(table: &mut Table<'_>) -> Result<Self, Error> {
        let offset = table.offset_of("client_auth");
        match table.text("client_auth")?.as_deref() {
            None | Some("form") => Ok(ClientAuthentication::Form),
            Some("basic") => Ok(ClientAuthentication::Basic),
            Some(word) => Err(table.problem(
                offset,
                format!("`[auth] client_auth` cannot be \"{word}\""),
                "write \"form\" or \"basic\"",
            )),
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            ClientAuthentication::Form => "form",
            ClientAuthentication::Basic => "basic",
        }
    }
}

impl Scope {
    fn read(mut table: Table<'_>) -> Result<Self, Error> {
        let value = table.required_text("value")?;
        let name = table.text("name")?.unwrap_or_else(|| value.clone());
        table.finish()?;
        Ok(Self { name, value })
    }
}

fn read_bearer_name(table: &mut Table<'_>) -> Result<String, Error> {
    let offset = table.offset_of("bearer_name");
    let name = table.text("bearer_name")?.unwrap_or_else(|| "Bearer".to_owned());
    if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) {
        return Ok(name);
    }
    let problem = format!("`[auth] bearer_name` is no single word: \"{}\"", name.escape_debug());
    Err(table.problem(offset, problem, "write letters and digits, for example \"Bearer\""))
}

fn read_header_name(table: &mut Table<'_>) -> Result<Option<String>, Error> {
    let offset = table.offset_of("header_name");
    let Some(name) = table.text("header_name")? else { return Ok(None) };
    match api_key::header_problem(&name) {
        None => Ok(Some(name)),
        Some(problem) => {
            let problem = format!("`[auth] header_name` {problem}");
            Err(table.problem(offset, problem, "write for example \"X-Access-Token\""))
        }
    }
}

/// A number of seconds up to an hour.
fn read_span(table: &mut Table<'_>, key: &'static str) -> Result<Option<u64>, Error> {
    let offset = table.offset_of(key);
    match table.number(key)? {
        Some(seconds) if seconds > LONGEST_SPAN => Err(table.problem(
            offset,
            format!("`[auth] {key}` is out of range: {seconds}"),
            "give seconds from 0 to 3600",
        )),
        other => Ok(other),
    }
}

/// How many renewals a cool-down allows.
fn read_renewals(table: &mut Table<'_>, cool_down: Option<u64>) -> Result<Option<u64>, Error> {
    let offset = table.offset_of("renewals");
    let problem = match table.number("renewals")? {
        None => return Ok(None),
        Some(_) if cool_down.is_none() => "`[auth] renewals` stands without `cool_down`".to_owned(),
        Some(count) if !RENEWALS.contains(&count) => format!("`[auth] renewals` is out of range: {count}"),
        Some(count) => return Ok(Some(count)),
    };
    Err(table.problem(offset, problem, "give 1 to 100 renewals in the seconds of `cool_down`"))
}

fn read_parameters(table: &mut Table<'_>) -> Result<BTreeMap<String, String>, Error> {
    let offset = table.offset_of("parameters");
    let parameters = table.named_texts("parameters")?;
    if let Some(own) = parameters.keys().find(|key| OWN_FIELDS.contains(&key.as_str())) {
        let problem = format!("`[auth] parameters` cannot set `{own}`");
        return Err(table.problem(offset, problem, "leave it out: it is sent where the grant needs it"));
    }
    let is_odd = |text: &String| text.len() > LONGEST_FIELD || text.chars().any(char::is_control);
    if parameters.len() > MOST_FIELDS || parameters.iter().any(|(key, value)| is_odd(key) || is_odd(value)) {
        let help = "give at most 20 texts of at most 1000 bytes, without control characters";
        return Err(table.problem(offset, "`[auth] parameters` is too long or no plain text", help));
    }
    Ok(parameters)
}

/// Comma is Zoho's default.
fn read_delimiter(table: &mut Table<'_>) -> Result<String, Error> {
    let offset = table.offset_of("scope_delimiter");
    match table.text("scope_delimiter")? {
        None => Ok(",".to_owned()),
        Some(text) if [" ", ",", "+"].contains(&text.as_str()) => Ok(text),
        Some(text) => {
            let problem = format!("`[auth] scope_delimiter` is unknown: \"{}\"", text.escape_debug());
            Err(table.problem(offset, problem, "write \",\", \" \" or \"+\""))
        }
    }
}
