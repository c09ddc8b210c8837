//! koto, with its own JSON module. One runtime; a rule is a chunk that is run again.

use common::{Mode, Report, job, runs, timed};
use koto::prelude::*;

fn main() {
    let job = job();
    let (engine, mut koto) = timed(|| {
        let koto = Koto::default();
        koto.prelude().insert("json", koto_json::make_module());
        koto.prelude().insert("input", "");
        koto
    });
    let (compile, chunk) = timed(|| koto.compile(job.script.as_str()));
    if job.mode == Mode::Compile {
        let answer = if chunk.is_ok() { "0".to_owned() } else { common::errors_found(1) };
        Report { engine, compile, run: Default::default(), answer }.print();
    }
    let chunk = chunk.expect("a program");
    let (run, value) = runs(&job, |input| {
        koto.prelude().insert("input", input);
        koto.run(chunk.clone()).expect("a result")
    });
    let answer = match value {
        KValue::Number(KNumber::F64(value)) => common::number(value),
        other => koto.value_to_string(other).expect("a text"),
    };
    Report { engine, compile, run, answer }.print()
}
