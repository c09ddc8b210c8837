//! Collections by scripts: arguments that are pairs, loops, declared types, and what goes in and out of a run.

use sluice::program::Options;
use sluice::source::Source;
use sluice::value::Data;
use sluice::{Engine, Run};

fn run(script: &str) -> Result<Vec<String>, String> {
    let engine = Engine::builder().build().unwrap();
    let (program, diagnostics) = engine.check(&Source::new("collections", script), &Options::default());
    let Some(program) = program else { return Err(diagnostics[0].code.to_string()) };
    let outcome = engine.run_blocking(&program, Run::script());
    outcome.result.map(|_| outcome.info).map_err(|trouble| trouble.code)
}

fn prints(script: &str) -> String {
    run(script).unwrap().join("\n")
}

fn fails(script: &str) -> String {
    run(script).unwrap_err()
}

#[test]
fn pairs_are_arguments_of_collections_only() {
    assert_eq!(
        prints("c = Collection(\"a\" : {1,2}, 5 : Collection(\"b\":null), \"x\"+\"y\" : 1 + 2);\ninfo c;"),
        r#"{"a":[1,2],"5":{"b":null},"xy":3}"#
    );
    assert_eq!(prints("c = Collection(); insert(c, \"k\":1, \"l\":2); info c;"), r#"{"k":1,"l":2}"#);
    assert_eq!(prints("c = Collection(); insert(c, 1, 2, 3); info c;"), "1,2,3");
    assert_eq!(prints("c = Collection(\n\t\"a\",\n\t\"b\",\n);\ninfo c.size();"), "2");
    assert_eq!(fails("l = List(); l.add(\"k\":1);"), "check::pair-argument");
    assert_eq!(fails("c = Collection(\"k\":1, 2);"), "check::mixed-arguments");
    assert_eq!(fails("c = Collection(); c.insert();"), "check::argument-count");
    assert_eq!(fails("l = {1}; l.insert(2);"), "run::argument-type");
    assert_eq!(fails("c = Collection(1); c.add(2);"), "run::argument-type");
    assert_eq!(fails("c = Collection(1); x = c.insert(2);"), "check::no-value");
    let many = (0..1_000).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
    assert_eq!(prints(&format!("c = Collection({many}); info c.get(999);")), "999");
}

#[test]
fn a_pair_for_elements_can_be_caught() {
    let script = "c = Collection(1);\ntry { c.insert(\"k\":1); } catch (e) { info e.message; }\ninfo c;";
    assert_eq!(prints(script), "the collection holds elements and takes no key-value pairs\n1");
}

#[test]
fn loops_walk_elements_and_values() {
    assert_eq!(prints("c = Collection(\"a\":1,\"b\":2); for each x in c { info x; }"), "1\n2");
    assert_eq!(prints("c = Collection(\"a\",\"b\"); for each index i in c { info i; }"), "0\n1");
    assert_eq!(prints("c = Collection(1,2); for each x in c { c.insert(x * 10); } info c;"), "1,2,10,20");
    assert_eq!(prints("c = Collection(); for each x in c { info x; } info \"done\";"), "done");
    assert_eq!(prints("c = Collection(\"a\":5); info 5 in c; info \"a\" in c; info c.a;"), "true\nfalse\n5");
}

#[test]
fn a_collection_that_holds_itself_ends_and_is_freed() {
    let script = "c = Collection(); c.insert(c); d = Collection(\"k\":c); c.insert(d); \
                  try { info c; } catch (e) { info e.message; } info c.size();";
    assert_eq!(prints(script), "the value is nested deeper than 200 levels, or contains itself\n2");
}

#[test]
fn a_declared_collection_takes_literals() {
    let script = "int count(collection c) { c.insert(9); return c.size(); }\n\
                  l = {1,2};\ninfo thisapp.count(l);\ninfo l;\nc = Collection(1);\ninfo thisapp.count(c);\ninfo c;";
    assert_eq!(prints(script), "3\n1,2\n2\n1,9");
    assert_eq!(fails("int f(list l) { return 1; }\ninfo thisapp.f(Collection(1));"), "run::parameter-type");
    assert_eq!(fails("int f(collection c) { return 1; }\ninfo thisapp.f(1);"), "run::parameter-type");
}

#[test]
fn a_result_is_still_a_collection() {
    let engine = Engine::builder().build().unwrap();
    let given = |script: &str| {
        let program = engine.compile("collections", script).unwrap();
        engine.run_blocking(&program, Run::script()).result.unwrap()
    };
    assert_eq!(given("return Collection(1);"), Data::Elements(vec![1.into()]));
    assert_eq!(given("return Collection(\"k\":1);"), Data::Pairs(vec![("k".into(), 1.into())]));
    assert_eq!(given("return Collection();"), Data::Elements(Vec::new()));
    assert_eq!(given("return Collection(\"k\":1);").get("k"), Some(&Data::Number(1)));
}
