//! Runs one of the programs in `programs/`, or compiles them, inside a function of its own: `scripts/instructions` has valgrind
//! count the instructions of that function alone, so that starting, compiling and reading arguments do not count.

use std::fmt::Write;
use std::hint::black_box;
use std::process::ExitCode;
use std::sync::Arc;

use sluice::{Data, Engine, Program, Run};

/// The programs by name.
const PROGRAMS: &[(&str, &str)] = &[
    ("loop", include_str!("../programs/loop.dg")),
    ("calls", include_str!("../programs/calls.dg")),
    ("text", include_str!("../programs/text.dg")),
    ("maps", include_str!("../programs/maps.dg")),
    ("json", include_str!("../programs/json.dg")),
];

/// The name under which compiling is counted.
const COMPILE: &str = "compile";

fn main() -> ExitCode {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    match work(&wanted) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn work(wanted: &str) -> Result<String, Box<dyn std::error::Error>> {
    let engine = Engine::builder().build()?;
    if wanted == COMPILE {
        let script = many_lines();
        return Ok(counted_compilation(&engine, &script)?.to_string());
    }
    let Some((name, text)) = PROGRAMS.iter().find(|(name, _)| *name == wanted) else {
        let names: Vec<_> = PROGRAMS.iter().map(|(name, _)| *name).chain([COMPILE]).collect();
        return Err(format!("usage: instructions {}", names.join(" | ")).into());
    };
    let program = engine.compile(name, text)?;
    let numbers = Data::list((1..=3_000).map(Data::from));
    let run = Run::function("main").argument("numbers", numbers);
    let run = if *name == "json" { run.argument("body", body()) } else { run };
    Ok(counted_run(&engine, &program, run)?.print()?)
}

/// What is counted of a program.
#[inline(never)]
fn counted_run(engine: &Engine, program: &Arc<Program>, run: Run) -> Result<Data, Box<dyn std::error::Error>> {
    Ok(engine.run_blocking(black_box(program), run).result?)
}

/// What is counted of compiling.
#[inline(never)]
fn counted_compilation(engine: &Engine, script: &str) -> Result<usize, Box<dyn std::error::Error>> {
    Ok(engine.compile("long.dg", black_box(script))?.functions().len())
}

/// The functions of all programs, twenty times over under other names.
fn many_lines() -> String {
    let mut script = String::new();
    for copy in 0..20 {
        for (name, text) in PROGRAMS {
            let text = text.replace("int main(", &format!("int {name}{copy}("));
            let text = text.replace("fib(", &format!("fib{copy}(")).replace("fails(", &format!("fails{copy}("));
            script.push_str(
                &text
                    .replace("name(\"", &format!("name{copy}(\""))
                    .replace("string name(", &format!("string name{copy}(")),
            );
        }
    }
    script
}

/// The body of an answer with 500 records.
fn body() -> String {
    let mut body = String::from(r#"{"data": ["#);
    for id in 0..500 {
        let comma = if id == 0 { "" } else { ", " };
        let _ = write!(
            body,
            r#"{comma}{{"id": {id}, "name": "Ada \"the first\" Lovelace", "amount": {id}.25, "tags": ["new", "caf\u00e9"],
            "owner": {{"id": "8000{id}", "active": true, "manager": null}}, "note": "A longer text, as people write them."}}"#
        );
    }
    body + r#"], "info": {"more_records": false, "count": 500}}"#
}
