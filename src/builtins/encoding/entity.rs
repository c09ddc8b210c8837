//! Entities, `&name;` and `&#233;`, in texts of HTML and XML alike; what differs is which names there are. Whatever is no
//! known entity stays as it stands, as browsers and Java's libraries do it: a lone `&` is no error.

use super::gather;
use crate::catalogue::Call;
use crate::value::{Failure, Value};

/// The longest thing between `&` and `;` that is looked at; the longest name of HTML 4 has eight letters.
const LONGEST: usize = 12;

/// Writes the characters that have a name as entities.
pub(super) fn encode(
    call: &Call<'_>,
    text: &str,
    name_of: impl Fn(char) -> Option<&'static str>,
) -> Result<Value, Failure> {
    let pieces = text.char_indices().flat_map(|(at, character)| match name_of(character) {
        Some(name) => ["&", name, ";"],
        None => [text.get(at..at + character.len_utf8()).unwrap_or_default(), "", ""],
    });
    gather(call, pieces)
}

/// Puts characters for entities. The result is never longer than the text.
pub(super) fn decode(text: &str, character_of: impl Fn(&str) -> Option<char>) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        let end = after.bytes().take(LONGEST + 1).position(|byte| byte == b';');
        let entity = end.and_then(|end| Some((after.get(..end)?, after.get(end + 1..)?)));
        let found = entity.and_then(|(name, behind)| {
            let character = match name.strip_prefix('#') {
                Some(number) => numbered(number),
                None => character_of(name),
            };
            Some((character?, behind))
        });
        match found {
            Some((character, behind)) => {
                decoded.push(character);
                rest = behind;
            }
            None => {
                decoded.push('&');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

/// `233` or `xE9`; nothing for what is no character.
fn numbered(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    // A number may be read with a sign, an entity may not.
    let is_plain = digits.chars().all(|digit| digit.is_digit(radix));
    let code = u32::from_str_radix(digits, radix).ok()?;
    char::from_u32(code).filter(|_| is_plain)
}
