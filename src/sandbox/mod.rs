//! A small stand-in for the platform, inside this process, so that scripts can be shown and tested without an account
//! and without the Internet. It listens on a free loopback port and speaks as Zoho's services do: a token endpoint whose
//! access tokens run out, the record modules of CRM and Bigin, the contacts of Books, and routes behind a password or an
//! API key. Credentials are random at each start and compared exactly, so whoever gets an answer has really signed in.
//!
//! The service hosts keep their own names in scripts; routes lead them here: `www.zohoapis.com` and `accounts.zoho.com`
//! to [`Sandbox::base_url`], `books.zoho.com` to the same address with or without `/books` behind it.

mod books;
mod call;
mod clock;
mod credentials;
mod criteria;
mod guarded;
mod log;
mod modules;
mod oauth;
mod records;
mod reply;
mod seed;
mod server;
mod state;
#[cfg(test)]
mod tests;
mod tokens;

pub use credentials::{API_KEY_HEADER, API_KEY_PARAMETER, Client};
pub use log::{Guard, Logged};
pub use records::Record;
pub use seed::{CONTACT_KNOWN_TO_BOOKS, CONTACT_NEW_TO_BOOKS};

use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexMap;

/// How the sandbox behaves and what it holds at the start.
#[derive(Clone, Debug)]
pub struct Options {
    /// Seconds that an access token lives, reported as `expires_in`.
    pub token_lifetime: u64,
    /// After so many requests an access token is refused although its time has not run out; `None` for no such limit.
    pub uses_per_token: Option<u32>,
    /// Whether each refresh gives a new refresh token and ends the old one, as some services do (RFC 9700, 4.14.2).
    pub rotate_refresh_tokens: bool,
    /// What a token reply names as `api_domain`.
    pub api_domain: String,
    /// The records of CRM and Bigin by module. A module that is not named here does not exist; `id` may be left out.
    pub modules: IndexMap<String, Vec<Record>>,
    /// The contacts of Books; `contact_id` may be left out.
    pub customers: Vec<Record>,
}

impl Default for Options {
    /// An hour per token, no limit of uses, no rotation, and a few made-up people.
    fn default() -> Self {
        Self {
            token_lifetime: 3600,
            uses_per_token: None,
            rotate_refresh_tokens: false,
            api_domain: "https://www.zohoapis.com".to_owned(),
            modules: seed::modules(),
            customers: seed::customers(),
        }
    }
}

/// A running sandbox. Dropping it stops the server and waits for its thread.
pub struct Sandbox {
    base_url: String,
    platform: Arc<state::Platform>,
    server: Option<server::Handle>,
}

impl Sandbox {
    /// Starts a server on a free port of 127.0.0.1, on a thread of its own.
    ///
    /// # Errors
    /// When no port, thread or random number can be had.
    pub fn start(options: Options) -> std::io::Result<Self> {
        let platform = Arc::new(state::Platform::new(options)?);
        let (server, address) = server::start(Arc::clone(&platform))?;
        Ok(Self { base_url: format!("http://{address}"), platform, server: Some(server) })
    }

    /// Where it listens, such as `http://127.0.0.1:40123`, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The OAuth client that exists from the start, with its first refresh token.
    pub fn client(&self) -> Client {
        self.platform.lock().credentials.client.clone()
    }

    /// Registers one more OAuth client, so that the log can tell two connections apart.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn register_client(&self) -> std::io::Result<Client> {
        let client = Client::random()?;
        self.platform.lock().tokens.register(&client);
        Ok(client)
    }

    /// The user name that `/basic/profile` accepts.
    pub fn basic_user(&self) -> String {
        self.platform.lock().credentials.user.clone()
    }

    /// The password that belongs to [`Sandbox::basic_user`].
    pub fn basic_password(&self) -> String {
        self.platform.lock().credentials.password.clone()
    }

    /// The key that the routes under `/key/` accept, in the header [`API_KEY_HEADER`] or as the query or form parameter
    /// [`API_KEY_PARAMETER`].
    pub fn api_key(&self) -> String {
        self.platform.lock().credentials.api_key.clone()
    }

    /// A fresh access token of the first client, as if it had been refreshed.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn issue_token(&self) -> std::io::Result<String> {
        let mut state = self.platform.lock();
        let now = state.clock.now();
        let client_id = state.credentials.client.client_id.clone();
        state.tokens.issue(&client_id, now)
    }

    /// Ends every access token at once; refresh tokens stay good.
    pub fn expire_tokens(&self) {
        self.platform.lock().tokens.expire_all();
    }

    /// Moves the sandbox's clock forward, which lets tokens run out without waiting.
    pub fn pass_time(&self, time: Duration) {
        self.platform.lock().clock.advance(time);
    }

    /// The requests answered so far, oldest first: the last 10,000 of them, with the first 64 KB of each body until
    /// 64 MB are held in all.
    pub fn requests(&self) -> Vec<Logged> {
        self.platform.lock().log.entries()
    }

    /// The records of one CRM or Bigin module as they are now; empty for a module that does not exist.
    pub fn records(&self, module: &str) -> Vec<Record> {
        self.platform.lock().records.all(module).unwrap_or_default().to_vec()
    }

    /// The contacts of Books as they are now.
    pub fn customers(&self) -> Vec<Record> {
        self.platform.lock().customers.all().to_vec()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop();
        }
    }
}

impl std::fmt::Debug for Sandbox {
    /// Names the address alone: everything else inside is a credential or a record.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sandbox").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}
