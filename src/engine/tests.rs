//! The engine from outside: runs that wait, run long, are dropped, forgotten or cut short.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

mod embedding;
mod record;
mod waiting;

use super::*;
use crate::effect::{Effect, Reply};
use crate::host::Answer;
use crate::value::Data;
use crate::vm::Limits;

/// Answers every request when it is told to, or never.
#[derive(Default)]
struct Held(Mutex<Vec<Answer>>);

impl Driver for Held {
    fn perform(&self, _: Effect, _: Option<&str>, reply: Answer) {
        self.0.lock().unwrap().push(reply);
    }
}

const CALL: &str = r#"x = invokeurl [ url : "https://a.test/" ]; return x.get("n");"#;

fn answer(reply: Answer) {
    let url = url::Url::parse("https://a.test/").unwrap();
    let body = bytes::Bytes::from_static(b"{\"n\":7}");
    reply(Reply::Response(crate::http::Response { status: 200, headers: Vec::new(), body, url }));
}

#[test]
fn many_runs_wait_at_once_on_few_threads() {
    let held = Arc::new(Held::default());
    let engine = Engine::builder().driver(held.clone()).threads(2).build().unwrap();
    let program = engine.compile("call", CALL).unwrap();
    let runs: Vec<_> = (0..500).map(|_| engine.run(&program, Run::script())).collect();
    while held.0.lock().unwrap().len() < 500 {
        std::thread::yield_now();
    }
    held.0.lock().unwrap().drain(..).for_each(answer);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for run in runs {
        assert_eq!(runtime.block_on(run).result.unwrap(), Data::Number(7));
    }
}

#[test]
fn a_driver_that_forgets_a_request_ends_the_wait_with_an_error() {
    let held = Arc::new(Held::default());
    let engine = Engine::builder().driver(held.clone()).build().unwrap();
    let program = engine.compile("call", CALL).unwrap();
    let run = engine.run(&program, Run::script());
    while held.0.lock().unwrap().is_empty() {
        std::thread::yield_now();
    }
    held.0.lock().unwrap().clear();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(runtime.block_on(run).result.unwrap_err().code, "run::no-reply");
}

#[test]
fn the_blocking_form_works_inside_a_runtime_and_the_engine_may_be_dropped_there() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let result = runtime.block_on(async {
        let engine = Engine::builder().build().unwrap();
        let program = engine.compile(
            "call",
            "try { x = invokeurl [ url : \"http://127.0.0.1:1/\" ]; } catch (e) { return e.message; }",
        );
        let outcome = engine.run_blocking(&program.unwrap(), Run::script());
        drop(engine);
        outcome.result.unwrap()
    });
    assert!(matches!(result, Data::Text(text) if text.contains("127.0.0.1")), "the guard refuses private addresses");
}

#[test]
fn dropping_a_run_cancels_it() {
    fn is_send<T: Send>(_: &T) {}
    let engine = Engine::builder().build().unwrap();
    let program = engine.compile("p", "return 1;").unwrap();
    let run = Run::script();
    let flag = run.cancel_flag();
    let future = engine.run(&program, run);
    is_send(&future);
    drop(future);
    assert!(flag.load(Ordering::Relaxed));
}

#[test]
fn a_long_computation_does_not_hold_up_the_others() {
    let engine = Engine::builder().threads(1).build().unwrap();
    let list = "{1,2,3,4,5,6,7,8,9,10}";
    let long = (0..12).fold("x = 1;".to_owned(), |body, n| format!("for each v{n} in {list} {{ {body} }}"));
    let long = engine.compile("long", &long).unwrap();
    let short = engine.compile("short", "return 1;").unwrap();
    let endless = Run::script();
    let stop = endless.cancel_flag();
    let waiting = engine.run(&long, endless);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(runtime.block_on(engine.run(&short, Run::script())).result.unwrap(), Data::Number(1));
    stop.store(true, Ordering::Relaxed);
    assert_eq!(runtime.block_on(waiting).result.unwrap_err().code, "run::cancelled");
}

#[test]
fn a_refused_script_draws_every_problem() {
    let engine = Engine::builder().build().unwrap();
    let refused = engine.compile("bad.dg", "info a;\ninfo \"x\".frob();").unwrap_err().to_string();
    for part in ["check::undefined-variable", "check::unknown-function", "bad.dg", "info a;"] {
        assert!(refused.contains(part), "{part} is not in\n{refused}");
    }
}

#[test]
fn info_is_told_as_it_comes_and_limits_come_per_run() {
    let engine = Engine::builder().build().unwrap();
    let program = engine.compile("p", "for each i in {1,2,3} { info i; }").unwrap();
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&lines);
    let outcome =
        engine.run_blocking(&program, Run::script().on_info(move |line| sink.lock().unwrap().push(line.to_owned())));
    assert!(outcome.result.is_ok() && outcome.info.is_empty());
    assert_eq!(lines.lock().unwrap().join(","), "1,2,3");
    let limits = Limits { statements: 2, ..Limits::default() };
    let outcome = engine.run_blocking(&program, Run::script().limits(limits));
    assert_eq!(outcome.result.unwrap_err().code, "limits::statements");
}

#[test]
fn a_run_that_waits_too_long_ends_at_its_limit() {
    let engine = Engine::builder().driver(Arc::new(Held::default())).build().unwrap();
    let program = engine.compile("call", CALL).unwrap();
    let limits = Limits { time: Some(std::time::Duration::from_millis(20)), ..Limits::default() };
    let outcome = engine.run_blocking(&program, Run::script().limits(limits));
    assert_eq!(outcome.result.unwrap_err().code, "limits::time");
}

#[test]
fn a_run_that_waits_can_be_cancelled() {
    let held = Arc::new(Held::default());
    let engine = Engine::builder().driver(held.clone()).build().unwrap();
    let program = engine.compile("call", &format!("try {{ {CALL} }} catch (e) {{ return 1; }}")).unwrap();
    let run = Run::script();
    let flag = run.cancel_flag();
    let waiting = engine.run(&program, run);
    while held.0.lock().unwrap().is_empty() {
        std::thread::yield_now();
    }
    flag.store(true, Ordering::Relaxed);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(runtime.block_on(waiting).result.unwrap_err().code, "run::cancelled");
    // The answer comes too late and changes nothing.
    held.0.lock().unwrap().drain(..).for_each(answer);
}

#[test]
fn recursion_loops_and_long_functions_can_be_cancelled() {
    let list = "l = {1,2,3,4,5,6,7,8,9,0};";
    let nested = |body: &str| (0..14).fold(body.to_owned(), |body, n| format!("for each v{n} in l {{ {body} }}"));
    let scripts = [
        format!("{list} {}", nested("x = 1;")),
        format!("{list} {}", nested("")),
        "void f(int n) { if (n > 0) { f(n - 1); f(n - 1); } } f(200);".to_owned(),
        format!("{list} t = \"ab\".leftpad(1000000); {}", nested("u = t.replaceAll(\"a\",\"b\",true);")),
        format!("{list} t = \"\".leftpad(1000000); {}", nested("u = t + \"x\";")),
        format!("{list} k = \"\".leftpad(100000).toList(\"\"); {}", nested("u = k == k; s = k.distinct();")),
    ];
    let engine = Engine::builder().build().unwrap();
    for script in scripts {
        let program = engine.compile("p", &format!("info 1; {script}")).unwrap();
        let run = Run::script();
        let flag = run.cancel_flag();
        // Lines are told when the first slice is over, in the midst of what follows.
        let outcome = engine.run_blocking(&program, run.on_info(move |_| flag.store(true, Ordering::Relaxed)));
        assert_eq!(outcome.result.unwrap_err().code, "run::cancelled", "{script}");
        assert!(outcome.time < std::time::Duration::from_secs(20), "{script}: {:?}", outcome.time);
    }
}

#[test]
fn the_outcome_counts_mails_and_requests() {
    let engine = Engine::builder().driver(Arc::new(crate::host::Dry::new(|_| {}))).build().unwrap();
    let mail = "sendmail [ from: \"a@b.test\" to: \"c@d.test\" subject: 1 message: {1,2} ]";
    let program = engine
        .compile("p", &format!("for each i in {{1,2,3}} {{ {mail} {CALL}")[..].replace(" return x.get(\"n\");", " }"))
        .unwrap();
    let usage = engine.run_blocking(&program, Run::script()).usage;
    assert_eq!((usage.mails, usage.requests), (3, 3));
    let limits = Limits { mails: 2, ..Limits::default() };
    let outcome = engine.run_blocking(&program, Run::script().limits(limits));
    assert_eq!(outcome.result.unwrap_err().code, "limits::mails");
}
