//! Escapes in texts. They are resolved after parsing, so that a tree can be made without copying any text.

use std::borrow::Cow;

/// The text that stands for `raw`, the characters between two quotes. `\" \' \\ \/ \n \t \r \b \f` are resolved;
/// an unknown escape keeps its backslash, so that a pattern may be written `"\d"` as well as `"\\d"`.
pub fn unescape(raw: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'\\', raw.as_bytes()) else { return Cow::Borrowed(raw) };
    let mut text = String::with_capacity(raw.len());
    let (plain, mut rest) = raw.split_at(first);
    text.push_str(plain);
    while let Some(after) = rest.strip_prefix('\\') {
        let mut letters = after.chars();
        match letters.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some(same @ ('"' | '\'' | '\\' | '/')) => text.push(same),
            Some(other) => {
                text.push('\\');
                text.push(other);
            }
            None => text.push('\\'),
        }
        let after = letters.as_str();
        let (plain, next) = after.split_at(after.find('\\').unwrap_or(after.len()));
        text.push_str(plain);
        rest = next;
    }
    Cow::Owned(text)
}
