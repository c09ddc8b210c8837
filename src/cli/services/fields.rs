//! The settings of a service as options: every field of its file has one, so that a service can be made and changed
//! without an editor. The values are checked where the file is read, not here.

use clap::{Args, ValueEnum};

#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Settings")]
pub(super) struct Fields {
    /// The name that people read
    #[arg(long, value_name = "TEXT", env = "SLUICE_NAME", hide_env = true)]
    pub(super) name: Option<String>,
    /// What it is for
    #[arg(long, value_name = "TEXT", env = "SLUICE_DESCRIPTION", hide_env = true)]
    pub(super) description: Option<String>,
    /// A PNG or JPEG of less than 1 MB; it is copied beside the service's file
    #[arg(long, value_name = "FILE", env = "SLUICE_LOGO", hide_env = true)]
    pub(super) logo: Option<String>,
    /// Where its credentials may go: api.acme.test or *.acme.test; may be repeated
    #[arg(long, value_name = "HOST", env = "SLUICE_HOST", hide_env = true)]
    pub(super) host: Vec<String>,
    /// Whether its credentials may go over plain http
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true", env = "SLUICE_PLAIN_HTTP")]
    #[arg(hide_env = true)]
    pub(super) plain_http: Option<bool>,
    /// How to authenticate
    #[arg(long, value_name = "TYPE", value_enum, env = "SLUICE_AUTH_TYPE", hide_env = true)]
    pub(super) auth_type: Option<AuthType>,
    /// A parameter of an API key, with the name it is asked for by; `query:`, `form:` or `header:` in front says where
    /// this one goes; may be repeated. Two of them give basic other keys and names for user name and password
    #[arg(long, value_name = "[PLACE:]KEY[=NAME]", env = "SLUICE_PARAMETER", hide_env = true)]
    pub(super) parameter: Vec<String>,
    /// Where the credential goes: header (the default), query, or form
    #[arg(long, value_name = "PLACE", value_enum, env = "SLUICE_LOCATION", hide_env = true)]
    pub(super) location: Option<Location>,
    /// OAuth 2: authorization_code (the default), authorization_code_pkce, client_credentials or device_code
    #[arg(long, value_name = "GRANT", env = "SLUICE_GRANT", hide_env = true)]
    pub(super) grant: Option<String>,
    /// OAuth 1 and 2: where a person consents
    #[arg(long, value_name = "URL", env = "SLUICE_AUTHORIZE_URL", hide_env = true)]
    pub(super) authorize_url: Option<String>,
    /// OAuth 2: where a token is got
    #[arg(long, value_name = "URL", env = "SLUICE_TOKEN_URL", hide_env = true)]
    pub(super) token_url: Option<String>,
    /// OAuth 2: where a token is renewed, when it is elsewhere
    #[arg(long, value_name = "URL", env = "SLUICE_REFRESH_URL", hide_env = true)]
    pub(super) refresh_url: Option<String>,
    /// OAuth 2: where a token is given back
    #[arg(long, value_name = "URL", env = "SLUICE_REVOKE_URL", hide_env = true)]
    pub(super) revoke_url: Option<String>,
    /// OAuth 2: where a code for another screen is got
    #[arg(long, value_name = "URL", env = "SLUICE_DEVICE_URL", hide_env = true)]
    pub(super) device_url: Option<String>,
    /// OAuth 2: how the client proves itself at the token URL: form (the default) or basic
    #[arg(long, value_name = "HOW", env = "SLUICE_CLIENT_AUTH", hide_env = true)]
    pub(super) client_auth: Option<String>,
    /// OAuth 2: the word before the token in the header [default: Bearer]
    #[arg(long, value_name = "WORD", env = "SLUICE_BEARER_NAME", hide_env = true)]
    pub(super) bearer_name: Option<String>,
    /// OAuth 2: the life of a token in seconds, 900 to 86400, when the server does not say [default: 3600]
    #[arg(long, value_name = "SECONDS", env = "SLUICE_EXPIRY", hide_env = true)]
    pub(super) expiry: Option<u32>,
    /// OAuth 2: a scope that connections can ask for, with its name; may be repeated
    #[arg(long, value_name = "SCOPE[=NAME]", env = "SLUICE_SCOPE", hide_env = true)]
    pub(super) scope: Vec<String>,
    /// OAuth 2: what stands between scopes [default: comma]
    #[arg(long, value_name = "WHAT", value_enum, env = "SLUICE_SCOPE_DELIMITER", hide_env = true)]
    pub(super) scope_delimiter: Option<Delimiter>,
    /// OAuth 1: where consent begins
    #[arg(long, value_name = "URL", env = "SLUICE_REQUEST_TOKEN_URL", hide_env = true)]
    pub(super) request_token_url: Option<String>,
    /// OAuth 1: where consent becomes a token
    #[arg(long, value_name = "URL", env = "SLUICE_ACCESS_TOKEN_URL", hide_env = true)]
    pub(super) access_token_url: Option<String>,
    /// OAuth 1: HMAC-SHA1 (the default), HMAC-SHA256 or PLAINTEXT
    #[arg(long, value_name = "METHOD", env = "SLUICE_SIGNATURE", hide_env = true)]
    pub(super) signature: Option<String>,
    /// AWS: the service, such as sqs
    #[arg(long, value_name = "SERVICE", env = "SLUICE_AWS_SERVICE", hide_env = true)]
    pub(super) aws_service: Option<String>,
    /// AWS: the region, such as us-east-1
    #[arg(long, value_name = "REGION", env = "SLUICE_REGION", hide_env = true)]
    pub(super) region: Option<String>,
    /// A value that each connection gives, {KEY} in addresses and hosts; may be repeated
    #[arg(long, value_name = "KEY[=NAME]", env = "SLUICE_DYNAMIC", hide_env = true)]
    pub(super) dynamic: Vec<String>,
    /// An address of the API that proves that a connection works
    #[arg(long, value_name = "URL", env = "SLUICE_VERIFY", hide_env = true)]
    pub(super) verify: Option<String>,
    /// The method of that request [default: GET]
    #[arg(long, value_name = "METHOD", env = "SLUICE_VERIFY_METHOD", hide_env = true)]
    pub(super) verify_method: Option<String>,
}

// Entries of lists that are to go. No doc comment, which would take the place of the verb's.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Settings")]
pub(super) struct Removals {
    /// A parameter of an API key to remove; may be repeated
    #[arg(long, value_name = "KEY", env = "SLUICE_REMOVE_PARAMETER", hide_env = true)]
    pub(super) remove_parameter: Vec<String>,
    /// A scope to remove; may be repeated
    #[arg(long, value_name = "SCOPE", env = "SLUICE_REMOVE_SCOPE", hide_env = true)]
    pub(super) remove_scope: Vec<String>,
    /// A value that connections need not give any more; may be repeated
    #[arg(long, value_name = "KEY", env = "SLUICE_REMOVE_DYNAMIC", hide_env = true)]
    pub(super) remove_dynamic: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AuthType {
    /// User name and password
    Basic,
    /// Fixed values in header, query or form
    #[value(name = "api_key", alias = "api-key")]
    ApiKey,
    /// A signature with the secret of a token
    #[value(name = "oauth1")]
    OAuth1,
    /// A token that is renewed
    #[value(name = "oauth2")]
    OAuth2,
    /// A signature for a service of AWS
    #[value(name = "aws_v4", alias = "aws-v4")]
    AwsV4,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Location {
    Header,
    Query,
    Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Delimiter {
    #[value(alias = ",")]
    Comma,
    #[value(alias = " ")]
    Space,
    #[value(alias = "+")]
    Plus,
}

impl AuthType {
    /// The word in the file.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            AuthType::Basic => "basic",
            AuthType::ApiKey => "api_key",
            AuthType::OAuth1 => "oauth1",
            AuthType::OAuth2 => "oauth2",
            AuthType::AwsV4 => "aws_v4",
        }
    }
}

impl Location {
    /// The word in the file.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Location::Header => "header",
            Location::Query => "query",
            Location::Form => "form",
        }
    }
}

impl Delimiter {
    /// The text in the file.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Delimiter::Comma => ",",
            Delimiter::Space => " ",
            Delimiter::Plus => "+",
        }
    }
}

impl Fields {
    /// Whether no setting was given.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Removals {
    /// Whether nothing is to go.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
