//! starlark. Its compiler is a part of running a module, so compiling is the parser alone; a rule is the function
//! `main(input)` of a frozen module, which is called with a heap of its own each time.

use std::time::Duration;

use common::{Job, Mode, Report, job, runs, timed};
use starlark::environment::{Globals, GlobalsBuilder, LibraryExtension, Module};
use starlark::eval::Evaluator;
use starlark::syntax::{AstModule, Dialect};
use starlark::values::Value;

fn main() {
    let job = job();
    let extensions = [LibraryExtension::Json, LibraryExtension::Print];
    let (engine, globals) = timed(|| GlobalsBuilder::extended_by(&extensions).build());
    let (compile, ast) = timed(|| AstModule::parse("script.star", job.script.clone(), &Dialect::Extended));
    if job.mode == Mode::Compile {
        let answer = if ast.is_ok() { "0".to_owned() } else { common::errors_found(1) };
        Report { engine, compile, run: Default::default(), answer }.print();
    }
    let ast = ast.expect("a program");
    let (run, answer) = if job.mode == Mode::Rule { rule(&job, ast, &globals) } else { once(&job, ast, &globals) };
    Report { engine, compile, run, answer }.print()
}

fn once(job: &Job, ast: AstModule, globals: &Globals) -> (Duration, String) {
    Module::with_temp_heap(|module| {
        module.set("input", module.heap().alloc(job.input.as_str()));
        let mut evaluator = Evaluator::new(&module);
        let begun = common::processor_time();
        let value = evaluator.eval_module(ast, globals).expect("a result");
        (common::processor_time() - begun, answer(value))
    })
}

fn rule(job: &Job, ast: AstModule, globals: &Globals) -> (Duration, String) {
    let frozen = Module::with_temp_heap(|module| {
        Evaluator::new(&module).eval_module(ast, globals).expect("a module");
        module.freeze().expect("a frozen module")
    });
    let main = frozen.get("main").expect("a function main");
    runs(job, |input| {
        Module::with_temp_heap(|module| {
            let input = module.heap().alloc(input);
            let mut evaluator = Evaluator::new(&module);
            answer(
                evaluator
                    .eval_function(module.heap().access_owned_frozen_value(&main), &[input], &[])
                    .expect("a result"),
            )
        })
    })
}

fn answer(value: Value<'_>) -> String {
    let text = value.to_str();
    if text.contains('.') { text.parse().map_or(text, common::number) } else { text }
}
