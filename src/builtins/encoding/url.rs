//! Text in addresses. `encodeUrl` is the encoding of forms, in which a blank is `+`; `urlEncode` differs in that alone
//! (help page "urlEncode"), so one decoder, which takes both, undoes both.

use std::borrow::Cow;

use super::gather;
use crate::builtins::support::{self, PRESENT, at, text, text_result};
use crate::catalogue::{Absent, Builtin, Call, Category, Example, Parameter};
use crate::value::{Failure, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Encoding, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "encodeUrl",
        elsewhere: &["URLEncoder.encode", "quote_plus", "EncodeForURL"],
        page: "functions/common/encodeurl",
        on: PRESENT.except(Kinds::FILE),
        about: "Encodes a text for use in an address: a blank becomes +, letters, digits and . - _ * stay.",
        examples: &[
            Example::Shows(r#"encodeUrl("a b&c=d")"#, "a+b%26c%3Dd"),
            Example::Shows(r#"encodeURL("é~")"#, "%C3%A9%7E"),
            Example::Shows(r#"encodeUrl("a.b-c_d*")"#, "a.b-c_d*"),
            Example::Fails("name = null;\ninfo encodeUrl(name);", "run::null-receiver"),
        ],
        see: &["zoho.encryption.urlEncode", "zoho.encryption.urlDecode", "htmlEncode"],
        run: |call, arguments| gather(call, form_pieces(&text(arguments, 0)?)),
        ..ROW
    },
    Builtin {
        name: "zoho.encryption.urlEncode",
        elsewhere: &["urlEncode", "encodeURIComponent", "encodeURI", "rawurlencode", "urllib.parse.quote"],
        page: "functions/encryption/urlencode",
        parameters: ANY,
        about: "Encodes a text for use in an address: a blank becomes %20, letters, digits and . - _ * stay.",
        examples: &[
            Example::Shows(r#"zoho.encryption.urlEncode("tea & cake")"#, "tea%20%26%20cake"),
            Example::Shows(r#"zoho.encryption.urlEncode("x+y~é")"#, "x%2By%7E%C3%A9"),
            Example::Shows("zoho.encryption.urlEncode(12)", "null"),
            Example::Fails("info zoho.encryption.urlEncode();", "check::argument-count"),
        ],
        see: &["zoho.encryption.urlDecode", "encodeUrl", "zoho.encryption.base64Encode"],
        run: url_encode,
        ..ROW
    },
    Builtin {
        name: "zoho.encryption.urlDecode",
        elsewhere: &[
            "urlDecode",
            "decodeUrl",
            "decodeURIComponent",
            "decodeURI",
            "unquote",
            "unquote_plus",
            "rawurldecode",
        ],
        page: "functions/encryption/urldecode",
        parameters: ANY,
        about: "Decodes a text from an address; both %20 and + become a blank.",
        examples: &[
            Example::Shows(r#"zoho.encryption.urlDecode("https%3A%2F%2Fwww.zoho.com")"#, "https://www.zoho.com"),
            Example::Shows(r#"zoho.encryption.urlDecode("a+b%20c%2B")"#, "a b c+"),
            Example::Shows("zoho.encryption.urlDecode(12)", "null"),
            Example::Fails(r#"info zoho.encryption.urlDecode("100%");"#, "run::url-encoding"),
        ],
        not_in_creator: &[Absent::ROW],
        differs: &["A + becomes a blank and a % without two digits is an error; the page says nothing of either."],
        see: &["zoho.encryption.urlEncode", "encodeUrl"],
        run: url_decode,
        ..ROW
    },
];

/// Both pages: every type but TEXT gives null.
const ANY: &[Parameter] = &[Parameter::required("string", Kinds::ANY)];

/// The form encoding of the URL standard, which is that of Java's URLEncoder.
fn form_pieces(plain: &str) -> impl Iterator<Item = &str> {
    ::url::form_urlencoded::byte_serialize(plain.as_bytes())
}

fn url_encode(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    match at(arguments, 0) {
        Value::Text(plain) => gather(call, form_pieces(plain).map(|piece| if piece == "+" { "%20" } else { piece })),
        _ => Ok(Value::Null),
    }
}

fn url_decode(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let Value::Text(encoded) = at(arguments, 0) else { return Ok(Value::Null) };
    if !encoded.split('%').skip(1).all(starts_with_digits) {
        return Err(bad_url_encoding());
    }
    let blanks = encoded.replace('+', " ");
    let decoded: Cow<'_, [u8]> = percent_encoding::percent_decode_str(&blanks).into();
    text_result(call, String::from_utf8_lossy(&decoded))
}

fn starts_with_digits(after_percent: &str) -> bool {
    after_percent.as_bytes().first_chunk::<2>().is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

fn bad_url_encoding() -> Failure {
    Failure::new("run::url-encoding", "the text is not encoded for addresses: a % is not followed by two digits")
        .help("decode what urlEncode or encodeUrl gave; a percent sign itself is written %25")
}
