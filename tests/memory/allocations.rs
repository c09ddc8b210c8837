//! How many allocations a statement costs: what two thousand turns of a loop allocate more than one thousand. Operations
//! that any language does without the heap must do so here.

use sluice::{Data, Run};

use super::{allocations, alone, compiled};

/// What stands before the loop: something of every kind.
const BEFORE: &str = r#"
    a = {"k": 1, "long": "a text that no key could hold inline", "inner": {"k": 2}};
    l = {1, 2, 3};
    t = "some text of a few words";
    d = 1.5;
    n = 7;
    x = 0;
    b = false;
    c = Collection("k": 1);
    s = "";
    e = Map();
"#;

/// Statements that allocate nothing.
const FREE: &[&str] = &[
    "",
    "x = i;",
    "x = i + 1;",
    "x = (i * 3 - 4) % 5;",
    "x = -i;",
    "b = i < 10;",
    "b = i == n && x != n || !b;",
    "if (i > 500) { x = 1; } else { x = 2; }",
    "b = t == \"some text of a few words\";",
    "b = n in l;",
    "x = a.get(\"k\");",
    "x = a.get(\"missing\");",
    "x = a.get(\"long\");",
    "x = a.get(\"inner\").get(\"k\");",
    "x = a.inner.k;",
    "x = a.k;",
    "b = a.containsKey(\"k\");",
    "b = a.containKey(\"k\");",
    "b = a.isEmpty();",
    "a.put(\"k\", i);",
    "a.put(\"k\", t);",
    "a.k = i;",
    "x = a.size();",
    "x = c.get(\"k\");",
    "x = l.get(1);",
    "x = l.size();",
    "b = l.isEmpty();",
    "b = l.contains(2);",
    "x = t.length();",
    "b = t.contains(\"text\");",
    "b = t.startsWith(\"some\");",
    "b = t.endsWith(\"words\");",
    "x = t.indexOf(\"few\");",
    "b = isNull(x);",
    "b = isEmpty(t);",
    "x = ifnull(x, 1);",
    "x = if(i > 500, 1, 2);",
    "b = d > 1;",
    "x = i / 2;",
    "x = d + 1;",
    "x = d * d;",
    "x = l.sort();",
    "a.remove(\"k\"); a.put(\"k\", 1);",
    "x = l.indexOf(2);",
    "x = \"17\".toLong();",
    "x = i.abs();",
    "x = min(i, n);",
    "x = twice(i);",
    "x = add(i, n);",
    "try { x = i; } catch (e) { x = 0; }",
];

/// Statements that make something, and the most allocations that a thousand turns may cost: a short text is one, a longer one,
/// a list or a map two or three, what grows hardly any.
const COSTS: &[(&str, usize)] = &[
    ("for each j in l { x = j; }", 1_000),
    ("for each index j in l { x = j; }", 1_000),
    ("for each k in a { x = k; }", 4_000),
    ("x = i.toString();", 2_000),
    ("x = t + i;", 2_000),
    ("x = \"a\" + i + \"b\" + t;", 2_000),
    ("s = s + i;", 10),
    ("s = s + t;", 10),
    ("s = s + i + \",\";", 10),
    ("s = s + \"x\";", 10),
    ("x = t.toUpperCase();", 2_000),
    ("x = t.toLowerCase();", 2_000),
    ("x = t.trim();", 1_000),
    ("x = t.subString(2, 6);", 1_000),
    ("x = t.replaceAll(\"few\", \"many\");", 2_000),
    ("x = t.toList(\" \");", 9_000),
    ("x = l.toString();", 2_000),
    ("x = a.toString();", 5_000),
    ("x = {i};", 2_000),
    ("x = {i, n, i};", 2_000),
    ("x = {\"k\": i};", 3_000),
    ("x = {\"k\": i, \"l\": n, \"m\": 1};", 3_000),
    ("x = a.keys();", 6_000),
    ("l.add(i);", 5),
    ("e.put(\"key\" + i, i);", 1_010),
    ("e.put(i, i);", 4_010),
    ("x = l.subList(0, 2);", 4_000),
    ("x = today;", 1_000),
    ("x = \"{\\\"a\\\": 1}\".toMap();", 5_000),
    ("x = text(i);", 1_000),
];

#[test]
fn what_makes_values_allocates_no_more_than_they_need() {
    let _alone = alone();
    let found = COSTS.iter().map(|(statement, most)| (statement, in_a_thousand(statement), most));
    let found: Vec<_> = found.filter(|(_, found, most)| found > *most).collect();
    assert!(found.is_empty(), "allocations in 1,000 turns, and how many there may be: {found:#?}");
}

#[test]
fn what_needs_no_memory_allocates_none() {
    let _alone = alone();
    let found: Vec<_> =
        FREE.iter().map(|statement| (statement, in_a_thousand(statement))).filter(|f| f.1 != 0).collect();
    assert!(found.is_empty(), "allocations in 1,000 turns: {found:#?}");
}

/// How many allocations a thousand turns of a loop with this statement cost.
fn in_a_thousand(statement: &str) -> usize {
    let script = format!(
        "int twice(int n) {{ return n * 2; }} int add(int a, int b) {{ return a + b; }}
        string text(int n) {{ return \"n\" + n; }}
        void loop(list items) {{ {BEFORE} for each i in items {{ {statement} }} }}"
    );
    let (engine, program) = compiled(&script);
    let of = |turns: i64| {
        let items = Data::list((0..turns).map(Data::from));
        // The thread that prints the results of tests allocates, too: the least of three is this run's.
        let once = || {
            let run = Run::function("loop").argument("items", items.clone());
            let before = allocations();
            let outcome = engine.run_blocking(&program, run);
            let after = allocations();
            assert!(outcome.result.is_ok(), "{statement}: {:?}", outcome.result);
            after - before
        };
        (0..3).map(|_| once()).min().unwrap()
    };
    of(2_000) - of(1_000)
}
