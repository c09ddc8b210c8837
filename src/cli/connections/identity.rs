//! `sluice connections identity`: the recipient of this machine alone on standard output, so that it can stand in another
//! command; the secret half never leaves its file.

use clap::Args;
use serde_json::json;

use super::super::Error;
use super::{Common, Place};
use crate::connections::bundle::Identity;

#[derive(Args, Debug)]
#[command(after_help = "\
Makes the identity of this machine the first time. Its recipient is no secret: send it to whoever exports for you.

Example:
  sluice connections export books --to $(ssh build sluice connections identity) -o books.age")]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn main(options: &Options, place: &Place) -> Result<(), Error> {
    let output = &place.output;
    let identity = Identity::of_user(&place.workspace.user_folder()?)?;
    if options.common.json {
        output.json(&json!({
            "recipient": identity.recipient,
            "file": identity.path,
            "is_new": identity.is_new,
        }));
        return Ok(());
    }
    output.result(&identity.recipient);
    let verb = if identity.is_new { "was made" } else { "is" };
    output.note(&format!("The identity {verb} in {}. Keep that file to yourself.", identity.path.display()));
    Ok(())
}
