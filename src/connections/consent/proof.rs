//! Random texts that tie an answer to its question: `state` (RFC 6749, 10.12) and the proof key (RFC 7636).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::connections::Error;
use crate::secret::Secret;

/// A text of 256 random bits, in 43 characters.
pub(super) fn random() -> Result<Secret, Error> {
    let mut bytes = zeroize::Zeroizing::new([0; 32]);
    getrandom::fill(&mut *bytes).map_err(|_| Error::Internal("the system gives no random numbers"))?;
    Ok(Secret::new(URL_SAFE_NO_PAD.encode(*bytes)))
}

/// The challenge of a proof key by the method S256.
pub(super) fn challenge(verifier: &Secret) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.open()))
}

/// Whether two texts are the same, without telling by the time it takes how much of them is.
pub(super) fn is_same(expected: &Secret, given: &str) -> bool {
    Sha256::digest(expected.open()) == Sha256::digest(given)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        let verifier = Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn random_texts_are_long_and_differ() {
        let (one, other) = (random().unwrap(), random().unwrap());
        assert_eq!((one.open().len(), is_same(&one, other.open()), is_same(&one, one.open())), (43, false, true));
    }
}
