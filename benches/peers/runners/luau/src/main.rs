//! Luau as mlua embeds it, without native code; JSON by serde_json.

use common::{Mode, Report, job, runs, timed};
use mlua::{Error, Lua, LuaSerdeExt, LuaString, Result, Value};

fn main() {
    let job = job();
    let (engine, lua) = timed(|| lua().expect("an engine"));
    let (compile, chunk) = timed(|| lua.load(&job.script).into_function());
    if job.mode == Mode::Compile {
        let answer = if chunk.is_ok() { "0".to_owned() } else { common::errors_found(1) };
        Report { engine, compile, run: Default::default(), answer }.print();
    }
    let chunk = chunk.expect("a program");
    let (run, value) = runs(&job, |input| {
        lua.globals().set("input", input).expect("a global");
        chunk.call::<Value>(()).expect("a result")
    });
    let answer = match value {
        Value::Number(number) => common::number(number),
        other => other.to_string().expect("a text"),
    };
    Report { engine, compile, run, answer }.print()
}

fn lua() -> Result<Lua> {
    let lua = Lua::new();
    let decode = lua.create_function(|lua, text: LuaString| {
        let value: serde_json::Value = serde_json::from_slice(&text.as_bytes()).map_err(Error::external)?;
        lua.to_value(&value)
    })?;
    let encode = lua.create_function(|_, value: Value| serde_json::to_string(&value).map_err(Error::external))?;
    lua.globals().set("json_decode", decode)?;
    lua.globals().set("json_encode", encode)?;
    Ok(lua)
}
