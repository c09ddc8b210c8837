//! rune: `main(input)` of a unit that is compiled once, each run on a machine of its own.

use std::sync::Arc;

use common::{Mode, Report, job, runs, timed};
use rune::{Context, Diagnostics, Source, Sources, Unit, Value, Vm};

fn main() {
    let job = job();
    let (engine, (context, runtime)) = timed(|| {
        let mut context = Context::with_default_modules().expect("the modules");
        context.install(rune_modules::json::module(true).expect("JSON")).expect("room for JSON");
        let runtime = Arc::new(context.runtime().expect("a runtime"));
        (context, runtime)
    });
    let (compile, unit) = timed(|| unit(&context, &job.script));
    if job.mode == Mode::Compile {
        let answer = unit.map_or_else(common::errors_found, |_| "0".to_owned());
        Report { engine, compile, run: Default::default(), answer }.print();
    }
    let unit = Arc::new(unit.expect("a program"));
    let (run, value) = runs(&job, |input| {
        let mut vm = Vm::new(Arc::clone(&runtime), Arc::clone(&unit));
        vm.call(["main"], (input.to_owned(),)).expect("a result")
    });
    Report { engine, compile, run, answer: answer(value) }.print()
}

/// The unit, or how many errors there are.
fn unit(context: &Context, script: &str) -> Result<Unit, usize> {
    let mut sources = Sources::new();
    sources.insert(Source::memory(script).expect("a source")).expect("room for it");
    let mut diagnostics = Diagnostics::new();
    let unit = rune::prepare(&mut sources).with_context(context).with_diagnostics(&mut diagnostics).build();
    unit.map_err(|_| diagnostics.diagnostics().iter().filter(|found| format!("{found:?}").starts_with("Fatal")).count())
}

fn answer(value: Value) -> String {
    if let Ok(text) = value.borrow_string_ref() {
        return text.to_owned();
    }
    let whole = value.as_integer::<i64>().map(|number| number.to_string());
    whole.unwrap_or_else(|_| rune::from_value(value).map_or_else(|error| error.to_string(), common::number))
}
