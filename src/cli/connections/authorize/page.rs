//! The pages that the browser ends at. They hold nothing of what was sent: no code, no name, no script, nothing from
//! elsewhere; only what to do next.

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Allowed by its hash alone.
const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem}\
                     h1{font-size:1.4rem}p{margin:.6rem 0}:root{color-scheme:light dark}";

/// One page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// The token is stored.
    Done,
    /// The person said no.
    Denied,
    /// It did not work.
    Failed,
    /// The answer is not to the question that is open.
    Stray,
    /// Another answer came first.
    Taken,
    /// There is nothing at this address.
    Nothing,
    /// The request was not made by this machine's browser for this address.
    Refused,
}

impl Page {
    fn texts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Page::Done => (StatusCode::OK, "You are signed in", "The connection is ready. You can close this page."),
            Page::Denied => (
                StatusCode::OK,
                "Access was not given",
                "Nothing was stored. You can close this page; the terminal says how to try again.",
            ),
            Page::Failed => (
                StatusCode::OK,
                "Signing in did not work",
                "Nothing was stored. You can close this page; the terminal says what was wrong.",
            ),
            Page::Stray => (
                StatusCode::BAD_REQUEST,
                "This page is not the one that is waited for",
                "Go on with the page that was opened last, or begin again in the terminal.",
            ),
            Page::Taken => (
                StatusCode::CONFLICT,
                "An answer has come already",
                "You can close this page; the terminal says how it went.",
            ),
            Page::Nothing => (StatusCode::NOT_FOUND, "Nothing is here", "You can close this page."),
            Page::Refused => (StatusCode::FORBIDDEN, "This request was refused", "You can close this page."),
        }
    }

    pub(super) fn response(self) -> Response<Body> {
        let (status, title, text) = self.texts();
        let html = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} – Sluice</title>\
             <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head>\
             <body><main><h1>{title}</h1><p>{text}</p></main></body></html>\n"
        );
        let hash = STANDARD.encode(Sha256::digest(STYLE));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        let mut response = Response::new(Body::from(html));
        *response.status_mut() = status;
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            (header::CONTENT_SECURITY_POLICY, policy.as_str()),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            (header::CONNECTION, "close"),
        ];
        for (name, value) in headers {
            if let Ok(value) = value.parse() {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}
