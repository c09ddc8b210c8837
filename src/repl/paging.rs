//! A list of candidates that is longer than the screen stops at `--More--`, and rustyline has no key there that people would
//! try to get out, not even Ctrl-C. Whether it stands there can be told by which candidates it has drawn so far.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use rustyline::completion::Candidate;
use rustyline::{
    Cmd, ConditionalEventHandler, Event, EventContext, EventHandler, KeyCode, KeyEvent, Modifiers, Movement,
    RepeatCount,
};

/// What was drawn of a list.
#[derive(Clone, Debug, Default)]
pub struct Paging {
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    /// How many candidates the list has.
    listed: AtomicUsize,
    /// How often one was asked for: each once to be measured, and once to be drawn.
    asked: AtomicUsize,
}

impl Paging {
    /// A list of so many candidates comes next.
    pub(super) fn begin(&self, listed: usize) {
        self.state.listed.store(listed, Relaxed);
        self.end();
    }

    /// The line is being edited again.
    pub(super) fn end(&self) {
        self.state.asked.store(0, Relaxed);
    }

    fn is_waiting(&self) -> bool {
        let listed = self.state.listed.load(Relaxed);
        let asked = self.state.asked.load(Relaxed);
        listed < asked && asked < listed.saturating_mul(2)
    }

    /// The keys that leave a list before its end.
    pub fn bindings(&self) -> Vec<(KeyEvent, EventHandler)> {
        let handler = |leaves| EventHandler::Conditional(Box::new(Key { paging: self.clone(), leaves }));
        let leaving = [KeyEvent::ctrl('C'), KeyEvent::ctrl('D'), KeyEvent::ctrl('G')];
        // Those of rustyline; what they do elsewhere they go on to do.
        let known = ['q', 'Q', 'n', 'N'].map(|letter| KeyEvent::new(letter, Modifiers::NONE));
        let back = [KeyEvent(KeyCode::Backspace, Modifiers::NONE), KeyEvent::ctrl('H')];
        let known = known.into_iter().chain(back);
        leaving.map(|key| (key, handler(true))).into_iter().chain(known.map(|key| (key, handler(false)))).collect()
    }
}

struct Key {
    paging: Paging,
    leaves: bool,
}

impl ConditionalEventHandler for Key {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, _: &EventContext<'_>) -> Option<Cmd> {
        let is_waiting = self.paging.is_waiting();
        self.paging.end();
        // As Backspace does; a letter would be taken for a repetition of what was typed last.
        (self.leaves && is_waiting).then_some(Cmd::Kill(Movement::BackwardChar(1)))
    }
}

/// A candidate as the line editor sees it.
#[derive(Debug)]
pub struct Listed {
    pub(super) display: String,
    pub(super) replacement: String,
    pub(super) paging: Paging,
}

impl Candidate for Listed {
    fn display(&self) -> &str {
        self.paging.state.asked.fetch_add(1, Relaxed);
        &self.display
    }

    fn replacement(&self) -> &str {
        &self.replacement
    }
}
