//! Masks secrets in whatever leaves the program. The redactor knows values, and finds each of them raw and in the
//! encodings in which values travel: percent and form encoding, JSON and XML escapes, also mixed; hexadecimal; base64 and
//! base64url, also in the middle of a longer text, as in a `Basic` header. One redactor serves a whole run and learns more
//! values while it lasts.

mod pattern;
mod view;
mod writer;

#[cfg(test)]
mod tests;

use std::borrow::{Borrow, Cow};
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use zeroize::Zeroizing;

use super::Secret;
use pattern::Patterns;
pub use writer::RedactingWriter;

/// Shorter values would take ordinary words and numbers out of all output.
const SHORTEST_CHARACTERS: usize = 4;

/// Longer values are no secrets that anybody types or issues; each costs about twelve times its size in patterns.
const LONGEST_REGISTERED_BYTES: usize = 64 * 1_024;

/// The same for learned values, which a script may make up.
const LONGEST_LEARNED_BYTES: usize = 8 * 1_024;

/// Long texts are searched in blocks of this many bytes, since their decoded views take many times their size.
const BLOCK_BYTES: usize = 64 * 1_024;

/// How many registered values are kept. A server that runs for months registers a new token every hour; the values not
/// used for longest go first.
const MOST_REGISTERED: usize = 8_192;

/// How many learned values are kept, apart from the registered ones, so that a script that sets thousands of headers
/// pushes out no connection's secret.
const MOST_LEARNED: usize = 1_024;

/// Knows secrets and masks them. Shared by reference; all methods work on a shared redactor.
#[derive(Default)]
pub struct Redactor {
    state: RwLock<State>,
}

#[derive(Default)]
struct State {
    known: HashMap<Value, Known>,
    patterns: Patterns,
    /// Counts registrations; stands for time.
    now: u64,
}

/// A value, wiped when it is forgotten; found by its text.
#[derive(PartialEq, Eq)]
struct Value(Zeroizing<String>);

/// What is known of one value.
#[derive(Clone, Copy)]
struct Known {
    last_used: u64,
    learned: bool,
}

impl Redactor {
    /// Masks this secret from now on. Gives `false`, and masks nothing, when it is shorter than four
    /// characters, which would take ordinary words out of all output, or longer than 64 KB.
    pub fn register(&self, secret: &Secret) -> bool {
        self.add(secret.open(), false)
    }

    /// Like [`Redactor::register`], for a text that is or contains a secret, such as `user:password`.
    pub fn register_text(&self, text: &str) -> bool {
        self.add(text, false)
    }

    /// Like [`Redactor::register_text`], for a value that a script or a server showed under a telling name. Only the
    /// latest 1,024 of these are kept, and none above 8 KB.
    pub fn learn(&self, text: &str) -> bool {
        self.add(text, true)
    }

    /// The text with every secret replaced by `[redacted]`. Where secrets overlap, all of them is masked.
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let state = self.read();
        if state.known.is_empty() {
            return Cow::Borrowed(text);
        }
        let bytes = text.as_bytes();
        let mut masked: Option<Vec<u8>> = None;
        let mut done = 0;
        let mut length = BLOCK_BYTES;
        while done < bytes.len() {
            let block = bytes.get(done..done.saturating_add(length)).unwrap_or(bytes.get(done..).unwrap_or_default());
            let spans = state.patterns.spans(block);
            let end = if done + block.len() == bytes.len() { block.len() } else { spans.certain };
            if !spans.found.is_empty() && masked.is_none() {
                masked = Some(bytes.get(..done).unwrap_or_default().to_vec());
            }
            if let Some(masked) = &mut masked {
                spans.write(block, end, masked);
            }
            // A block in which nothing is certain lies within overlapping secrets; a longer one reaches their end.
            length = if end == 0 { length.saturating_mul(2) } else { BLOCK_BYTES };
            done += end;
        }
        match masked {
            Some(masked) => Cow::Owned(String::from_utf8_lossy(&masked).into_owned()),
            None => Cow::Borrowed(text),
        }
    }

    /// A writer that masks what goes through it, also when a secret is split over several writes.
    pub fn writer<W: std::io::Write>(self: &Arc<Self>, inner: W) -> RedactingWriter<W> {
        RedactingWriter::new(Arc::clone(self), inner)
    }

    fn add(&self, text: &str, learned: bool) -> bool {
        // Blanks around a value come from files and prompts; without them it is still found with them.
        let text = text.trim();
        let longest = if learned { LONGEST_LEARNED_BYTES } else { LONGEST_REGISTERED_BYTES };
        if text.chars().nth(SHORTEST_CHARACTERS - 1).is_none() || text.len() > longest {
            return false;
        }
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.now += 1;
        let now = state.now;
        if let Some(known) = state.known.get_mut(text) {
            *known = Known { last_used: now, learned: known.learned && learned };
            return true;
        }
        state.patterns.add(text);
        state.known.insert(Value(Zeroizing::new(text.to_owned())), Known { last_used: now, learned });
        state.make_room(learned);
        true
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        // A panic while registering leaves at worst a value that is masked already; masking must go on.
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Forgets the quarter of the values that was not used for longest when there are too many.
    fn make_room(&mut self, learned: bool) {
        let most = if learned { MOST_LEARNED } else { MOST_REGISTERED };
        let mut ages: Vec<u64> =
            self.known.values().filter(|known| known.learned == learned).map(|known| known.last_used).collect();
        if ages.len() <= most {
            return;
        }
        ages.sort_unstable();
        let oldest_kept = ages.get(most / 4).copied().unwrap_or_default();
        self.known.retain(|_, known| known.learned != learned || known.last_used >= oldest_kept);
        self.patterns = Patterns::default();
        for text in self.known.keys() {
            self.patterns.add(text.borrow());
        }
    }
}

impl Borrow<str> for Value {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // As the text itself hashes, which `Borrow` promises.
        self.0.as_str().hash(state);
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redactor({} values)", self.read().known.len())
    }
}
