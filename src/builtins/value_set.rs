//! A set of values under strict equality, for `distinct`, `intersect` and `removeAll`: comparing every element with
//! every other would take minutes on lists that scripts really have. Values that are equal have the same fingerprint;
//! a fingerprint looks only a few levels deep, and equality decides.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, Hash, Hasher};

use crate::value::{Contents, Value};

/// The values seen so far.
#[derive(Default)]
pub(super) struct ValueSet {
    /// The first value with a fingerprint, and the others, which hardly any has.
    by_fingerprint: HashMap<u64, (Value, Vec<Value>), foldhash::fast::RandomState>,
    seed: foldhash::fast::RandomState,
}

impl ValueSet {
    /// The set of all these values.
    pub(super) fn of(values: &[Value]) -> Self {
        let mut set = Self::default();
        for value in values {
            set.insert(value);
        }
        set
    }

    /// Adds a value; false when an equal one is in the set already.
    pub(super) fn insert(&mut self, value: &Value) -> bool {
        let fingerprint = self.fingerprint(value, 0);
        match self.by_fingerprint.entry(fingerprint) {
            Entry::Vacant(place) => {
                place.insert((value.clone(), Vec::new()));
                true
            }
            Entry::Occupied(mut place) => {
                let is_new = !is_among(value, place.get());
                if is_new {
                    place.get_mut().1.push(value.clone());
                }
                is_new
            }
        }
    }

    /// Whether an equal value is in the set.
    pub(super) fn contains(&self, value: &Value) -> bool {
        self.by_fingerprint.get(&self.fingerprint(value, 0)).is_some_and(|same| is_among(value, same))
    }

    fn fingerprint(&self, value: &Value, depth: usize) -> u64 {
        let mut hasher = self.seed.build_hasher();
        match value {
            Value::Null | Value::Caught(_) => hasher.write_u8(0),
            Value::Boolean(value) => value.hash(&mut hasher),
            // Numbers are equal by value whatever their kind.
            Value::Number(_) | Value::Decimal { .. } => value.as_decimal().hash(&mut hasher),
            Value::Text(text) => text.as_str().hash(&mut hasher),
            // Dates that are equal have one day in every dialect.
            Value::DateTime(date) => date.civil().date().hash(&mut hasher),
            Value::Time(time) => time.seconds().hash(&mut hasher),
            Value::File(file) => file.borrow().name.hash(&mut hasher),
            Value::Aggregate(aggregate) if aggregate.size() == 0 || aggregate.size() > WIDTH || depth >= DEPTH => {
                hasher.write_usize(aggregate.size());
            }
            Value::Aggregate(aggregate) => match &*aggregate.borrow() {
                Contents::Braces => {}
                Contents::List(items) => {
                    items.iter().for_each(|item| hasher.write_u64(self.fingerprint(item, depth + 1)));
                }
                // Maps are equal in any order of their pairs.
                Contents::Map(map) => {
                    let pairs = map.iter().map(|(key, value)| {
                        self.seed.hash_one(key).rotate_left(1) ^ self.fingerprint(value, depth + 1)
                    });
                    hasher.write_u64(pairs.fold(0, u64::wrapping_add));
                }
            },
        }
        hasher.finish()
    }
}

fn is_among(value: &Value, (first, others): &(Value, Vec<Value>)) -> bool {
    first.strictly_equals(value) || others.iter().any(|known| known.strictly_equals(value))
}

/// Levels of nesting that a fingerprint looks at.
const DEPTH: usize = 2;
/// Of a list or map with more elements than these, a fingerprint takes the size only.
const WIDTH: usize = 128;
