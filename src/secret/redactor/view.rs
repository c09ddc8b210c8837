//! A text as its reader would decode it. Encoders differ in what they leave alone (a blank is `%20`, `+`, `\u0020` or a
//! blank), so no list of encoded secrets is ever complete; decoding has one result. The redactor therefore looks for plain
//! secrets in the text and in every decoded view of it, and each view knows where in the text its bytes come from.

use std::borrow::Cow;

/// So many steps may each be any decoding; one more is made for JSON text, which is often nested.
const DEPTH: usize = 2;

/// The longest XML character reference, such as `&#1114111;`.
const REFERENCE_BYTES: usize = 12;

/// A text, decoded or not.
pub(super) struct View<'t> {
    pub(super) bytes: Cow<'t, [u8]>,
    /// For each byte, and for the end, its place in the original text; empty for that text itself. The end lies before
    /// the text's when the text breaks off within an escape.
    places: Vec<usize>,
    depth: usize,
}

#[derive(Clone, Copy)]
enum Coding {
    /// `%41`
    Percent,
    /// `%41`, and `+` for a blank.
    Form,
    /// `\n`, `\"`, `\u0041`
    Json,
    /// `&lt;`, `&#65;`
    Xml,
}

/// What an escape stands for.
enum Read {
    /// This character, written in so many bytes.
    Character(char, usize),
    /// This byte, written in so many bytes.
    Byte(u8, usize),
    /// The text ends within the escape.
    Cut,
    /// It is no escape.
    No,
}

impl<'t> View<'t> {
    /// The text as it is, and everything it decodes to.
    pub(super) fn all(text: &'t [u8]) -> Vec<Self> {
        let mut views = vec![View { bytes: Cow::Borrowed(text), places: Vec::new(), depth: 0 }];
        let mut at = 0;
        while let Some(view) = views.get(at) {
            let codings: &[Coding] = match view.depth {
                DEPTH => &[Coding::Json],
                depth if depth > DEPTH => &[],
                _ => &[Coding::Percent, Coding::Form, Coding::Json, Coding::Xml],
            };
            let decoded: Vec<Self> = codings.iter().filter_map(|coding| view.decoded(*coding)).collect();
            for view in decoded {
                if !views.iter().any(|known| known.bytes == view.bytes && known.places == view.places) {
                    views.push(view);
                }
            }
            at += 1;
        }
        views
    }

    /// The place in the original text of the byte at `at`, or of the end.
    pub(super) fn place(&self, at: usize) -> usize {
        self.places.get(at).copied().unwrap_or(at)
    }

    /// The view decoded once more; `None` when nothing changes.
    fn decoded(&self, coding: Coding) -> Option<Self> {
        let begins = |byte: u8| match coding {
            Coding::Percent => byte == b'%',
            Coding::Form => matches!(byte, b'%' | b'+'),
            Coding::Json => byte == b'\\',
            Coding::Xml => byte == b'&',
        };
        if !self.bytes.iter().any(|byte| begins(*byte)) {
            return None;
        }
        let mut bytes = Vec::with_capacity(self.bytes.len());
        let mut places = Vec::with_capacity(self.bytes.len() + 1);
        let mut push = |decoded: &[u8], at: usize| {
            bytes.extend_from_slice(decoded);
            places.resize(bytes.len(), self.place(at));
        };
        let mut at = 0;
        let mut changed = false;
        while let Some(byte) = self.bytes.get(at).copied() {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let read = match coding {
                _ if !begins(byte) => Read::No,
                Coding::Form if byte == b'+' => Read::Byte(b' ', 1),
                Coding::Percent | Coding::Form => percent(rest),
                Coding::Json => json(rest),
                Coding::Xml => xml(rest),
            };
            changed |= !matches!(read, Read::No);
            match read {
                Read::Character(character, length) => {
                    push(character.encode_utf8(&mut [0; 4]).as_bytes(), at);
                    at += length;
                }
                Read::Byte(byte, length) => {
                    push(&[byte], at);
                    at += length;
                }
                Read::No => {
                    push(&[byte], at);
                    at += 1;
                }
                Read::Cut => break,
            }
        }
        places.push(self.place(at));
        changed.then_some(View { bytes: Cow::Owned(bytes), places, depth: self.depth + 1 })
    }
}

fn percent(rest: &[u8]) -> Read {
    match rest {
        [_, high, low, ..] => match (digit(*high), digit(*low)) {
            (Some(high), Some(low)) => Read::Byte(high << 4 | low, 3),
            _ => Read::No,
        },
        [_] => Read::Cut,
        [_, high] if digit(*high).is_some() => Read::Cut,
        _ => Read::No,
    }
}

fn json(rest: &[u8]) -> Read {
    let byte = match rest.get(1) {
        None => return Read::Cut,
        Some(b'u') => return json_unit(rest),
        Some(b'n') => b'\n',
        Some(b'r') => b'\r',
        Some(b't') => b'\t',
        Some(b'b') => 8,
        Some(b'f') => 12,
        Some(mark @ (b'"' | b'\'' | b'\\' | b'/')) => *mark,
        Some(_) => return Read::No,
    };
    Read::Byte(byte, 2)
}

/// `\u00e9`, or two of them for a character beyond the first plane.
fn json_unit(rest: &[u8]) -> Read {
    let unit = |at: usize| -> Result<u16, Read> {
        let form = rest.get(at..).unwrap_or_default();
        let form = form.get(..6).unwrap_or(form);
        let fits = form.iter().enumerate().all(|(place, byte)| match place {
            0 => *byte == b'\\',
            1 => *byte == b'u',
            _ => digit(*byte).is_some(),
        });
        match form.get(2..6) {
            _ if !fits => Err(Read::No),
            None => Err(Read::Cut),
            Some(digits) => Ok(digits.iter().fold(0, |value, byte| value << 4 | u16::from(digit(*byte).unwrap_or(0)))),
        }
    };
    let first = match unit(0) {
        Ok(first) => first,
        Err(read) => return read,
    };
    if let Some(character) = char::from_u32(u32::from(first)) {
        return Read::Character(character, 6);
    }
    match unit(6) {
        Ok(second) => match char::decode_utf16([first, second]).next() {
            Some(Ok(character)) => Read::Character(character, 12),
            _ => Read::No,
        },
        Err(read) => read,
    }
}

fn xml(rest: &[u8]) -> Read {
    let window = rest.get(..REFERENCE_BYTES).unwrap_or(rest);
    let Some(end) = window.iter().position(|byte| *byte == b';') else {
        let name = window.iter().skip(1).all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
        return if name && rest.len() < REFERENCE_BYTES { Read::Cut } else { Read::No };
    };
    let number = |digits: &[u8], radix| u32::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok();
    let character = match window.get(1..end).unwrap_or_default() {
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"amp" => Some('&'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        [b'#', b'x' | b'X', digits @ ..] => number(digits, 16).and_then(char::from_u32),
        [b'#', digits @ ..] => number(digits, 10).and_then(char::from_u32),
        _ => None,
    };
    character.map_or(Read::No, |character| Read::Character(character, end + 1))
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
