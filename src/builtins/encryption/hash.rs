//! Hashes of texts, taken of their UTF-8.

use md5::Md5;
use sha1::Sha1;
use sha2::digest::Digest;
use sha2::{Sha256, Sha512};

use super::output::Output;
use crate::builtins::support::{self, SCALAR, text};
use crate::catalogue::{Builtin, Category, Example, Parameter};
use crate::value::{Failure, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Encryption, parameters: DATA, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "zoho.encryption.md5",
        elsewhere: &["md5", "hashlib.md5", "md5Hex"],
        page: "encryption/md5",
        about: "Gives the MD5 hash of a text as 32 hexadecimal digits.",
        examples: &[
            Example::Shows(r#"zoho.encryption.md5("hello")"#, "5d41402abc4b2a76b9719d911017c592"),
            Example::Shows(r#"zoho.encryption.md5("")"#, "d41d8cd98f00b204e9800998ecf8427e"),
            Example::Fails("info zoho.encryption.md5(null);", "run::argument-type"),
        ],
        see: &["zoho.encryption.sha256", "zoho.encryption.hmacsha256"],
        run: |_, arguments| hash::<Md5>(arguments, Output::Hex),
        ..ROW
    },
    Builtin {
        name: "zoho.encryption.sha1",
        elsewhere: &["sha1", "hashlib.sha1", "sha1Hex"],
        page: "encryption/sha1",
        about: "Gives the SHA-1 hash of a text as 40 hexadecimal digits.",
        examples: &[
            Example::Shows(r#"zoho.encryption.sha1("hello")"#, "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"),
            Example::Shows(r#"zoho.encryption.sha1("")"#, "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            Example::Fails("info zoho.encryption.sha1(null);", "run::argument-type"),
        ],
        see: &["zoho.encryption.sha256", "zoho.encryption.hmacsha1"],
        run: |_, arguments| hash::<Sha1>(arguments, Output::Hex),
        ..ROW
    },
    Builtin {
        name: "zoho.encryption.sha256",
        elsewhere: &["sha256", "sha2", "hashlib.sha256", "sha256Hex"],
        page: "encryption/sha256",
        parameters: &[DATA_PARAMETER, Parameter::optional("outputType", SCALAR.or(Kinds::NULL))],
        about: "Gives the SHA-256 hash of a text as hexadecimal digits, or as digits 0 and 1 for \"binary\".",
        examples: &[
            Example::Shows(
                r#"zoho.encryption.sha256("hello")"#,
                "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
            ),
            Example::Shows(r#"zoho.encryption.sha256("hello", "binary").subString(0, 16)"#, "0010110011110010"),
            Example::Fails(r#"info zoho.encryption.sha256("hello", "octal");"#, "run::output-type"),
        ],
        differs: &["The binary form is there for texts of any length, not of 1 MB at most."],
        see: &["zoho.encryption.sha512", "zoho.encryption.hmacsha256", "zoho.encryption.base64Encode"],
        run: |_, arguments| {
            let output = Output::of("sha256", &[Output::Hex, Output::Binary], arguments, 1)?;
            hash::<Sha256>(arguments, output)
        },
        ..ROW
    },
    Builtin {
        name: "zoho.encryption.sha512",
        elsewhere: &["sha512", "hashlib.sha512", "sha512Hex"],
        page: "encryption/sha512",
        about: "Gives the SHA-512 hash of a text as 128 hexadecimal digits.",
        examples: &[
            Example::Shows(r#"zoho.encryption.sha512("abc").left(32)"#, "ddaf35a193617abacc417349ae204131"),
            Example::Shows(r#"zoho.encryption.sha512("").length()"#, "128"),
            Example::Fails("info zoho.encryption.sha512(null);", "run::argument-type"),
        ],
        differs: &["The page's result for \"hello\" is the hash of \"Hello\"; the true hash is given."],
        see: &["zoho.encryption.sha256", "zoho.encryption.hmacsha512"],
        run: |_, arguments| hash::<Sha512>(arguments, Output::Hex),
        ..ROW
    },
];

const DATA: &[Parameter] = &[DATA_PARAMETER];
const DATA_PARAMETER: Parameter = Parameter::required("data", SCALAR);

fn hash<D: Digest>(arguments: &[Value], output: Output) -> Result<Value, Failure> {
    Ok(output.write(&D::digest(text(arguments, 0)?.as_bytes())))
}
