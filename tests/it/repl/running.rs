//! While something runs: a failed call and its trace, slow requests, loops that do not end, and Ctrl-C.

use super::prompt;
use crate::cli::harness::Desk;
use crate::cli::server::{Answer, Server};

#[test]
fn a_failed_call_and_its_trace() {
    let desk = Desk::project("");
    let server = Server::start(|_| Answer::json(404, serde_json::json!({"code": "INVALID_URL"})));
    let prompt = prompt!(&desk);
    prompt.enter(&format!("base = \"{}\"", server.url("")));
    prompt.enter(":trace on");
    prompt.clear();
    prompt.write_and_see(
        "invokeurl [ url: base + \"/orders/7\" type: GET headers: {\"Authorization\": \"Bearer walnut\"} ]",
    );
    prompt.press("Enter");
    // A trace has a line that looks like a prompt.
    prompt.wait("the value and the next prompt", |screen| screen.ends_with("{\"code\": \"INVALID_URL\"}\n>"));
    prompt.golden_of("failed_call.txt", |prompt| server.normal(&prompt.screen()));
}

#[test]
fn ctrl_c_stops_a_slow_request_and_keeps_the_state() {
    let desk = Desk::project("");
    let server = Server::start(|_| Answer::Silence);
    let prompt = prompt!(&desk);
    prompt.enter("total = 12");
    prompt.write_and_see(&format!("total = 13; answer = getUrl(\"{}\"); total = 14", server.url("/slow")));
    prompt.press("Enter");
    // The seconds that passed.
    prompt.see("1 s");
    prompt.interrupt();
    prompt.enter("total");
    prompt.golden_of("interrupted_request.txt", |prompt| server.normal(&prompt.screen()));
    prompt.press("C-d");
    assert_eq!(prompt.ended(), 0);
}

#[test]
fn ctrl_c_stops_a_loop_and_keeps_the_state() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk, "--limits", "generous");
    prompt.enter("seen = List()");
    prompt.enter("long f() { a = 0; for each i in \"1,\".repeat(5000).toList() { a = a + 1; } return a; }");
    prompt.write_and_see("seen.add(1); info \"begun\"; for each i in \"1,\".repeat(5000).toList() { f(); }");
    prompt.press("Enter");
    prompt.see("\nbegun");
    prompt.interrupt();
    prompt.see("\nrun::cancelled");
    prompt.enter("seen.size()");
    prompt.see("\n1\n>");
}

#[test]
fn ctrl_c_drops_what_was_typed() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    prompt.write_and_see("total = 1");
    prompt.interrupt();
    prompt.enter("total");
    prompt.see("'total' is not defined");
}
