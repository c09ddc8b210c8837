//! QuickJS as rquickjs embeds it. A script is compiled and evaluated in one call; one that is to be compiled only has nothing but
//! functions. A rule is the function `main`, which is called again.

use common::{Mode, Report, job, runs, timed};
use rquickjs::{CatchResultExt, Context, Ctx, Function, Runtime, Value};

fn main() {
    let job = job();
    let (engine, (_runtime, context)) = timed(|| {
        let runtime = Runtime::new().expect("a runtime");
        let context = Context::full(&runtime).expect("a context");
        (runtime, context)
    });
    context.with(|ctx| {
        ctx.globals().set("print", Function::new(ctx.clone(), |text: String| println!("{text}"))).expect("print");
        if job.mode == Mode::Compile {
            let (compile, value) = timed(|| ctx.eval::<Value, _>(job.script.as_str()));
            let answer = if value.is_ok() { "0".to_owned() } else { common::errors_found(1) };
            Report { engine, compile, run: Default::default(), answer }.print();
        }
        let mut main: Option<Function> = None;
        let (run, value) = runs(&job, |input| {
            ctx.globals().set("input", input).expect("a global");
            let value = match &main {
                Some(main) => main.call(()),
                None => ctx.eval(job.script.as_str()),
            };
            main = main.take().or_else(|| ctx.globals().get("main").ok());
            value.catch(&ctx).expect("a result")
        });
        Report { engine, compile: Default::default(), run, answer: answer(&ctx, value) }.print()
    })
}

fn answer<'js>(ctx: &Ctx<'js>, value: Value<'js>) -> String {
    match value.as_number() {
        Some(number) => common::number(number),
        None => value.get::<rquickjs::Coerced<String>>().catch(ctx).expect("a text").0,
    }
}
