//! What is asked for, as plain data. A request is built in full before anything is sent: credentials are added to it as
//! a value, dry runs print it, tests compare it. The body stays structured (a form is still its fields), because an API
//! key may join a form and a signature may need its fields.

use std::time::Duration;

use bytes::Bytes;

use super::{Error, body};

/// One HTTP request.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// `GET`, `POST`, `PUT`, `PATCH`, `DELETE`, `OPTIONS` or `HEAD`.
    pub method: Method,
    /// The absolute address, query included.
    pub url: url::Url,
    /// Header names as given with their values, in order; names compare without regard to case.
    pub headers: Vec<(String, String)>,
    /// What is sent.
    pub body: Body,
    /// Names of headers that carry a credential of a connection: dropped when a redirect leaves the origin.
    pub credential_headers: Vec<String>,
    /// Whether the body carries a credential: such a body is never sent on to another origin.
    pub credential_in_body: bool,
    /// What this request may use, where that is less than the client allows.
    pub allowance: Allowance,
}

/// What one request may use. A client has limits for all its requests; those of a run can be tighter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowance {
    /// The time for everything, redirects and the body included.
    pub total: Option<Duration>,
    /// The most bytes of the answer's body, after decompression.
    pub response_bytes: Option<usize>,
}

/// The methods that Zoho's `type` attribute knows (help page "invokeUrl task"), and `HEAD` for checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
}

/// What a request carries.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// Fields sent as `application/x-www-form-urlencoded`.
    Form(Vec<(String, String)>),
    /// Bytes sent as they are. The content type is used unless a header sets one.
    Raw {
        /// For example `text/plain`.
        content_type: String,
        /// The bytes.
        bytes: Bytes,
    },
    /// Parts sent as `multipart/form-data`.
    Multipart(Vec<Part>),
}

/// One part of a multipart body.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The field's name.
    pub name: String,
    /// The file's name, for a file part.
    pub file_name: Option<String>,
    /// The part's content type, if it is not plain text.
    pub content_type: Option<String>,
    /// The content.
    pub bytes: Bytes,
}

impl Request {
    /// A request without headers and body.
    pub fn new(method: Method, url: url::Url) -> Self {
        Self {
            method,
            url,
            headers: Vec::new(),
            body: Body::Empty,
            credential_headers: Vec::new(),
            credential_in_body: false,
            allowance: Allowance::default(),
        }
    }

    /// Brings the body into its final bytes and sets its content type, for who signs it; sending does it otherwise.
    ///
    /// # Errors
    /// `http::invalid-header` when the name or type of a part cannot stand in a header.
    pub fn settle(&mut self) -> Result<(), Error> {
        body::settle(self)
    }

    /// The first value of a header, found without regard to case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// How many bytes of a settled body are sent.
    pub(super) fn body_bytes(&self) -> usize {
        match &self.body {
            Body::Raw { bytes, .. } => bytes.len(),
            Body::Empty | Body::Form(_) | Body::Multipart(_) => 0,
        }
    }

    /// Sets a header, replacing every earlier one of the same name.
    pub fn set_header(&mut self, name: &str, value: impl Into<String>) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.into()));
    }
}

impl Method {
    /// The method written in any case; `None` for a word that is no method.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(word))
    }

    /// In upper case, as on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
            Method::Options => "OPTIONS",
            Method::Head => "HEAD",
        }
    }

    /// Every method.
    pub const ALL: [Method; 7] =
        [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Options, Method::Head];
}
