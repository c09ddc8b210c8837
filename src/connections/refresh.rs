//! When a token is renewed, and that it is never lost. One renewal at a time for each authorisation, in this process
//! and across processes; what is stored is read again inside the lock, for another may just have renewed it; the new
//! token is stored before it is used; the old refresh token stays beside a new one until the new one has worked. Once
//! begun, a renewal runs to its end even if the script that wanted it is stopped: the answer may hold the only valid
//! refresh token.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use super::auth::{Auth, Grant, OAuth2};
use super::session::{Connections, Target};
use super::token::{Answer, Exchange, Refusal};
use super::vault::{Change, LockGuard, Record, RecordId, State, Vault};
use super::{Error, pace};
use crate::secret::Secret;

/// A token is renewed this long before its end, in seconds …
const MARGIN: u64 = 60;
/// … but only in the last tenth of its life …
const MARGIN_PART: u64 = 10;
/// … or, when the service sets its own margin, in the second half.
const OWN_MARGIN_PART: u64 = 2;
/// The life of a token when neither the server nor the service says it: Zoho's default, in seconds.
const USUAL_LIFE: u64 = 3600;
/// How long another process may take for its renewal: more than an exchange that is given up.
const PATIENCE: Duration = Duration::from_secs(100);
/// Between two looks at a lock.
const PAUSE: Duration = Duration::from_millis(20);

const ACCESS: &str = "access_token";
const REFRESH: &str = "refresh_token";
const PREVIOUS: &str = "previous_refresh_token";

/// The renewals that are under way in this process.
#[derive(Debug, Default)]
pub(super) struct InFlight(Mutex<HashMap<RecordId, Weak<Flight>>>);

/// The renewals of one authorisation, one after the other.
#[derive(Debug, Default)]
struct Flight {
    /// Holds what the last one came to, if it failed.
    turn: Arc<tokio::sync::Mutex<Option<Error>>>,
    /// How many have ended. Who waited while one ended shares its outcome.
    ended: AtomicU64,
}

impl InFlight {
    fn of(&self, id: &RecordId) -> Arc<Flight> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get(id).and_then(Weak::upgrade) {
            return known;
        }
        all.retain(|_, known| known.strong_count() > 0);
        let new = Arc::new(Flight::default());
        all.insert(id.clone(), Arc::downgrade(&new));
        new
    }
}

/// That nobody renews the token of a record, as long as it lives.
pub(super) struct Alone {
    // Released in this order: who waits here must find the lock of the processes free.
    _everywhere: LockGuard,
    last_error: tokio::sync::OwnedMutexGuard<Option<Error>>,
    /// Others find the turn by it.
    flight: Arc<Flight>,
}

/// Whether the token should be renewed before it is used.
pub(super) fn is_due(oauth2: &OAuth2, record: &Record, now: u64) -> bool {
    let part = |part| record.lifetime.map_or(u64::MAX, |life| life / part);
    let margin = match oauth2.renew_before {
        None => MARGIN.min(part(MARGIN_PART)),
        Some(margin) => margin.min(part(OWN_MARGIN_PART)),
    };
    record.field(ACCESS).is_empty() || record.expires_at.is_some_and(|end| now.saturating_add(margin) >= end)
}

/// Whether the token is of no use any more.
fn is_expired(record: &Record, now: u64) -> bool {
    record.field(ACCESS).is_empty() || record.expires_at.is_some_and(|end| now >= end)
}

/// Whether a new token can be had.
pub(super) fn is_renewable(auth: &Auth, record: &Record) -> bool {
    match auth {
        Auth::OAuth2(oauth2) => oauth2.grant == Grant::ClientCredentials || !record.field(REFRESH).is_empty(),
        Auth::Basic(_) | Auth::ApiKey(_) | Auth::OAuth1(_) | Auth::AwsV4(_) => false,
    }
}

/// Whether the token is of no use any more and no other can be had.
pub(super) fn is_lost(auth: &Auth, record: &Record, now: u64) -> bool {
    matches!(auth, Auth::OAuth2(_)) && is_expired(record, now) && !is_renewable(auth, record)
}

impl Connections {
    /// A record with a token to use. `refused` is a token that the API did not accept: unless another one is stored by
    /// now, a new one is asked for whatever the clock says.
    pub(super) async fn renew(&self, target: &Arc<Target>, refused: Option<Secret>) -> Result<Record, Error> {
        let (this, target) = (self.clone(), Arc::clone(target));
        let renewal = tokio::spawn(async move { this.renew_alone(&target, refused).await });
        renewal.await.unwrap_or(Err(Error::Internal("the renewal of a token was interrupted")))
    }

    /// Waits until nobody renews this record's token, here or in another process, and keeps it so until the guard is
    /// dropped. Who changes a record otherwise takes it too: a renewal that finds another record drops its new token.
    pub(super) async fn alone(&self, id: &RecordId, vault: &Arc<dyn Vault>) -> Result<Alone, Error> {
        let flight = self.in_flight.of(id);
        let last_error = Arc::clone(&flight.turn).lock_owned().await;
        let everywhere = lock_everywhere(id, vault).await?;
        Ok(Alone { _everywhere: everywhere, last_error, flight })
    }

    async fn renew_alone(&self, target: &Target, refused: Option<Secret>) -> Result<Record, Error> {
        let Auth::OAuth2(oauth2) = &target.service.auth else {
            return Err(Error::Internal("a token was to be renewed that is none"));
        };
        let flight = self.in_flight.of(&target.id);
        let ended_before = flight.ended.load(Ordering::SeqCst);
        let mut alone = self.alone(&target.id, &target.vault).await?;
        let (record, now) = (target.record()?, self.now());
        let has_waited = flight.ended.load(Ordering::SeqCst) != ended_before;
        let is_usable = refused.is_none() && !is_expired(&record, now);
        let is_needed = match &refused {
            // A token that ends as soon as it is given, or is the same again, is still the answer for who waited for it.
            _ if has_waited && alone.last_error.is_none() => record.field(ACCESS).is_empty(),
            Some(refused) => record.fields.get(ACCESS) == Some(refused),
            None => is_due(oauth2, &record, now),
        };
        if !is_needed {
            return Ok(record);
        }
        if let Some(error) = may_not_yet(target, oauth2, &record, is_usable, now) {
            return if is_usable { Ok(record) } else { Err(error) };
        }
        if let Some(error) = alone.last_error.as_ref().filter(|_| has_waited && !is_usable) {
            return Err(error.clone());
        }
        let outcome = self.exchange(target, oauth2, &record).await;
        *alone.last_error = outcome.as_ref().err().cloned();
        alone.flight.ended.fetch_add(1, Ordering::SeqCst);
        match outcome {
            Err(error @ (Error::TokenAnswer { .. } | Error::TokenRefused { .. } | Error::NeedsReconnect { .. }))
                if is_usable =>
            {
                self.note(&format!("{error}; the old token is still valid and was used"));
                Ok(record)
            }
            other => other,
        }
    }

    async fn exchange(&self, target: &Target, oauth2: &OAuth2, record: &Record) -> Result<Record, Error> {
        if let State::NeedsReconnect { reason } = &record.state {
            return Err(target.needs_reconnect(reason.clone()));
        }
        if !is_renewable(&target.service.auth, record) {
            return Err(target.needs_reconnect("its access token has expired and there is no refresh token".to_owned()));
        }
        let url = target.values.fill(target.service.link_name.as_str(), endpoint(oauth2, record))?;
        target.check_scheme(&url, &self.client)?;
        self.register(target, record);
        let exchange = Exchange {
            link_name: &target.link_name,
            oauth2,
            url,
            client_id: record.field("client_id"),
            client_secret: record.field("client_secret"),
            redactor: &self.redactor,
            now: self.now(),
        };
        self.note(&format!("renewing the token of {}", target.link_name));
        if record.field(REFRESH).is_empty() {
            return match exchange.client_credentials(&self.client, &target.scopes).await {
                Ok(answer) => self.store(target, record, oauth2, answer, None),
                Err(Refusal::Other(error, retry_after)) => self.remember(target, record, error, retry_after),
                Err(Refusal::Grant(reason)) => {
                    let host = exchange.url.host_str().unwrap_or_default().to_owned();
                    let (link_name, code) = (target.link_name.clone(), "invalid_grant".to_owned());
                    let error = Error::TokenRefused { link_name, host, code, reason };
                    self.remember(target, record, error, None)
                }
            };
        }
        self.refresh(target, record, oauth2, &exchange).await
    }

    /// Tries the refresh token, then, when it is refused, one that was stored meanwhile, then the previous one: a
    /// server that rotates tokens may not have seen that we stored its last one.
    async fn refresh(
        &self,
        target: &Target,
        record: &Record,
        oauth2: &OAuth2,
        exchange: &Exchange<'_>,
    ) -> Result<Record, Error> {
        let mut record = record.clone();
        let mut tried: Vec<Secret> = Vec::new();
        loop {
            let mut candidates = [REFRESH, PREVIOUS].into_iter().filter_map(|key| record.fields.get(key));
            let next = candidates.find(|token| !token.is_empty() && !tried.contains(token)).cloned();
            let Some(token) = next else {
                return Err(Error::Internal("no refresh token was left to try"));
            };
            match exchange.refresh(&self.client, token.open()).await {
                Ok(answer) => return self.store(target, &record, oauth2, answer, Some(&token)),
                Err(Refusal::Other(error, retry_after)) => {
                    return self.remember(target, &record, error, retry_after);
                }
                Err(Refusal::Grant(reason)) => {
                    tried.push(token);
                    record = target.record()?;
                    let untried =
                        |key| record.fields.get(key).is_some_and(|token| !token.is_empty() && !tried.contains(token));
                    if tried.len() > 2 || (!untried(REFRESH) && !untried(PREVIOUS)) {
                        let reason = format!("the server refused its refresh token: {reason}");
                        return Err(self.mark(target, &record, reason)?);
                    }
                }
            }
        }
    }

    /// Stores a new token, unless the connection was made anew in the meantime; then that one is used.
    fn store(
        &self,
        target: &Target,
        before: &Record,
        oauth2: &OAuth2,
        answer: Answer,
        used: Option<&Secret>,
    ) -> Result<Record, Error> {
        let missing: Vec<&str> =
            target.scopes.iter().map(String::as_str).filter(|scope| !answer.grants(scope)).collect();
        if !missing.is_empty() {
            let name = &target.link_name;
            self.note(&format!("the new token of {name} was given without the scopes {}", missing.join(", ")));
        }
        let now = self.now();
        self.change(target, before, |stored| renewed(stored, oauth2, &answer, used, now))?;
        target.record()
    }

    /// Notes in the vault that the token endpoint failed; the credentials stay.
    fn remember(
        &self,
        target: &Target,
        before: &Record,
        error: Error,
        retry_after: Option<u64>,
    ) -> Result<Record, Error> {
        let now = self.now();
        let noted = self.change(target, before, |stored| {
            let renewal = pace::failed(&stored.renewal, &error, retry_after, now);
            Record { renewal, ..stored }
        });
        if let Err(problem) = noted {
            self.note(&format!("the failure could not be noted: {problem}"));
        }
        Err(error)
    }

    /// Notes in the vault that the connection must be made anew; the credentials stay.
    fn mark(&self, target: &Target, before: &Record, reason: String) -> Result<Error, Error> {
        let now = self.now();
        self.change(target, before, |stored| {
            let state = State::NeedsReconnect { reason: reason.clone() };
            Record { state, updated_at: now, ..stored }
        })?;
        Ok(target.needs_reconnect(reason))
    }

    /// Changes the record if it is still the same authorisation. Others may have noted something beside it, such as when
    /// it was last used: that is kept, and is no reason to lose a token.
    fn change(&self, target: &Target, before: &Record, change: impl Fn(Record) -> Record) -> Result<(), Error> {
        target.vault.update(&target.id, &mut |stored| match stored {
            Some(stored) if stored.fields == before.fields && stored.definition == before.definition => {
                Change::Put(Box::new(change(stored)))
            }
            _ => Change::Keep,
        })
    }
}

/// Why a renewal must wait, if it must: failures before, or the service's cool-down.
fn may_not_yet(target: &Target, oauth2: &OAuth2, record: &Record, is_usable: bool, now: u64) -> Option<Error> {
    let link_name = &target.link_name;
    if record.state != State::Connected {
        return None;
    }
    if let Some(left) = pace::pause_left(&record.renewal, is_usable, now) {
        let url = target.values.fill(target.service.link_name.as_str(), endpoint(oauth2, record));
        let host = url.ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        return Some(pace::resting(link_name, host, record, left));
    }
    pace::cool_down_left(oauth2, &record.renewal, now)
        .map(|seconds| Error::RenewalTooSoon { link_name: link_name.clone(), seconds })
}

/// Where this authorisation's token is renewed, placeholders not yet filled in.
fn endpoint<'a>(oauth2: &'a OAuth2, record: &Record) -> &'a url::Url {
    oauth2.refresh_url.as_ref().filter(|_| !record.field(REFRESH).is_empty()).unwrap_or(&oauth2.token_url)
}

/// The seconds that a token lives, from what the server and the service say.
pub(super) fn life(oauth2: &OAuth2, expires_in: Option<u64>) -> u64 {
    let life = expires_in.or(oauth2.expiry).unwrap_or(USUAL_LIFE);
    oauth2.expiry.map_or(life, |expiry| life.min(expiry))
}

/// The record with the new token in it.
fn renewed(mut record: Record, oauth2: &OAuth2, answer: &Answer, used: Option<&Secret>, now: u64) -> Record {
    let life = life(oauth2, answer.expires_in);
    record.fields.insert(ACCESS.to_owned(), answer.access_token.clone());
    record.expires_at = Some(now.saturating_add(life));
    record.lifetime = Some(life);
    match (&answer.refresh_token, used) {
        (Some(new), Some(used)) if new != used => {
            record.fields.insert(PREVIOUS.to_owned(), used.clone());
            record.fields.insert(REFRESH.to_owned(), new.clone());
        }
        // The token that was used has proven itself and stays.
        (_, Some(used)) => {
            record.fields.insert(REFRESH.to_owned(), used.clone());
            record.fields.remove(PREVIOUS);
        }
        (_, None) => {}
    }
    if !answer.scopes.is_empty() {
        record.scopes.clone_from(&answer.scopes);
    }
    record.api_domain = answer.api_domain.clone().or(record.api_domain);
    record.renewal = pace::succeeded(now);
    // Nothing that a person decided in the meantime is undone.
    if matches!(record.state, State::NeedsReconnect { .. }) {
        record.state = State::Connected;
    }
    record.updated_at = now;
    record
}

/// Waits for the lock that every process takes.
async fn lock_everywhere(id: &RecordId, vault: &Arc<dyn Vault>) -> Result<LockGuard, Error> {
    let waited = async {
        loop {
            if let Some(lock) = vault.try_lock(id)? {
                return Ok(lock);
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    match tokio::time::timeout(PATIENCE, waited).await {
        Ok(lock) => lock,
        Err(_) => Err(Error::Busy { path: vault.describe().into() }),
    }
}
