//! What a text must not do to the XML reader, found in one pass before it is read. The reader's memory and time grow with
//! nesting, with the square of the attributes of one tag and with the prefixes in scope, so these have limits; and an
//! internal document type declaration is refused, which is where entities that multiply would be made.

use std::collections::HashSet;

use super::Problem;

/// Bytes of one text.
pub(super) const MAX_BYTES: usize = 16_000_000;
/// Elements inside one another: the depth of values, and room for what wraps them.
pub(super) const MAX_DEPTH: usize = 256;
/// Attributes of one element.
const MAX_ATTRIBUTES: usize = 256;
/// Namespace prefixes of one text.
const MAX_PREFIXES: usize = 64;

/// Refuses what is too large, too deep or dangerous. Whether the rest is XML is for the reader to say.
pub(super) fn check(text: &str) -> Result<(), Problem> {
    if text.len() > MAX_BYTES {
        return Err(refused(format!("it is longer than {MAX_BYTES} bytes")));
    }
    let mut depth = 0_usize;
    let mut prefixes = HashSet::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        rest = if let Some(comment) = after.strip_prefix("!--") {
            behind(comment, "-->")
        } else if let Some(data) = after.strip_prefix("![CDATA[") {
            behind(data, "]]>")
        } else if let Some(instruction) = after.strip_prefix('?') {
            behind(instruction, "?>")
        } else {
            let tag = Tag::of(after);
            if tag.text.starts_with('!') && tag.text.contains('[') {
                return Err(refused("it declares its own document type".to_owned()));
            }
            if tag.attributes > MAX_ATTRIBUTES {
                return Err(refused(format!("an element has more than {MAX_ATTRIBUTES} attributes")));
            }
            prefixes.extend(tag.text.split("xmlns:").skip(1).map(prefix));
            if tag.text.starts_with('/') {
                depth = depth.saturating_sub(1);
            } else if !tag.text.ends_with('/') && !tag.text.starts_with('!') {
                depth += 1;
            }
            after.get(tag.text.len()..).unwrap_or_default()
        };
        if depth > MAX_DEPTH {
            return Err(refused(format!("its elements are nested deeper than {MAX_DEPTH} levels")));
        }
        if prefixes.len() > MAX_PREFIXES {
            return Err(refused(format!("it has more than {MAX_PREFIXES} namespace prefixes")));
        }
    }
    Ok(())
}

fn refused(detail: String) -> Problem {
    Problem::Xml(detail)
}

fn behind<'a>(text: &'a str, end: &str) -> &'a str {
    text.split_once(end).map_or("", |(_, rest)| rest)
}

fn prefix(declaration: &str) -> &str {
    let end = declaration.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(declaration.len());
    declaration.get(..end).unwrap_or_default()
}

/// A tag without its angle brackets.
struct Tag<'a> {
    text: &'a str,
    attributes: usize,
}

impl<'a> Tag<'a> {
    /// The tag at the beginning of a text. Angle brackets inside quoted values do not end it.
    fn of(text: &'a str) -> Self {
        let mut quote = None;
        let mut attributes = 0;
        for (at, byte) in text.bytes().enumerate() {
            match (quote, byte) {
                (Some(open), _) if open == byte => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'=') => attributes += 1,
                (None, b'>') => return Self { text: text.get(..at).unwrap_or_default(), attributes },
                (None, _) => {}
            }
        }
        Self { text, attributes }
    }
}
