//! The documented behaviour of the language and its functions, case by case. A case that does not hold yet stands in
//! `not-yet.txt`; one that is listed there and holds is an error too, so the list is always true.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use sluice::diagnostic::Severity;
use sluice::environment::Environment;
use sluice::program::Options;
use sluice::source::Source;
use sluice::syntax::Dialect;
use sluice::value::{DateSettings, Pattern, zone_named};
use sluice::{Engine, Run};

#[test]
fn documented_cases_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let listed = fs::read_to_string(folder.join("not-yet.txt")).unwrap_or_default();
    let listed: BTreeSet<&str> = listed.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let mut engines = BTreeMap::new();
    let (mut held, mut failed, mut cured, mut open) = (0, Vec::new(), Vec::new(), BTreeSet::new());
    for file in ["language", "text-number-logical", "collections-dates-files"] {
        let cases = fs::read_to_string(folder.join(file).with_extension("jsonl")).unwrap();
        for line in cases.lines() {
            let case: Value = serde_json::from_str(line).unwrap();
            let id = case["id"].as_str().unwrap();
            let engine = engines.entry(case["settings"].to_string()).or_insert_with(|| engine(&case["settings"]));
            match (run(engine, &case), listed.contains(id)) {
                (Ok(()), false) => held += 1,
                (Ok(()), true) => cured.push(id.to_owned()),
                (Err(_), true) => {
                    open.insert(id.to_owned());
                }
                (Err(found), false) => failed.push(format!("{id}: {found}\n    {}", case["script"])),
            }
        }
    }
    println!("{held} cases hold, {} do not yet", open.len());
    if std::env::var_os("UPDATE").is_some() {
        let ids: BTreeSet<String> =
            open.into_iter().chain(failed.iter().map(|line| line.split(':').next().unwrap().to_owned())).collect();
        let head = "# Cases that do not hold yet, one id a line. Written by UPDATE=1 cargo test conformance.\n";
        let text = ids.iter().fold(head.to_owned(), |text, id| text + id + "\n");
        fs::write(folder.join("not-yet.txt"), text).unwrap();
        return;
    }
    assert!(failed.is_empty(), "{} cases fail:\n{}", failed.len(), failed.join("\n"));
    assert!(cured.is_empty(), "these hold now, take them off not-yet.txt: {cured:?}");
}

/// An engine with the format, the zone and the dialect that a case asks for.
fn engine(settings: &Value) -> Engine {
    let mut dates = DateSettings::default();
    if let Some(name) = settings["timezone"].as_str() {
        dates = dates.with_zone(zone_named(name).unwrap());
    }
    if let Some(format) = settings["date_format"].as_str() {
        dates = dates.with_format(Pattern::new(format).unwrap());
    }
    let dialect = Dialect::parse(settings["dialect"].as_str().unwrap_or("portable")).unwrap();
    let environment = Environment { dates: Arc::new(dates), ..Environment::default() };
    Engine::builder().environment(environment).dialect(dialect).build().unwrap()
}

fn run(engine: &Engine, case: &Value) -> Result<(), String> {
    let dialect = case["settings"]["dialect"].as_str().unwrap_or("portable");
    let options = Options { dialect: Dialect::parse(dialect).ok_or("no such dialect")?, ..Options::default() };
    let source = Source::new("case", case["script"].as_str().unwrap_or_default());
    let (program, diagnostics) = engine.check(&source, &options);
    let (info, error) = match program {
        Some(program) => {
            let outcome = engine.run_blocking(&program, Run::script());
            (outcome.info, outcome.result.err().map(|trouble| trouble.message))
        }
        None => {
            let first = diagnostics.iter().find(|found| found.severity == Severity::Error);
            (Vec::new(), first.map(|found| format!("{} ({:?})", found.message, found.help)))
        }
    };
    match (case["expect"].as_str(), case["expect_error"].as_str(), error) {
        (Some(wanted), _, None) if info.join("\n") == wanted => Ok(()),
        (Some(wanted), _, None) => Err(format!("expected {wanted:?}, got {:?}", info.join("\n"))),
        (Some(_), _, Some(error)) => Err(format!("failed: {error}")),
        (None, Some(part), Some(error)) if error.contains(part) => Ok(()),
        (None, Some(part), Some(error)) => Err(format!("expected an error with {part:?}, got {error:?}")),
        (None, Some(_), None) => Err(format!("expected an error, got {:?}", info.join("\n"))),
        (None, None, _) => Err("the case expects nothing".to_owned()),
    }
}
