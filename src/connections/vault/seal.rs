//! Encryption of small pieces: XChaCha20-Poly1305 with a random nonce, which is long enough to be drawn at random for
//! ever. What a piece is for is bound to it as associated data, so that pieces cannot be swapped.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::connections::Error;

/// A 256-bit key.
pub(super) type Key = Zeroizing<[u8; 32]>;

/// A sealed piece as it stands in the file, in base64.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sealed {
    nonce: String,
    sealed: String,
}

/// A new random key.
pub(super) fn random_key() -> Result<Key, Error> {
    let mut key = Zeroizing::new([0; 32]);
    getrandom::fill(key.as_mut()).map_err(|_| NO_RANDOMNESS)?;
    Ok(key)
}

/// Encrypts.
pub(super) fn seal(key: &Key, purpose: &[u8], plain: &[u8]) -> Result<Sealed, Error> {
    let mut nonce = [0; 24];
    getrandom::fill(&mut nonce).map_err(|_| NO_RANDOMNESS)?;
    let cipher = XChaCha20Poly1305::new(&(**key).into());
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: purpose })
        .map_err(|_| Error::Internal("a vault record is too large to be encrypted"))?;
    Ok(Sealed { nonce: STANDARD.encode(nonce), sealed: STANDARD.encode(sealed) })
}

/// Decrypts; `None` for another key, another purpose or any changed bit.
pub(super) fn open(key: &Key, purpose: &[u8], sealed: &Sealed) -> Option<Zeroizing<Vec<u8>>> {
    let nonce: [u8; 24] = STANDARD.decode(&sealed.nonce).ok()?.try_into().ok()?;
    let bytes = STANDARD.decode(&sealed.sealed).ok()?;
    let cipher = XChaCha20Poly1305::new(&(**key).into());
    cipher.decrypt(&XNonce::from(nonce), Payload { msg: &bytes, aad: purpose }).ok().map(Zeroizing::new)
}

const NO_RANDOMNESS: Error = Error::Internal("the operating system gives no randomness");
