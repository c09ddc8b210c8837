//! What completion asks of the session. Everything is asked when it is needed and with what was typed so far, so that
//! nothing is copied before a prompt, however many variables there are.

use crate::value::{Contents, Kind, Kinds, Value};

/// The live session, as completion sees it. Names are compared without regard to case, except those of keys.
pub trait Scope {
    /// Variables whose names begin with `prefix`, in any order and at most `most`; but all of them when the prefix is a
    /// whole name.
    fn variables(&self, prefix: &str, most: usize) -> Vec<Variable>;

    /// What `steps` lead to from a variable; `None` when there is no such variable or a step leads nowhere.
    /// [`seen`] answers it for a live value.
    fn look(&self, variable: &str, steps: &[Step]) -> Option<Seen>;

    /// The functions of the session and of the project whose names begin with `prefix`.
    fn functions(&self, prefix: &str) -> Vec<Function>;

    /// The connections of the workspace.
    fn connections(&self) -> Vec<Named>;
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name.
    pub name: String,
    /// What it holds now.
    pub kind: Kind,
}

/// A function that was written in Deluge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// The name, with its namespace if it is called with one.
    pub name: String,
    /// How it is called: `total(orders, rate)`.
    pub signature: String,
    /// One line: where it was defined, or what it is for.
    pub about: String,
}

/// A name and one line about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// One line about it.
    pub about: String,
}

/// One step from a value to something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a text key.
    Key(String),
    /// The element at an index; of a list.
    Element(usize),
}

/// A value, as far as completion wants to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its kind, alone.
    pub kinds: Kinds,
    /// The text keys of a map, or of the first map of a list; at most [`MOST_KEYS`].
    pub keys: Vec<String>,
}

/// So many keys of one map are offered.
const MOST_KEYS: usize = 200;
/// So many steps are followed.
const MOST_STEPS: usize = 8;

/// What `steps` lead to from a live value.
pub fn seen(value: &Value, steps: &[Step]) -> Option<Seen> {
    let mut value = value.clone();
    for step in steps.iter().take(MOST_STEPS) {
        let Value::Aggregate(aggregate) = &value else { return None };
        let next = match step {
            Step::Key(key) => aggregate.entry(key),
            Step::Element(index) => aggregate.item(*index),
        }?;
        value = next;
    }
    (steps.len() <= MOST_STEPS).then(|| Seen { kinds: Kinds::of(value.kind()), keys: keys(&value) })
}

fn keys(value: &Value) -> Vec<String> {
    let Value::Aggregate(aggregate) = value else { return Vec::new() };
    match &*aggregate.borrow() {
        Contents::Braces => Vec::new(),
        Contents::Map(map) => {
            let texts = map.keys().filter_map(|key| match key {
                crate::value::Key::Text(text) => Some(text.to_string()),
                crate::value::Key::Number(_) | crate::value::Key::Other(_) => None,
            });
            texts.take(MOST_KEYS).collect()
        }
        Contents::List(items) => match items.first() {
            Some(first @ Value::Aggregate(inner)) if inner.contents_kind() == Kind::Map => keys(first),
            _ => Vec::new(),
        },
    }
}
