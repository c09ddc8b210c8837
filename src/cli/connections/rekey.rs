//! `sluice connections rekey`: another key for the vault, from the same source or another one. New secrets come from the
//! environment or a person at a terminal, as all secrets do, and never from an argument.

use std::io::IsTerminal;

use clap::builder::FalseyValueParser;
use clap::{Args, ValueEnum};
use serde_json::json;

use super::super::Error;
use super::{Common, Place, prompt};
use crate::connections::vault::{KeyKind, Rekey, Rekeyed};
use crate::secret::Secret;

/// The new key in base64.
const NEW_KEY: &str = "SLUICE_VAULT_NEW_KEY";
/// The new passphrase.
const NEW_PASSPHRASE: &str = "SLUICE_VAULT_NEW_PASSPHRASE";
/// The shortest passphrase, in characters.
const SHORTEST: usize = 8;

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  sluice connections rekey                       a new key from the same source
  sluice connections rekey --to passphrase       asks, or takes SLUICE_VAULT_NEW_PASSPHRASE
  SLUICE_VAULT_NEW_KEY=$(openssl rand -base64 32) sluice connections rekey --to environment
  sluice connections rekey --data-key --to file  when somebody may have seen the old key")]
pub(in crate::cli) struct Options {
    /// Where the new key comes from [default: from where the old one did]
    #[arg(long, value_name = "SOURCE", value_enum, env = "SLUICE_TO", hide_env = true)]
    to: Option<Source>,
    /// Also encrypt all credentials anew; without --to, the key of the vault stays
    #[arg(long, env = "SLUICE_DATA_KEY", hide_env = true, value_parser = FalseyValueParser::new())]
    data_key: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Source {
    /// The keyring of the operating system
    Keyring,
    /// A file in the user's folder
    File,
    /// The environment variable SLUICE_VAULT_KEY
    Environment,
    /// A passphrase
    Passphrase,
}

pub(super) fn main(options: &Options, place: &Place) -> Result<(), Error> {
    let vault = place.workspace.vault()?;
    let before = vault.key_kind()?;
    let to = options.to.map(KeyKind::from);
    let keep_key = options.data_key && to.is_none();
    let secret = match to.or(before) {
        _ if keep_key => None,
        Some(KeyKind::Environment) => new_key(before)?,
        Some(KeyKind::Passphrase) => new_passphrase(before)?,
        Some(KeyKind::Keyring | KeyKind::File) | None => None,
    };
    let done = vault.rekey(&Rekey { to, secret, keep_key, data_key: options.data_key })?;
    if options.common.json {
        place.output.json(&json!({
            "vault": done.path,
            "source": done.source.as_str(),
            "key": done.after,
            "previous_key": done.before,
            "previous_key_stays": done.old_key_stays,
            "records": done.records,
            "data_key": options.data_key,
        }));
        return Ok(());
    }
    place.output.result(&report(&done, keep_key));
    Ok(())
}

fn report(done: &Rekeyed, keep_key: bool) -> String {
    let path = done.path.display();
    let mut text = match (&done.before, keep_key) {
        (None, _) => format!("The vault {path} is made; {} opens it.", done.after),
        (Some(_), true) => {
            format!("The {} of {path} are encrypted anew; {} opens it as before.", records(done.records), done.after)
        }
        (Some(before), false) => {
            format!("The vault {path} has a new key: {}.\nThe old one was {before}.", done.after)
        }
    };
    if done.old_key_stays && !keep_key {
        text.push_str(" It stays, because other vaults may use it.");
    }
    if done.source == KeyKind::Environment {
        text.push_str("\nFrom now on SLUICE_VAULT_KEY must hold the new key.");
    }
    text
}

fn records(count: usize) -> String {
    if count == 1 { "one record".to_owned() } else { format!("{count} records") }
}

/// The new key for the environment. One that is in `SLUICE_VAULT_KEY` already is taken when it is not the old one.
fn new_key(before: Option<KeyKind>) -> Result<Option<Secret>, Error> {
    match variable(NEW_KEY) {
        Some(key) => Ok(Some(key)),
        None if before == Some(KeyKind::Environment) => Err(Error::Credential {
            key: NEW_KEY.to_owned(),
            problem: "it is not set, and SLUICE_VAULT_KEY holds the old key".to_owned(),
        }),
        None => Ok(None),
    }
}

/// The new passphrase, in the same way, or from a person who types it twice.
fn new_passphrase(before: Option<KeyKind>) -> Result<Option<Secret>, Error> {
    let wrong = |problem: &str| Error::Credential { key: NEW_PASSPHRASE.to_owned(), problem: problem.to_owned() };
    let given = match variable(NEW_PASSPHRASE) {
        Some(given) => given,
        None if before != Some(KeyKind::Passphrase) && variable("SLUICE_VAULT_PASSPHRASE").is_some() => {
            return Ok(None);
        }
        None if !std::io::stdin().is_terminal() => return Err(wrong("it is not set, and there is nobody to ask")),
        None => {
            let ask = |question| prompt::hidden(question).map(Secret::new).map_err(|error| wrong(&error.to_string()));
            let first = ask("New passphrase: ")?;
            if ask("The same again: ")? != first {
                return Err(wrong("the two are not the same"));
            }
            first
        }
    };
    match given.open().chars().count() {
        ..SHORTEST => Err(wrong("it is shorter than eight characters")),
        _ => Ok(Some(given)),
    }
}

fn variable(name: &str) -> Option<Secret> {
    std::env::var(name).ok().filter(|text| !text.trim().is_empty()).map(Secret::new)
}

impl From<Source> for KeyKind {
    fn from(source: Source) -> Self {
        match source {
            Source::Keyring => KeyKind::Keyring,
            Source::File => KeyKind::File,
            Source::Environment => KeyKind::Environment,
            Source::Passphrase => KeyKind::Passphrase,
        }
    }
}
