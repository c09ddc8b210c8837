//! Functions, constants and tasks of an application that embeds the engine.

mod cases;
mod effects;
mod names;
mod panics;

use std::sync::Arc;

use sluice::diagnostic::{Colour, render};
use sluice::program::{Options, Program};
use sluice::source::Source;
use sluice::{Builder, Data, Engine, Run, host};

/// An engine builder with a few functions of all kinds.
fn shop() -> Builder {
    Engine::builder()
        .function(
            host::function("shop.discount", |amount: sluice::value::Decimal, tier: String| match tier.as_str() {
                "gold" => amount.times(sluice::value::Decimal::parse("0.1").unwrap()).ok_or("too large".into()),
                other => Err(host::Error::new(format!("there is no tier {other}"))
                    .code("shop::no-such-tier")
                    .help("tiers are gold")),
            })
            .parameters(["amount", "tier"])
            .about("Gives the discount of a customer's tier.")
            .example("shop.discount(10, \"gold\")", "1"),
        )
        .function(host::function("double", |number: i64| number.checked_mul(2)).parameters(["number"]))
        .function(
            host::asynchronous("shop.orders.find", |id: i64| async move {
                tokio::task::yield_now().await;
                match id {
                    7 => Ok(Data::map([("id", Data::from(7)), ("name", Data::from("Ada"))])),
                    _ => Err(host::Error::new("no such order")),
                }
            })
            .parameters(["id"])
            .about("Gives an order."),
        )
        .function(
            host::task("shop.orders.create", |order: Data, context: host::Context| async move {
                let told = format!("{} {} {}", context.user().unwrap_or("-"), context.function(), context.line());
                Ok::<_, host::Error>(Data::map([("order", order), ("told", Data::from(told))]))
            })
            .parameters(["sku"])
            .optional(["note"])
            .about("Makes an order."),
        )
        .constant("shop.version", "2.1", "The version of the application.")
        .constant("shop.tiers", Data::list([Data::from("gold")]), "The tiers.")
        .constant("app_name", "Shop", "The name.")
}

fn compile(engine: &Engine, text: &str) -> Arc<Program> {
    engine.compile("script.dg", text).unwrap()
}

/// What a script returns, printed.
fn result(engine: &Engine, text: &str) -> String {
    engine.run_blocking(&compile(engine, text), Run::script()).result.unwrap().print().unwrap()
}

/// The code, the message and the help of the error that ends a script.
fn trouble(engine: &Engine, text: &str) -> (String, String, String) {
    let trouble = engine.run_blocking(&compile(engine, text), Run::script()).result.unwrap_err();
    (trouble.code, trouble.message, trouble.help.unwrap_or_default())
}

/// What checking finds in a script, drawn.
fn found(engine: &Engine, text: &str) -> String {
    let source = Source::new("script.dg", text);
    let options = Options { lints: true, ..Options::default() };
    let (_, diagnostics) = engine.check(&source, &options);
    diagnostics.iter().map(|found| render(found, &source, Colour::Off)).collect()
}
