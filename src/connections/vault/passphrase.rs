//! A key made of a passphrase with Argon2id. The cost and the salt are in the vault's file; a cost is believed only
//! within bounds, so that a file from elsewhere cannot ask for all memory or for hours.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::seal::Key;
use crate::connections::Error;
use crate::secret::Secret;

/// The cost of new keys: more than RFC 9106 asks where memory is scarce, and about a tenth of a second.
const MEMORY: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// The most that a file may ask for.
const MOST_MEMORY: u32 = 256 * 1024;
const MOST_PASSES: u32 = 16;
const MOST_LANES: u32 = 8;
/// Bytes of salt.
const SALT: usize = 16;

/// What it costs to make a key of a passphrase, and the salt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cost {
    /// Memory in KiB.
    memory: u32,
    passes: u32,
    lanes: u32,
    /// In base64.
    salt: String,
}

impl Cost {
    /// The cost of a new key, with a salt of its own.
    pub(super) fn new() -> Result<Self, Error> {
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt).map_err(|_| Error::Internal("the operating system gives no randomness"))?;
        Ok(Self { memory: MEMORY, passes: PASSES, lanes: LANES, salt: STANDARD.encode(salt) })
    }

    /// The key of a passphrase; none when the cost is out of bounds.
    pub(super) fn key(&self, passphrase: &Secret) -> Option<Key> {
        if self.memory > MOST_MEMORY || self.passes > MOST_PASSES || self.lanes > MOST_LANES {
            return None;
        }
        let salt = STANDARD.decode(&self.salt).ok().filter(|salt| salt.len() == SALT)?;
        let params = Params::new(self.memory, self.passes, self.lanes, Some(32)).ok()?;
        let mut key = Zeroizing::new([0; 32]);
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon2.hash_password_into(passphrase.open().as_bytes(), &salt, key.as_mut()).ok()?;
        Some(key)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_key_depends_on_passphrase_salt_and_cost() {
        let cost = Cost { memory: 64, passes: 1, lanes: 1, salt: STANDARD.encode([7; SALT]) };
        let key = cost.key(&Secret::new("correct horse")).unwrap();
        assert_eq!(cost.key(&Secret::new("correct horse")).unwrap(), key);
        assert_ne!(cost.key(&Secret::new("correct house")).unwrap(), key);
        for other in [
            Cost { salt: STANDARD.encode([8; SALT]), ..cost.clone() },
            Cost { memory: 65, ..cost.clone() },
            Cost { passes: 2, ..cost.clone() },
            Cost { memory: 128, lanes: 2, ..cost.clone() },
        ] {
            assert_ne!(other.key(&Secret::new("correct horse")).unwrap(), key);
        }
    }

    #[test]
    fn a_cost_without_measure_is_refused_before_anything_is_computed() {
        let cost = Cost::new().unwrap();
        let passphrase = Secret::new("x");
        for hostile in [
            Cost { memory: u32::MAX, ..cost.clone() },
            Cost { memory: 0, ..cost.clone() },
            Cost { passes: u32::MAX, ..cost.clone() },
            Cost { passes: 0, ..cost.clone() },
            Cost { lanes: 1 << 20, ..cost.clone() },
            Cost { lanes: 0, ..cost.clone() },
            Cost { salt: String::new(), ..cost.clone() },
            Cost { salt: "!".repeat(1 << 20), ..cost.clone() },
        ] {
            assert!(hostile.key(&passphrase).is_none(), "{hostile:?}");
        }
    }
}
