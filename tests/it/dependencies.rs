//! What `docs/guide/embedding-dependencies.md` says of features and dependencies is what `Cargo.toml` says.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use toml::{Table, Value};

const PAGE: &str = "docs/guide/embedding-dependencies.md";

#[test]
fn every_dependency_of_the_bare_engine_has_its_reason() {
    let manifest = manifest();
    let mut tables = vec![table(&manifest, "dependencies")];
    let targets = table(&manifest, "target");
    tables.extend(targets.values().filter_map(|target| target.get("dependencies")).filter_map(Value::as_table));
    let is_optional = |dependency: &Value| dependency.get("optional").and_then(Value::as_bool) == Some(true);
    let needed = tables.iter().flat_map(|table| table.iter());
    let needed = needed.filter(|(_, dependency)| !is_optional(dependency)).map(|(name, _)| name.clone());
    compare(&needed.collect(), "What the bare engine depends on");
}

#[test]
fn every_feature_is_described() {
    let features = table(&manifest(), "features").keys().filter(|name| *name != "default").cloned().collect();
    compare(&features, "Features");
}

/// Counted on one kind of machine only, since others have other crates in their place.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn the_numbers_of_crates_are_true() {
    let page = page();
    for (features, argument) in [("none", &["--no-default-features"][..]), ("default", &[])] {
        let tree = std::process::Command::new(env!("CARGO"))
            .args(["tree", "--offline", "--locked", "--edges=normal", "--prefix=none", "--format={p}"])
            .args(["--target=x86_64-unknown-linux-gnu"])
            .args(argument)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
        let tree = String::from_utf8(tree.stdout).unwrap();
        let crates: BTreeSet<_> = tree.lines().filter_map(|line| line.rsplit_once(" v")).map(named).collect();
        let line = format!("| {features} | {} |", crates.len());
        assert!(page.contains(&line), "{PAGE} should say: {line}");
    }
}

/// The name and the version, without the marks behind it.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn named<'l>((name, rest): (&'l str, &'l str)) -> (&'l str, &'l str) {
    (name, rest.split(' ').next().unwrap_or(rest))
}

/// The names in the table below a heading are these, and each has a sentence.
fn compare(names: &BTreeSet<String>, heading: &str) {
    let page = page();
    let section = page.split(&format!("## {heading}\n")).nth(1).unwrap().split("\n## ").next().unwrap();
    let mut listed = BTreeSet::new();
    for line in section.lines().filter(|line| line.starts_with("| `")) {
        let [name, sentence] = line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        assert!(sentence.ends_with('.') && sentence.len() > 15, "{name} needs a sentence");
        assert!(listed.insert(name.trim_matches('`').to_owned()), "{name} stands there twice");
    }
    let lacking: Vec<_> = names.difference(&listed).collect();
    let stale: Vec<_> = listed.difference(names).collect();
    assert!(lacking.is_empty() && stale.is_empty(), "{PAGE}: no line for {lacking:?}; nothing left of {stale:?}");
}

fn manifest() -> Table {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join("Cargo.toml")).unwrap().parse().unwrap()
}

fn table<'m>(manifest: &'m Table, name: &str) -> &'m Table {
    manifest[name].as_table().unwrap()
}

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE)).unwrap()
}
