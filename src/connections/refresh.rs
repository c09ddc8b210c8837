//! When a token is renewed, and that it is never lost. One renewal at a time for each authorisation, in this process
//! and across processes; what is stored is read again inside the lock, for another may just have renewed it; the new
//! token is stored before it is used; the old refresh token stays beside a new one until the new one has worked. That
//! one is begun is noted before anything is sent, and another process makes it where there is a [`super::Renewer`]. Once
//! begun, a renewal runs to its end even if the script that wanted it is stopped: the answer may hold the only valid
//! refresh token.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::auth::{Auth, Grant, OAuth2};
use super::blocking::{aside, certainly};
use super::session::Connections;
use super::target::Target;
use super::token::{Answer, Exchange, Refusal};
use super::turn::{Flight, lock_everywhere};
use super::vault::{Change, Record, Renewal, State};
use super::{Error, Origin, pace};
use crate::secret::Secret;

/// A token is renewed this long before its end, in seconds …
const MARGIN: u64 = 60;
/// … but only in the last tenth of its life …
const MARGIN_PART: u64 = 10;
/// … or, when the service sets its own margin, in the second half.
const OWN_MARGIN_PART: u64 = 2;
/// The life of a token when neither the server nor the service says it: Zoho's default, in seconds.
const USUAL_LIFE: u64 = 3600;

const ACCESS: &str = "access_token";
const REFRESH: &str = "refresh_token";
const PREVIOUS: &str = "previous_refresh_token";

/// What a refusal is told with when the renewal before it has no known end.
const INTERRUPTED: &str = "; how the renewal before ended is not known, so the server may have replaced the token then";

/// Who wants a token, and since when.
struct Wish {
    /// A token that the API did not accept.
    refused: Option<Secret>,
    /// What the renewal came to that ended while this one waited for its turn, if one did.
    waited_for: Option<Option<Error>>,
}

impl Wish {
    /// Whether the stored token will do when there is no new one.
    fn is_usable(&self, record: &Record, now: u64) -> bool {
        self.refused.is_none() && !is_expired(record, now)
    }

    /// The outcome, if no renewal is needed or none may be tried.
    fn settled(&self, target: &Target, oauth2: &OAuth2, record: &Record, now: u64) -> Option<Result<Record, Error>> {
        let is_needed = match (&self.waited_for, &self.refused) {
            // A token that ends as soon as it is given, or is the same again, is still the answer for who waited for it.
            (Some(None), _) => record.field(ACCESS).is_empty(),
            (_, Some(refused)) => record.fields.get(ACCESS) == Some(refused),
            (_, None) => is_due(oauth2, record, now),
        };
        if !is_needed {
            return Some(Ok(record.clone()));
        }
        let is_usable = self.is_usable(record, now);
        if let Some(error) = may_not_yet(target, oauth2, record, is_usable, now) {
            return Some(if is_usable { Ok(record.clone()) } else { Err(error) });
        }
        self.waited_for.clone().flatten().filter(|_| !is_usable).map(Err)
    }
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
        Auth::OAuth2(oauth2) => {
            // A token that was brought here without the client's own credentials cannot be asked for again.
            let is_client = oauth2.grant == Grant::ClientCredentials && !record.field("client_id").is_empty();
            is_client || !record.field(REFRESH).is_empty()
        }
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

    async fn renew_alone(&self, target: &Arc<Target>, refused: Option<Secret>) -> Result<Record, Error> {
        let Auth::OAuth2(oauth2) = &target.service.auth else {
            return Err(Error::Internal("a token was to be renewed that is none"));
        };
        let flight = self.in_flight.of(&target.id);
        let ended_before = flight.ended.load(Ordering::SeqCst);
        let mut last_error = Arc::clone(&flight.turn).lock_owned().await;
        let has_waited = flight.ended.load(Ordering::SeqCst) != ended_before;
        let wish = Wish { refused, waited_for: has_waited.then(|| last_error.clone()) };
        if let Some(outcome) = self.renew_elsewhere(target, oauth2, &wish, &flight, &mut last_error).await? {
            return outcome;
        }
        // Released before the turn: who waits for that must find the lock of the processes free.
        let _everywhere = lock_everywhere(&target.id, &target.vault).await?;
        let record = read(target).await?;
        let is_usable = wish.is_usable(&record, self.now());
        if let Some(settled) = wish.settled(target, oauth2, &record, self.now()) {
            return settled;
        }
        let outcome = self.exchange(target, oauth2, &record).await;
        *last_error = outcome.as_ref().err().cloned();
        flight.ended.fetch_add(1, Ordering::SeqCst);
        match outcome {
            Err(error) if is_usable && is_of_the_renewal(&error) => {
                self.note(&format!("{error}; the old token is still valid and was used"));
                Ok(record)
            }
            other => other,
        }
    }

    /// Leaves the renewal of a refresh token to another process, which looks at everything again under the lock of the
    /// processes. `None` when there is none for this, or it has sent nothing.
    async fn renew_elsewhere(
        &self,
        target: &Arc<Target>,
        oauth2: &OAuth2,
        wish: &Wish,
        flight: &Flight,
        last_error: &mut Option<Error>,
    ) -> Result<Option<Result<Record, Error>>, Error> {
        let origin = self.registry_of(&target.link_name).origin_of(&target.link_name);
        let renewer = self.renewer.as_ref().filter(|_| matches!(origin, Some(Origin::Project | Origin::User)));
        let Some(renewer) = renewer else { return Ok(None) };
        let record = read(target).await?;
        if record.field(REFRESH).is_empty() {
            return Ok(None);
        }
        if let Some(settled) = wish.settled(target, oauth2, &record, self.now()) {
            return Ok(Some(settled));
        }
        // What a renewal here would have made known to the redactor: a server may repeat the old token too.
        self.register(target, &record);
        let Some(outcome) = renewer.renew(self, target, &record, wish.refused.as_ref()).await else { return Ok(None) };
        *last_error = outcome.as_ref().err().cloned();
        flight.ended.fetch_add(1, Ordering::SeqCst);
        outcome?;
        let record = read(target).await?;
        self.register(target, &record);
        Ok(Some(Ok(record)))
    }

    async fn exchange(&self, target: &Arc<Target>, oauth2: &OAuth2, record: &Record) -> Result<Record, Error> {
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
                Ok(answer) => self.store(target, record, oauth2, answer, None).await,
                Err(Refusal::Other(error, retry_after)) => self.remember(target, record, error, retry_after).await,
                Err(Refusal::Grant(reason)) => {
                    let host = exchange.url.host_str().unwrap_or_default().to_owned();
                    let (link_name, code) = (target.link_name.clone(), "invalid_grant".to_owned());
                    let error = Error::TokenRefused { link_name, host, code, reason };
                    self.remember(target, record, error, None).await
                }
            };
        }
        self.begin(target, record).await?;
        self.refresh(target, record, oauth2, &exchange).await
    }

    /// Notes that the refresh token is about to be used. A vault that cannot be written now could not keep the answer
    /// either, so nothing is sent then; and if no end is noted, a later refusal can be explained.
    async fn begin(&self, target: &Arc<Target>, record: &Record) -> Result<(), Error> {
        let now = self.now();
        let begun = move |stored: Record| {
            let renewal = Renewal { begun_at: Some(now), ..stored.renewal };
            Record { renewal, ..stored }
        };
        self.change(target, record, begun).await
    }

    /// Tries the refresh token, then, when it is refused, one that was stored meanwhile, then the previous one: a
    /// server that rotates tokens may not have seen that we stored its last one.
    async fn refresh(
        &self,
        target: &Arc<Target>,
        record: &Record,
        oauth2: &OAuth2,
        exchange: &Exchange<'_>,
    ) -> Result<Record, Error> {
        let was_interrupted = record.renewal.begun_at.is_some();
        let mut record = record.clone();
        let mut tried: Vec<Secret> = Vec::new();
        loop {
            let mut candidates = [REFRESH, PREVIOUS].into_iter().filter_map(|key| record.fields.get(key));
            let next = candidates.find(|token| !token.is_empty() && !tried.contains(token)).cloned();
            let Some(token) = next else {
                return Err(Error::Internal("no refresh token was left to try"));
            };
            match exchange.refresh(&self.client, token.open()).await {
                Ok(answer) => return self.store(target, &record, oauth2, answer, Some(token)).await,
                Err(Refusal::Other(error, retry_after)) => {
                    return self.remember(target, &record, error, retry_after).await;
                }
                Err(Refusal::Grant(reason)) => {
                    tried.push(token);
                    record = read(target).await?;
                    let untried =
                        |key| record.fields.get(key).is_some_and(|token| !token.is_empty() && !tried.contains(token));
                    if tried.len() > 2 || (!untried(REFRESH) && !untried(PREVIOUS)) {
                        let mut reason = format!("the server refused its refresh token: {reason}");
                        if was_interrupted {
                            reason.push_str(INTERRUPTED);
                        }
                        return Err(self.mark(target, &record, reason).await?);
                    }
                }
            }
        }
    }

    /// Stores a new token, unless the connection was made anew in the meantime; then that one is used.
    async fn store(
        &self,
        target: &Arc<Target>,
        before: &Record,
        oauth2: &OAuth2,
        answer: Answer,
        used: Option<Secret>,
    ) -> Result<Record, Error> {
        let missing: Vec<&str> =
            target.scopes.iter().map(String::as_str).filter(|scope| !answer.grants(scope)).collect();
        if !missing.is_empty() {
            let name = &target.link_name;
            self.note(&format!("the new token of {name} was given without the scopes {}", missing.join(", ")));
        }
        let (now, oauth2) = (self.now(), oauth2.clone());
        self.change(target, before, move |stored| renewed(stored, &oauth2, &answer, used.as_ref(), now)).await?;
        read(target).await
    }

    /// Notes in the vault that the token endpoint failed; the credentials stay.
    async fn remember(
        &self,
        target: &Arc<Target>,
        before: &Record,
        error: Error,
        retry_after: Option<u64>,
    ) -> Result<Record, Error> {
        let (now, failure) = (self.now(), error.clone());
        let noted = self.change(target, before, move |stored| {
            let renewal = pace::failed(&stored.renewal, &failure, retry_after, now);
            Record { renewal, ..stored }
        });
        if let Err(problem) = noted.await {
            self.note(&format!("the failure could not be noted: {problem}"));
        }
        Err(error)
    }

    /// Notes in the vault that the connection must be made anew; the credentials stay.
    async fn mark(&self, target: &Arc<Target>, before: &Record, reason: String) -> Result<Error, Error> {
        let (now, why) = (self.now(), reason.clone());
        self.change(target, before, move |stored| {
            let state = State::NeedsReconnect { reason: why.clone() };
            let renewal = Renewal { begun_at: None, ..stored.renewal };
            Record { state, renewal, updated_at: now, ..stored }
        })
        .await?;
        Ok(target.needs_reconnect(reason))
    }

    /// Changes the record if it is still the same authorisation. Others may have noted something beside it, such as when
    /// it was last used: that is kept, and is no reason to lose a token.
    async fn change(
        &self,
        target: &Arc<Target>,
        before: &Record,
        change: impl Fn(Record) -> Record + Send + 'static,
    ) -> Result<(), Error> {
        let (target, before) = (Arc::clone(target), before.clone());
        let update = move || {
            target.vault.update(&target.id, &mut |stored| match stored {
                Some(stored) if stored.fields == before.fields && stored.definition == before.definition => {
                    Change::Put(Box::new(change(stored)))
                }
                _ => Change::Keep,
            })
        };
        // It may hold the only valid refresh token.
        certainly(update).await
    }
}

/// Whether the old token may still be used after this failure: it says nothing about that token itself.
fn is_of_the_renewal(error: &Error) -> bool {
    matches!(
        error,
        Error::TokenAnswer { .. }
            | Error::TokenRefused { .. }
            | Error::NeedsReconnect { .. }
            | Error::File { .. }
            | Error::Store { .. }
    )
}

/// Why a renewal must wait, if it must: failures before, or the service's cool-down.
fn may_not_yet(target: &Target, oauth2: &OAuth2, record: &Record, is_usable: bool, now: u64) -> Option<Error> {
    let link_name = &target.link_name;
    if record.state != State::Connected {
        return None;
    }
    if let Some(left) = pace::pause_left(&record.renewal, is_usable, now) {
        return Some(pace::resting(link_name, host(target, oauth2, record), record, left));
    }
    pace::cool_down_left(oauth2, &record.renewal, now)
        .map(|seconds| Error::RenewalTooSoon { link_name: link_name.clone(), seconds })
}

/// The seconds that a token lives, from what the server and the service say.
pub(super) fn life(oauth2: &OAuth2, expires_in: Option<u64>) -> u64 {
    let life = expires_in.or(oauth2.expiry).unwrap_or(USUAL_LIFE);
    oauth2.expiry.map_or(life, |expiry| life.min(expiry))
}

/// Where this authorisation's token is renewed, placeholders not yet filled in.
fn endpoint<'a>(oauth2: &'a OAuth2, record: &Record) -> &'a url::Url {
    oauth2.refresh_url.as_ref().filter(|_| !record.field(REFRESH).is_empty()).unwrap_or(&oauth2.token_url)
}

/// Its host, for messages.
pub(super) fn host(target: &Target, oauth2: &OAuth2, record: &Record) -> String {
    let url = target.values.fill(target.service.link_name.as_str(), endpoint(oauth2, record));
    url.ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// The stored authorisation, as [`Target::record`] gives it.
async fn read(target: &Arc<Target>) -> Result<Record, Error> {
    let target = Arc::clone(target);
    aside(move || target.record()).await
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
    record.renewal = pace::succeeded(oauth2, &record.renewal, now);
    // Nothing that a person decided in the meantime is undone.
    if matches!(record.state, State::NeedsReconnect { .. }) {
        record.state = State::Connected;
    }
    record.updated_at = now;
    record
}
