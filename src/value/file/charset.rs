//! Texts in other charsets. The names are those of the Web's encoding standard, which knows nearly all that are in use;
//! UTF-16 is written here, because that standard only reads it. As Java does, plain `UTF-16` writes a byte order mark
//! and the high byte first, and a character that a charset does not have becomes a question mark.

use std::borrow::Cow;

use encoding_rs::{Encoding, REPLACEMENT, UTF_8};

/// Whether texts can be read and written in a charset of that name.
pub fn is_charset(name: &str) -> bool {
    utf_16(name).is_some() || Encoding::for_label(name.trim().as_bytes()).is_some_and(|found| found != REPLACEMENT)
}

/// The text of bytes. A byte order mark wins over the named charset; without both it is UTF-8.
pub(super) fn decode(bytes: &[u8], charset: Option<&str>) -> String {
    encoding(bytes, charset).decode(bytes).0.into_owned()
}

/// Like [`decode`], but only for bytes that are such a text altogether.
pub(super) fn decode_exactly(bytes: &[u8], charset: Option<&str>) -> Option<String> {
    let (text, _, has_errors) = encoding(bytes, charset).decode(bytes);
    (!has_errors && !text.contains('\0')).then(|| text.into_owned())
}

/// The text of bytes in a named charset, unless a byte order mark tells otherwise; without a name it is UTF-8. Bytes that are
/// no such text become replacement characters. `None` for a charset that is not known.
pub fn decode_text<'b>(bytes: &'b [u8], charset: Option<&str>) -> Option<Cow<'b, str>> {
    charset.is_none_or(is_charset).then(|| encoding(bytes, charset).decode(bytes).0)
}

/// The bytes of a text in a named charset, with `?` for what it does not have; `None` for a charset that is not known.
pub fn encode_text(text: &str, charset: &str) -> Option<Vec<u8>> {
    encode(text, charset)
}

/// The bytes of a text; `None` for a charset that is not known.
pub(super) fn encode(text: &str, charset: &str) -> Option<Vec<u8>> {
    if let Some(order) = utf_16(charset) {
        return Some(order.encode(text));
    }
    let encoding = Encoding::for_label(charset.trim().as_bytes()).filter(|found| *found != REPLACEMENT)?;
    let (bytes, _, has_unknown) = encoding.encode(text);
    if !has_unknown {
        return Some(bytes.into_owned());
    }
    let mut buffer = [0; 4];
    let mut is_known = |character: char| !encoding.encode(character.encode_utf8(&mut buffer)).2;
    let known: String = text.chars().map(|character| if is_known(character) { character } else { '?' }).collect();
    Some(encoding.encode(&known).0.into_owned())
}

fn encoding(bytes: &[u8], charset: Option<&str>) -> &'static Encoding {
    let named = charset.and_then(|name| Encoding::for_label(name.trim().as_bytes()));
    Encoding::for_bom(bytes).map(|(found, _)| found).or(named).unwrap_or(UTF_8)
}

/// The orders of bytes in which UTF-16 is written.
#[derive(Clone, Copy)]
enum Utf16 {
    /// High byte first, after a byte order mark.
    Marked,
    /// High byte first.
    Big,
    /// Low byte first.
    Little,
}

impl Utf16 {
    fn encode(self, text: &str) -> Vec<u8> {
        let mark: &[u8] = if matches!(self, Utf16::Marked) { &[0xfe, 0xff] } else { &[] };
        let units = text.encode_utf16().flat_map(|unit| match self {
            Utf16::Little => unit.to_le_bytes(),
            _ => unit.to_be_bytes(),
        });
        mark.iter().copied().chain(units).collect()
    }
}

fn utf_16(name: &str) -> Option<Utf16> {
    match name.trim().to_ascii_lowercase().as_str() {
        "utf-16" | "utf16" => Some(Utf16::Marked),
        "utf-16be" => Some(Utf16::Big),
        "utf-16le" => Some(Utf16::Little),
        _ => None,
    }
}
