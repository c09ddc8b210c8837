//! Sluice as programs embed it: an engine with limits raised as far as the workloads need, and `run_blocking`.

use std::sync::Arc;

use common::{Mode, Report, job, runs, timed};
use sluice::{Data, Engine, Limits, Program, Run};

fn main() {
    let job = job();
    let (engine_time, engine) = timed(|| Engine::builder().limits(limits()).build().expect("an engine"));
    let (compile, program) = timed(|| engine.compile("script.dg", &job.script));
    let program = match program {
        Ok(program) => program,
        Err(refused) if job.mode == Mode::Compile => {
            let answer = common::errors_found(refused.diagnostics().count());
            Report { engine: engine_time, compile, run: Default::default(), answer }.print()
        }
        Err(refused) => panic!("{refused}"),
    };
    if job.mode == Mode::Compile {
        Report { engine: engine_time, compile, run: Default::default(), answer: "0".to_owned() }.print();
    }
    let (run, result) = runs(&job, |input| one(&engine, &program, input));
    Report { engine: engine_time, compile, run, answer: result.print().expect("a text") }.print()
}

/// A run has a state of its own.
fn one(engine: &Engine, program: &Arc<Program>, input: &str) -> Data {
    let outcome = engine.run_blocking(program, Run::script().input(input));
    for line in &outcome.info {
        println!("{line}");
    }
    outcome.result.expect("a result")
}

fn limits() -> Limits {
    Limits {
        statements: u64::MAX,
        text: 1_000_000_000,
        elements: 20_000_000,
        memory: 4_000_000_000,
        time: None,
        ..Limits::default()
    }
}
