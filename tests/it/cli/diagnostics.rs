//! How problems look to the person who meets them. Each file below `tests/goldens/diagnostics/` holds a script, the exit
//! code and what standard error shows; its path is the code of the problem, `check/no-effect.txt` for `check::no-effect`.
//! A first line such as `// --dialect creator` is taken as options. A file with a script alone is completed by `UPDATE=1
//! cargo test cli`. Where `check` stands before `shows`, the problem is one that only `sluice check` looks for.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::harness::{Desk, Done, goldens, is_update};

const SHOWN: &str = "----- shows, with exit code ";
const CHECK_SHOWN: &str = "----- check shows, with exit code ";

#[test]
fn problems_look_as_they_should() {
    let files = files();
    assert!(files.len() >= 30, "only {} files", files.len());
    let mut wrong = Vec::new();
    for (code, path) in files {
        let golden = fs::read_to_string(&path).unwrap();
        let (script, mark) = match golden.split_once(CHECK_SHOWN) {
            Some((script, _)) => (script, CHECK_SHOWN),
            None => (golden.split(SHOWN).next().unwrap(), SHOWN),
        };
        let first = script.lines().next().unwrap_or_default();
        let options = first.strip_prefix("// --").map(|options| format!("--{options}")).unwrap_or_default();
        let options: Vec<_> = ["--color", "never"].into_iter().chain(options.split_whitespace()).collect();
        let done = if mark == SHOWN { Desk::new().run(script, &options) } else { checked(script, &options) };
        let shown = format!("{script}{mark}{}\n{}", done.code, done.stderr);
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
        let (exit, shown) =
            golden.split(SHOWN).nth(1).or_else(|| golden.split(CHECK_SHOWN).nth(1)).unwrap().split_once('\n').unwrap();
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
    let sources = [include_str!("../../../src/program/error.rs"), include_str!("../../../src/program/lint/mod.rs")];
    let codes: BTreeSet<&str> =
        sources.iter().flat_map(|source| source.split('"')).filter(|text| text.starts_with("check::")).collect();
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

#[test]
fn every_warning_can_be_turned_off_in_the_project() {
    if is_update() {
        return;
    }
    let mut settings = "[lints]\n".to_owned();
    for (code, path) in files() {
        let golden = fs::read_to_string(path).unwrap();
        let room = code.split("::").next().unwrap();
        if ["check", "syntax"].contains(&room) && !golden.contains('×') {
            settings += &format!("\"{code}\" = \"off\"\n");
        }
    }
    let desk = Desk::project(&settings);
    desk.write("script.dg", "1 + 1;\n");
    assert_eq!(desk.sluice(&["check", "script.dg"]).expect(0).stderr, "");
}

#[test]
fn the_failures_of_values_and_functions_have_a_file_each() {
    let sources = [
        include_str!("../../../src/value/failure.rs"),
        include_str!("../../../src/builtins/error.rs"),
        include_str!("../../../src/vm/steps.rs"),
    ];
    let codes: BTreeSet<&str> =
        sources.iter().flat_map(|source| source.split('"')).filter(|text| text.starts_with("run::")).collect();
    let known: BTreeSet<String> = files().into_iter().map(|(code, _)| code).collect();
    // No script can cause an internal error, or take away the random numbers of the system.
    let unreachable = ["run::internal", "run::random"];
    let without: Vec<_> =
        codes.into_iter().filter(|code| !known.contains(*code) && !unreachable.contains(code)).collect();
    assert!(without.is_empty(), "no file in tests/goldens/diagnostics/ for {without:?}");
}

/// What `sluice check` says in a project without connections.
fn checked(script: &str, options: &[&str]) -> Done {
    let desk = Desk::project("");
    desk.write("script.dg", script);
    desk.sluice(&[&["check", "script.dg"], options].concat())
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
