//! QuickJS as rquickjs embeds it. A script is compiled and evaluated in one call; a script that is to be compiled only, or a rule, is
//! the text of a function, which is not run by being evaluated.

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
        let function = format!("(function () {{ return {} }})", job.script.trim().trim_end_matches(';'));
        let (compile, rule) = timed(|| (job.mode == Mode::Rule).then(|| ctx.eval::<Function, _>(function)));
        let rule = rule.map(|rule| rule.catch(&ctx).expect("a function"));
        let (run, value) = runs(&job, |input| {
            ctx.globals().set("input", input).expect("a global");
            match &rule {
                Some(rule) => rule.call::<_, Value>(()),
                None => ctx.eval::<Value, _>(job.script.as_str()),
            }
            .catch(&ctx)
            .expect("a result")
        });
        Report { engine, compile, run, answer: answer(&ctx, value) }.print()
    })
}

fn answer<'js>(ctx: &Ctx<'js>, value: Value<'js>) -> String {
    match value.as_number() {
        Some(number) => common::number(number),
        None => value.get::<rquickjs::Coerced<String>>().catch(ctx).expect("a text").0,
    }
}
