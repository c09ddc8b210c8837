//! Answers in place of the world: a list of rules, of which the first that covers an effect answers it, as a server would
//! or with a fault. What no rule covers goes on to the driver behind, or is an error. Where rules come from is not known
//! here.

mod fault;
mod pattern;
mod rule;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

pub use fault::Fault;
pub use pattern::Wildcard;
pub use rule::{BodyMatch, MockAnswer, MockRule};

use super::io::Io;
use super::{Answer, Driver, pass_on};
use crate::connections::Connections;
use crate::effect::{Action, Effect, Problem, Reply};
use crate::http;

/// A driver that answers by rules.
pub struct Mock {
    rules: Arc<Vec<Counted>>,
    inner: Arc<dyn Driver>,
    limits: http::Limits,
    strict: bool,
    io: Arc<Io>,
    /// Rules are looked through one effect at a time, so that counting is in the order of the effects.
    turn: Arc<Mutex<()>>,
}

/// A rule and how often it covered an effect.
struct Counted {
    rule: MockRule,
    covered: AtomicU32,
    answered: AtomicU32,
}

impl Mock {
    /// Answers by these rules, in their order; `inner` performs the rest. `limits` are those that faults imitate.
    pub fn new(rules: Vec<MockRule>, limits: http::Limits, inner: Arc<dyn Driver>) -> Self {
        let counted = |rule| Counted { rule, covered: AtomicU32::default(), answered: AtomicU32::default() };
        Self {
            rules: Arc::new(rules.into_iter().map(counted).collect()),
            inner,
            limits,
            strict: false,
            io: Arc::default(),
            turn: Arc::default(),
        }
    }

    /// The same where an effect that no rule covers is the error `run::no-mock`.
    #[must_use]
    pub fn strict(self) -> Self {
        Self { strict: true, ..self }
    }

    /// The names of the rules that never answered.
    pub fn unused(&self) -> Vec<&str> {
        let unused = self.rules.iter().filter(|counted| counted.answered.load(Ordering::Relaxed) == 0);
        unused.map(|counted| counted.rule.name.as_str()).collect()
    }

    /// The rule that answers this effect.
    fn rule_for(&self, effect: &Effect) -> Option<&MockRule> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.rules.iter().find(|counted| counted.takes(effect)).map(|counted| &counted.rule)
    }
}

impl Counted {
    /// Whether the rule answers this effect; counts it where it covers it.
    fn takes(&self, effect: &Effect) -> bool {
        if !self.rule.covers(effect) {
            return false;
        }
        let before = self.covered.fetch_add(1, Ordering::Relaxed);
        let is_turn = before >= self.rule.after && self.rule.times.is_none_or(|times| before - self.rule.after < times);
        if is_turn {
            self.answered.fetch_add(1, Ordering::Relaxed);
        }
        is_turn
    }
}

impl Driver for Mock {
    fn perform(&self, effect: Effect, user: Option<&str>, reply: Answer) {
        let Some(rule) = self.rule_for(&effect) else {
            return match self.strict {
                true => reply(Reply::Failed(no_mock(&effect))),
                false => pass_on(&self.inner, effect, user, reply),
            };
        };
        let limits = match &effect.action {
            Action::Request(request) => self.limits.within(request.http.allowance),
            _ => self.limits.clone(),
        };
        // A request that takes longer than requests may take ends when they do, and its answer is lost.
        let delay = rule.delay.min(limits.total);
        let answer = match rule.delay > limits.total {
            true => Some(Fault::Timeout.reply(&effect, &limits)),
            false => rule.answer(&effect, &limits),
        };
        let (inner, user) = (Arc::clone(&self.inner), user.map(str::to_owned));
        let finish = move || match answer {
            Some(answer) => reply(answer),
            None => pass_on(&inner, effect, user.as_deref(), reply),
        };
        if delay.is_zero() {
            return finish();
        }
        self.io.spawn(async move {
            tokio::time::sleep(delay).await;
            finish();
        });
    }

    /// The same rules with the same counts; what they leave goes to the driver behind over these connections.
    fn with_connections(&self, connections: &Connections) -> Option<Arc<dyn Driver>> {
        let inner = self.inner.with_connections(connections)?;
        let (rules, io, turn) = (Arc::clone(&self.rules), Arc::clone(&self.io), Arc::clone(&self.turn));
        Some(Arc::new(Self { rules, inner, limits: self.limits.clone(), strict: self.strict, io, turn }))
    }

    fn takes_host_calls(&self) -> bool {
        true
    }
}

fn no_mock(effect: &Effect) -> Problem {
    Problem {
        code: "run::no-mock".to_owned(),
        message: format!("no mock answers {}", rule::describe(effect)),
        help: Some(
            "add a [[mock]] for it, or remove `unmatched = \"error\"` or --mock-only to let it through".to_owned(),
        ),
    }
}
