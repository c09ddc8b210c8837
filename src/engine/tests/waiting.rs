//! Very many runs that wait, and what happens to the others when one of them fails badly.

use std::time::Duration;

use super::*;

const MANY: usize = 10_000;

fn finish<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// Waits until the driver holds so many requests, and takes them.
fn held(driver: &Held, count: usize) -> Vec<Answer> {
    while driver.0.lock().unwrap().len() < count {
        std::thread::yield_now();
    }
    std::mem::take(&mut driver.0.lock().unwrap())
}

#[test]
fn an_engine_can_be_dropped_while_ten_thousand_runs_wait() {
    let driver = Arc::new(Held::default());
    let engine = Engine::builder().driver(driver.clone()).threads(2).build().unwrap();
    let program = engine.compile("call", CALL).unwrap();
    let runs: Vec<_> = (0..MANY).map(|at| engine.run(&program, Run::script().id(at.to_string()))).collect();
    let answers = held(&driver, MANY);
    drop(engine);
    for (at, run) in runs.into_iter().enumerate() {
        let outcome = finish(run);
        assert_eq!(*outcome.id, at.to_string());
        assert_eq!(outcome.result.unwrap_err().code, "run::abandoned");
    }
    // Nobody waits for them any more.
    answers.into_iter().for_each(answer);
}

#[test]
fn a_script_that_computes_leaves_ten_thousand_their_turns() {
    let driver = Arc::new(Held::default());
    let engine = Engine::builder().driver(driver.clone()).threads(1).build().unwrap();
    let list = "{1,2,3,4,5,6,7,8,9,10}";
    let endless = (0..14).fold("x = 1;".to_owned(), |body, n| format!("for each v{n} in {list} {{ {body} }}"));
    let (endless, call) = (engine.compile("endless", &endless).unwrap(), engine.compile("call", CALL).unwrap());
    let computing = Run::script();
    let stop = computing.cancel_flag();
    let computing = engine.run(&endless, computing);
    let runs: Vec<_> = (0..MANY).map(|_| engine.run(&call, Run::script())).collect();
    held(&driver, MANY).into_iter().for_each(answer);
    for run in runs {
        assert_eq!(finish(run).result.unwrap(), Data::Number(7));
    }
    stop.store(true, Ordering::Relaxed);
    assert_eq!(finish(computing).result.unwrap_err().code, "run::cancelled");
}

#[test]
fn of_many_waiting_runs_some_are_cancelled_some_too_late_and_the_rest_go_on() {
    let driver = Arc::new(Held::default());
    let engine = Engine::builder().driver(driver.clone()).threads(2).build().unwrap();
    let program = engine.compile("call", &format!("try {{ {CALL} }} catch (e) {{ return e.message; }}")).unwrap();
    let (mut cancelled, mut rest, mut flags) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..1_000 {
        let run = Run::script();
        flags.push(run.cancel_flag());
        cancelled.push(engine.run(&program, run));
        rest.push(engine.run(&program, Run::script()));
    }
    let answers = held(&driver, 2_000);
    // On a slow machine some of these are late before they have asked for anything.
    let limits = Limits { time: Some(Duration::from_millis(20)), ..Limits::default() };
    let late: Vec<_> = (0..1_000).map(|_| engine.run(&program, Run::script().limits(limits.clone()))).collect();
    flags.iter().for_each(|flag| flag.store(true, Ordering::Relaxed));
    for run in cancelled {
        assert_eq!(finish(run).result.unwrap_err().code, "run::cancelled");
    }
    for run in late {
        assert_eq!(finish(run).result.unwrap_err().code, "limits::time");
    }
    answers.into_iter().for_each(answer);
    for run in rest {
        assert_eq!(finish(run).result.unwrap(), Data::Number(7));
    }
}

/// Panics when it is asked for the host `bad.test`.
struct Panics(Held);

impl Driver for Panics {
    fn perform(&self, effect: Effect, user: Option<&str>, reply: Answer) {
        if format!("{:?}", effect.action).contains("bad.test") {
            panic!("a driver that fails");
        }
        self.0.perform(effect, user, reply);
    }
}

#[test]
fn a_driver_that_panics_costs_the_run_its_reply_and_the_others_nothing() {
    let driver = Arc::new(Panics(Held::default()));
    let engine = Engine::builder().driver(driver.clone()).threads(1).build().unwrap();
    let good = engine.compile("good", CALL).unwrap();
    let bad = engine.compile("bad", &CALL.replace("a.test", "bad.test")).unwrap();
    let before = engine.run(&good, Run::script());
    assert_eq!(finish(engine.run(&bad, Run::script())).result.unwrap_err().code, "run::no-reply");
    let after = engine.run(&good, Run::script());
    held(&driver.0, 2).into_iter().for_each(answer);
    assert_eq!(finish(before).result.unwrap(), Data::Number(7));
    assert_eq!(finish(after).result.unwrap(), Data::Number(7));
}

#[test]
fn a_listener_that_panics_ends_its_own_run_alone() {
    let driver = Arc::new(Held::default());
    let engine = Engine::builder().driver(driver.clone()).threads(1).build().unwrap();
    let call = engine.compile("call", CALL).unwrap();
    let tells = engine.compile("tells", "info 1; return 2;").unwrap();
    let waiting = engine.run(&call, Run::script());
    let tell = || Run::script().id("order 7").on_info(|_| panic!("a listener that fails"));
    let on_its_thread = engine.run(&tells, tell());
    for outcome in [finish(on_its_thread), engine.run_blocking(&tells, tell())] {
        assert_eq!((&*outcome.id, outcome.result.unwrap_err().code.as_str()), ("order 7", "run::host-panic"));
    }
    held(&driver, 1).into_iter().for_each(answer);
    assert_eq!(finish(waiting).result.unwrap(), Data::Number(7));
}
