//! `textToHex` and `hexToText`: two hexadecimal digits for each byte of UTF-8.

use crate::builtins::support::{self, TEXTUAL, fits, text, text_result};
use crate::catalogue::{Builtin, Call, Category, Example};
use crate::value::{Failure, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Encoding, on: TEXTUAL, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "textToHex",
        elsewhere: &["bin2hex", "hexlify", "encodeHex", "toHexString"],
        page: "functions/text",
        about: "Gives the bytes of a text as hexadecimal digits in lower case.",
        examples: &[
            Example::Shows(r#""Zoho".textToHex()"#, "5a6f686f"),
            Example::Shows(r#"textToHex("é")"#, "c3a9"),
            Example::Shows(r#"textToHex("")"#, ""),
            Example::Fails("name = null;\ninfo name.textToHex();", "run::null-receiver"),
        ],
        see: &["hexToText", "toHex", "zoho.encryption.base64Encode"],
        run: text_to_hex,
        ..ROW
    },
    Builtin {
        name: "hexToText",
        elsewhere: &["hex2bin", "unhexlify", "unhex", "decodeHex", "fromHex", "fromhex"],
        page: "functions/string/hextotext",
        about: "Gives the text whose bytes are written as hexadecimal digits, in either case.",
        examples: &[
            Example::Shows(r#""5a6f686f".hexToText()"#, "Zoho"),
            Example::Shows(r#"hexToText("C3A9")"#, "é"),
            Example::Fails(r#"info hexToText("5a6");"#, "run::hex"),
            Example::Fails(r#"info hexToText("zz");"#, "run::hex"),
        ],
        differs: &["Bytes that are no UTF-8 become replacement characters; the page says nothing of them."],
        see: &["textToHex", "zoho.encryption.base64Decode"],
        run: hex_to_text,
        ..ROW
    },
];

/// The bytes as hexadecimal digits in lower case.
pub(in crate::builtins) fn digits(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        digits.extend([byte >> 4, byte & 15].into_iter().filter_map(|half| char::from_digit(half.into(), 16)));
    }
    digits
}

fn text_to_hex(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let plain = text(arguments, 0)?;
    fits(call, plain.len().saturating_mul(2))?;
    Ok(Value::text(digits(plain.as_bytes())))
}

fn hex_to_text(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let bytes = bytes(&text(arguments, 0)?).ok_or_else(bad_hex)?;
    text_result(call, String::from_utf8_lossy(&bytes))
}

/// The bytes that digits stand for; nothing for another character or half a byte.
fn bytes(digits: &str) -> Option<Vec<u8>> {
    let half = |digit: u8| char::from(digit).to_digit(16).and_then(|half| u8::try_from(half).ok());
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(half(*high)? << 4 | half(*low)?)).collect()
}

fn bad_hex() -> Failure {
    Failure::new("run::hex", "the text is not hexadecimal")
        .help("write two of the digits 0 to 9 and a to f for each byte, without blanks: 5a6f686f")
}
