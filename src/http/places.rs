//! How many requests may be under way to one origin at once. The others wait in order of arrival, so that thousands of
//! scripts neither flood a service nor open thousands of connections to it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::{Origin, Url};

/// When this many origins are remembered, those that nobody uses are forgotten.
const PRUNED_AT: usize = 64;

/// The places of every origin that requests are under way to.
#[derive(Debug)]
pub(super) struct Places {
    /// For each origin.
    most: usize,
    origins: Mutex<Origins>,
}

#[derive(Debug)]
struct Origins {
    places: HashMap<Origin, Arc<Semaphore>>,
    prune_at: usize,
}

/// The right to have one request under way, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    /// Keeps the origin from being forgotten, and is none where nothing is limited.
    _permit: Option<OwnedSemaphorePermit>,
}

impl Places {
    /// So many for each origin; 0 sets no limit.
    pub(super) fn new(most: usize) -> Self {
        let origins = Origins { places: HashMap::new(), prune_at: PRUNED_AT };
        Self { most: most.min(Semaphore::MAX_PERMITS), origins: Mutex::new(origins) }
    }

    /// Waits for a place at the origin of this URL.
    pub(super) async fn take(&self, url: &Url) -> Place {
        if self.most == 0 {
            return Place { _permit: None };
        }
        // Nobody closes the semaphore; if somebody did, the request would go without a place.
        Place { _permit: self.of(url.origin()).acquire_owned().await.ok() }
    }

    fn of(&self, origin: Origin) -> Arc<Semaphore> {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        let Origins { places, prune_at } = &mut *origins;
        if places.len() >= *prune_at && !places.contains_key(&origin) {
            // Who waits and who has a place holds a share.
            places.retain(|_, semaphore| Arc::strong_count(semaphore) > 1);
            // If many are in use, looking at all of them for each new one would take long.
            *prune_at = PRUNED_AT.max(places.len() * 2);
        }
        Arc::clone(places.entry(origin).or_insert_with(|| Arc::new(Semaphore::new(self.most))))
    }

    #[cfg(test)]
    pub(super) fn remembered(&self) -> usize {
        self.origins.lock().unwrap_or_else(PoisonError::into_inner).places.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(port: u16) -> Url {
        Url::parse(&format!("http://127.0.0.1:{port}/path")).unwrap_or_else(|_| unreachable!())
    }

    #[tokio::test]
    async fn the_next_waits_until_a_place_is_given_back_and_other_origins_do_not() {
        let origin = url(1);
        let places = Places::new(2);
        let first = places.take(&origin).await;
        let _second = places.take(&origin).await;
        let mut third = Box::pin(places.take(&origin));
        assert!(now(third.as_mut()).await.is_none());
        let _elsewhere = places.take(&url(2)).await;
        drop(first);
        assert!(now(third.as_mut()).await.is_some());
    }

    #[tokio::test]
    async fn who_came_first_is_first_and_who_gives_up_holds_nobody_up() {
        let origin = url(1);
        let places = Places::new(1);
        let held = places.take(&origin).await;
        let mut second = Box::pin(places.take(&origin));
        let mut third = Box::pin(places.take(&origin));
        assert!(now(second.as_mut()).await.is_none());
        assert!(now(third.as_mut()).await.is_none());
        drop(held);
        assert!(now(third.as_mut()).await.is_none());
        drop(second);
        assert!(now(third.as_mut()).await.is_some());
    }

    #[tokio::test]
    async fn origins_that_nobody_uses_are_forgotten() {
        let origin = url(1);
        let places = Places::new(1);
        let _used = places.take(&origin).await;
        for port in 2..1_000 {
            drop(places.take(&url(port)).await);
        }
        assert!(places.remembered() <= PRUNED_AT);
        // The one in use was kept: it is still full.
        assert!(now(Box::pin(places.take(&origin)).as_mut()).await.is_none());
    }

    #[tokio::test]
    async fn no_limit_is_no_limit() {
        let origin = url(1);
        let places = Places::new(0);
        let mut held = Vec::new();
        for _ in 0..1_000 {
            held.push(places.take(&origin).await);
        }
        assert_eq!((held.len(), places.remembered()), (1_000, 0));
    }

    /// What the future has now, without waiting.
    async fn now<F: Future>(mut future: std::pin::Pin<&mut F>) -> Option<F::Output> {
        std::future::poll_fn(|context| match future.as_mut().poll(context) {
            std::task::Poll::Ready(output) => std::task::Poll::Ready(Some(output)),
            std::task::Poll::Pending => std::task::Poll::Ready(None),
        })
        .await
    }
}
