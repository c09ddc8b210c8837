//! The pieces that scripts are made of, one by one: `cargo bench -p sluice-micro`. Each figure of a statement is that of a
//! whole run of a loop; divan divides it by the turns, and counts allocations beside.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use divan::counter::{BytesCount, ItemsCount};
use divan::{AllocProfiler, Bencher};
use sluice::criteria::{Criteria, Options};
use sluice::{Data, Engine, Program, Run};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

/// Turns of the loop around a statement.
const TURNS: i64 = 1_000;

/// Statements by what they stand for.
const STATEMENTS: &[(&str, &str)] = &[
    ("empty turn", ""),
    ("number arithmetic", "x = (i * 3 - 4) % 5;"),
    ("decimal addition", "x = d + i;"),
    ("comparison", "if (i > 500) { x = 1; }"),
    ("call", "x = twice(i);"),
    ("map get", "x = m.get(\"k\");"),
    ("map field", "x = m.k;"),
    ("map get get", "x = m.get(\"inner\").get(\"k\");"),
    ("map put, known key", "m.put(\"k\", i);"),
    ("map put, new keys", "grown.put(i, i);"),
    ("map literal", "x = {\"a\": i, \"b\": 2};"),
    ("list add", "l.add(i);"),
    ("list get", "x = l.get(0);"),
    ("text append", "t = t + i;"),
    ("text concat", "x = \"a\" + i + \"b\" + i;"),
    ("text subString", "x = s.subString(2, 9);"),
    ("try", "try { x = i; } catch (e) { x = 0; }"),
];

fn main() {
    divan::main();
}

fn compiled(script: &str) -> (Engine, Arc<Program>) {
    let engine = Engine::builder().build().unwrap();
    let program = engine.compile("bench.dg", script).unwrap();
    (engine, program)
}

#[divan::bench(args = STATEMENTS.iter().map(|(what, _)| *what))]
fn statement(bencher: Bencher, what: &str) {
    let (_, statement) = STATEMENTS.iter().find(|(name, _)| *name == what).unwrap();
    let (engine, program) = compiled(&format!(
        "int twice(int n) {{ return n * 2; }}
        void main(list items) {{
            m = {{\"k\": 1, \"inner\": {{\"k\": 2}}}}; l = {{0}}; t = \"\"; s = \"some text of a few words\"; d = 1.5; x = 0;
            grown = Map();
            for each i in items {{ {statement} }}
        }}"
    ));
    let items = Data::list((0..TURNS).map(Data::from));
    bencher
        .counter(ItemsCount::new(TURNS as usize))
        .with_inputs(|| Run::function("main").argument("items", items.clone()))
        .bench_values(|run| engine.run_blocking(&program, run).result.unwrap());
}

/// One run of the smallest program: what every run costs.
#[divan::bench]
fn run(bencher: Bencher) {
    let (engine, program) = compiled("return 1;");
    bencher.bench(|| engine.run_blocking(&program, Run::script()).result.unwrap());
}

/// A map of 100 pairs handed in and back.
#[divan::bench]
fn data_in_and_out(bencher: Bencher) {
    let (engine, program) = compiled("map main(map m) { return m; }");
    let map = Data::map((0..100).map(|n| (format!("key {n}"), Data::from(n))));
    bencher
        .with_inputs(|| Run::function("main").argument("m", map.clone()))
        .bench_values(|run| engine.run_blocking(&program, run).result.unwrap());
}

/// 100 KB of records.
fn records() -> String {
    let record =
        |n: usize| format!(r#"{{"id": {n}, "name": "Ada Lovelace", "tags": ["a", "b"], "city": {{"zip": "{n}"}}}}"#);
    format!("[{}]", (0..1_300).map(record).collect::<Vec<_>>().join(","))
}

#[divan::bench]
fn json_read(bencher: Bencher) {
    let (engine, program) = compiled("void main(string body) { x = body.toJSONList(); }");
    let body = records();
    bencher
        .counter(BytesCount::of_str(&body))
        .with_inputs(|| Run::function("main").argument("body", body.as_str()))
        .bench_values(|run| engine.run_blocking(&program, run).result.unwrap());
}

#[divan::bench]
fn json_read_and_write(bencher: Bencher) {
    let (engine, program) = compiled("int main(string body) { return body.toJSONList().toString().length(); }");
    let body = records();
    bencher
        .counter(BytesCount::of_str(&body))
        .with_inputs(|| Run::function("main").argument("body", body.as_str()))
        .bench_values(|run| engine.run_blocking(&program, run).result.unwrap());
}

#[divan::bench(args = [100, 1_000])]
fn compile_lines(bencher: Bencher, lines: usize) {
    let engine = Engine::builder().build().unwrap();
    let block = "x = 1;\nif (x > 2) {\n  y = {\"a\": x, \"b\": \"text\"};\n  info y.get(\"a\") + \"!\";\n}\n";
    let script = block.repeat(lines / 5);
    bencher.counter(ItemsCount::new(lines)).bench(|| engine.compile("bench.dg", script.as_str()).unwrap());
}

#[divan::bench]
fn criteria_of_five_terms(bencher: Bencher) {
    let text = r#"Amount > 1000 && Stage == "Won" && (City == "Lisbon" || City == "Porto") && Active == true"#;
    let criteria = Criteria::compile(text, &Options::default()).unwrap();
    let record = Data::map([
        ("Amount", Data::from(2_000)),
        ("Stage", Data::from("Won")),
        ("City", Data::from("Porto")),
        ("Active", Data::from(true)),
    ]);
    bencher.bench(|| criteria.matches(&record));
}

#[divan::bench]
fn engine(bencher: Bencher) {
    bencher.bench(|| Engine::builder().build().unwrap());
}
