//! What came back, as plain data: the status, the headers and the whole decompressed body, within the client's limits.

use bytes::Bytes;

/// One HTTP response. A status of 400 or above is an answer like any other.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Header names in lower case with their values, in order of arrival.
    pub headers: Vec<(String, String)>,
    /// The body after decompression.
    pub body: Bytes,
    /// The address that answered, after redirects; a file's name may come from it.
    pub url: url::Url,
}

impl Response {
    /// The first value of a header; the name is compared without regard to case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The media type of `Content-Type` in lower case, without parameters; empty when there is none.
    pub fn media_type(&self) -> String {
        let value = self.header("content-type").unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }
}
