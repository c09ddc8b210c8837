//! omnilua, a Lua 5.4 in Rust. It has no JSON.

use common::{Mode, Report, job, runs, timed};
use omnilua::{Lua, Value};

fn main() {
    let job = job();
    let (engine, lua) = timed(Lua::new);
    let (compile, chunk) = timed(|| lua.load(&job.script).into_function());
    if job.mode == Mode::Compile {
        let answer = if chunk.is_ok() { "0".to_owned() } else { common::errors_found(1) };
        Report { engine, compile, run: Default::default(), answer }.print();
    }
    let chunk = chunk.expect("a program");
    let (run, value) = runs(&job, |input| {
        lua.globals().set("input", input).expect("a global");
        chunk.call::<_, Value>(()).expect("a result")
    });
    let answer = match value {
        Value::Number(number) => common::number(number),
        Value::Integer(number) => number.to_string(),
        Value::String(text) => text.to_str().expect("a text").to_string(),
        other => format!("{other:?}"),
    };
    Report { engine, compile, run, answer }.print()
}
