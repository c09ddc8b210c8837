//! The clients, refresh tokens and access tokens that the token endpoint keeps. An access token ends by time or after a
//! number of uses, whichever comes first; the second is how a script meets an expired token in the middle of its work.

use std::time::Duration;

use indexmap::IndexMap;

use super::credentials::{Client, random_token};

/// The oldest access tokens give way beyond this many.
const KEPT_TOKENS: usize = 1_000;

pub(super) struct Tokens {
    pub lifetime: Duration,
    uses_per_token: Option<u32>,
    pub rotate: bool,
    /// Client secrets by client id.
    clients: IndexMap<String, String>,
    /// Client ids by refresh token.
    refresh: IndexMap<String, String>,
    access: IndexMap<String, Access>,
}

struct Access {
    client_id: String,
    expires_at: Duration,
    uses_left: Option<u32>,
}

impl Tokens {
    pub fn new(lifetime: Duration, uses_per_token: Option<u32>, rotate: bool) -> Self {
        let (clients, refresh, access) = Default::default();
        Self { lifetime, uses_per_token, rotate, clients, refresh, access }
    }

    pub fn register(&mut self, client: &Client) {
        self.clients.insert(client.client_id.clone(), client.client_secret.clone());
        self.refresh.insert(client.refresh_token.clone(), client.client_id.clone());
    }

    /// Whether id and secret belong together.
    pub fn is_client(&self, client_id: &str, client_secret: &str) -> bool {
        self.clients.get(client_id).is_some_and(|secret| secret == client_secret)
    }

    /// Whether the refresh token is good and was given to this client.
    pub fn is_refresh_token(&self, token: &str, client_id: &str) -> bool {
        self.refresh.get(token).is_some_and(|owner| owner == client_id)
    }

    /// A new access token for the client. `now` is the time since 1970.
    pub fn issue(&mut self, client_id: &str, now: Duration) -> std::io::Result<String> {
        self.access.retain(|_, access| access.is_good(now));
        if self.access.len() >= KEPT_TOKENS {
            self.access.shift_remove_index(0);
        }
        let token = random_token()?;
        let expires_at = now.saturating_add(self.lifetime);
        let access = Access { client_id: client_id.to_owned(), expires_at, uses_left: self.uses_per_token };
        self.access.insert(token.clone(), access);
        Ok(token)
    }

    /// Puts a new refresh token in the place of one that was just used.
    pub fn replace_refresh_token(&mut self, used: &str, client_id: &str) -> std::io::Result<String> {
        let token = random_token()?;
        self.refresh.shift_remove(used);
        self.refresh.insert(token.clone(), client_id.to_owned());
        Ok(token)
    }

    /// Counts one use of an access token and gives the client it belongs to; `None` when the token is unknown or ended.
    pub fn spend(&mut self, token: &str, now: Duration) -> Option<String> {
        let access = self.access.get_mut(token).filter(|access| access.is_good(now))?;
        access.uses_left = access.uses_left.map(|uses| uses.saturating_sub(1));
        Some(access.client_id.clone())
    }

    pub fn expire_all(&mut self) {
        self.access.clear();
    }
}

impl Access {
    fn is_good(&self, now: Duration) -> bool {
        now < self.expires_at && self.uses_left != Some(0)
    }
}
