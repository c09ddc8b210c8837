//! boa: a script that is evaluated; a rule is its function `main`, which is called again.

use boa_engine::{Context, JsString, JsValue, NativeFunction, Script, Source, js_string};
use common::{Mode, Report, job, runs, timed};

fn main() {
    let job = job();
    let (engine, mut context) = timed(context);
    let (compile, script) = timed(|| {
        let script = Script::parse(Source::from_bytes(&job.script), None, &mut context)?;
        script.codeblock(&mut context).map(|_| script)
    });
    if job.mode == Mode::Compile {
        let answer = if script.is_ok() { "0".to_owned() } else { common::errors_found(1) };
        Report { engine, compile, run: Default::default(), answer }.print();
    }
    let script = script.expect("a program");
    let mut main = None;
    let (run, value) = runs(&job, |input| {
        let global = context.global_object();
        global.set(js_string!("input"), JsString::from(input), true, &mut context).expect("a global");
        let Some(main) = &main else {
            let value = script.evaluate(&mut context).expect("a result");
            main = global.get(js_string!("main"), &mut context).expect("a global").as_function();
            return value;
        };
        main.call(&JsValue::undefined(), &[], &mut context).expect("a result")
    });
    let answer = match value.as_number() {
        Some(number) => common::number(number),
        None => value.to_string(&mut context).expect("a text").to_std_string_escaped(),
    };
    Report { engine, compile, run, answer }.print()
}

fn context() -> Context {
    let mut context = Context::default();
    let print = NativeFunction::from_fn_ptr(|_, arguments, context| {
        let text = arguments.first().cloned().unwrap_or_default().to_string(context)?;
        println!("{}", text.to_std_string_escaped());
        Ok(JsValue::undefined())
    });
    context.register_global_callable(js_string!("print"), 1, print).expect("print");
    context
}
