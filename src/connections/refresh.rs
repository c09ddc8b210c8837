//! When a token is renewed, and that it is never lost. One renewal at a time for each authorisation, in this process
//! and across processes; what is stored is read again inside the lock, for another may just have renewed it; the new
//! token is stored before it is used; the old refresh token stays beside a new one until the new one has worked. Once
//! begun, a renewal runs to its end even if the script that wanted it is stopped: the answer may hold the only valid
//! refresh token.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use super::Error;
use super::auth::{Auth, Grant, OAuth2};
use super::session::{Connections, Target};
use super::token::{Answer, Exchange, Refusal};
use super::vault::{Change, LockGuard, Record, RecordId, State, Vault};
use crate::secret::Secret;

/// A token is renewed this long before its end, in seconds …
const MARGIN: u64 = 60;
/// … but not before this part of its life is over.
const MARGIN_PART: u64 = 10;
/// The life of a token when neither the server nor the service says it: Zoho's default, in seconds.
const USUAL_LIFE: u64 = 3600;
/// How long another process may take for its renewal.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at a lock.
const PAUSE: Duration = Duration::from_millis(20);

const ACCESS: &str = "access_token";
const REFRESH: &str = "refresh_token";
const PREVIOUS: &str = "previous_refresh_token";

/// The renewals that are under way in this process.
#[derive(Debug, Default)]
pub(super) struct InFlight(Mutex<HashMap<RecordId, Weak<tokio::sync::Mutex<()>>>>);

impl InFlight {
    fn of(&self, id: &RecordId) -> Arc<tokio::sync::Mutex<()>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get(id).and_then(Weak::upgrade) {
            return known;
        }
        all.retain(|_, known| known.strong_count() > 0);
        let new = Arc::new(tokio::sync::Mutex::new(()));
        all.insert(id.clone(), Arc::downgrade(&new));
        new
    }
}

/// That nobody renews the token of a record, as long as it lives.
pub(super) struct Alone {
    // Released in this order: who waits here must find the lock of the processes free.
    _everywhere: LockGuard,
    _here: tokio::sync::OwnedMutexGuard<()>,
}

/// Whether the token should be renewed before it is used.
pub(super) fn is_due(record: &Record, now: u64) -> bool {
    let margin = record.lifetime.map_or(MARGIN, |life| MARGIN.min(life / MARGIN_PART));
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
        Auth::Basic | Auth::ApiKey(_) | Auth::OAuth1(_) | Auth::AwsV4(_) => false,
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
        let here = self.in_flight.of(id).lock_owned().await;
        let everywhere = lock_everywhere(id, vault).await?;
        Ok(Alone { _everywhere: everywhere, _here: here })
    }

    async fn renew_alone(&self, target: &Target, refused: Option<Secret>) -> Result<Record, Error> {
        let _alone = self.alone(&target.id, &target.vault).await?;
        let record = target.record()?;
        let is_needed = match &refused {
            Some(refused) => record.fields.get(ACCESS) == Some(refused),
            None => is_due(&record, self.now()),
        };
        if !is_needed {
            return Ok(record);
        }
        let can_wait = refused.is_none() && !is_expired(&record, self.now());
        match self.exchange(target, &record).await {
            Err(error @ (Error::TokenAnswer { .. } | Error::TokenRefused { .. } | Error::NeedsReconnect { .. }))
                if can_wait =>
            {
                self.note(&format!("{error}; the old token is still valid and was used"));
                Ok(record)
            }
            other => other,
        }
    }

    async fn exchange(&self, target: &Target, record: &Record) -> Result<Record, Error> {
        let Auth::OAuth2(oauth2) = &target.service.auth else {
            return Err(Error::Internal("a token was to be renewed that is none"));
        };
        if let State::NeedsReconnect { reason } = &record.state {
            return Err(target.needs_reconnect(reason.clone()));
        }
        if !is_renewable(&target.service.auth, record) {
            return Err(target.needs_reconnect("its access token has expired and there is no refresh token".to_owned()));
        }
        let url =
            oauth2.refresh_url.as_ref().filter(|_| !record.field(REFRESH).is_empty()).unwrap_or(&oauth2.token_url);
        let url = target.values.fill(target.service.link_name.as_str(), url)?;
        target.check_scheme(&url, &self.client)?;
        self.register(target, record);
        let exchange = Exchange {
            link_name: &target.link_name,
            oauth2,
            url,
            client_id: record.field("client_id"),
            client_secret: record.field("client_secret"),
            redactor: &self.redactor,
        };
        self.note(&format!("renewing the token of {}", target.link_name));
        if record.field(REFRESH).is_empty() {
            return match exchange.client_credentials(&self.client, &target.scopes).await {
                Ok(answer) => self.store(target, record, oauth2, answer, None),
                Err(Refusal::Other(error)) => Err(error),
                Err(Refusal::Grant(reason)) => {
                    let host = exchange.url.host_str().unwrap_or_default().to_owned();
                    Err(Error::TokenRefused { link_name: target.link_name.clone(), host, reason })
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
                Err(Refusal::Other(error)) => return Err(error),
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
        let now = self.now();
        let renewed = renewed(before, oauth2, answer, used, now);
        target.vault.update(&target.id, &mut |stored| match stored {
            Some(stored) if stored == *before => Change::Put(Box::new(renewed.clone())),
            _ => Change::Keep,
        })?;
        target.record()
    }

    /// Notes in the vault that the connection must be made anew; the credentials stay.
    fn mark(&self, target: &Target, before: &Record, reason: String) -> Result<Error, Error> {
        let now = self.now();
        target.vault.update(&target.id, &mut |stored| match stored {
            Some(stored) if stored == *before => {
                let state = State::NeedsReconnect { reason: reason.clone() };
                Change::Put(Box::new(Record { state, updated_at: now, ..stored }))
            }
            _ => Change::Keep,
        })?;
        Ok(target.needs_reconnect(reason))
    }
}

/// The record with the new token in it.
fn renewed(before: &Record, oauth2: &OAuth2, answer: Answer, used: Option<&Secret>, now: u64) -> Record {
    let mut record = before.clone();
    let life = answer.expires_in.or(oauth2.expiry).unwrap_or(USUAL_LIFE);
    let life = oauth2.expiry.map_or(life, |expiry| life.min(expiry));
    record.fields.insert(ACCESS.to_owned(), answer.access_token);
    record.expires_at = Some(now.saturating_add(life));
    record.lifetime = Some(life);
    match (answer.refresh_token, used) {
        (Some(new), Some(used)) if new != *used => {
            record.fields.insert(PREVIOUS.to_owned(), used.clone());
            record.fields.insert(REFRESH.to_owned(), new);
        }
        // The token that was used has proven itself and stays.
        (_, Some(used)) => {
            record.fields.insert(REFRESH.to_owned(), used.clone());
            record.fields.remove(PREVIOUS);
        }
        (_, None) => {}
    }
    if !answer.scopes.is_empty() {
        record.scopes = answer.scopes;
    }
    record.api_domain = answer.api_domain.or(record.api_domain);
    record.state = State::Connected;
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
