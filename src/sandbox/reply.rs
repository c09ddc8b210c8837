//! What a service answers: a status, a JSON body or none, and which guard the request passed on the way. The error
//! shapes of the two service families stand here, because access control answers in the shape of the service it guards.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

use super::log::Guard;

pub(super) struct Reply {
    pub status: u16,
    pub body: Option<Value>,
    pub guard: Guard,
    /// Whether to ask for HTTP Basic credentials, as RFC 7617 wants of a 401.
    asks_for_basic: bool,
}

impl Reply {
    pub fn json(status: u16, body: Value) -> Self {
        Self { status, body: Some(body), guard: Guard::None, asks_for_basic: false }
    }

    /// 204, which the record services answer when nothing is found.
    pub fn nothing() -> Self {
        Self { status: 204, body: None, guard: Guard::None, asks_for_basic: false }
    }

    /// An error as CRM and Bigin write it.
    pub fn record_error(status: u16, code: &str, details: Value, message: &str) -> Self {
        Self::json(status, json!({"code": code, "details": details, "message": message, "status": "error"}))
    }

    /// An error as Books writes it.
    pub fn books_error(status: u16, code: i32, message: &str) -> Self {
        Self::json(status, json!({"code": code, "message": message}))
    }

    pub fn not_found() -> Self {
        let message = "Please check if the URL trying to access is a correct one";
        Self::record_error(404, "INVALID_URL_PATTERN", json!({}), message)
    }

    pub fn wrong_method() -> Self {
        Self::record_error(405, "INVALID_REQUEST_METHOD", json!({}), "The http request method type is not a valid one")
    }

    pub fn too_large() -> Self {
        Self::record_error(413, "REQUEST_TOO_LARGE", json!({"limit": "1 MB"}), "The request body is too large")
    }

    /// A body that broke off or came too slowly.
    pub fn incomplete() -> Self {
        Self::record_error(408, "REQUEST_INCOMPLETE", json!({}), "The request body did not arrive")
    }

    /// Notes for the log which guard let the request through.
    pub fn passed(mut self, guard: Guard) -> Self {
        self.guard = guard;
        self
    }

    /// Adds the challenge for a user name and a password.
    pub fn asking_for_basic(mut self) -> Self {
        self.asks_for_basic = true;
        self
    }

    pub fn into_response(self) -> Response<Body> {
        let bytes = self.body.map(|body| body.to_string()).unwrap_or_default();
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if !bytes.is_empty() {
            let json = HeaderValue::from_static("application/json;charset=UTF-8");
            response.headers_mut().insert(header::CONTENT_TYPE, json);
            *response.body_mut() = Body::from(bytes);
        }
        if self.asks_for_basic {
            let challenge = HeaderValue::from_static("Basic realm=\"sandbox\", charset=\"UTF-8\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
