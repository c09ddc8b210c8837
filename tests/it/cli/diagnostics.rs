//! How problems look to the person who meets them. Each file below `tests/goldens/diagnostics/` holds a script, the exit
//! code and what standard error shows; its path is the code of the problem, `check/no-effect.txt` for `check::no-effect`.
//! A first line `// limits: zoho-crm,depth=9` is what `--limits` gets. A file with a script alone is completed by `UPDATE=1 cargo test cli`.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::harness::{Desk, goldens, is_update};

const SHOWN: &str = "----- shows, with exit code ";

#[test]
fn problems_look_as_they_should() {
    let files = files();
    assert!(files.len() >= 30, "only {} files", files.len());
    let mut wrong = Vec::new();
    for (code, path) in files {
        let golden = fs::read_to_string(&path).unwrap();
        let script = golden.split(SHOWN).next().unwrap();
        let desk = Desk::new();
        let limits = script.lines().next().and_then(|line| line.strip_prefix("// limits: ")).unwrap_or("generous");
        let done = desk.run(script, &["--color", "never", "--limits", limits]);
        let shown = format!("{script}{SHOWN}{}\n{}", done.code, done.stderr);
        if is_update() {
            fs::write(&path, &shown).unwrap();
        } else if shown != golden {
            wrong.push(format!("{}\n--- expected\n{golden}\n--- found\n{shown}", path.display()));
        }
        if !done.stderr.lines().any(|line| line == code) {
            wrong.push(format!("{}: {code} is not what this script shows:\n{shown}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 cargo test cli writes them anew:\n{}", wrong.join("\n"));
}

#[test]
fn every_problem_has_a_place_a_help_and_its_exit_code() {
    if is_update() {
        return;
    }
    let mut wrong = Vec::new();
    for (code, path) in files() {
        let golden = fs::read_to_string(path).unwrap();
        let (exit, shown) = golden.split(SHOWN).nth(1).unwrap().split_once('\n').unwrap();
        let is_warning = !shown.contains('×');
        let expected = match code.split("::").next().unwrap() {
            "check" | "syntax" if is_warning => "0",
            "check" | "syntax" => "2",
            "connections" => "5",
            _ => "3",
        };
        if exit != expected {
            wrong.push(format!("{code}: the exit code is {exit}, not {expected}"));
        }
        if !shown.contains("[script.dg:") {
            wrong.push(format!("{code}: no place is shown"));
        }
        // What a script throws has the script's own text alone.
        if !shown.contains("help: ") && code != "run::thrown" {
            wrong.push(format!("{code}: nothing says what to do"));
        }
        wrong.extend(
            shown.lines().filter(|line| line.chars().count() > 120).map(|line| format!("{code}: too long: {line}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_findings_of_checking_have_a_file_each() {
    let source = include_str!("../../../src/program/error.rs");
    let codes: BTreeSet<&str> = source.split('"').filter(|text| text.starts_with("check::")).collect();
    let known: BTreeSet<String> = files().into_iter().map(|(code, _)| code).collect();
    let without: Vec<_> = codes
        .into_iter()
        // Only a function of more than 60,000 variables or constants shows the first one, and the second needs a project
        // of two files, which `library.rs` has.
        .filter(|code| !known.contains(*code))
        .filter(|code| !["check::function-too-large", "check::broken-function"].contains(code))
        .collect();
    assert!(without.is_empty(), "no file in tests/goldens/diagnostics/ for {without:?}");
}

/// The codes with their files, sorted.
fn files() -> Vec<(String, PathBuf)> {
    let mut files = Vec::new();
    for room in fs::read_dir(goldens().join("diagnostics")).unwrap() {
        let room = room.unwrap().path();
        for file in fs::read_dir(&room).unwrap() {
            let file = file.unwrap().path();
            let name = |path: &PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
            files.push((format!("{}::{}", name(&room), name(&file)), file));
        }
    }
    files.sort();
    files
}
