//! The credentials that open the sandbox, drawn at random at each start. None of these types can be printed.

/// The request header in which the routes under `/key/header/` expect the API key.
pub const API_KEY_HEADER: &str = "X-Sandbox-Key";

/// The query or form parameter in which the routes under `/key/query/` and `/key/form/` expect the API key.
pub const API_KEY_PARAMETER: &str = "sandbox_key";

/// One OAuth 2 client that is known to the token endpoint.
#[derive(Clone)]
pub struct Client {
    /// Public name of the client; the log shows it.
    pub client_id: String,
    /// What the client proves itself with.
    pub client_secret: String,
    /// The refresh token that the client starts with. With rotation on, its first use replaces it.
    pub refresh_token: String,
}

impl Client {
    /// A client with fresh random values in the shape of Zoho's.
    pub(super) fn random() -> std::io::Result<Self> {
        Ok(Self {
            client_id: format!("1000.{}", random_hex(8)?.to_uppercase()),
            client_secret: random_hex(20)?,
            refresh_token: random_token()?,
        })
    }
}

/// Everything that is drawn at the start.
pub(super) struct Credentials {
    pub client: Client,
    pub user: String,
    pub password: String,
    pub api_key: String,
}

impl Credentials {
    pub fn random() -> std::io::Result<Self> {
        Ok(Self {
            client: Client::random()?,
            user: format!("user-{}", random_hex(4)?),
            password: random_hex(16)?,
            api_key: random_hex(16)?,
        })
    }
}

/// A token in the shape of Zoho's: `1000.`, 32 hexadecimal digits, a dot, 32 more.
pub(super) fn random_token() -> std::io::Result<String> {
    Ok(format!("1000.{}.{}", random_hex(16)?, random_hex(16)?))
}

fn random_hex(bytes: usize) -> std::io::Result<String> {
    let mut buffer = vec![0; bytes];
    getrandom::fill(&mut buffer).map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(buffer.iter().map(|byte| format!("{byte:02x}")).collect())
}
