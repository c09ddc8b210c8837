//! The sandbox as a client sees it, over real loopback connections. Time is moved, never waited for.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod access;
mod books;
mod modules;
mod oauth;
mod serving;

use base64::Engine;
use reqwest::Method;
use serde_json::Value;
use url::form_urlencoded;

use super::{Options, Sandbox};

/// A sandbox and a client that talks to it.
struct Visit {
    sandbox: Sandbox,
    client: reqwest::Client,
}

/// What came back: the status and the JSON body, null when there was none.
type Answer = (u16, Value);

impl Visit {
    fn new() -> Self {
        Self::with(Options::default())
    }

    fn with(options: Options) -> Self {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { sandbox: Sandbox::start(options).unwrap(), client }
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}{path}", self.sandbox.base_url()))
    }

    /// A request with a fresh access token.
    fn signed(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.with_token(method, path, &self.sandbox.issue_token().unwrap())
    }

    fn with_token(&self, method: Method, path: &str, token: &str) -> reqwest::RequestBuilder {
        self.request(method, path).header("Authorization", format!("Zoho-oauthtoken {token}"))
    }

    async fn get(&self, path: &str) -> Answer {
        answer(self.signed(Method::GET, path)).await
    }

    async fn send(&self, method: Method, path: &str, body: Value) -> Answer {
        answer(self.signed(method, path).body(body.to_string())).await
    }

    async fn send_form(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
        answer(form(self.signed(method, path), fields)).await
    }

    /// Asks the token endpoint.
    async fn token(&self, fields: &[(&str, &str)]) -> Value {
        let (status, body) = answer(form(self.request(Method::POST, "/oauth/v2/token"), fields)).await;
        assert_eq!(status, 200, "the token endpoint answers errors with 200 as well");
        body
    }
}

fn form(request: reqwest::RequestBuilder, fields: &[(&str, &str)]) -> reqwest::RequestBuilder {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    request.header("Content-Type", "application/x-www-form-urlencoded").body(body)
}

fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}")))
}

async fn answer(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let bytes = response.bytes().await.unwrap();
    (status, if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() })
}
