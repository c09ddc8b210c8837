//! How often a token endpoint is asked. What happened stands in the record and not in memory, so that many short runs
//! spare a server that is down just as one long run does. While the old token works there is no hurry; when it has ended,
//! a person waits, so the first try after a failure is made at once and only the later ones slow down.

use super::Error;
use super::auth::OAuth2;
use super::vault::{Record, Renewal};

/// The pause after a failure while the old token works, in seconds; it doubles with each further failure …
const CALM: u64 = 30;
/// … up to this.
const LONGEST_CALM: u64 = 900;
/// The longest pause, in seconds, when the old token has ended. The first is none, the second one second.
const LONGEST_HURRY: u64 = 60;
/// The longest `Retry-After` that is believed, in seconds: a mistake in it must not lock a person out for a day.
pub(super) const LONGEST_WISH: u64 = 3600;

/// How many seconds the token endpoint is still to be left alone after failures.
pub(super) fn pause_left(renewal: &Renewal, is_usable: bool, now: u64) -> Option<u64> {
    let earlier = renewal.failures.checked_sub(1)?;
    let pause = match (is_usable, earlier) {
        (true, _) => doubled(CALM, earlier, LONGEST_CALM),
        (false, 0) => 0,
        (false, _) => doubled(1, earlier - 1, LONGEST_HURRY),
    };
    let until = renewal.failed_at.saturating_add(pause).max(renewal.retry_at);
    // A clock that was set back would otherwise make the pause as long as the jump.
    let is_believable = renewal.failed_at <= now && until <= now.saturating_add(LONGEST_WISH);
    (is_believable && until > now).then(|| until - now)
}

/// How many seconds the service's `cool_down` still lasts.
pub(super) fn cool_down_left(oauth2: &OAuth2, renewal: &Renewal, now: u64) -> Option<u64> {
    let last = renewal.succeeded_at.filter(|last| *last <= now)?;
    let until = last.saturating_add(oauth2.cool_down?);
    (until > now).then(|| until - now)
}

/// What a failure leaves behind for the next try.
pub(super) fn failed(before: &Renewal, error: &Error, retry_after: Option<u64>, now: u64) -> Renewal {
    let problem = match error {
        Error::TokenAnswer { problem, .. } => problem.clone(),
        Error::TokenRefused { reason, .. } => format!("refused: {reason}"),
        other => other.to_string(),
    };
    Renewal {
        failures: before.failures.saturating_add(1),
        failed_at: now,
        retry_at: retry_after.map_or(0, |seconds| now.saturating_add(seconds.min(LONGEST_WISH))),
        problem,
        succeeded_at: before.succeeded_at,
        // Of an answer that got lost it is not known what the server did.
        begun_at: before.begun_at.filter(|_| matches!(error, Error::TokenAnswer { temporary: true, .. })),
    }
}

/// What a success leaves behind.
pub(super) fn succeeded(now: u64) -> Renewal {
    Renewal { succeeded_at: Some(now), ..Renewal::default() }
}

/// The error for an endpoint that is left alone.
pub(super) fn resting(link_name: &str, host: String, record: &Record, left: u64) -> Error {
    let problem =
        format!("is asked again in {left} seconds at the earliest; the last time it {}", record.renewal.problem);
    Error::TokenAnswer { link_name: link_name.to_owned(), host, problem, temporary: true }
}

fn doubled(first: u64, times: u32, most: u64) -> u64 {
    first.checked_shl(times.min(20)).map_or(most, |pause| pause.min(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(failures: u32) -> Renewal {
        Renewal { failures, failed_at: 1000, ..Renewal::default() }
    }

    #[test]
    fn pauses_double_and_have_an_end() {
        let calm = |failures| pause_left(&after(failures), true, 1000);
        assert_eq!([calm(0), calm(1), calm(2), calm(3)], [None, Some(30), Some(60), Some(120)]);
        assert_eq!([calm(6), calm(u32::MAX)], [Some(900), Some(900)]);
        let hurry = |failures| pause_left(&after(failures), false, 1000);
        assert_eq!([hurry(1), hurry(2), hurry(3), hurry(u32::MAX)], [None, Some(1), Some(2), Some(60)]);
        assert_eq!(pause_left(&after(1), true, 1029), Some(1));
        assert_eq!(pause_left(&after(1), true, 1030), None);
    }

    #[test]
    fn a_wish_of_the_server_counts_up_to_an_hour() {
        let error = Error::Internal("down");
        let renewal = |seconds| failed(&Renewal::default(), &error, Some(seconds), 1000);
        assert_eq!(pause_left(&renewal(120), false, 1000), Some(120));
        assert_eq!(pause_left(&renewal(5), true, 1000), Some(30));
        assert_eq!(pause_left(&renewal(u64::MAX), false, 1000), Some(3600));
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_make_a_pause_longer() {
        assert_eq!(pause_left(&after(9), true, 10), None);
    }
}
