//! rhai: one engine, the script as an AST, and a scope of its own for each run.

use common::{Mode, Report, job, runs, timed};
use rhai::{Dynamic, Engine, Scope};

fn main() {
    let job = job();
    let (engine_time, engine) = timed(|| {
        let mut engine = Engine::new();
        // Long scripts are deep trees to rhai.
        engine.set_max_expr_depths(0, 0);
        engine
    });
    let scope = |input: &str| {
        // A variable: the value of a constant would become a part of the program.
        let mut scope = Scope::new();
        scope.push("input", input.to_owned());
        scope
    };
    let (compile, ast) = timed(|| engine.compile(&job.script));
    if job.mode == Mode::Compile {
        let answer = if ast.is_ok() { "0".to_owned() } else { common::errors_found(1) };
        Report { engine: engine_time, compile, run: Default::default(), answer }.print();
    }
    let ast = ast.expect("a program");
    let (run, value) =
        runs(&job, |input| engine.eval_ast_with_scope::<Dynamic>(&mut scope(input), &ast).expect("a result"));
    Report { engine: engine_time, compile, run, answer: answer(&value) }.print()
}

fn answer(value: &Dynamic) -> String {
    value.as_float().map_or_else(|_| value.to_string(), common::number)
}
