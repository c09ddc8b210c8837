//! The rest of an earlier input, shown faintly behind what is typed and taken over by a key.

use rustyline::history::{History, SearchDirection};
use rustyline::{
    Cmd, ConditionalEventHandler, Event, EventContext, EventHandler, KeyCode, KeyEvent, Modifiers, RepeatCount,
};

/// The rest of the last input in `history` before entry `index` that begins with `typed`, if it is on one line. Nothing
/// where nothing was typed.
pub fn hint(typed: &str, history: &dyn History, index: usize) -> Option<String> {
    if typed.trim().is_empty() || history.is_empty() {
        return None;
    }
    let start = index.min(history.len() - 1);
    let found = history.starts_with(typed, start, SearchDirection::Reverse).ok()??;
    // The search takes no account of case, and so the entry may be as typed only in length.
    let rest = found.entry.strip_prefix(typed)?;
    (!rest.is_empty() && !rest.contains('\n')).then(|| rest.to_owned())
}

/// The keys that take a hint over, besides the right arrow, which does so anyway. Where there is none, or the cursor stands
/// elsewhere, they do what they always do.
pub fn bindings() -> Vec<(KeyEvent, EventHandler)> {
    let keys = [KeyEvent::ctrl('E'), KeyEvent::ctrl('F'), KeyEvent(KeyCode::End, Modifiers::NONE)];
    keys.map(|key| (key, EventHandler::Conditional(Box::new(TakeOver)))).into()
}

struct TakeOver;

impl ConditionalEventHandler for TakeOver {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        (context.has_hint() && context.pos() == context.line().len()).then_some(Cmd::CompleteHint)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use rustyline::history::{DefaultHistory, History};

    use super::hint;

    #[test]
    fn the_last_input_that_begins_so() {
        let mut history = DefaultHistory::new();
        for entry in ["info 1;", "info 2;", "if(a) {\n}", "Été = 5"] {
            history.add(entry).unwrap();
        }
        let end = history.len();
        assert_eq!(hint("inf", &history, end).as_deref(), Some("o 2;"));
        assert_eq!(hint("info 1", &history, end).as_deref(), Some(";"));
        assert_eq!(hint("info 2;", &history, end), None, "nothing is left of it");
        assert_eq!(hint("if", &history, end), None, "it has several lines");
        assert_eq!(hint("é", &history, end), None, "another letter");
        assert_eq!(hint("É", &history, end).as_deref(), Some("té = 5"));
        assert_eq!(hint("", &history, end), None);
        assert_eq!(hint("x", &DefaultHistory::new(), 0), None);
    }
}
