//! Where the values of telling names stand in a text of any notation: `name=value`, `"name": "value"`, also inside quoted
//! or percent-encoded JSON, and `<name>value</name>`.

use std::ops::Range;

use memchr::{memchr_iter, memchr3_iter};

use super::sensitive::is_sensitive_field;

/// The places of the values of sensitive fields, in order, without their quotes. Every body is searched, so this looks for what
/// stands between name and value, which is rare, and not at every word.
pub(super) fn field_values(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut values = Vec::new();
    let mut done = 0;
    let mut plain = memchr3_iter(b'=', b':', b'>', bytes).peekable();
    let mut encoded = memchr_iter(b'%', bytes).filter(|at| is_encoded_separator(bytes, *at)).peekable();
    loop {
        let is_plain = match (plain.peek(), encoded.peek()) {
            (Some(plain), Some(encoded)) => plain < encoded,
            (plain, _) => plain.is_some(),
        };
        let Some(separator) = (if is_plain { plain.next() } else { encoded.next() }) else { return values };
        let name = name_before(bytes, done, separator);
        if text.get(name.clone()).is_some_and(is_sensitive_field)
            && let Some(value) = value_after(bytes, name.end)
        {
            done = value.end;
            values.push(value);
        }
    }
}

/// The name that a separator belongs to; empty where there is none. Nothing before `done` is part of it.
fn name_before(bytes: &[u8], done: usize, separator: usize) -> Range<usize> {
    let mut before = bytes.get(done..separator).unwrap_or_default();
    if !starts(bytes, separator, b">") {
        before = before.get(..before.len() - run_back(before, is_blank)).unwrap_or_default();
        let mark = match before.last() {
            Some(b'"' | b'\'') => 1,
            Some(b'2') if ends(before, b"%22") => 3,
            Some(b';') if ends(before, b"&quot;") => 6,
            _ => 0,
        };
        if mark > 0 {
            let quoted = before.get(..before.len() - mark).unwrap_or_default();
            before = quoted.get(..quoted.len() - run_back(quoted, |byte| byte == b'\\')).unwrap_or_default();
        }
    }
    let end = done + before.len();
    let start = end - run_back(before, is_word);
    // In percent-encoded JSON a name follows `%22`, whose digits are not part of it.
    if start > 0 && bytes.get(start - 1) == Some(&b'%') { (start + 2).min(end)..end } else { start..end }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn is_encoded_separator(bytes: &[u8], at: usize) -> bool {
    starts(bytes, at, b"%3A") || starts(bytes, at, b"%3D")
}

/// The value after a name that ends at `at`.
fn value_after(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let blank = |at| run(bytes, at, is_blank);
    let (after_name, _) = quote(bytes, at);
    let separator = blank(after_name);
    if starts(bytes, separator, b">") && separator == at {
        let end = run(bytes, at + 1, |byte| byte != b'<');
        return (end > at + 1).then_some(at + 1..end);
    }
    let is_equals = starts(bytes, separator, b"=");
    let after = if is_equals || starts(bytes, separator, b":") {
        separator + 1
    } else if is_encoded_separator(bytes, separator) {
        separator + 3
    } else {
        return None;
    };
    let (start, opened) = quote(bytes, run(bytes, after, |byte| is_blank(byte) || byte == b'+'));
    let end = match opened {
        Some(opened) => closing(bytes, start, opened),
        // A colon without a quote is prose, or a number, a boolean or a nested value.
        None if !is_equals => return None,
        None => run(bytes, start, |byte| !byte.is_ascii_whitespace() && !b"&,;<>\"'()[]{}".contains(&byte)),
    };
    (end > start).then_some(start..end)
}

/// An opening or closing quote at `at`, with the backslashes before it: the place after it, and the quote itself.
fn quote(bytes: &[u8], at: usize) -> (usize, Option<&[u8]>) {
    let escapes = run(bytes, at, |byte| byte == b'\\');
    for mark in [b"\"".as_slice(), b"'", b"%22", b"&quot;"] {
        if starts(bytes, escapes, mark) {
            let end = escapes + mark.len();
            return (end, bytes.get(at..end));
        }
    }
    (at, None)
}

/// Where the quote that was opened with `opened` closes: at the same quote with as many backslashes.
fn closing(bytes: &[u8], start: usize, opened: &[u8]) -> usize {
    let escapes = opened.iter().take_while(|byte| **byte == b'\\').count();
    let mark = opened.get(escapes..).unwrap_or_default();
    let mut at = start;
    while at < bytes.len() {
        let quote = run(bytes, at, |byte| byte == b'\\');
        if quote - at <= escapes && starts(bytes, quote, mark) {
            return at;
        }
        // An escaped quote or backslash belongs to the value, however many backslashes there are.
        at = if quote > at { quote + 1 } else { at + 1 };
    }
    bytes.len()
}

fn run(bytes: &[u8], from: usize, belongs: impl Fn(u8) -> bool) -> usize {
    let length = bytes.get(from..).unwrap_or_default().iter().take_while(|byte| belongs(**byte)).count();
    from + length
}

/// How many bytes at the end belong.
fn run_back(bytes: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    bytes.iter().rev().take_while(|byte| belongs(**byte)).count()
}

fn ends(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.len().checked_sub(mark.len()).is_some_and(|at| starts(bytes, at, mark))
}

fn starts(bytes: &[u8], at: usize, mark: &[u8]) -> bool {
    bytes.get(at..at + mark.len()).is_some_and(|found| found.eq_ignore_ascii_case(mark))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by looking at every word: slow, and easy to believe.
    fn by_words(text: &str) -> Vec<Range<usize>> {
        let bytes = text.as_bytes();
        let mut values = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let word = run(bytes, at, is_word);
            if word == at {
                at += 1;
                continue;
            }
            let start = if at > 0 && bytes.get(at - 1) == Some(&b'%') { (at + 2).min(word) } else { at };
            at = word;
            if text.get(start..word).is_some_and(is_sensitive_field)
                && let Some(value) = value_after(bytes, word)
            {
                at = value.end;
                values.push(value);
            }
        }
        values
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn separators_lead_to_the_same_values_as_words(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "token", "password", "api-key", "Access_Token", "lang", "x", "22", "3A", "%", "%22", "%3A", "%3d", "&quot;",
                    "\"", "'", "\\", "=", ":", ">", "<", " ", "\n", "\u{c}", "&", ";", "ä", "-", "_",
                ]),
                0..14,
            )
        ) {
            let text = parts.concat();
            prop_assert_eq!(field_values(&text), by_words(&text), "{}", text);
        }
    }
}
