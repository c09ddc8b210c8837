//! What is known of the answers of `invokeapi` beside their bodies. Such a result is its body and also answers `.status`
//! and `.headers` (help page "invokeAPI task"). Values have no room for that, and hardly any needs it, so a run keeps
//! these few beside its values: found by the object itself, so that every variable that holds it answers alike, and
//! remembered weakly, so that nothing lives longer for it. A copy, or a text that was added to, is another object.

use std::cell::RefCell;
use std::rc::Weak;

use super::aggregate::Inner as AggregateInner;
use super::text::Inner as TextInner;
use super::{File, Value};

/// The answers of one run that are still held.
#[derive(Debug, Default)]
pub struct Answers {
    known: Vec<Answer>,
    /// The dead are dropped when this many are remembered.
    sweep_at: usize,
}

#[derive(Debug)]
struct Answer {
    of: Object,
    status: u16,
    headers: Value,
}

#[derive(Debug)]
enum Object {
    Aggregate(Weak<AggregateInner>),
    Text(Weak<TextInner>),
    File(Weak<RefCell<File>>),
}

impl Answers {
    /// Remembers what came with a value that was just made of an answer. Null and other values without an object of
    /// their own are not remembered.
    pub fn remember(&mut self, value: &Value, status: u16, headers: Value) {
        let of = match value {
            Value::Aggregate(aggregate) => Object::Aggregate(aggregate.downgrade()),
            Value::Text(text) => Object::Text(text.downgrade()),
            Value::File(file) => Object::File(file.downgrade()),
            _ => return,
        };
        if self.known.len() >= self.sweep_at.max(16) {
            self.sweep();
            self.sweep_at = self.known.len() * 2;
        }
        self.known.push(Answer { of, status, headers });
    }

    /// Whether there is none, which is so in nearly every run.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// `value.status` and `value.headers` of an answer.
    pub fn field(&self, value: &Value, name: &str) -> Option<Value> {
        let answer = || self.known.iter().rev().find(|answer| answer.of.is(value));
        match name {
            "status" => answer().map(|answer| Value::Number(i64::from(answer.status))),
            "headers" => answer().map(|answer| answer.headers.clone()),
            _ => None,
        }
    }

    /// `value.get("responseText")` of an answer that has no such key itself: its body, as the page's sample shows it.
    pub fn entry(&self, value: &Value, key: &Value) -> Option<Value> {
        let is_asked = key.as_text() == Some("responseText");
        let has_key = || matches!(value, Value::Aggregate(map) if map.entry("responseText").is_some());
        (is_asked && self.known.iter().any(|answer| answer.of.is(value)) && !has_key()).then(|| value.clone())
    }

    /// What is held beside the values of the run, the dead left out.
    pub fn held(&mut self) -> impl Iterator<Item = &Value> {
        self.sweep();
        self.known.iter().map(|answer| &answer.headers)
    }

    fn sweep(&mut self) {
        self.known.retain(|answer| answer.of.lives());
    }
}

impl Object {
    fn is(&self, value: &Value) -> bool {
        match (self, value) {
            (Object::Aggregate(own), Value::Aggregate(other)) => own.as_ptr() as usize == other.address(),
            (Object::Text(own), Value::Text(other)) => own.as_ptr() as usize == other.address(),
            (Object::File(own), Value::File(other)) => own.as_ptr() as usize == other.address(),
            _ => false,
        }
    }

    fn lives(&self) -> bool {
        match self {
            Object::Aggregate(own) => own.strong_count() > 0,
            Object::Text(own) => own.strong_count() > 0,
            Object::File(own) => own.strong_count() > 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Map;

    #[test]
    fn an_answer_is_known_by_its_object_and_forgotten_with_it() {
        let mut answers = Answers::default();
        let values = [Value::text("ok"), Value::list(Vec::new()), Value::file(File::new("a", "", vec![1]))];
        for (status, value) in (200..).zip(&values) {
            answers.remember(value, status, Value::map(Map::default()));
        }
        let status =
            |answers: &Answers, value: &Value| answers.field(value, "status").map(|status| status.print().ok());
        for (status_code, value) in (200..).zip(&values) {
            assert_eq!(status(&answers, &value.clone()), Some(Some(status_code.to_string())));
            assert!(answers.field(value, "headers").is_some() && answers.field(value, "body").is_none());
            assert!(answers.entry(value, &"responseText".into()).is_some_and(|body| body.kind() == value.kind()));
            assert!(answers.entry(value, &"other".into()).is_none());
        }
        assert_eq!(status(&answers, &Value::text("ok")), None);
        answers.remember(&Value::Null, 204, Value::Null);
        assert_eq!(answers.held().count(), 3);
        drop(values);
        assert_eq!(answers.held().count(), 0);
        for _ in 0..1_000 {
            answers.remember(&Value::text("gone"), 200, Value::Null);
        }
        assert!(answers.known.len() <= 17, "{}", answers.known.len());
    }
}
