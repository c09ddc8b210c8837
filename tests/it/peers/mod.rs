//! Servers that other people wrote judge what leaves and how answers are read. `scripts/peers start` starts them; where they
//! are not, these tests say so and pass, which `.ci/run` does not let happen unseen.

mod authorize;
mod aws;
mod browser;
mod device;
mod httpbin;
mod mock;
mod nginx;
mod oauth1;
mod oidc;
pub mod person;
mod three_legged;

use std::future::Future;

use sluice::http::{Client, Error, Guard, Options, Request, Response};
use tokio::runtime::{Builder, Runtime};

/// Where a peer is; `None`, with a notice, when it was not started.
fn peer(variable: &str) -> Option<String> {
    let found = std::env::var(variable).ok().filter(|value| !value.is_empty());
    if found.is_none() {
        println!("skipped: {variable} is not set; scripts/peers starts the servers");
    }
    found
}

fn open() -> Options {
    Options { guard: Guard::off(), ..Options::default() }
}

/// The secret of every client, consumer and account of the peers, made up when they were started.
fn secret() -> String {
    std::env::var("SLUICE_PEER_SECRET").expect("the peers were started by an older scripts/peers")
}

fn send(client: &Client, request: Request) -> Result<Response, Error> {
    block_on(client.send(request))
}

/// Runs on this test's own runtime, to which the connections of its clients belong.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    thread_local! {
        static RUNTIME: Runtime = Builder::new_current_thread().enable_all().build().unwrap();
    }
    RUNTIME.with(|runtime| runtime.block_on(future))
}
