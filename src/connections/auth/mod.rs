//! How a service wants to be convinced: one enum variant and one file per authentication type of Zoho's "Connections"
//! page. A type says which fields a person is asked for, what of it belongs to the sealed definition, and how the
//! credential is put on a request.

mod api_key;
mod aws_v4;
mod basic;
mod oauth1;
mod oauth2;
mod place;
mod placeholder;
mod sign_in;

use std::collections::BTreeMap;

pub use api_key::{ApiKey, Parameter};
pub use aws_v4::AwsV4;
pub use basic::{Basic, Half};
pub use oauth1::{OAuth1, SignatureMethod};
pub use oauth2::{ClientAuthentication, Grant, OAuth2, Scope};
pub use place::Location;
pub use sign_in::SignIn;

use super::Error;
use super::document::Table;
use super::dynamic::Values;
use crate::http::Request;
use crate::secret::Secret;

/// A client id of this length is no word that scripts would use otherwise.
const LONG_NAME: usize = 16;

/// The credentials of one authorisation by their keys.
pub type Fields = BTreeMap<String, Secret>;

/// An authentication type with its settings.
#[derive(Clone, Debug, PartialEq)]
pub enum Auth {
    /// User name and password (RFC 7617).
    Basic(Basic),
    /// One or more fixed values in query, form or header.
    ApiKey(ApiKey),
    /// A signature with the secret of a token (RFC 5849).
    OAuth1(Box<OAuth1>),
    /// A token that is renewed (RFC 6749).
    OAuth2(Box<OAuth2>),
    /// A signature for a service of AWS.
    AwsV4(AwsV4),
}

/// What a credential depends on beside its fields and the request.
pub(super) struct Occasion<'a> {
    /// The connection, for messages.
    pub(super) link_name: &'a str,
    /// Its service, for messages.
    pub(super) service: &'a str,
    /// Its dynamic parameters.
    pub(super) values: &'a Values,
    /// Seconds since 1970.
    pub(super) now: u64,
}

/// One thing that a person is asked for when a connection is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The key, as in `--credential KEY=-`.
    pub key: String,
    /// What a person is asked for.
    pub name: String,
    /// Whether it must be given; for OAuth 2 see [`Auth::missing`] too.
    pub required: bool,
    /// Whether an empty value counts as given.
    pub may_be_empty: bool,
}

impl Auth {
    /// Reads the `[auth]` table.
    pub(super) fn read(mut table: Table<'_>, plain_http: bool) -> Result<Self, Error> {
        let offset = table.offset_of("type");
        let kind = table.required_text("type")?;
        match kind.as_str() {
            "basic" => Basic::read(table).map(Auth::Basic),
            "api_key" => ApiKey::read(table).map(Auth::ApiKey),
            "oauth2" => OAuth2::read(table, plain_http).map(|oauth2| Auth::OAuth2(Box::new(oauth2))),
            "oauth1" => OAuth1::read(table, plain_http).map(|oauth1| Auth::OAuth1(Box::new(oauth1))),
            "aws_v4" => AwsV4::read(table).map(Auth::AwsV4),
            _ => Err(table.problem(
                offset,
                format!("there is no authentication type \"{kind}\""),
                "write \"basic\", \"api_key\", \"oauth1\", \"oauth2\" or \"aws_v4\"",
            )),
        }
    }

    /// The word in the file.
    pub fn type_name(&self) -> &'static str {
        match self {
            Auth::Basic(_) => "basic",
            Auth::ApiKey(_) => "api_key",
            Auth::OAuth1(_) => "oauth1",
            Auth::OAuth2(_) => "oauth2",
            Auth::AwsV4(_) => "aws_v4",
        }
    }

    /// What a person is asked for, in order.
    pub fn fields(&self) -> Vec<Field> {
        match self {
            Auth::Basic(basic) => basic.fields(),
            Auth::ApiKey(api_key) => api_key.fields(),
            Auth::OAuth1(oauth1) => oauth1.fields(),
            Auth::OAuth2(oauth2) => oauth2.fields(),
            Auth::AwsV4(_) => AwsV4::fields(),
        }
    }

    /// What is still missing, in words; `None` when these credentials are enough to connect.
    pub fn missing(&self, given: &Fields) -> Option<String> {
        let absent: Vec<_> = self
            .fields()
            .into_iter()
            .filter(|field| {
                let value = given.get(&field.key);
                field.required && value.is_none_or(|value| value.is_empty() && !field.may_be_empty)
            })
            .map(|field| format!("`{}` ({})", field.key, field.name))
            .collect();
        if !absent.is_empty() {
            return Some(absent.join(", "));
        }
        match self {
            Auth::OAuth2(oauth2) => oauth2.missing(given),
            Auth::Basic(_) | Auth::ApiKey(_) | Auth::OAuth1(_) | Auth::AwsV4(_) => None,
        }
    }

    /// Whether a person consents, in a browser or by a code, and gives no credentials.
    pub fn signs_in(&self) -> bool {
        match self {
            // One that lacks an address signs with the consumer's key and secret alone.
            Auth::OAuth1(oauth1) => oauth1.urls().count() == 3,
            Auth::OAuth2(oauth2) => match oauth2.grant {
                Grant::AuthorizationCode | Grant::AuthorizationCodePkce => oauth2.authorize_url.is_some(),
                Grant::DeviceCode => true,
                Grant::ClientCredentials => false,
            },
            Auth::Basic(_) | Auth::ApiKey(_) | Auth::AwsV4(_) => false,
        }
    }

    /// The settings as lines of the sealed definition (see `service::definition`).
    pub(super) fn definition(&self, lines: &mut Vec<String>) {
        lines.push(format!("auth.type = {}", self.type_name()));
        match self {
            Auth::Basic(basic) => basic.definition(lines),
            Auth::ApiKey(api_key) => api_key.definition(lines),
            Auth::OAuth1(oauth1) => oauth1.definition(lines),
            Auth::OAuth2(oauth2) => oauth2.definition(lines),
            Auth::AwsV4(aws) => aws.definition(lines),
        }
    }

    /// What is wrong with a value for where it will stand, in words; never the value.
    pub(super) fn check_value(&self, key: &str, value: &Secret) -> Result<(), String> {
        if value.open().chars().any(char::is_control) {
            return Err("holds a line break or another control character".to_owned());
        }
        match self {
            Auth::Basic(basic) => basic.check_value(key, value),
            Auth::OAuth2(_) => oauth2::check_value(key, value),
            Auth::ApiKey(_) | Auth::OAuth1(_) | Auth::AwsV4(_) => Ok(()),
        }
    }

    /// Whether a field is masked wherever it shows up. Names are not: an ordinary word or an e-mail address would
    /// vanish from the output of every script that mentions it.
    pub(super) fn is_masked(&self, key: &str, fields: &Fields) -> bool {
        match self {
            Auth::Basic(basic) => basic.is_masked(key, fields),
            Auth::ApiKey(_) => true,
            Auth::OAuth1(_) => key != "consumer_key" || value(fields, key).len() >= LONG_NAME,
            Auth::OAuth2(_) => key != "client_id" || value(fields, key).len() >= LONG_NAME,
            Auth::AwsV4(_) => key != "access_key" || value(fields, key).len() >= LONG_NAME,
        }
    }

    /// Every text derived from the credentials that goes over the wire, for the redactor.
    pub(super) fn wire_secrets(&self, fields: &Fields) -> Vec<Secret> {
        let masked = fields.iter().filter(|(key, secret)| !secret.is_empty() && self.is_masked(key, fields));
        let mut secrets: Vec<Secret> = masked.map(|(_, secret)| secret.clone()).collect();
        match self {
            Auth::Basic(basic) => secrets.push(basic.joined(fields)),
            Auth::ApiKey(_) => secrets.extend(fields.values().filter_map(api_key::last_word)),
            Auth::OAuth2(oauth2) => secrets.extend(oauth2.client_pair(fields)),
            Auth::OAuth1(_) | Auth::AwsV4(_) => {}
        }
        secrets
    }

    /// Puts the credential on a request. Gives notes for the trace: what the credential replaced.
    pub(super) fn apply(
        &self,
        occasion: &Occasion<'_>,
        fields: &Fields,
        request: &mut Request,
    ) -> Result<Vec<String>, Error> {
        let mut notes = Vec::new();
        if place::remove_user_information(request) {
            notes
                .push("the user name and password in the address were left out: the connection has its own".to_owned());
        }
        match self {
            Auth::Basic(basic) => basic.apply(fields, request, &mut notes),
            Auth::ApiKey(api_key) => api_key.apply(occasion, fields, request, &mut notes)?,
            Auth::OAuth1(oauth1) => oauth1.apply(occasion, fields, request, &mut notes)?,
            Auth::OAuth2(oauth2) => oauth2.apply(fields, request, &mut notes),
            Auth::AwsV4(aws) => aws.apply(occasion, fields, request, &mut notes)?,
        }
        Ok(notes)
    }
}

impl Occasion<'_> {
    /// A setting with its placeholders filled in.
    fn fill(&self, setting: &str) -> Result<String, Error> {
        self.values.fill_host(self.service, setting)
    }

    fn no_place_for(&self, key: &str) -> Error {
        Error::NoPlaceForKey { link_name: self.link_name.to_owned(), key: key.to_owned() }
    }
}

/// The value of a field; empty when it is not there.
fn value<'a>(fields: &'a Fields, key: &str) -> &'a str {
    fields.get(key).map(Secret::open).unwrap_or_default()
}
