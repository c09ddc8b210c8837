//! The same rows before httpbin, which other people wrote: it says how it reads what arrives.

use serde_json::Value;
use sluice::Run;
use sluice::http::{Guard, Options};

const PEER: &str = "SLUICE_PEER_HTTPBIN";

#[test]
fn httpbin_reads_what_the_rows_say() {
    let Some(base) = std::env::var(PEER).ok().filter(|base| !base.is_empty()) else {
        println!("skipped: no httpbin (set {PEER}; scripts/peers starts one)");
        return;
    };
    let engine = super::engine(Options { guard: Guard::off(), ..Options::default() });
    let (mut wrong, mut count) = (Vec::new(), 0);
    for row in ["encoding", "files", "functions"].into_iter().flat_map(super::rows) {
        let Some(wanted) = row["httpbin"].as_object() else { continue };
        count += 1;
        let script = row["script"].as_str().unwrap().replace("BASE", &format!("{base}/anything"));
        let program = engine.compile("row.dg", &format!("{script} info answer;")).unwrap();
        let outcome = engine.run_blocking(&program, Run::script());
        let last = outcome.info.last().map(String::as_str).unwrap_or_default();
        let Ok(found) = serde_json::from_str::<Value>(last) else {
            wrong.push(format!("{}: {:?} {last}", row["name"], outcome.result));
            continue;
        };
        for (key, wanted) in wanted {
            let is_same = match (wanted, &found[key]) {
                // httpbin adds headers of its own, and files and fields are only those of the row.
                (Value::Object(wanted), found) if key == "headers" => {
                    wanted.iter().all(|(name, value)| found.get(name) == Some(value))
                }
                (wanted, found) => wanted == found,
            };
            if !is_same {
                wrong.push(format!("{}: {key} is {}, not {wanted}", row["name"], found[key]));
            }
        }
        if let Some(method) = row["method"].as_str().filter(|method| found["method"] != *method) {
            wrong.push(format!("{}: the method is {}, not {method}", row["name"], found["method"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("httpbin read {count} rows");
}
