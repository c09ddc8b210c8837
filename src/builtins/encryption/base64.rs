//! Base64 (RFC 4648) of texts and files. Encoding keeps to the standard; decoding also takes what other systems send:
//! without padding, broken into lines, or in the alphabet for addresses, in which the parts of a JWT are written.

use std::borrow::Cow;

use ::base64::alphabet;
use ::base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use ::base64::engine::{DecodePaddingMode, Engine};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::error::{bad_base64, unknown_charset};
use crate::builtins::support::{self, SCALAR, at, fits, text, text_result};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Failure, File, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Encryption, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "zoho.encryption.base64Encode",
        elsewhere: &["btoa", "base64_encode", "b64encode", "encodeBase64", "toBase64", "base64Encode"],
        page: "encryption-tasks/base-64-encode",
        parameters: &[Parameter::required("data", SCALAR.or(Kinds::FILE))],
        about: "Encodes a text or the content of a file as base64.",
        examples: &[
            Example::Shows(r#"zoho.encryption.base64Encode("ann@example.com")"#, "YW5uQGV4YW1wbGUuY29t"),
            Example::Shows(r#"zoho.encryption.base64Encode("é".toFile("a.txt"))"#, "w6k="),
            Example::Shows(r#"zoho.encryption.base64Encode("")"#, ""),
            Example::Fails("info zoho.encryption.base64Encode(null);", "run::argument-type"),
        ],
        see: &["zoho.encryption.base64Decode", "zoho.encryption.base64DecodeToFile", "textToHex"],
        run: encode,
        ..ROW
    },
    Builtin {
        name: "zoho.encryption.base64Decode",
        elsewhere: &["atob", "base64_decode", "b64decode", "decodeBase64", "fromBase64", "base64Decode"],
        page: "encryption-tasks/base-64-decode",
        parameters: &[ENCODED, Parameter::optional("charset", SCALAR.or(Kinds::NULL))],
        about: "Decodes base64 to text, which is UTF-8 unless UTF-16LE or UTF-16BE is named.",
        examples: &[
            Example::Shows(r#"zoho.encryption.base64Decode("YW5uQGV4YW1wbGUuY29t")"#, "ann@example.com"),
            Example::Shows(r#"zoho.encryption.base64Decode("SABpAA==", "UTF-16LE")"#, "Hi"),
            Example::Shows(r#"zoho.encryption.base64Decode("w6k")"#, "é"),
            Example::Fails(r#"info zoho.encryption.base64Decode("a*b=");"#, "run::base64"),
            Example::Fails(r#"info zoho.encryption.base64Decode("w6k=", "EBCDIC");"#, "run::charset"),
        ],
        differs: &[
            "Base64 without padding, in several lines or in the alphabet for addresses is decoded too.",
            "Bytes that are no text become replacement characters; the page says nothing of them.",
        ],
        see: &["zoho.encryption.base64Encode", "zoho.encryption.base64DecodeToFile", "hexToText"],
        run: decode,
        ..ROW
    },
    Builtin {
        name: "zoho.encryption.base64DecodeToFile",
        elsewhere: &["base64DecodeToFile", "Buffer.from", "base64ToFile", "base64ToBlob"],
        page: "encryption-tasks/base-64-decode-to-file",
        parameters: &[ENCODED, Parameter::required("fileName", SCALAR)],
        about: "Decodes base64 to a file of the given name.",
        examples: &[
            Example::Prints(
                "f = zoho.encryption.base64DecodeToFile(\"U3Vuc2hpbmU=\", \"sun.txt\");\n\
                 info f.getFileName();\ninfo f.getFileContent();",
                "sun.txt\nSunshine",
            ),
            Example::Shows(r#"zoho.encryption.base64DecodeToFile("", "empty.bin").getFileSize()"#, "0"),
            Example::Fails(r#"f = zoho.encryption.base64DecodeToFile("?", "a.txt");"#, "run::base64"),
        ],
        differs: &["The limit is that of texts in the run, not 25 MB, or 50 MB in Creator."],
        see: &["zoho.encryption.base64Encode", "zoho.encryption.base64Decode", "toFile"],
        run: decode_to_file,
        ..ROW
    },
];

const ENCODED: Parameter = Parameter::required("encodedText", SCALAR);

/// Standard base64, read with or without padding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The bytes as base64, if they are not too many.
pub(super) fn encoded(call: &Call<'_>, bytes: &[u8]) -> Result<Value, Failure> {
    fits(call, bytes.len().div_ceil(3).saturating_mul(4))?;
    Ok(Value::text(STANDARD.encode(bytes)))
}

/// The bytes that base64 stands for.
pub(super) fn decoded(text: &str) -> Result<Vec<u8>, Failure> {
    LENIENT.decode(standard(text).as_bytes()).map_err(|_| bad_base64())
}

/// The text in one line and in the standard alphabet. Blanks inside stay and are refused: they are what is left of `+`
/// when a text came through an address unencoded.
fn standard(text: &str) -> Cow<'_, str> {
    let is_line_end = |character: char| matches!(character, '\r' | '\n');
    let text = text.trim_ascii();
    if !text.contains(|character: char| is_line_end(character) || matches!(character, '-' | '_')) {
        return Cow::Borrowed(text);
    }
    let standard = text.chars().filter(|character| !is_line_end(*character)).map(|character| match character {
        '-' => '+',
        '_' => '/',
        other => other,
    });
    Cow::Owned(standard.collect())
}

fn encode(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    match at(arguments, 0) {
        Value::File(file) => encoded(call, &file.borrow().bytes),
        _ => encoded(call, text(arguments, 0)?.as_bytes()),
    }
}

fn decode(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let charset = match at(arguments, 1) {
        Value::Null => UTF_8,
        _ => charset(&text(arguments, 1)?).ok_or_else(unknown_charset)?,
    };
    let bytes = decoded(&text(arguments, 0)?)?;
    let (text, _) = charset.decode_without_bom_handling(&bytes);
    text_result(call, text)
}

/// The three that the page allows.
fn charset(name: &str) -> Option<&'static Encoding> {
    let known = [("UTF-8", UTF_8), ("UTF-16LE", UTF_16LE), ("UTF-16BE", UTF_16BE)];
    known.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name.trim())).map(|(_, charset)| charset)
}

fn decode_to_file(_call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let name = text(arguments, 1)?.into_owned();
    Ok(Value::file(File::named(name, decoded(&text(arguments, 0)?)?)))
}
