//! Everything that a cassette keeps goes through a [`Cleaner`] first: values that stand under telling names are masked by
//! name, secrets that the run's redactor knows by value, and what the project's own patterns match. In JSON each text and
//! number is looked at by itself, so that what is left is still JSON.

use std::borrow::Cow;
use std::sync::Arc;

use fancy_regex::Regex;
use url::Url;

use super::Error;
use crate::http::{is_sensitive_field, is_sensitive_header, mask_fields};
use crate::secret::Redactor;

/// What stands in the place of a secret.
pub(super) const MASK: &str = "[redacted]";

/// How often JSON within a text within JSON is looked into.
const NESTED: usize = 6;

/// The longest pattern, in bytes.
const LONGEST_PATTERN: usize = 4 * 1024;

/// Masks what must not be kept.
pub(super) struct Cleaner {
    redactor: Arc<Redactor>,
    patterns: Vec<Pattern>,
}

/// What a project wants masked besides.
struct Pattern {
    source: String,
    regex: Regex,
}

impl Cleaner {
    /// A cleaner with these patterns, which are regular expressions.
    ///
    /// # Errors
    /// [`Error::Pattern`] for one that is none, or that matches nothing at all and so everything between.
    pub(super) fn new(redactor: Arc<Redactor>, patterns: &[String]) -> Result<Self, Error> {
        let patterns = patterns.iter().map(|source| Pattern::new(source)).collect::<Result<_, _>>()?;
        Ok(Self { redactor, patterns })
    }

    /// The redactor that it masks with.
    pub(super) fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// The patterns that may stand in a file: one that only stands for its own text would give away what it hides.
    pub(super) fn shareable_patterns(&self) -> Vec<String> {
        let is_rule = |pattern: &&Pattern| {
            let is_secret = self.redactor.redact(&pattern.source) != pattern.source;
            !is_secret && !pattern.is_a_value()
        };
        self.patterns.iter().filter(is_rule).map(|pattern| pattern.source.clone()).collect()
    }

    /// How many patterns may not.
    pub(super) fn private_patterns(&self) -> usize {
        self.patterns.len() - self.shareable_patterns().len()
    }

    /// A text that is no JSON.
    pub(super) fn text(&self, text: &str) -> String {
        self.known(&mask_fields(text)).into_owned()
    }

    /// A text that may be JSON.
    pub(super) fn body(&self, text: &str) -> String {
        self.nested(text, 0)
    }

    /// The value of a field, or of a part of a form.
    pub(super) fn named(&self, name: &str, value: &str) -> String {
        if is_sensitive_field(name) && !value.is_empty() { MASK.to_owned() } else { self.body(value) }
    }

    /// The value of a header.
    pub(super) fn header(&self, name: &str, value: &str) -> String {
        if is_sensitive_header(name) && !value.is_empty() { MASK.to_owned() } else { self.text(value) }
    }

    /// An address; user name and password become one mask.
    pub(super) fn url(&self, url: &Url) -> String {
        if url.username().is_empty() && url.password().is_none() {
            return self.text(url.as_str());
        }
        let mut bare = url.clone();
        // Both fail only for addresses that cannot have them.
        let _ = bare.set_username("");
        let _ = bare.set_password(None);
        self.text(bare.as_str()).replacen("://", &format!("://{MASK}@"), 1)
    }

    /// Bytes that are no text.
    pub(super) fn bytes(&self, bytes: &[u8]) -> Vec<u8> {
        use std::io::Write;
        let mut writer = self.redactor.writer(Vec::with_capacity(bytes.len()));
        // A vector takes everything.
        let _ = bytes.chunks(64 * 1024).try_for_each(|chunk| writer.write_all(chunk));
        writer.finish().ok().flatten().unwrap_or_default()
    }

    fn nested(&self, text: &str, depth: usize) -> String {
        if depth >= NESTED || !is_json(text) {
            return self.text(text);
        }
        let clean = Walk { cleaner: self, text, depth, open: Vec::new(), out: String::new() }.run();
        // What lies across several texts of the JSON. Masking it may leave no JSON, which is the lesser evil.
        self.known(&clean).into_owned()
    }

    /// The text without what is known by value or by pattern.
    fn known<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut clean = self.redactor.redact(text);
        for pattern in &self.patterns {
            if let Some(masked) = pattern.masked(&clean) {
                clean = Cow::Owned(masked);
            }
        }
        clean
    }
}

impl Pattern {
    fn new(source: &str) -> Result<Self, Error> {
        let wrong = |reason: String| Error::Pattern { reason };
        if source.len() > LONGEST_PATTERN {
            return Err(wrong(format!("it is longer than {LONGEST_PATTERN} bytes")));
        }
        let regex = Regex::new(source).map_err(|error| {
            wrong(match error {
                fancy_regex::Error::ParseError(at, _) => format!("it is no regular expression from byte {at} on"),
                _ => "it is no regular expression, or too large".to_owned(),
            })
        })?;
        match regex.is_match("") {
            Ok(true) => Err(wrong("it also matches an empty text".to_owned())),
            _ => Ok(Self { source: source.to_owned(), regex }),
        }
    }

    /// Whether it matches its own text from end to end, escapes left out.
    fn is_a_value(&self) -> bool {
        let text = self.source.replace('\\', "");
        self.regex.find(&text).map_or(true, |found| found.is_some_and(|found| found.as_str() == text))
    }

    /// The text with the first group of each match masked, or with the match where there is no group; `None` without a
    /// match. A search that takes too long masks everything.
    fn masked(&self, text: &str) -> Option<String> {
        let mut out = String::new();
        let mut done = 0;
        for found in self.regex.captures_iter(text) {
            let Ok(found) = found else { return Some(MASK.to_owned()) };
            let Some(place) = found.get(1).or_else(|| found.get(0)) else { continue };
            // A mask is not masked again: cleaning what is clean changes nothing.
            if place.start() < done || place.as_str().is_empty() || MASK.contains(place.as_str()) {
                continue;
            }
            out.push_str(text.get(done..place.start()).unwrap_or_default());
            out.push_str(MASK);
            done = place.end();
        }
        (done > 0).then(|| out + text.get(done..).unwrap_or_default())
    }
}

/// Whether a text is a JSON object or array.
pub(super) fn is_json(text: &str) -> bool {
    let start = text.trim_start();
    (start.starts_with('{') || start.starts_with('[')) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// A walk over valid JSON that copies everything but what must be masked.
struct Walk<'t> {
    cleaner: &'t Cleaner,
    text: &'t str,
    depth: usize,
    open: Vec<Open>,
    out: String,
}

/// An object or array that is being walked.
struct Open {
    is_object: bool,
    /// The name under which its values stand; an array's are those of the field that it belongs to.
    name: String,
    /// Whether the next text is a name.
    names_next: bool,
}

impl Walk<'_> {
    fn run(mut self) -> String {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let end = match byte {
                b'"' => text_end(bytes, at),
                b'-' | b'0'..=b'9' => number_end(bytes, at),
                _ => at + self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8),
            };
            let piece = self.text.get(at..end).unwrap_or_default();
            match byte {
                b'"' => self.put_text(piece),
                b'-' | b'0'..=b'9' => self.put_number(piece),
                _ => self.put_mark(byte, piece),
            }
            at = end.max(at + 1);
        }
        self.out
    }

    fn put_text(&mut self, piece: &str) {
        let inner = piece.get(1..piece.len().saturating_sub(1)).unwrap_or_default();
        let plain = serde_json::from_str::<String>(piece).unwrap_or_else(|_| inner.to_owned());
        let is_secret = self.is_secret();
        let clean = match self.open.last_mut() {
            Some(open) if open.is_object && open.names_next => {
                open.name.clone_from(&plain);
                self.cleaner.known(&plain).into_owned()
            }
            _ if is_secret && !plain.is_empty() => MASK.to_owned(),
            _ => self.cleaner.nested(&plain, self.depth + 1),
        };
        if clean == plain {
            self.out.push_str(piece);
        } else {
            self.out.push_str(&quoted(&clean));
        }
    }

    fn put_number(&mut self, piece: &str) {
        let clean = if self.is_secret() { MASK.into() } else { self.cleaner.known(piece) };
        if clean == piece { self.out.push_str(piece) } else { self.out.push_str(&quoted(&clean)) }
    }

    fn put_mark(&mut self, byte: u8, piece: &str) {
        match byte {
            b'{' => self.open.push(Open { is_object: true, name: String::new(), names_next: true }),
            b'[' => {
                let name = self.open.last().map(|open| open.name.clone()).unwrap_or_default();
                self.open.push(Open { is_object: false, name, names_next: false });
            }
            b'}' | b']' => drop(self.open.pop()),
            b',' | b':' => {
                if let Some(open) = self.open.last_mut().filter(|open| open.is_object) {
                    open.names_next = byte == b',';
                }
            }
            _ => {}
        }
        self.out.push_str(piece);
    }

    fn is_secret(&self) -> bool {
        self.open.last().is_some_and(|open| is_sensitive_field(&open.name))
    }
}

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

/// Behind the closing quote of a text that opens at `at`.
fn text_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'"' => return end + 1,
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
    bytes.len()
}

fn number_end(bytes: &[u8], at: usize) -> usize {
    let belongs = |byte: &&u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
    at + bytes.get(at..).unwrap_or_default().iter().take_while(belongs).count()
}
