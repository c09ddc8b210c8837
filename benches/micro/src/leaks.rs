//! Runs scripts whose values hold themselves a million times and prints the memory of the process on the way: it must not grow.
//! `tests/memory` tries the same with fewer runs and counts bytes.

use std::fs;

use sluice::{Engine, Run};

/// Rings of maps, lists and a caught error, and a run that fails while it holds one.
const SCRIPTS: &[&str] = &[
    r#"m = Map(); m.put("self", m); l = {m, "some text".toUpperCase()}; m.put("list", l); return l.size();"#,
    r#"m = Map(); try { throw m; } catch (e) { m.put("e", e); } return 1;"#,
    r#"m = Map(); m.put("self", m); x = null; return x.length();"#,
    r#"total = 0; for each i in {1, 2, 3} { m = {"i": i}; m.put("l", {m}); total = total + m.size(); } return total;"#,
];

const RUNS: usize = 1_000_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::builder().build()?;
    let programs = SCRIPTS.iter().map(|text| engine.compile("ring.dg", text)).collect::<Result<Vec<_>, _>>()?;
    println!("{:>10} {:>12}", "runs", "memory (kB)");
    for run in 0..=RUNS {
        if run % (RUNS / 10) == 0 || run == 1_000 {
            println!("{run:>10} {:>12}", resident());
        }
        if let Some(program) = programs.get(run % programs.len()) {
            let _ = engine.run_blocking(program, Run::script()).result;
        }
    }
    Ok(())
}

/// Kilobytes of the process that are in memory, where the system tells.
fn resident() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.map_or_else(|| "?".to_owned(), |line| line.trim().trim_end_matches(" kB").to_owned())
}
