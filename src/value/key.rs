//! Keys of maps. Any value may be a key and keys are strict: the number 1 and the text "1" are two keys (help page
//! "keys"). Almost every key is a short text, which is kept inline, and is looked up by `&str` without making a key.

use std::hash::{Hash, Hasher};

use compact_str::CompactString;
use hashbrown::Equivalent;

use super::{Data, Failure, Text, Value};

/// A key of a map.
#[derive(Clone, Debug)]
pub enum Key {
    /// The usual case.
    Text(CompactString),
    /// The number of a row or record, mostly.
    Number(i64),
    /// Any other value, which is rare enough to stand elsewhere: a key is no larger than a text.
    Other(Box<OtherKey>),
}

/// A key that is no text, compared by kind and printed form.
#[derive(Clone, Debug)]
pub struct OtherKey {
    /// The kind and the printed form; a later change of a list that serves as key does not move the entry.
    pub print: CompactString,
    /// The value that `keys()` gives back.
    pub value: Value,
}

/// A text to look up with.
#[derive(Clone, Copy, Debug)]
pub struct TextKey<'a>(pub &'a str);

/// What a map is asked for.
pub trait Sought: Equivalent<Key> + Hash {
    /// One bit of 64, the same for the same key and another one for most other keys.
    fn mark(&self) -> u64;
}

impl Key {
    /// The key for a value. Fails for a value that cannot be printed (one that contains itself).
    pub fn new(value: &Value) -> Result<Self, Failure> {
        Ok(match value {
            Value::Text(text) => Key::of(text),
            Value::Number(number) => Key::Number(*number),
            other => {
                let print = CompactString::from(format!("{} {}", other.kind().name(), other.print()?));
                // A copy, so that no container can reach itself through a key.
                let value = if other.is_aggregate() { Data::from_value(other)?.to_value() } else { other.clone() };
                Key::Other(Box::new(OtherKey { print, value }))
            }
        })
    }

    /// The key for a text.
    pub fn of(text: &Text) -> Self {
        Key::Text(text.compact().clone())
    }

    /// Whether a container may be reached through it: a caught error is kept as it is.
    pub fn reaches_others(&self) -> bool {
        matches!(self, Key::Other(other) if other.value.reaches_others())
    }

    /// The key as a value.
    pub fn to_value(&self) -> Value {
        match self {
            Key::Text(text) => Value::text(text.clone()),
            Key::Number(number) => Value::Number(*number),
            Key::Other(other) => other.value.clone(),
        }
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Key::Text(CompactString::new(text))
    }
}

impl PartialEq for Key {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Key::Text(a), Key::Text(b)) => is_same(a, b),
            (Key::Number(a), Key::Number(b)) => a == b,
            (Key::Other(a), Key::Other(b)) => a.print == b.print,
            _ => false,
        }
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Key::Text(text) => TextKey(text).hash(state),
            Key::Number(number) => state.write_i64(*number),
            Key::Other(other) => {
                state.write_u8(1);
                other.print.hash(state);
            }
        }
    }
}

impl Hash for TextKey<'_> {
    /// Without the byte that ends a text elsewhere: nothing comes behind it.
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.0.as_bytes());
    }
}

impl Equivalent<Key> for TextKey<'_> {
    #[inline]
    fn equivalent(&self, key: &Key) -> bool {
        matches!(key, Key::Text(text) if is_same(text, self.0))
    }
}

impl Sought for Key {
    #[inline]
    fn mark(&self) -> u64 {
        match self {
            Key::Text(text) => mark_of(text),
            Key::Number(number) => 1 << (number & 63),
            Key::Other(other) => mark_of(&other.print),
        }
    }
}

impl Sought for TextKey<'_> {
    #[inline]
    fn mark(&self) -> u64 {
        mark_of(self.0)
    }
}

/// Whether two texts are the same. Keys are short, and calling what compares memory takes longer than comparing the
/// numbers at both ends of a short text, which overlap in the middle.
#[inline]
fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    match a.len() {
        4..8 => a.first_chunk::<4>() == b.first_chunk() && a.last_chunk::<4>() == b.last_chunk(),
        8..=16 => a.first_chunk::<8>() == b.first_chunk() && a.last_chunk::<8>() == b.last_chunk(),
        _ => a.first() == b.first() && a == b,
    }
}

/// A bit by the length and both ends of a text: names of fields that agree in all of them are rare.
#[inline]
fn mark_of(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let (first, last) = (bytes.first().copied().unwrap_or_default(), bytes.last().copied().unwrap_or_default());
    1 << ((bytes.len() + 5 * usize::from(first) + 11 * usize::from(last)) % 64)
}
