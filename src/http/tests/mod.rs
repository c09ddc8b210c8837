//! The client against a server on loopback, and the pure parts on their own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod bodies;
mod client;
mod command;
mod guard;
mod har;
mod per_host;
mod phases;
mod rebinding;
mod redirects;
mod routes;
mod sensitive;
mod server;
mod trace;

use super::{Client, Error, Guard, Method, Options, Request, Response};
use url::Url;

/// Options that let requests reach the test's own server.
fn open() -> Options {
    Options { guard: Guard::off(), ..Options::default() }
}

fn get(url: &str) -> Request {
    Request::new(Method::Get, Url::parse(url).unwrap())
}

async fn send(options: Options, request: Request) -> Result<Response, Error> {
    Client::new(options).unwrap().send(request).await
}
