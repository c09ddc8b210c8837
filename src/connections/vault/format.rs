//! The vault's file as it is written, and how older ones are read. What a sealed piece is for names the format, so a
//! vault of an older format is sealed anew, piece by piece, the first time that it is changed; until then it stays as it
//! is, and the version that wrote it can read it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::passphrase::Cost;
use super::seal::Sealed;
use super::{KeyKind, RecordId};
use crate::connections::Error;

/// The format that is written.
pub(super) const CURRENT: u64 = 2;
/// The oldest format that is read. Its keys have neither names nor costs: they are the key file or the environment's.
const OLDEST: u64 = 1;
/// The longest name of a key.
const LONGEST_ID: usize = 64;

/// The whole file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contents {
    pub(super) format: u64,
    pub(super) key: Wrapped,
    /// By the texts of their ids.
    pub(super) records: BTreeMap<String, Sealed>,
    /// Over nothing, bound to all records: what was added, removed or brought back shows.
    pub(super) seal: Sealed,
}

/// The data key, sealed with another key.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Wrapped {
    #[serde(flatten)]
    pub(super) name: KeyName,
    pub(super) data_key: Sealed,
}

/// Which key seals a vault's data key. It is bound to the seal, so that it cannot be replaced by another one's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeyName {
    pub(super) source: String,
    /// Which key of that source; none for the one key file that vaults share, and where there is but one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    /// How the key is made of a passphrase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) argon2id: Option<Cost>,
}

/// Why bytes are no vault.
pub(super) enum Refusal {
    /// They are something else, in words.
    Damaged(&'static str),
    /// A later version wrote them.
    Later(u64),
}

impl KeyName {
    pub(super) fn of(kind: KeyKind) -> Self {
        Self { source: kind.in_file().to_owned(), id: None, argon2id: None }
    }

    /// The source; none if a later version, or somebody else, wrote it.
    pub(super) fn kind(&self) -> Option<KeyKind> {
        KeyKind::ALL.into_iter().find(|kind| kind.in_file() == self.source)
    }
}

/// Reads a file of any known format. Nothing in it is believed yet but its shape.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, Refusal> {
    /// Read first: a later format may look different in all else.
    #[derive(Deserialize)]
    struct Version {
        format: u64,
    }
    let no_vault = |_| Refusal::Damaged("it is no vault");
    let Version { format } = serde_json::from_slice(bytes).map_err(no_vault)?;
    if !(OLDEST..=CURRENT).contains(&format) {
        return Err(Refusal::Later(format));
    }
    let contents: Contents = serde_json::from_slice(bytes).map_err(no_vault)?;
    let id = contents.key.name.id.as_deref().unwrap_or("0");
    // It becomes part of the name of a file.
    if id.is_empty() || id.len() > LONGEST_ID || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Refusal::Damaged("the name of its key is none that Sluice gives"));
    }
    Ok(contents)
}

/// What a sealed data key is for.
pub(super) fn key_purpose(format: u64, name: &KeyName) -> Result<Vec<u8>, Error> {
    let text = match format {
        OLDEST => name.source.clone(),
        _ => serde_json::to_string(name).map_err(|_| UNWRITABLE)?,
    };
    Ok(format!("sluice vault {format}\0data key\0{text}").into_bytes())
}

/// What a sealed record is for.
pub(super) fn record_purpose(format: u64, id: &RecordId) -> Vec<u8> {
    format!("sluice vault {format}\0record\0{id}").into_bytes()
}

/// What the seal over the whole is for.
pub(super) fn whole_purpose(format: u64, records: &BTreeMap<String, Sealed>) -> Result<Vec<u8>, Error> {
    let mut purpose = format!("sluice vault {format}\0whole\0").into_bytes();
    serde_json::to_writer(&mut purpose, records).map_err(|_| UNWRITABLE)?;
    Ok(purpose)
}

pub(super) const UNWRITABLE: Error = Error::Internal("a vault cannot be turned to text");
