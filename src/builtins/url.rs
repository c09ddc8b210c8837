//! Text in addresses.

use super::support::{self, PRESENT, text, text_result};
use crate::catalogue::{Builtin, Call, Category, Example};
use crate::value::{Failure, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Encoding, ..support::ROW };

pub(super) static TABLE: &[Builtin] = &[Builtin {
    name: "encodeUrl",
    page: "functions/common/encodeurl",
    on: PRESENT.except(Kinds::FILE),
    about: "Encodes a text for use in an address: a blank becomes +, letters, digits and . - _ * stay.",
    examples: &[
        Example::Shows(r#"encodeUrl("a b&c=d")"#, "a+b%26c%3Dd"),
        Example::Shows(r#"encodeURL("é~")"#, "%C3%A9%7E"),
        Example::Shows(r#"encodeUrl("a.b-c_d*")"#, "a.b-c_d*"),
    ],
    run: encode_url,
    ..ROW
}];

/// The form encoding of the URL standard, which is that of Java's URLEncoder.
fn encode_url(call: &mut Call<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let encoded: String = ::url::form_urlencoded::byte_serialize(text(arguments, 0)?.as_bytes()).collect();
    text_result(call, encoded)
}
