//! Reading a pattern of Java sign by sign, and the many ways in which it writes one sign.

use crate::builtins::error::bad_pattern;
use crate::value::Failure;

/// What is left of a pattern.
#[derive(Clone)]
pub(super) struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    /// At the beginning of a pattern.
    pub(super) fn new(source: &'a str) -> Self {
        Self { rest: source }
    }

    /// The next sign, taken.
    pub(super) fn next(&mut self) -> Option<char> {
        let sign = self.peek()?;
        self.rest = self.rest.get(sign.len_utf8()..).unwrap_or_default();
        Some(sign)
    }

    /// The next sign.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Takes these signs if they come next.
    pub(super) fn takes(&mut self, signs: &str) -> bool {
        let rest = self.rest.strip_prefix(signs);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Takes all up to a sign, and the sign; `None`, and nothing taken, without it.
    pub(super) fn until(&mut self, end: char) -> Option<&'a str> {
        let (inside, after) = self.rest.split_once(end)?;
        self.rest = after;
        Some(inside)
    }

    /// Takes what `\Q` quotes, and its `\E`.
    pub(super) fn quoted(&mut self) -> &'a str {
        let (inside, after) = self.rest.split_once(r"\E").unwrap_or((self.rest, ""));
        self.rest = after;
        inside
    }

    /// Takes the number of a group: the first digit, and more as long as there is such a group.
    pub(super) fn reference(&mut self, groups: usize) -> Option<usize> {
        let mut group = 0;
        while let Some(digit) = self.peek().and_then(|sign| sign.to_digit(10)) {
            let longer = group * 10 + digit as usize;
            if longer > groups {
                break;
            }
            group = longer;
            self.next();
        }
        (group > 0).then_some(group)
    }

    /// Takes the one sign that stands after a `\`, however it is written.
    pub(super) fn escaped(&mut self) -> Result<char, Failure> {
        let sign = self.next().ok_or_else(|| bad_pattern("it ends with a single \\"))?;
        Ok(match sign {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\u{c}',
            'a' => '\u{7}',
            'e' => '\u{1b}',
            '0' => self.octal()?,
            'x' => self.hexadecimal()?,
            'u' => self.unicode()?,
            'c' => match self.next() {
                Some(letter) if letter.is_ascii() => char::from(letter as u8 ^ 64),
                _ => return Err(bad_pattern("\\c is followed by one sign of ASCII")),
            },
            letter if letter.is_ascii_alphabetic() => {
                return Err(bad_pattern(&format!("\\{letter} is not supported")));
            }
            other => other,
        })
    }

    /// `\0377`: up to three digits, of which the first is at most 3 when there are three.
    fn octal(&mut self) -> Result<char, Failure> {
        let mut code = None;
        for _ in 0..3 {
            let Some(digit) = self.peek().and_then(|sign| sign.to_digit(8)) else { break };
            let longer = code.unwrap_or(0) * 8 + digit;
            if longer > 0o377 {
                break;
            }
            code = Some(longer);
            self.next();
        }
        code.and_then(char::from_u32).ok_or_else(|| bad_pattern("\\0 is followed by octal digits"))
    }

    /// `\x41` or `\x{1F600}`.
    fn hexadecimal(&mut self) -> Result<char, Failure> {
        let digits = if self.takes("{") { self.until('}') } else { self.digits(2) };
        let code = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let sign = code.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        sign.ok_or_else(|| bad_pattern("\\x is followed by two hexadecimal digits, or more in braces"))
    }

    /// `\u00e9`, or two of them for a sign beyond 16 bits.
    fn unicode(&mut self) -> Result<char, Failure> {
        let wrong = || bad_pattern("\\u is followed by four hexadecimal digits");
        let first = self.digits(4).and_then(|digits| u16::from_str_radix(digits, 16).ok()).ok_or_else(wrong)?;
        if let Some(sign) = char::from_u32(first.into()) {
            return Ok(sign);
        }
        let second = if self.takes("\\u") { self.digits(4) } else { None };
        let second = second.and_then(|digits| u16::from_str_radix(digits, 16).ok());
        let pair = second.and_then(|second| char::decode_utf16([first, second]).next()?.ok());
        pair.ok_or_else(|| bad_pattern("\\u names half a sign; write both halves"))
    }

    fn digits(&mut self, count: usize) -> Option<&'a str> {
        let digits = self.rest.get(..count)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.rest = self.rest.get(count..).unwrap_or_default();
        Some(digits)
    }
}
