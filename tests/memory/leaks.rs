//! Runs give back all that they took, however they end.

use sluice::{Limits, Run};
use stats_alloc::INSTRUMENTED_SYSTEM;

use super::{alone, compiled};

/// Enough that a byte a run stands out from what the thread that prints the results holds meanwhile.
const RUNS: usize = 2_000;

/// Ways to end, most of them with values that hold themselves.
const SCRIPTS: &[(&str, &str)] = &[
    ("a plain run", r#"m = {"a": {1, 2, 3}}; l = m.get("a"); l.add("x" + l.size()); return l;"#),
    ("a map that holds itself", r#"m = Map(); m.put("self", m);"#),
    ("a list that holds itself", r#"l = List(); l.add(l); l.add({l, l});"#),
    ("a ring", r#"a = Map(); b = {a}; c = {"b": b}; a.put("c", c); a.put("text", "some text".toUpperCase());"#),
    ("a ring of a field", r#"a = Map(); b = {"a": a}; a.b = b;"#),
    ("a ring of braces", "a = {}; b = {a}; a.add(b);"),
    ("a ring of a collection", r#"c = Collection(); c.insert("me": c); d = Collection(); d.insert(c, d);"#),
    ("a ring of JSON", r#"m = "{\"l\": [{\"a\": 1}]}".toMap(); m.get("l").get(0).put("m", m);"#),
    ("a ring of addAll", "a = {1}; b = {a}; a.addAll(b); a.addAll({a}); b.addAll(a);"),
    ("a ring of putAll", r#"a = Map(); b = {"a": a}; a.putAll(b);"#),
    (
        "a ring through a caught error",
        r#"m = Map(); try { throw m; } catch (e) { m.put("e", e); l = {e}; m.put("l", l); }"#,
    ),
    ("a ring of a caught error alone", r#"m = Map(); try { throw m; } catch (e) { m.put("e", e); }"#),
    ("a caught error in a list", r#"m = {"l": 1}; try { throw m; } catch (e) { l = {e}; m.put("l", l); }"#),
    ("a caught error in a field", r#"m = Map(); try { throw m; } catch (e) { m.e = e; }"#),
    ("a caught error as a key", r#"m = Map(); try { throw m; } catch (e) { m.put(e, 1); c = {e: m}; }"#),
    (
        "a caught error in a collection",
        r#"c = Collection(); m = {"c": c}; try { throw m; } catch (e) { c.insert("e": e); }"#,
    ),
    ("an error with a ring", r#"m = Map(); m.put("self", m); x = null; y = x.length();"#),
    ("a thrown ring", r#"m = Map(); m.put("self", m); throw m;"#),
    ("a returned ring", r#"m = Map(); m.put("self", m); return m;"#),
    (
        "a ring that grows in a loop",
        r#"m = Map(); for each i in {1,2,3,4,5,6,7,8} { l = {m, i}; m.put("k" + i, l); m = {"m": m, "l": l}; l.add(m); }"#,
    ),
    (
        "a limit",
        r#"m = Map(); m.put("self", m); for each i in "1,2,3,4,5,6,7,8,9" { for each j in "1,2,3,4,5,6,7,8,9" { m.put(j, m); } }"#,
    ),
];

#[test]
fn runs_give_back_all_that_they_took() {
    let _alone = alone();
    for (what, script) in SCRIPTS {
        let (engine, program) = compiled(script);
        let held = || {
            let stats = INSTRUMENTED_SYSTEM.stats();
            stats.bytes_allocated as isize - stats.bytes_deallocated as isize
        };
        let runs = |count: usize| {
            for _ in 0..count {
                let limits = Limits { statements: 60, ..Limits::default() };
                drop(engine.run_blocking(&program, Run::script().limits(limits)));
            }
        };
        // What is kept once, as a table of names, is there after the first.
        runs(10);
        // The thread of another test may end meanwhile and free what it kept: the least of three is that of the runs.
        let left = || {
            let before = held();
            runs(RUNS);
            held() - before
        };
        let left = (0..3).map(|_| left()).min_by_key(|left| left.unsigned_abs()).unwrap();
        assert!(left.unsigned_abs() < RUNS, "{what}: {RUNS} runs left {left} bytes");
    }
}
