//! Texts written so that they may stand inside something else: addresses, HTML, XML, hexadecimal digits. Encoding grows a
//! text several times over, so results are gathered under the limit rather than measured at the end.

mod entity;
pub(super) mod hex;
pub(super) mod html;
mod html_entities;
pub(super) mod url;
pub(super) mod xml;

use super::support::fits;
use crate::catalogue::Call;
use crate::value::{Failure, Value};

/// A text made of pieces, which ends with an error as soon as it is too large.
fn gather<'a>(call: &Call<'_>, pieces: impl IntoIterator<Item = &'a str>) -> Result<Value, Failure> {
    let mut gathered = String::new();
    for piece in pieces {
        fits(call, gathered.len() + piece.len())?;
        gathered.push_str(piece);
    }
    Ok(Value::text(gathered))
}
