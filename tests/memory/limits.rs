//! The limit of memory is what its number says: the heap may be a tenth larger when a run is stopped, and whoever stays a
//! tenth below is not stopped.

use peakmem_alloc::PeakMemAllocTrait;
use sluice::{Data, Limits, Run};

use super::{HEAP, alone, compiled};

const LIMIT: usize = 10_000_000;

/// Scripts that hold more and more, in steps that are small beside the limit.
const GROWING: &[(&str, &str)] = &[
    ("numbers in a list", "l.add(i);"),
    ("texts in a list", "l.add(\"text number \" + i);"),
    ("long texts in a list", "l.add(\"0123456789012345678901234567890123456789\" + i);"),
    ("decimals in a list", "l.add(i / 7);"),
    ("dates in a list", "l.add(today.addDay(i));"),
    ("lists in a list", "l.add({i});"),
    ("maps in a list", "l.add({\"a\": i, \"b\": \"text \" + i});"),
    ("empty maps in a list", "l.add(Map());"),
    ("maps read from JSON", "l.add(json.toMap());"),
    ("lists read from JSON", "l.add(\"[1,[2,3],[]]\".toJSONList());"),
    ("number keys", "m.put(i, i);"),
    ("short text keys", "m.put(\"key\" + i, i);"),
    ("long text keys", "m.put(\"a key that is longer than what is kept inline \" + i, i);"),
    ("maps in a map", "m.put(\"key\" + i, {\"a\": i});"),
    ("lists one inside the other", "l = {l};"),
    ("maps one inside the other", "m = {\"m\": m, \"i\": i};"),
    ("pieces of a text", "l.add(csv.toList());"),
    ("a sum of lists", "l.addAll({i, i, i, i, i, i, i, i});"),
    ("elements of a collection", "c.insert(i);"),
    ("pairs of a collection", "c.insert(\"k\" + i: i);"),
    ("lines of output", "info part.subString(0, 200) + i;"),
];

/// Scripts that need far more memory for one more operation; a large text grows by half.
const LEAPING: &[(&str, &str)] = &[
    ("a text that grows by little", "s = s + \"0123456789012345678901234567890123456789\";"),
    ("a text that grows by much", "s = s + part;"),
    ("a text in front of which something is put", "if (i % 100 == 0) { s = part + s; }"),
    ("a text that doubles", "if (s == \"\") { s = part; } s = s + s;"),
    ("a text that doubles, shared", "if (s == \"\") { s = part; } t = s; s = s + t;"),
    ("a text that is joined with itself", "if (s == \"\") { s = part; } s = \"-\" + s + \"-\" + s;"),
    ("a list that doubles", "if (l.isEmpty()) { l = csv.toList(); } l.addAll(l);"),
];

#[test]
fn a_run_is_stopped_within_a_tenth_of_its_memory() {
    let _alone = alone();
    let peaks: Vec<_> = GROWING.iter().map(|(what, statement)| (what, peak(statement))).collect();
    let wrong: Vec<_> = peaks.iter().filter(|(_, percent)| !(90.0..=110.0).contains(percent)).collect();
    assert!(wrong.is_empty(), "stopped at these hundredths of the limit: {wrong:#?}");
}

#[test]
fn one_operation_does_not_pass_the_limit_by_more_than_a_tenth() {
    let _alone = alone();
    let peaks: Vec<_> = LEAPING.iter().map(|(what, statement)| (what, peak(statement))).collect();
    let wrong: Vec<_> = peaks.iter().filter(|(_, percent)| *percent > 110.0).collect();
    assert!(wrong.is_empty(), "stopped at these hundredths of the limit: {wrong:#?}");
}

/// The most that a run held which repeats the statement until its memory is over, in hundredths of the limit.
fn peak(statement: &str) -> f64 {
    let (engine, program) = compiled(&format!(
        "void grow(list items, string part, string csv, string json) {{
            l = List(); m = Map(); s = \"\"; c = Collection(); i = 0;
            for each a in items {{ for each b in items {{ i = i + 1; {statement} }} }}
        }}"
    ));
    let limits =
        Limits { memory: LIMIT, text: usize::MAX, elements: usize::MAX, output: usize::MAX, ..Limits::default() };
    let json = r#"{"id": 12345, "name": "Ada Lovelace", "tags": ["a", "b"], "address": {"city": "London"}}"#;
    let run = Run::function("grow")
        .argument("items", Data::list((0..2_000).map(Data::from)))
        .argument("part", "x".repeat(10_000))
        .argument("csv", (0..100).map(|n| n.to_string()).collect::<Vec<_>>().join(","))
        .argument("json", json)
        .limits(limits);
    HEAP.reset_peak_memory();
    let outcome = engine.run_blocking(&program, run);
    let peak = HEAP.get_peak_memory();
    assert_eq!(outcome.result.unwrap_err().code, "limits::memory", "{statement}");
    peak as f64 * 100.0 / LIMIT as f64
}
