//! Functions that may wait are effects: told, kept, answered by others, and dropped with their run.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use sluice::effect::{Action, Effect};
use sluice::host::cassette::{Mode, Options as CassetteOptions};
use sluice::host::{Answer, Cassette, Driver, Dry, Mock, MockAnswer, MockRule, Wildcard};
use sluice::vm::Limits;

use super::*;

#[test]
fn a_dry_run_tells_the_call_and_performs_nothing() {
    let (told, heard) = channel();
    let dry = Dry::new(move |effect| {
        let Action::Host(call) = &effect.action else { return };
        let _ = told.send(format!("{}: {call}", effect.line));
    });
    let engine = shop().driver(Arc::new(dry)).build().unwrap();
    assert_eq!(result(&engine, "x = 1;\nreturn isNull(shop.orders.find(8));"), "true");
    assert_eq!(heard.try_recv().unwrap(), "2: call shop.orders.find(8)");
}

/// Knows requests only, as a client of the application's own may.
struct RequestsOnly;

impl Driver for RequestsOnly {
    fn perform(&self, effect: Effect, _: Option<&str>, reply: Answer) {
        assert!(matches!(effect.action, Action::Request(_)), "nothing else is handed to it");
        drop(reply);
    }
}

#[test]
fn a_driver_that_knows_no_calls_sees_none() {
    let engine = shop().driver(Arc::new(RequestsOnly)).build().unwrap();
    assert_eq!(result(&engine, "return shop.orders.find(7).get(\"id\");"), "7");
}

#[test]
fn a_mock_answers_in_the_place_of_a_function() {
    let rule = MockRule {
        name: "orders".into(),
        task: Some(Wildcard::new("shop.orders.*")),
        answer: MockAnswer::Value(Data::from("mocked")),
        ..MockRule::default()
    };
    let mock = Mock::new(vec![rule], sluice::http::Limits::default(), Arc::new(RequestsOnly));
    let engine = shop().driver(Arc::new(mock)).build().unwrap();
    assert_eq!(result(&engine, "return shop.orders.find(8);"), "mocked");
}

#[test]
fn a_cassette_keeps_a_call_and_answers_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let calls = Arc::new(AtomicUsize::new(0));
    let run = |mode: Mode| {
        let options = CassetteOptions { mode, ..CassetteOptions::default() };
        let cassette = Arc::new(Cassette::open(folder.path(), options).unwrap().over(Arc::new(RequestsOnly)));
        let count = Arc::clone(&calls);
        let find = move |id: i64| {
            count.fetch_add(1, Ordering::Relaxed);
            async move {
                Data::map([
                    ("id", Data::from(id)),
                    ("total", Data::Decimal(sluice::value::Decimal::parse("1.50").unwrap())),
                ])
            }
        };
        let builder = Engine::builder().driver(cassette.clone());
        let engine = builder.function(host::asynchronous("shop.find", find).parameters(["id"])).build().unwrap();
        let outcome = engine.run_blocking(&compile(&engine, "return shop.find(7).get(\"total\");"), Run::script());
        cassette.finish().unwrap();
        (outcome.result, engine, cassette)
    };
    let expected = Data::Decimal(sluice::value::Decimal::parse("1.50").unwrap());
    assert_eq!(run(Mode::Once).0.unwrap(), expected);
    assert_eq!(calls.load(Ordering::Relaxed), 1);
    let (again, engine, _kept) = run(Mode::None);
    assert_eq!(again.unwrap(), expected);
    assert_eq!(calls.load(Ordering::Relaxed), 1, "a replay calls nothing");
    let (code, message, _) = trouble(&engine, "try { shop.find(8); } catch (e) { info e; }");
    assert_eq!(code, "replay::miss");
    assert!(message.contains("shop.find"), "{message}");
}

/// Tells when it is dropped.
struct Dropped(std::sync::mpsc::Sender<()>);

impl Drop for Dropped {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

/// An engine with a function that never answers, and what tells that its future began, and then that it was dropped.
fn endless() -> (Engine, std::sync::mpsc::Receiver<()>) {
    let (dropped, was_dropped) = channel();
    let wait = move || {
        let held = Dropped(dropped.clone());
        async move {
            let _ = held.0.send(());
            std::future::pending::<()>().await;
            drop(held);
        }
    };
    let engine = Engine::builder().function(host::asynchronous("wait", wait)).build().unwrap();
    (engine, was_dropped)
}

const LONG: Duration = Duration::from_secs(20);

#[test]
fn a_deadline_drops_the_future() {
    let (engine, was_dropped) = endless();
    let limits = Limits { time: Some(Duration::from_millis(30)), ..Limits::default() };
    let outcome = engine.run_blocking(&compile(&engine, "wait();"), Run::script().limits(limits));
    assert_eq!(outcome.result.unwrap_err().code, "limits::time");
    was_dropped.recv_timeout(LONG).unwrap();
    was_dropped.recv_timeout(LONG).unwrap();
}

#[test]
fn dropping_a_run_drops_the_future() {
    let (engine, was_dropped) = endless();
    let run = engine.run(&compile(&engine, "try { wait(); } catch (e) { info 1; }"), Run::script());
    was_dropped.recv_timeout(LONG).unwrap();
    drop(run);
    was_dropped.recv_timeout(LONG).unwrap();
}

#[test]
fn dropping_the_engine_drops_the_future() {
    let (engine, was_dropped) = endless();
    let program = compile(&engine, "wait();");
    let run = engine.run(&program, Run::script());
    was_dropped.recv_timeout(LONG).unwrap();
    drop(engine);
    drop(program);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(runtime.block_on(run).result.unwrap_err().code, "run::abandoned");
    was_dropped.recv_timeout(LONG).unwrap();
}

#[test]
fn calls_count_against_the_limit_of_requests() {
    let engine = shop().build().unwrap();
    let limits = Limits { requests: 2, ..Limits::default() };
    let three = compile(&engine, "shop.orders.find(7); shop.orders.find(7); shop.orders.find(7);");
    let outcome = engine.run_blocking(&three, Run::script().limits(limits));
    assert_eq!(outcome.result.unwrap_err().code, "limits::requests");
}

#[test]
fn a_thousand_calls_wait_at_once_and_may_use_timers() {
    let wait = |number: i64| async move {
        tokio::time::sleep(Duration::from_millis(50)).await;
        number
    };
    let engine = Engine::builder().function(host::asynchronous("wait", wait)).threads(1).build().unwrap();
    let program = compile(&engine, "int f(int n) { return wait(n); }");
    let runs: Vec<_> =
        (0..1_000).map(|number: i64| engine.run(&program, Run::function("f").argument("n", number))).collect();
    let begun = std::time::Instant::now();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for (number, run) in (0i64..).zip(runs) {
        assert_eq!(runtime.block_on(run).result.unwrap(), Data::from(number));
    }
    assert!(begun.elapsed() < LONG, "one after the other takes 50 seconds");
}
