//! Values as XML (help page "toXml"): a key becomes an element, a list repeats the element of its key. Keys may be any
//! text and names of elements may not, so what XML does not allow in a name becomes `_`; what it does not allow at all, such as
//! most control characters, becomes U+FFFD.

use super::Problem;
use crate::value::print::MAX_DEPTH;
use crate::value::{Aggregate, Contents, Failure, Key, Value};

/// The name of the outermost element.
const ROOT: &str = "root";
/// The name of an element of a list that has no key: of a list in a list, and of the outermost list.
const ELEMENT: &str = "array";

/// The value as one document under `<root>`, of at most `largest` bytes.
pub fn write_root(value: &Value, largest: usize) -> Result<String, Problem> {
    let mut writer = Writer { out: String::new(), largest };
    writer.outermost(value)?;
    Ok(writer.out)
}

/// Appends the text with `& < > " '` as entities (help page "XML Encode": `'` becomes `&apos;`). A carriage return is
/// written as a reference, because a reader would make a newline of it.
pub(super) fn escape_to(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'.. => out.push(character),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
}

struct Writer {
    out: String,
    largest: usize,
}

impl Writer {
    fn outermost(&mut self, value: &Value) -> Result<(), Problem> {
        match value {
            Value::Aggregate(list) if matches!(&*list.borrow(), Contents::List(_)) => {
                self.open(ROOT);
                self.named(ELEMENT, value, 1)?;
                self.close(ROOT);
                Ok(())
            }
            _ => self.named(ROOT, value, 0),
        }
    }

    /// The value as an element of this name; a list as several.
    fn named(&mut self, name: &str, value: &Value, depth: usize) -> Result<(), Problem> {
        if self.out.len() > self.largest {
            return Err(Problem::Size);
        }
        match value {
            Value::Aggregate(aggregate) => self.aggregate(name, aggregate, depth),
            Value::DateTime(date) => {
                self.scalar(name, &date.print_in_map());
                Ok(())
            }
            other => {
                self.scalar(name, &other.to_text()?);
                Ok(())
            }
        }
    }

    fn aggregate(&mut self, name: &str, aggregate: &Aggregate, depth: usize) -> Result<(), Problem> {
        if depth >= MAX_DEPTH {
            return Err(Failure::too_deep().into());
        }
        match &*aggregate.borrow() {
            Contents::List(items) => {
                for item in items {
                    if matches!(item, Value::Aggregate(inner) if matches!(&*inner.borrow(), Contents::List(_))) {
                        self.open(name);
                        self.named(ELEMENT, item, depth + 1)?;
                        self.close(name);
                    } else {
                        self.named(name, item, depth + 1)?;
                    }
                }
            }
            Contents::Map(map) if !map.is_empty() => {
                self.open(name);
                for (key, value) in map {
                    let key = match key {
                        Key::Text(text) => element_name(text),
                        Key::Number(number) => element_name(&number.to_string()),
                        Key::Other(other) => element_name(&other.value.to_text()?),
                    };
                    self.named(&key, value, depth + 1)?;
                }
                self.close(name);
            }
            _ => self.scalar(name, ""),
        }
        Ok(())
    }

    fn scalar(&mut self, name: &str, text: &str) {
        if text.is_empty() {
            self.out.push('<');
            self.out.push_str(name);
            self.out.push_str("/>");
            return;
        }
        self.open(name);
        escape_to(text, &mut self.out);
        self.close(name);
    }

    fn open(&mut self, name: &str) {
        self.out.push('<');
        self.out.push_str(name);
        self.out.push('>');
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }
}

/// The key as a name: other characters become `_`, and one is put before a digit. A colon too, since it would begin a prefix
/// that nothing declares.
fn element_name(key: &str) -> String {
    let mut name = String::with_capacity(key.len());
    for character in key.chars() {
        let allowed = if name.is_empty() { is_name_start(character) } else { is_name(character) };
        if name.is_empty() && !allowed && is_name(character) {
            name.push('_');
            name.push(character);
        } else {
            name.push(if allowed { character } else { '_' });
        }
    }
    if name.is_empty() { "_".to_owned() } else { name }
}

/// Characters that begin a name (XML 1.0, production 4), without the colon.
pub(super) fn is_name_start(character: char) -> bool {
    matches!(character,
        'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

/// Characters inside a name (XML 1.0, production 4a), without the colon.
pub(super) fn is_name(character: char) -> bool {
    is_name_start(character)
        || matches!(character, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}
