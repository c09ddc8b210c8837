//! Everything the sandbox holds, behind one lock: requests are answered one after the other, each in well under a
//! millisecond, and what a test reads is never half changed.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Options;
use super::books::Customers;
use super::call::Call;
use super::clock::Clock;
use super::credentials::Credentials;
use super::log::{Log, Logged};
use super::records::Records;
use super::reply::Reply;
use super::tokens::Tokens;
use super::{books, guarded, modules, oauth};

pub(super) struct State {
    pub api_domain: String,
    pub clock: Clock,
    pub credentials: Credentials,
    pub tokens: Tokens,
    pub records: Records,
    pub customers: Customers,
    pub log: Log,
}

pub(super) struct Platform(Mutex<State>);

impl Platform {
    pub fn new(options: Options) -> std::io::Result<Self> {
        let clock = Clock::default();
        let credentials = Credentials::random()?;
        let lifetime = Duration::from_secs(options.token_lifetime);
        let mut tokens = Tokens::new(lifetime, options.uses_per_token, options.rotate_refresh_tokens);
        tokens.register(&credentials.client);
        Ok(Self(Mutex::new(State {
            api_domain: options.api_domain,
            records: Records::new(options.modules, &clock.text()),
            customers: Customers::new(options.customers),
            clock,
            credentials,
            tokens,
            log: Log::default(),
        })))
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers one request and writes it down.
    pub fn answer(&self, call: &Call) -> Reply {
        let started = Instant::now();
        let mut state = self.lock();
        let reply = state.route(call);
        state.log.add(Logged::new(call, &reply, started.elapsed()));
        reply
    }

    /// Writes down a request that was refused before it reached a service.
    pub fn refuse(&self, call: &Call, reply: Reply) -> Reply {
        self.lock().log.add(Logged::new(call, &reply, Duration::ZERO));
        reply
    }
}

impl State {
    /// Finds the service by the path. Books answers under its own host's path as well, so a route may lead
    /// `books.zoho.com` here with or without a prefix.
    fn route(&mut self, call: &Call) -> Reply {
        let segments: Vec<&str> = call.segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            ["oauth", "v2", "token"] => oauth::answer(self, call),
            ["bigin", "v2", rest @ ..] => modules::answer(self, call, modules::Version::Bigin, rest),
            ["crm", "v2", rest @ ..] => modules::answer(self, call, modules::Version::Crm2, rest),
            ["crm", "v8", rest @ ..] => modules::answer(self, call, modules::Version::Crm8, rest),
            ["books", "api", "v3", rest @ ..] | ["books", "v3", rest @ ..] | ["api", "v3", rest @ ..] => {
                books::answer(self, call, rest)
            }
            ["basic", "profile"] => guarded::basic(self, call),
            ["key", place @ ("header" | "query" | "form"), ..] => guarded::key(self, call, place),
            ["echo", ..] => guarded::echo(call),
            _ => Reply::not_found(),
        }
    }
}
