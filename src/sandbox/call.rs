//! One request as plain data: read whole before anything looks at it, so that every service is a plain function from a
//! call to a reply.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, Uri, header};
use base64::Engine;
use url::form_urlencoded;

pub(super) struct Call {
    pub method: Method,
    /// The path as it came.
    pub path: String,
    /// The path's parts between slashes, percent-decoded.
    pub segments: Vec<String>,
    /// The pairs of the query, decoded, in order.
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Call {
    pub fn new(method: Method, uri: &Uri, headers: HeaderMap, body: Bytes) -> Self {
        let decode = |part: &str| percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned();
        Self {
            method,
            path: uri.path().to_owned(),
            segments: uri.path().split('/').filter(|part| !part.is_empty()).map(decode).collect(),
            query: pairs(uri.query().unwrap_or_default().as_bytes()),
            headers,
            body,
        }
    }

    /// The first value of a query parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    /// A query parameter read as a whole number; the default when it is absent.
    pub fn number(&self, name: &str, default: usize) -> Result<usize, ()> {
        self.parameter(name).map_or(Ok(default), |text| text.trim().parse().map_err(|_| ()))
    }

    /// The fields of a form body; none when the content type says that it is no form.
    pub fn form(&self) -> Vec<(String, String)> {
        if self.media_type() == "application/x-www-form-urlencoded" { pairs(&self.body) } else { Vec::new() }
    }

    /// The body's media type in lower case, without parameters; empty when none is given.
    pub fn media_type(&self) -> String {
        let value = self.header(header::CONTENT_TYPE.as_str()).unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The one value of a header. `None` when it is absent, sent twice, or no text: a credential must be clear.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        match (values.next(), values.next()) {
            (Some(value), None) => value.to_str().ok(),
            _ => None,
        }
    }

    /// The scheme in lower case and the credential of the `Authorization` header.
    pub fn authorization(&self) -> Option<(String, &str)> {
        let (scheme, credential) = self.header(header::AUTHORIZATION.as_str())?.split_once(' ')?;
        Some((scheme.to_ascii_lowercase(), credential.trim()))
    }

    /// User and password of HTTP Basic (RFC 7617); the user ends at the first colon.
    pub fn basic(&self) -> Option<(String, String)> {
        let (scheme, credential) = self.authorization()?;
        let bytes = base64::engine::general_purpose::STANDARD.decode(credential).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (user, password) = text.split_once(':')?;
        (scheme == "basic").then(|| (user.to_owned(), password.to_owned()))
    }
}

/// The first value under a name.
pub(super) fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(bytes).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}
