//! The name of a file that a server sent: from `Content-Disposition` (RFC 6266), else from the end of the address. It
//! is a name only, without folders, because scripts may hand it on to where it becomes a path.

use percent_encoding::percent_decode_str;

use crate::http::Response;

/// The longest name, in characters.
const LONGEST: usize = 200;

/// The name of the file that is the answer's body; `file` when nothing tells.
pub(super) fn of(response: &Response) -> String {
    let disposition = response.header("content-disposition").unwrap_or_default();
    let parameters = parameters(disposition);
    let find = |wanted: &str| parameters.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let encoded = find("filename*").and_then(extended);
    let last_segment = || response.url.path_segments().and_then(|mut segments| segments.next_back()).map(decoded);
    encoded
        .or_else(|| find("filename").map(str::to_owned))
        .and_then(|name| plain(&name))
        .or_else(|| last_segment().and_then(|name| plain(&name)))
        .unwrap_or_else(|| "file".to_owned())
}

/// Without folders and control characters; `None` when nothing is left.
fn plain(name: &str) -> Option<String> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|character| !character.is_control()).take(LONGEST).collect();
    let name = name.trim();
    (!name.is_empty() && name != "." && name != "..").then(|| name.to_owned())
}

/// A value such as `UTF-8''na%C3%AFve.txt` (RFC 8187).
fn extended(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_, encoded) = rest.split_once('\'')?;
    charset.eq_ignore_ascii_case("utf-8").then(|| decoded(encoded))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The parameters after the first `;`, their names in lower case, quotes taken off.
fn parameters(header: &str) -> Vec<(String, String)> {
    let mut parameters = Vec::new();
    let mut rest = header.split_once(';').map(|(_, rest)| rest).unwrap_or_default();
    while let Some((name, value)) = rest.split_once('=') {
        let name = name.trim_matches([';', ' ', '\t']).to_ascii_lowercase();
        let value = value.trim_start();
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => unquoted(quoted),
            None => {
                let (value, after) = value.split_once(';').unwrap_or((value, ""));
                (value.trim().to_owned(), after)
            }
        };
        parameters.push((name, value));
        rest = after;
    }
    parameters
}

/// The text up to the closing quote, and what follows.
fn unquoted(quoted: &str) -> (String, &str) {
    let mut value = String::new();
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' => value.extend(characters.next()),
            other => value.push(other),
        }
    }
    (value, characters.as_str())
}
