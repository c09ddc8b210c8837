//! While something runs: a failed call and its trace, slow requests, loops that do not end, and Ctrl-C.

use super::prompt;
use super::terminal::golden;
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
    prompt.enter("invokeurl [ url: base + \"/orders/7\" type: GET headers: {\"Authorization\": \"Bearer walnut\"} ]");
    golden("failed_call.txt", &server.normal(&prompt.screen()));
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
    prompt.press("C-c");
    prompt.wait("the next prompt", |screen| super::terminal::last_line(screen) == ">");
    prompt.enter("total");
    golden("interrupted_request.txt", &server.normal(&prompt.screen()));
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
    prompt.press("C-c");
    prompt.wait("the next prompt", |screen| super::terminal::last_line(screen) == ">");
    prompt.enter("seen.size()");
    golden("interrupted_loop.txt", &prompt.screen());
}

#[test]
fn ctrl_c_drops_what_was_typed() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    prompt.write_and_see("total = 1");
    prompt.press("C-c");
    prompt.wait("a new prompt", |screen| super::terminal::last_line(screen) == ">");
    prompt.enter("total");
    prompt.see("'total' is not defined");
}
