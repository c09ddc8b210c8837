//! `zoho.encryption`: base64, hashes, keyed hashes and AES. These functions have dotted names and no receiver. What they
//! are called with may be secret, so their errors never show any of it.

pub(super) mod aes;
pub(super) mod base64;
mod error;
pub(super) mod hash;
pub(super) mod hmac;
mod output;
#[cfg(test)]
mod tests;
