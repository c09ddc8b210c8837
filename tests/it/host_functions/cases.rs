//! Arguments, results, errors and constants.

use std::collections::HashMap;
use std::sync::Mutex;

use indexmap::IndexMap;
use sluice::value::Decimal;
use sluice::vm::Limits;

use super::*;

#[test]
fn functions_are_called_in_any_case_and_with_typed_arguments() {
    let engine = shop().build().unwrap();
    assert_eq!(result(&engine, r#"return shop.discount(10, "gold");"#), "1");
    assert_eq!(result(&engine, r#"return Shop.Discount(12.5, "gold") + double(4);"#), "9.25");
    assert_eq!(result(&engine, "x = double(21); return x;"), "42");
    assert_eq!(result(&engine, r#"return shop.orders.find(7).get("name").toUpperCase();"#), "ADA");
    assert_eq!(result(&engine, "double(1); shop.orders.find(7); return 1;"), "1", "results may be dropped");
}

#[test]
fn a_wrong_argument_gets_the_error_of_a_built_in_before_the_closure_runs() {
    let called = Arc::new(Mutex::new(0));
    let count = Arc::clone(&called);
    let engine = shop()
        .function(host::function("shop.count", move |_: i64| *count.lock().unwrap() += 1).parameters(["number"]))
        .build()
        .unwrap();
    let (code, message, help) = trouble(&engine, "shop.count(\"x\");");
    assert_eq!(code, "run::argument-type");
    assert_eq!(message, "'TEXT' can not be cast to '[BIGINT]' for the function 'shop.count'");
    assert!(help.starts_with("shop.count takes BIGINT"), "{help}");
    assert_eq!(*called.lock().unwrap(), 0);
    let program = compile(&engine, "m = Map();\nn = m.get(\"n\");\nshop.count(n);");
    let trouble = engine.run_blocking(&program, Run::script()).result.unwrap_err();
    assert_eq!(trouble.line, 3);
    assert_eq!(trouble.origin.unwrap().1, "`m.get(\"n\")` on line 2 gave null");
    assert_eq!(result(&engine, "try { shop.count({1}); } catch (e) { return e.lineNo; }"), "1");
}

#[test]
fn a_wrong_count_is_found_by_checking() {
    let engine = shop().build().unwrap();
    let found = found(&engine, "info shop.discount(1);");
    assert!(found.contains("check::argument-count") && found.contains("shop.discount takes 2 arguments"), "{found}");
    assert!(super::found(&engine, "x = shop.orders.create(1, 2, 3);").contains("takes 1 to 2 arguments"));
}

#[test]
fn errors_of_the_application_can_be_caught() {
    let engine = shop().build().unwrap();
    let told = ("shop::no-such-tier".into(), "there is no tier tin".into(), "tiers are gold".into());
    assert_eq!(trouble(&engine, r#"info shop.discount(1, "tin");"#), told);
    assert_eq!(trouble(&engine, "shop.orders.find(8);").0, "run::host-error");
    let caught = "try { shop.orders.find(8); } catch (e) { return e.message + \" \" + e.lineNo; }";
    assert_eq!(result(&engine, caught), "no such order 1");
}

#[test]
fn codes_of_sluice_are_not_borrowed() {
    let body = || Err::<(), _>(host::Error::new("no").code("limits::time"));
    let engine = Engine::builder().function(host::function("f", body)).build().unwrap();
    assert_eq!(trouble(&engine, "f();").0, "run::host-error");
}

#[test]
fn every_type_goes_in_and_out() {
    let engine = Engine::builder()
        .function(host::function("bools", |a: bool| !a))
        .function(host::function("doubles", |a: f64| a * 2.0))
        .function(host::function("texts", |a: String, b: Option<String>| format!("{a}{}", b.unwrap_or_default())))
        .function(host::function("dates", |a: sluice::value::DateTime| a))
        .function(host::function("lists", |a: Vec<i64>| a.into_iter().rev().collect::<Vec<_>>()))
        .function(host::function("maps", |mut a: IndexMap<String, Decimal>| {
            a.insert("z".into(), Decimal::from(1));
            a
        }))
        .function(host::function("key_count", |a: HashMap<String, Data>| a.len()))
        .function(host::function("small", |a: u32| a))
        .function(host::function("nothing", || ()))
        .function(host::function("any", |a: Data| a))
        .function(host::function("six", |a: i64, b: i64, c: i64, d: i64, e: i64, f: i64| {
            [a, b, c, d, e, f].iter().sum::<i64>()
        }))
        .build()
        .unwrap();
    for (expression, printed) in [
        ("bools(true)", "false"),
        ("doubles(1.25)", "2.5"),
        ("doubles(3)", "6"),
        ("texts(\"a\")", "a"),
        ("texts(\"a\", \"b\")", "ab"),
        ("texts(\"a\", null)", "a"),
        ("dates('2026-01-31').addDay(1).toString(\"dd/MM\")", "01/02"),
        ("lists({1, 2, 3})", "3,2,1"),
        ("lists({})", ""),
        ("lists(\"[1,2]\".toJSONList())", "2,1"),
        ("maps({\"a\": 1, \"b\": 2.5}).get(\"b\")", "2.5"),
        ("key_count({\"a\": 1, \"b\": {}})", "2"),
        ("small(7)", "7"),
        ("isNull(nothing())", "true"),
        ("any({\"a\": {1, 2}})", "{\"a\":[1,2]}"),
        ("any({1, \"x\", 2.50})", "1,x,2.50"),
        ("six(1, 2, 3, 4, 5, 6)", "21"),
    ] {
        let printed_here = engine.run_blocking(&compile(&engine, &format!("info {expression};")), Run::script()).info;
        assert_eq!(printed_here, [printed], "{expression}");
    }
    let (code, message, _) = trouble(&engine, "lists({1, \"x\"});");
    assert_eq!(code, "run::argument-type");
    assert_eq!(message, "argument 'argument1' of the function 'lists': element 2: TEXT stands where NUMBER is needed");
    assert!(trouble(&engine, "small(-1);").1.contains("-1 is not from 0 to 4294967295"));
}

#[test]
fn arguments_and_results_are_copies() {
    let engine = Engine::builder().function(host::function("same", |a: Data| a)).build().unwrap();
    assert_eq!(result(&engine, "a = {1}; b = same(a); b.add(2); return a;"), "1");
}

#[test]
fn results_are_held_to_the_limits() {
    let engine = Engine::builder()
        .function(host::function("filled", |size: usize| "x".repeat(size)))
        .function(host::asynchronous("later", |size: usize| async move { vec![1i64; size] }))
        .build()
        .unwrap();
    let limits = Limits { text: 100, elements: 10, ..Limits::default() };
    let code = |text: &str| {
        let run = Run::script().limits(limits.clone());
        engine.run_blocking(&compile(&engine, text), run).result.err().map(|trouble| trouble.code)
    };
    assert_eq!(code("x = filled(100);"), None);
    assert_eq!(code("try { x = filled(101); } catch (e) { }"), Some("limits::size".into()));
    assert_eq!(code("x = later(11);"), Some("limits::size".into()));
    let little = Limits { memory: 1_000_000, ..Limits::default() };
    let hoard =
        compile(&engine, "all = List(); for each i in \"1,2,3,4,5,6,7,8,9\".toList() { all.add(filled(200000)); }");
    let outcome = engine.run_blocking(&hoard, Run::script().limits(little));
    assert_eq!(outcome.result.unwrap_err().code, "limits::memory");
}

#[test]
fn calls_count_against_the_slice_so_that_a_run_can_be_cancelled() {
    let engine = Engine::builder().function(host::function("f", || ())).threads(1).build().unwrap();
    let many = vec!["f();"; 400].join(" ");
    let run = Run::script();
    run.cancel_flag().store(true, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(engine.run_blocking(&compile(&engine, &many), run).result.unwrap_err().code, "run::cancelled");
}

#[test]
fn constants_are_read_and_never_assigned() {
    let engine = shop().build().unwrap();
    assert_eq!(result(&engine, "return shop.version + app_name + SHOP.Version.length();"), "2.1Shop3");
    assert_eq!(result(&engine, "shop.tiers.add(\"tin\"); return shop.tiers;"), "gold", "each read is a new list");
    for text in ["shop.version = 1;", "app_name = 1;", "shop.version += \"x\";", "for each app_name in {1} { info 1; }"]
    {
        assert!(found(&engine, text).contains("check::read-only"), "{text}: {}", found(&engine, text));
    }
    assert_eq!(result(&engine, "shop = {\"version\": 9}; return shop.version;"), "9", "a variable of that name wins");
}

#[test]
fn the_task_gets_a_map_and_is_told_who_calls() {
    let engine = shop().build().unwrap();
    let program = compile(&engine, "map make() {\n return shop.orders.create(\"A-7\");\n}");
    let outcome = engine.run_blocking(&program, Run::function("make").user("ada"));
    let data = outcome.result.unwrap();
    assert_eq!(data.get("order"), Some(&Data::map([("sku", "A-7")])));
    assert_eq!(data.get("told"), Some(&Data::from("ada make 2")));
    let with_note = result(&engine, "return shop.orders.create(1, \"soon\").get(\"order\");");
    assert_eq!(with_note, "{\"sku\":1,\"note\":\"soon\"}");
}
