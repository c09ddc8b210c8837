//! What can end the wait for a person: the browser comes back, something is typed, the time is up, Ctrl-C. On a terminal
//! a line shows how long it has been.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use tokio::time::{Instant, Interval, interval, sleep_until};

use super::interrupt::Interrupt;
use super::listener::{Arrival, Listener};
use super::typed::Typed;
use crate::secret::Secret;

/// What happened.
pub(super) enum Event {
    /// The callback address was called.
    Arrived(Arrival),
    /// A line was typed or pasted.
    Typed(Secret),
    TimedOut,
    Interrupted,
}

/// How work ended that waits for a person elsewhere.
pub(super) enum Ended<T> {
    Done(T),
    TimedOut,
    Interrupted,
}

/// A wait that is under way.
pub(super) struct Waiting {
    /// Absent where no browser comes back.
    listener: Option<Listener>,
    typed: Typed,
    interrupt: Interrupt,
    began: Instant,
    timeout: Duration,
    /// Each second, where a terminal shows it.
    ticks: Option<Interval>,
}

impl Waiting {
    pub(super) fn new(listener: Option<Listener>, typed: Typed, timeout: Duration) -> Self {
        let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let is_shown = std::io::stderr().is_terminal() && !is_dumb;
        Self {
            listener,
            typed,
            interrupt: Interrupt::new(),
            began: Instant::now(),
            timeout,
            ticks: is_shown.then(|| interval(Duration::from_secs(1))),
        }
    }

    /// Waits for the next thing that happens.
    pub(super) async fn next(&mut self) -> Event {
        loop {
            let event = tokio::select! {
                biased;
                () = self.interrupt.pressed() => Event::Interrupted,
                arrival = arrival(&mut self.listener) => Event::Arrived(arrival),
                line = self.typed.next() => Event::Typed(line),
                () = sleep_until(self.began + self.timeout) => Event::TimedOut,
                () = tick(&mut self.ticks) => {
                    self.show();
                    continue;
                }
            };
            self.clear();
            return event;
        }
    }

    /// Waits for work that waits for a person elsewhere.
    pub(super) async fn until<T>(&mut self, work: impl Future<Output = T>) -> Ended<T> {
        let mut work = std::pin::pin!(work);
        loop {
            let ended = tokio::select! {
                biased;
                () = self.interrupt.pressed() => Ended::Interrupted,
                done = &mut work => Ended::Done(done),
                () = sleep_until(self.began + self.timeout) => Ended::TimedOut,
                () = tick(&mut self.ticks) => {
                    self.show();
                    continue;
                }
            };
            self.clear();
            return ended;
        }
    }

    /// Waits for work of ours to end, unless Ctrl-C comes first.
    pub(super) async fn unless_interrupted<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.interrupt.pressed() => None,
            done = work => Some(done),
        }
    }

    /// Lets the browser read its last page.
    pub(super) async fn end(self) {
        self.clear();
        if let Some(listener) = self.listener {
            listener.stop().await;
        }
    }

    fn show(&self) {
        let (passed, all) = (self.began.elapsed().as_secs(), self.timeout.as_secs());
        let text = format!("waiting, {}:{:02} of {}:{:02}", passed / 60, passed % 60, all / 60, all % 60);
        let _ = write!(std::io::stderr(), "\r\x1b[2K{text} ");
    }

    fn clear(&self) {
        if self.ticks.is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[2K");
        }
    }
}

/// The next call of the callback address. Waits for ever when there is none.
async fn arrival(listener: &mut Option<Listener>) -> Arrival {
    match listener {
        Some(listener) => listener.next().await,
        None => std::future::pending().await,
    }
}

async fn tick(ticks: &mut Option<Interval>) {
    match ticks {
        Some(ticks) => {
            ticks.tick().await;
        }
        None => std::future::pending().await,
    }
}
