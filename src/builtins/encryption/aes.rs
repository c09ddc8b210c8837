//! AES in the mode CBC with PKCS #7 padding, the result in base64. The key is the UTF-8 of the text, filled up with zeros
//! to the width of the cipher: no derivation, as the samples of Zoho's pages show when they are decrypted. Without an IV
//! a random one is made and put before the result.

use ::aes::{Aes128, Aes256};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use zeroize::Zeroizing;

use super::base64;
use super::error::{bad_iterations, bad_vector, empty_key, long_key, long_text, no_randomness, not_decrypted};
use crate::builtins::support::{self, INDEX, SCALAR, at, fits, optional_whole, text, text_result};
use crate::catalogue::{Builtin, Call, Category, Example, Parameter};
use crate::value::{Failure, Kinds, Value};

/// What the rows of this table share.
const ROW: Builtin = Builtin { category: Category::Encryption, ..support::ROW };

pub(in crate::builtins) static TABLE: &[Builtin] = &[
    Builtin {
        name: "zoho.encryption.aesEncode",
        elsewhere: &["aesEncode", "aes_encrypt", "AES.encrypt", "openssl_encrypt", "createCipheriv", "aesEncrypt"],
        page: "functions/encryption/aesencode",
        parameters: &[KEY, VALUE, VECTOR],
        about: "Encrypts a text with AES-256; without an IV a random one is made and stands in front.",
        examples: &[
            Example::Shows(
                r#"zoho.encryption.aesEncode("passkey", "This is a secret", "0000000000000000")"#,
                "AR+ygx+et18UNeIltGh82NBgPQx6Y0hWbEcgN3NVbJA=",
            ),
            Example::Prints(
                "hidden = zoho.encryption.aesEncode(\"passkey\", \"é\");\n\
                 info zoho.encryption.aesDecode(\"passkey\", hidden);",
                "é",
            ),
            Example::Fails(r#"info zoho.encryption.aesEncode("passkey", "x", "short");"#, "run::initialization-vector"),
            Example::Fails(r#"info zoho.encryption.aesEncode("", "x");"#, "run::encryption-key"),
        ],
        differs: &[
            "The page's second sample is the encrypted form of another text than the page says.",
            "Keys longer than 32 bytes are cut, and an empty key is an error; the page says nothing of either.",
        ],
        see: &["zoho.encryption.aesDecode", "zoho.encryption.aesEncode128", "zoho.encryption.hmacsha256"],
        run: |call, arguments| encode(call, arguments, AES_ENCODE),
        ..ROW
    },
    Builtin {
        name: "zoho.encryption.aesDecode",
        elsewhere: &["aesDecode", "aes_decrypt", "AES.decrypt", "openssl_decrypt", "createDecipheriv", "aesDecrypt"],
        page: "functions/encryption/aesdecode",
        parameters: &[KEY, ENCRYPTED, VECTOR],
        about: "Decrypts what aesEncode gave; without an IV it is read from the front.",
        examples: &[
            Example::Shows(
                r#"zoho.encryption.aesDecode("passkey", "AR+ygx+et18UNeIltGh82NBgPQx6Y0hWbEcgN3NVbJA=", "0000000000000000")"#,
                "This is a secret",
            ),
            Example::Shows(
                r#"zoho.encryption.aesDecode("passkey", "yf/u6N0HjKWXFFHIEKzG23+CM+BoL4RBPNb4mc0G3hw5q6xPe9KSpUd62Z5sjjSE")"#,
                "This is a secret",
            ),
            Example::Fails(
                r#"info zoho.encryption.aesDecode("other", "AR+ygx+et18UNeIltGh82NBgPQx6Y0hWbEcgN3NVbJA=", "0000000000000000");"#,
                "run::decryption",
            ),
            Example::Fails(r#"info zoho.encryption.aesDecode("passkey", "no base64");"#, "run::base64"),
        ],
        differs: &[
            "The page's second sample needs the IV b00000000000000a, not the one that the page says.",
            "Text that is no UTF-8 after decryption is an error, as with a wrong key.",
        ],
        see: &["zoho.encryption.aesEncode", "zoho.encryption.aesDecode128"],
        run: |call, arguments| decode(call, arguments, AES_DECODE),
        ..ROW
    },
    Builtin {
        name: "zoho.encryption.aesEncode128",
        elsewhere: &["aesEncode128", "aes128", "aes128_encrypt"],
        page: "functions/encryption/aesencode128",
        parameters: &[KEY, VALUE, VECTOR, ITERATIONS],
        about: "Encrypts a text with AES-128 and a key of at most 16 characters.",
        examples: &[
            Example::Shows(
                r#"zoho.encryption.aesEncode128("passkey", "This is a secret", "a00000000000000b", 201)"#,
                "pWBt7NM4llIu0n9gES91lR5fXNaAG/mx5UNPtJY0Bv8=",
            ),
            Example::Prints(
                "hidden = zoho.encryption.aesEncode128(\"passkey\", \"hidden\");\n\
                 info zoho.encryption.aesDecode128(\"passkey\", hidden);",
                "hidden",
            ),
            Example::Fails(r#"info zoho.encryption.aesEncode128("passkey", "x", null, 201);"#, "run::iteration-count"),
            Example::Fails(r#"info zoho.encryption.aesEncode128("a key of 17 chars", "x");"#, "run::encryption-key"),
        ],
        differs: DIFFERS_128,
        see: &["zoho.encryption.aesDecode128", "zoho.encryption.aesEncode"],
        run: |call, arguments| encode(call, arguments, AES_ENCODE_128),
        ..ROW
    },
    Builtin {
        name: "zoho.encryption.aesDecode128",
        elsewhere: &["aesDecode128", "aes128_decrypt"],
        page: "functions/encryption/aesdecode128",
        parameters: &[KEY, ENCRYPTED, VECTOR, ITERATIONS],
        about: "Decrypts what aesEncode128 gave.",
        examples: &[
            Example::Shows(
                r#"zoho.encryption.aesDecode128("passkey", "pWBt7NM4llIu0n9gES91lR5fXNaAG/mx5UNPtJY0Bv8=", "a00000000000000b", 201)"#,
                "This is a secret",
            ),
            Example::Fails(
                r#"info zoho.encryption.aesDecode128("passkey", "pWBt7NM4llIu0n9gES91lR5fXNaAG/mx5UNPtJY0Bv8=", null, 201);"#,
                "run::iteration-count",
            ),
            Example::Fails(
                r#"info zoho.encryption.aesDecode128("passkey", "AAAA", "a00000000000000b");"#,
                "run::decryption",
            ),
        ],
        differs: DIFFERS_128,
        see: &["zoho.encryption.aesEncode128", "zoho.encryption.aesDecode"],
        run: |call, arguments| decode(call, arguments, AES_DECODE_128),
        ..ROW
    },
];

const KEY: Parameter = Parameter::required("encryptionKey", SCALAR);
const VALUE: Parameter = Parameter::required("encryptionValue", SCALAR);
const ENCRYPTED: Parameter = Parameter::required("encryptedValue", SCALAR);
const VECTOR: Parameter = Parameter::optional("encryptionIv", SCALAR.or(Kinds::NULL));
const ITERATIONS: Parameter = Parameter::optional("iterationCount", INDEX.or(Kinds::NULL));
const DIFFERS_128: &[&str] = &[
    "The iteration count changes nothing: with an IV the page's sample shows that, without one no page says what it does.",
    "An empty key is an error; the page says nothing of it.",
];

/// Bytes of a block, and so of an IV.
const BLOCK: usize = 16;
/// The most iterations of the 128-bit functions without an IV (their pages).
const MOST_ITERATIONS: i64 = 200;
/// The longest text of aesEncode128 without an IV (its page), in bytes.
const LONGEST_TEXT: usize = 500 * 1024;
/// The most characters of a key of the 128-bit functions (page "aesEncode128").
const LONGEST_KEY: usize = 16;

const AES_ENCODE: Cipher = Cipher { function: "aesEncode", width: Width::Bits256 };
const AES_DECODE: Cipher = Cipher { function: "aesDecode", width: Width::Bits256 };
const AES_ENCODE_128: Cipher = Cipher { function: "aesEncode128", width: Width::Bits128 };
const AES_DECODE_128: Cipher = Cipher { function: "aesDecode128", width: Width::Bits128 };

/// A function of the table, for its messages, and its cipher.
#[derive(Clone, Copy)]
struct Cipher {
    function: &'static str,
    width: Width,
}

/// The width of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// AES-128
    Bits128,
    /// AES-256
    Bits256,
}

/// An IV.
pub(super) type Vector = [u8; BLOCK];

fn encode(call: &mut Call<'_>, arguments: &[Value], cipher: Cipher) -> Result<Value, Failure> {
    let (key, plain) = (text(arguments, 0)?, text(arguments, 1)?);
    let given = cipher.vector(arguments)?;
    cipher.check(&key, given, arguments)?;
    if cipher.width == Width::Bits128 && given.is_none() && plain.len() > LONGEST_TEXT {
        return Err(long_text(cipher.function, LONGEST_TEXT));
    }
    fits(call, plain.len())?;
    let mut bytes = Vec::new();
    let vector = match given {
        Some(vector) => vector,
        None => {
            let mut vector = Vector::default();
            call.random.fill(&mut vector).map_err(|_| no_randomness())?;
            bytes.extend_from_slice(&vector);
            vector
        }
    };
    bytes.extend_from_slice(&cipher.width.encrypt(key.as_bytes(), &vector, plain.as_bytes()));
    base64::encoded(call, &bytes)
}

fn decode(call: &mut Call<'_>, arguments: &[Value], cipher: Cipher) -> Result<Value, Failure> {
    let (key, encrypted) = (text(arguments, 0)?, text(arguments, 1)?);
    let given = cipher.vector(arguments)?;
    cipher.check(&key, given, arguments)?;
    let bytes = base64::decoded(&encrypted)?;
    let parts = match given {
        Some(vector) => Some((vector, bytes.as_slice())),
        None => bytes.split_first_chunk().map(|(vector, rest)| (*vector, rest)),
    };
    let plain = parts
        .and_then(|(vector, encrypted)| cipher.width.decrypt(key.as_bytes(), &vector, encrypted))
        .and_then(|plain| String::from_utf8(plain).ok())
        .ok_or_else(|| not_decrypted(cipher.function))?;
    text_result(call, plain)
}

impl Cipher {
    /// The IV, when one was given.
    fn vector(self, arguments: &[Value]) -> Result<Option<Vector>, Failure> {
        match at(arguments, 2) {
            Value::Null => Ok(None),
            _ => match text(arguments, 2)?.as_bytes().try_into() {
                Ok(vector) => Ok(Some(vector)),
                Err(_) => Err(bad_vector(self.function)),
            },
        }
    }

    /// Refuses keys and iteration counts that the page refuses.
    fn check(self, key: &str, vector: Option<Vector>, arguments: &[Value]) -> Result<(), Failure> {
        if key.is_empty() {
            return Err(empty_key(self.function));
        }
        if self.width == Width::Bits256 {
            return Ok(());
        }
        if key.chars().nth(LONGEST_KEY).is_some() {
            return Err(long_key(self.function, LONGEST_KEY));
        }
        let iterations = optional_whole(self.function, arguments, 3)?.unwrap_or(0);
        match vector {
            None if !(0..=MOST_ITERATIONS).contains(&iterations) => Err(bad_iterations(self.function, MOST_ITERATIONS)),
            _ => Ok(()),
        }
    }
}

impl Width {
    /// Encrypts any bytes.
    pub(super) fn encrypt(self, key: &[u8], vector: &Vector, plain: &[u8]) -> Vec<u8> {
        let vector = vector.into();
        match self {
            Width::Bits128 => {
                cbc::Encryptor::<Aes128>::new((&*filled::<16>(key)).into(), vector).encrypt_padded_vec::<Pkcs7>(plain)
            }
            Width::Bits256 => {
                cbc::Encryptor::<Aes256>::new((&*filled::<32>(key)).into(), vector).encrypt_padded_vec::<Pkcs7>(plain)
            }
        }
    }

    /// Decrypts; nothing for what is not whole blocks or has no right padding.
    pub(super) fn decrypt(self, key: &[u8], vector: &Vector, encrypted: &[u8]) -> Option<Vec<u8>> {
        let vector = vector.into();
        let plain = match self {
            Width::Bits128 => cbc::Decryptor::<Aes128>::new((&*filled::<16>(key)).into(), vector)
                .decrypt_padded_vec::<Pkcs7>(encrypted),
            Width::Bits256 => cbc::Decryptor::<Aes256>::new((&*filled::<32>(key)).into(), vector)
                .decrypt_padded_vec::<Pkcs7>(encrypted),
        };
        plain.ok()
    }
}

/// The bytes of a key, cut or filled up with zeros; wiped when they are no longer needed.
fn filled<const WIDTH: usize>(key: &[u8]) -> Zeroizing<[u8; WIDTH]> {
    let mut filled = Zeroizing::new([0; WIDTH]);
    for (slot, byte) in filled.iter_mut().zip(key) {
        *slot = *byte;
    }
    filled
}
