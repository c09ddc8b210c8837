//! JSON, to the letter, straight into values. Replies and records are long lists of objects of one shape, so what a
//! container held tells how much room the next one at its depth will need. What is refused here is refused without a
//! word; [`refusal`] finds the words.

use std::borrow::Cow;

use compact_str::CompactString;

use super::read::{Room, number};
use super::scan::plain_bytes;
use crate::value::{Aggregate, Failure, Map, Value};

/// Why a text was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is no JSON.
    Syntax,
    /// Containers in containers, deeper than [`MAX_DEPTH`].
    Depth,
    /// `\ud800` without its other half.
    HalfOfPair,
    /// More parts than one text may have.
    Parts,
}

/// How deep containers may be nested; the lenient reader goes on to what can be printed.
const MAX_DEPTH: usize = 127;

/// Room for the pairs of an object whose like was not met yet.
const FIRST_PAIRS: usize = 8;

/// Numbers of so many digits fit into 64 bits whatever the digits are.
const SHORT_NUMBER: usize = 18;

/// Reads one value.
pub(super) fn parse(text: &str) -> Result<Value, Refused> {
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, room: Room::default(), sizes: Vec::new() };
    let value = reader.value(0)?;
    reader.blanks();
    if reader.at == text.len() { Ok(value) } else { Err(Refused::Syntax) }
}

/// The error for a text that was refused.
#[cold]
pub(super) fn refusal(text: &str, refused: Refused) -> Failure {
    match refused {
        Refused::Syntax => match serde_json::from_str::<serde::de::IgnoredAny>(text) {
            Err(error) => Failure::invalid_json(&error.to_string()),
            Ok(_) => Failure::invalid_json("it cannot be read"),
        },
        Refused::Depth => Failure::invalid_json("it is nested too deep"),
        Refused::HalfOfPair => Failure::invalid_json("half of a surrogate pair stands alone"),
        Refused::Parts => Failure::invalid_json("it has too many parts"),
    }
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    room: Room,
    /// By depth, how many elements or pairs the last container there had.
    sizes: Vec<usize>,
}

impl<'t> Reader<'t> {
    fn value(&mut self, depth: usize) -> Result<Value, Refused> {
        self.blanks();
        match self.peek() {
            Some(b'"') => {
                self.take(Room::TEXT)?;
                self.string().map(|string| Value::text(CompactString::from(string)))
            }
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b't') => self.word("true", Value::Boolean(true)),
            Some(b'f') => self.word("false", Value::Boolean(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Refused> {
        self.open(depth)?;
        if self.eat(b'}') {
            return Ok(Value::map(Map::default()));
        }
        let mut map = Map::with_capacity(self.expected(depth).unwrap_or(FIRST_PAIRS));
        loop {
            self.blanks();
            if self.peek() != Some(b'"') {
                return Err(Refused::Syntax);
            }
            self.take(Room::KEY)?;
            let key = self.string()?;
            self.blanks();
            if !self.eat(b':') {
                return Err(Refused::Syntax);
            }
            let value = self.value(depth + 1)?;
            map.insert_text(&key, value);
            if self.is_last(b'}')? {
                self.note(depth, map.len());
                return Ok(Value::map(map));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, Refused> {
        self.open(depth)?;
        if self.eat(b']') {
            return Ok(Value::Aggregate(Aggregate::json_list(Vec::new())));
        }
        let mut items = Vec::with_capacity(self.expected(depth).unwrap_or_default());
        loop {
            items.push(self.value(depth + 1)?);
            if self.is_last(b']')? {
                self.note(depth, items.len());
                return Ok(Value::Aggregate(Aggregate::json_list(items)));
            }
        }
    }

    /// Steps into a container, up to its first part or its end.
    fn open(&mut self, depth: usize) -> Result<(), Refused> {
        if depth >= MAX_DEPTH {
            return Err(Refused::Depth);
        }
        self.take(Room::CONTAINER)?;
        self.at += 1;
        self.blanks();
        Ok(())
    }

    /// After a part of a container: whether the container ends here.
    fn is_last(&mut self, end: u8) -> Result<bool, Refused> {
        self.blanks();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(false)
            }
            Some(byte) if byte == end => {
                self.at += 1;
                Ok(true)
            }
            _ => Err(Refused::Syntax),
        }
    }

    fn expected(&self, depth: usize) -> Option<usize> {
        self.sizes.get(depth).copied()
    }

    fn note(&mut self, depth: usize, size: usize) {
        match self.sizes.get_mut(depth) {
            Some(noted) => *noted = size,
            None => {
                self.sizes.resize(depth, 0);
                self.sizes.push(size);
            }
        }
    }

    /// A string, whose first quote is next; it stands in the text as it is unless something is escaped.
    fn string(&mut self) -> Result<Cow<'t, str>, Refused> {
        self.at += 1;
        let plain = self.plain()?;
        if self.eat(b'"') {
            return Ok(Cow::Borrowed(plain));
        }
        let mut string = plain.to_owned();
        while !self.eat(b'"') {
            string.push(self.escaped()?);
            string.push_str(self.plain()?);
        }
        Ok(Cow::Owned(string))
    }

    /// The characters up to the next quote, backslash or control character.
    fn plain(&mut self) -> Result<&'t str, Refused> {
        let begins = self.at;
        self.at += plain_bytes(self.bytes.get(begins..).unwrap_or_default());
        self.text.get(begins..self.at).ok_or(Refused::Syntax)
    }

    fn escaped(&mut self) -> Result<char, Refused> {
        if !self.eat(b'\\') {
            return Err(Refused::Syntax);
        }
        let letter = self.peek();
        self.at += 1;
        Ok(match letter {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'u') => return self.unicode(),
            Some(sign @ (b'"' | b'\\' | b'/')) => char::from(sign),
            _ => return Err(Refused::Syntax),
        })
    }

    /// A character beyond 16 bits is written as two halves.
    fn unicode(&mut self) -> Result<char, Refused> {
        let first = self.hex()?;
        let code = match first {
            0xd800..0xdc00 => {
                if !(self.eat(b'\\') && self.eat(b'u')) {
                    return Err(Refused::HalfOfPair);
                }
                let low = self.hex()?.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or(Refused::HalfOfPair)?;
                0x10000 + ((first - 0xd800) << 10) + low
            }
            other => other,
        };
        char::from_u32(code).ok_or(Refused::HalfOfPair)
    }

    fn hex(&mut self) -> Result<u32, Refused> {
        let digits = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk::<4>()).ok_or(Refused::Syntax)?;
        self.at += 4;
        digits.iter().try_fold(0, |code, digit| {
            let digit = char::from(*digit).to_digit(16).ok_or(Refused::Syntax)?;
            Ok(code * 16 + digit)
        })
    }

    fn number(&mut self) -> Result<Value, Refused> {
        self.take(Room::SCALAR)?;
        let begins = self.at;
        let is_negative = self.eat(b'-');
        let first_digit = self.at;
        let magnitude = self.digits()?;
        let digits = self.at - first_digit;
        if digits > 1 && self.bytes.get(first_digit) == Some(&b'0') {
            return Err(Refused::Syntax);
        }
        let is_whole = !matches!(self.peek(), Some(b'.' | b'e' | b'E'));
        if is_whole && digits <= SHORT_NUMBER {
            return Ok(Value::Number(if is_negative { -magnitude } else { magnitude }));
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        let mut exponent = None;
        if self.eat(b'e') || self.eat(b'E') {
            let mark = self.at - begins - 1;
            let is_signed = self.eat(b'+') || self.eat(b'-');
            exponent = Some((mark, is_signed));
            self.digits()?;
        }
        let digits = self.text.get(begins..self.at).ok_or(Refused::Syntax)?;
        let value = number(digits).ok_or(Refused::Syntax)?;
        match (&value, exponent) {
            // Digits that no number can hold: their exponent is written one way, however it was written.
            (Value::Text(_), Some((mark, is_signed))) => {
                let (before, after) = digits.split_at_checked(mark).ok_or(Refused::Syntax)?;
                let sign = if is_signed { "" } else { "+" };
                Ok(Value::text(format!("{before}e{sign}{}", after.trim_start_matches(['e', 'E']))))
            }
            _ => Ok(value),
        }
    }

    /// One digit or more, as a number when they are few enough for that.
    fn digits(&mut self) -> Result<i64, Refused> {
        let begins = self.at;
        let mut number = 0_i64;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            number = number.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
            self.at += 1;
        }
        if self.at == begins { Err(Refused::Syntax) } else { Ok(number) }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Refused> {
        self.take(Room::SCALAR)?;
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(Refused::Syntax);
        }
        self.at += word.len();
        Ok(value)
    }

    fn blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn eat(&mut self, wanted: u8) -> bool {
        let is_next = self.peek() == Some(wanted);
        self.at += usize::from(is_next);
        is_next
    }

    fn take(&mut self, size: usize) -> Result<(), Refused> {
        self.room.take(size).ok_or(Refused::Parts)
    }
}
