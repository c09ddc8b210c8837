//! What a run costs that waits: ten thousand of them must fit where ten thousand threads would not.

use std::sync::mpsc::channel;

use sluice::{Data, Engine, Run, host};
use stats_alloc::INSTRUMENTED_SYSTEM;
use tokio::sync::watch;

use super::alone;

const RUNS: usize = 1_000;

#[test]
fn a_run_that_waits_costs_at_most_sixteen_kilobytes_beside_its_values() {
    let _alone = alone();
    let (asked, questions) = channel();
    let (release, released) = watch::channel(false);
    let wait = move || {
        let mut released = released.clone();
        let _ = asked.send(());
        async move { released.wait_for(|is| *is).await.map(|_| 7).map_err(|_| host::Error::new("gone")) }
    };
    let engine = Engine::builder().function(host::asynchronous("wait", wait)).build().unwrap();
    let program = engine
        .compile(
            "script.dg",
            "int inner(map m, file f) { for each i in {1, 2} { try { x = m.size() + wait(); return x; } catch (e) { return 0; } } }
             int outer(map m, file f) { return inner(m, f) + 1; }
             int main(map m, file f) { a = 1; b = \"x\"; c = {a, b}; return outer(m, f) + c.size(); }",
        )
        .unwrap_or_else(|refused| panic!("{refused}"));
    let file = Data::File(Box::new(sluice::value::File::new("large", "text/plain", vec![0; 1_000_000])));
    let run = || {
        let m = Data::map([("name", Data::from("Ada")), ("id", Data::from(7))]);
        Run::function("main").argument("m", m).argument("f", file.clone())
    };
    let start = |count: usize| -> Vec<_> {
        let runs: Vec<_> = (0..count).map(|_| engine.run(&program, run())).collect();
        (0..count).for_each(|_| questions.recv().unwrap());
        runs
    };
    // Threads and tables are there from now on.
    let first = start(10);
    let before = INSTRUMENTED_SYSTEM.stats();
    let waiting = start(RUNS);
    let after = INSTRUMENTED_SYSTEM.stats();
    let each = ((after.bytes_allocated - before.bytes_allocated)
        - (after.bytes_deallocated - before.bytes_deallocated))
        / RUNS;
    assert!(each <= 16 * 1024, "{each} bytes");
    release.send(true).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for run in first.into_iter().chain(waiting) {
        let outcome = runtime.block_on(run);
        assert_eq!(outcome.result.unwrap(), Data::from(12));
    }
}
