//! Servers that other people wrote judge what leaves and how answers are read. `scripts/peers start` starts them; where they
//! are not, these tests say so and pass, which `.ci/run` does not let happen unseen.

mod httpbin;
mod nginx;

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

/// Sends from this test's own runtime, to which the connections of its clients belong.
fn send(client: &Client, request: Request) -> Result<Response, Error> {
    thread_local! {
        static RUNTIME: Runtime = Builder::new_current_thread().enable_all().build().unwrap();
    }
    RUNTIME.with(|runtime| runtime.block_on(client.send(request)))
}
