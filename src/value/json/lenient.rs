//! What people write for JSON: `{company:Zoho, product:'Creator'}`. An explicit stack instead of recursion, because the
//! depth is the text's.

use super::read::{Room, number};
use crate::value::print::MAX_DEPTH;
use crate::value::{Aggregate, Map, Value};

/// Reads one object or array; `None` when the text is neither even leniently.
pub(super) fn parse(text: &str) -> Option<Value> {
    let mut reader = Reader { rest: text };
    reader.blanks();
    let mut open: Vec<Open> = Vec::new();
    let room = Room::default();
    loop {
        reader.blanks();
        let next = reader.peek()?;
        room.take(if matches!(next, '{' | '[') { Room::CONTAINER + Room::KEY } else { Room::TEXT + Room::KEY })?;
        let value = match next {
            '{' if open.len() < MAX_DEPTH => {
                reader.take();
                match reader.key_or_close()? {
                    Some(key) => {
                        open.push(Open::Object(Map::default(), key));
                        continue;
                    }
                    None => Value::map(Map::default()),
                }
            }
            '[' if open.len() < MAX_DEPTH => {
                reader.take();
                reader.blanks();
                if reader.eat(']') {
                    Value::Aggregate(Aggregate::json_list(Vec::new()))
                } else {
                    open.push(Open::Array(Vec::new()));
                    continue;
                }
            }
            _ if open.is_empty() => return None,
            _ => reader.scalar()?,
        };
        let Some(done) = close_up(&mut reader, &mut open, value)? else { continue };
        reader.blanks();
        return reader.rest.is_empty().then_some(done);
    }
}

enum Open {
    Object(Map, String),
    Array(Vec<Value>),
}

/// Stores `value` where it belongs and closes what ends after it. Gives the whole value when the outermost closed, and
/// nothing when another value follows. The outer `None` means the text is not readable.
fn close_up(reader: &mut Reader<'_>, open: &mut Vec<Open>, value: Value) -> Option<Option<Value>> {
    let mut value = value;
    while let Some(container) = open.pop() {
        reader.blanks();
        let comma = reader.eat(',');
        reader.blanks();
        match container {
            Open::Object(mut map, key) => {
                map.insert_text(&key, value);
                if !comma && reader.peek()? != '}' {
                    return None;
                }
                match reader.key_or_close()? {
                    Some(key) => {
                        open.push(Open::Object(map, key));
                        return Some(None);
                    }
                    None => value = Value::map(map),
                }
            }
            Open::Array(mut items) => {
                items.push(value);
                if reader.eat(']') {
                    value = Value::Aggregate(Aggregate::json_list(items));
                } else if comma {
                    open.push(Open::Array(items));
                    return Some(None);
                } else {
                    return None;
                }
            }
        }
    }
    Some(Some(value))
}

/// Whether a bare word is a number of JSON. What only looks like one stays text: `0150` is a postal code, not 150.
fn is_number(word: &str) -> bool {
    let word = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) =
        word.split_once(['e', 'E']).map_or((word, None), |(before, after)| (before, Some(after)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(before, after)| (before, Some(after)));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(are_digits)
        && exponent.is_none_or(|exponent| are_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let first = characters.next();
        self.rest = characters.as_str();
        first
    }

    fn eat(&mut self, wanted: char) -> bool {
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// The next key with its colon, or nothing at the closing brace.
    fn key_or_close(&mut self) -> Option<Option<String>> {
        self.blanks();
        if self.eat('}') {
            return Some(None);
        }
        let key = match self.peek()? {
            quote @ ('"' | '\'') => self.quoted(quote)?,
            _ => self.bare(&[':', ',', '{', '}', '[', ']'])?.to_owned(),
        };
        self.blanks();
        self.eat(':').then_some(Some(key))
    }

    fn scalar(&mut self) -> Option<Value> {
        if let quote @ ('"' | '\'') = self.peek()? {
            return self.quoted(quote).map(Value::text);
        }
        let word = self.bare(&[',', '}', ']', '{', '['])?;
        Some(match word {
            "null" => Value::Null,
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            word if is_number(word) => number(word).unwrap_or_else(|| Value::text(word)),
            word => Value::text(word),
        })
    }

    /// Text up to one of the marks, without the blanks around it; never empty.
    fn bare(&mut self, marks: &[char]) -> Option<&'a str> {
        let end = self.rest.find(marks)?;
        let (word, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        let word = word.trim();
        (!word.is_empty()).then_some(word)
    }

    fn quoted(&mut self, quote: char) -> Option<String> {
        self.take();
        let mut text = String::new();
        loop {
            match self.take()? {
                end if end == quote => return Some(text),
                '\\' => match self.take()? {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => text.push('\r'),
                    'b' => text.push('\u{8}'),
                    'f' => text.push('\u{c}'),
                    'u' => text.push(self.unicode()?),
                    other => text.push(other),
                },
                other => text.push(other),
            }
        }
    }

    fn unicode(&mut self) -> Option<char> {
        let first = self.hex()?;
        let after = self.rest;
        let low = self.rest.strip_prefix("\\u").and_then(|rest| {
            self.rest = rest;
            self.hex()?.checked_sub(0xdc00).filter(|low| *low < 0x400)
        });
        Some(match (first, low) {
            (0xd800..0xdc00, Some(low)) => {
                char::from_u32(0x10000 + ((first - 0xd800) << 10) + low).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => {
                // Half a pair stands for no character.
                self.rest = after;
                char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        // The conversion would take a sign too.
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        are_digits.then(|| u32::from_str_radix(digits, 16).ok())?
    }
}
