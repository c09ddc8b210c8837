//! Keyed hashes (RFC 2104). The key comes first and the result is base64 unless another form is asked for.

use ::hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use super::output::Output;
use crate::builtins::support::{self, SCALAR, text};
use crate::catalogue::{Absent, Builtin, Category, Example, Parameter};
use crate::value::{Failure, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Encryption, parameters: PARAMETERS, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "zoho.encryption.hmacsha1",
        elsewhere: &["hmacsha1", "hmacSha1Hex", "hmac_sha1", "HmacSHA1"],
        page: "encryption/hmac-sha1",
        about: "Gives the HMAC-SHA-1 of a text under a key, as base64 or as hexadecimal digits.",
        examples: &[
            Example::Shows(r#"zoho.encryption.hmacsha1("key", "message")"#, "IIjfdNXyFGtIFGyvSWU3fp0L46Q="),
            Example::Shows(
                r#"zoho.encryption.hmacsha1("key", "message", "hex")"#,
                "2088df74d5f2146b48146caf4965377e9d0be3a4",
            ),
            Example::Fails(r#"info zoho.encryption.hmacsha1("key", "message", "octal");"#, "run::output-type"),
        ],
        not_in_creator: &[Absent::ROW.beyond(2)],
        see: &["zoho.encryption.hmacsha256", "zoho.encryption.sha1"],
        run: |_, arguments| keyed_hash::<Hmac<Sha1>>("hmacsha1", &[Output::Base64, Output::Hex], arguments),
        ..ROW
    },
    Builtin {
        name: "zoho.encryption.hmacsha256",
        elsewhere: &["hmacsha256", "hmacSha256Hex", "hmac_sha256", "HmacSHA256", "hash_hmac", "createHmac", "hmac.new"],
        page: "encryption/hmac-sha256",
        about: "Gives the HMAC-SHA-256 of a text under a key, as base64, hexadecimal or binary digits.",
        examples: &[
            Example::Shows(
                r#"zoho.encryption.hmacsha256("key", "message")"#,
                "bp7ym3X//Ft6uuUn1Y/a2y/kLnIZARl2kXNDBl9Y7Uo=",
            ),
            Example::Shows(
                r#"zoho.encryption.hmacsha256("key", "message", "hex")"#,
                "6e9ef29b75fffc5b7abae527d58fdadb2fe42e7219011976917343065f58ed4a",
            ),
            Example::Shows(r#"zoho.encryption.hmacsha256("key", "message", "binary").left(8)"#, "01101110"),
            Example::Fails(r#"info zoho.encryption.hmacsha256(null, "message");"#, "run::argument-type"),
        ],
        see: &["zoho.encryption.hmacsha512", "zoho.encryption.sha256"],
        run: |_, arguments| keyed_hash::<Hmac<Sha256>>("hmacsha256", ALL, arguments),
        ..ROW
    },
    Builtin {
        name: "zoho.encryption.hmacsha512",
        elsewhere: &["hmacsha512", "hmacSha512Hex", "hmac_sha512", "HmacSHA512"],
        page: "encryption/hmac-sha512",
        about: "Gives the HMAC-SHA-512 of a text under a key, as base64, hexadecimal or binary digits.",
        examples: &[
            Example::Shows(
                r#"zoho.encryption.hmacsha512("key", "message", "hex").left(32)"#,
                "e477384d7ca229dd1426e64b63ebf2d3",
            ),
            Example::Shows(r#"zoho.encryption.hmacsha512("key", "", "binary").length()"#, "512"),
            Example::Fails(r#"info zoho.encryption.hmacsha512("key", "message", "octal");"#, "run::output-type"),
        ],
        see: &["zoho.encryption.hmacsha256", "zoho.encryption.sha512"],
        run: |_, arguments| keyed_hash::<Hmac<Sha512>>("hmacsha512", ALL, arguments),
        ..ROW
    },
];

const ALL: &[Output] = &[Output::Base64, Output::Hex, Output::Binary];
const PARAMETERS: &[Parameter] = &[
    Parameter::required("key", SCALAR),
    Parameter::required("data", SCALAR),
    Parameter::optional("outputType", SCALAR.or(Kinds::NULL)),
];

fn keyed_hash<M: Mac + KeyInit>(function: &str, known: &[Output], arguments: &[Value]) -> Result<Value, Failure> {
    let output = Output::of(function, known, arguments, 2)?;
    let hash = hash::<M>(text(arguments, 0)?.as_bytes(), text(arguments, 1)?.as_bytes())?;
    Ok(output.write(&hash))
}

/// The hash of data under a key of any length.
pub(super) fn hash<M: Mac + KeyInit>(key: &[u8], data: &[u8]) -> Result<Vec<u8>, Failure> {
    let mac = <M as KeyInit>::new_from_slice(key);
    let mac = mac.map_err(|_| Failure::internal("a keyed hash did not take a key"))?;
    Ok(mac.chain_update(data).finalize().into_bytes().to_vec())
}
