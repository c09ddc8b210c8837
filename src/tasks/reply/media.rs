//! What kind of content an answer is, by what its server says of it and, where that says little, by its bytes.

use crate::http::Response;
use crate::tasks::body::is_json_type;
use crate::value::is_charset;

/// The type of bytes of which nothing is known.
pub(super) const UNKNOWN_TYPE: &str = "application/octet-stream";

/// Whether the answer is something to keep rather than to read. `named` tells that somebody named its charset, and so
/// called it a text.
pub(super) fn is_file(response: &Response, named: bool) -> bool {
    let media_type = response.media_type();
    if is_json_type(&media_type) {
        return false;
    }
    let is_text = named || is_text_type(&media_type) || std::str::from_utf8(&response.body).is_ok();
    let is_content = is_attachment(response) || is_binary_type(&media_type) || !is_text;
    is_content && !response.body.is_empty()
}

/// The charset that the server says the content is written in, known or not.
pub(super) fn charset(response: &Response) -> Option<&str> {
    let (_, parameters) = response.header("content-type")?.split_once(';')?;
    let named = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
    let charset = named.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?.1;
    Some(charset.trim().trim_matches(['"', '\''])).filter(|charset| !charset.is_empty())
}

/// The server's charset, when it is one that can be read.
pub(super) fn known_charset(response: &Response) -> Option<&str> {
    charset(response).filter(|charset| is_charset(charset))
}

/// Whether the server asks to keep the content as a file.
pub(super) fn is_attachment(response: &Response) -> bool {
    let disposition = response.header("content-disposition").unwrap_or_default().trim_start();
    disposition.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("attachment"))
}

fn is_text_type(media_type: &str) -> bool {
    media_type.starts_with("text") || is_json_type(media_type) || media_type == "application/xml" || {
        media_type.starts_with("application/") && media_type.ends_with("+xml")
    }
}

/// Types whose content is a file also when its bytes happen to be text. Other types are texts when they are UTF-8.
fn is_binary_type(media_type: &str) -> bool {
    const GROUPS: [&str; 4] = ["image/", "audio/", "video/", "font/"];
    const DOCUMENTS: [&str; 4] =
        ["application/vnd.ms-", "application/vnd.openxmlformats-", "application/vnd.oasis.", "application/x-zip"];
    GROUPS.iter().chain(&DOCUMENTS).any(|start| media_type.starts_with(start))
        || matches!(
            media_type,
            UNKNOWN_TYPE
                | "application/pdf"
                | "application/zip"
                | "application/gzip"
                | "application/x-gzip"
                | "application/x-tar"
                | "application/x-7z-compressed"
                | "application/msword"
                | "application/rtf"
                | "application/x-download"
        )
}
