//! `sluice explain`, and the pages in `docs/errors` that it shows: every code has a section and every section a code, and
//! what a section calls wrong really gives its code, while what it calls right is clean.

mod codes;
mod mistakes;

use std::collections::BTreeSet;
use std::fs;

use sluice::reference::{Explanation, explanations};

use super::harness::Desk;

/// Codes that no script of a few lines shows, so that they have no file in `tests/goldens/diagnostics/`.
const WITHOUT_GOLDEN: &[(&str, &str)] = &[
    ("check::broken-function", "needs a project of two files"),
    ("check::function-too-large", "needs a script of tens of thousands of variables"),
    ("check::internal", "no script can cause it"),
    ("run::abandoned", "only a program that embeds Sluice can cause it"),
    ("run::cancelled", "needs someone who stops the run"),
    ("run::host-error", "only a program that embeds Sluice can cause it"),
    ("run::host-panic", "only a program that embeds Sluice can cause it"),
    ("run::internal", "no script can cause it"),
    ("run::no-reply", "only a program that embeds Sluice can cause it"),
    ("run::no-such-function", "only a program that embeds Sluice can cause it"),
    ("run::other-engine", "only a program that embeds Sluice can cause it"),
    ("run::own-connections", "only a program that embeds Sluice can cause it"),
    ("run::random", "needs an operating system without random numbers"),
    ("run::randomness", "needs an operating system without random numbers"),
    ("run::wrong-reply", "only a program that embeds Sluice can cause it"),
    ("syntax::not-formatted", "no known script causes it"),
    ("syntax::not-utf8", "goldens are UTF-8"),
    ("syntax::too-large", "needs a script of megabytes"),
    ("syntax::too-many-errors", "needs more errors than a page should show"),
];

/// Rooms whose problems need servers, vaults, recordings, wrong commands or a program of records; their own tests show them.
const ROOMS_WITHOUT_GOLDENS: [&str; 9] =
    ["criteria", "engine", "http", "mail", "connections", "replay", "project", "repl", "cli"];

#[test]
fn every_code_is_explained_and_every_explanation_has_a_code() {
    let known = codes::in_sources();
    assert!(known.len() > 150, "only {} codes were found in the sources", known.len());
    let explained: Vec<&str> = explanations().map(|one| one.code).collect();
    let all: BTreeSet<&str> = explained.iter().copied().collect();
    assert_eq!(all.len(), explained.len(), "a code has two sections");
    let without: Vec<_> = known.iter().filter(|code| !all.contains(code.as_str())).collect();
    let idle: Vec<_> = all.iter().filter(|code| !known.contains(**code)).collect();
    assert!(without.is_empty(), "docs/errors has no section for {without:?}");
    assert!(idle.is_empty(), "docs/errors explains what no source file names: {idle:?}");
}

#[test]
fn codes_goldens_and_explanations_agree() {
    let goldens = codes::in_goldens();
    let explained: BTreeSet<String> = explanations().map(|one| one.code.to_owned()).collect();
    let strange: Vec<_> = goldens.difference(&explained).collect();
    assert!(strange.is_empty(), "goldens of codes without an explanation: {strange:?}");
    let excused = |code: &str| {
        let room = code.split("::").next().unwrap_or_default();
        ROOMS_WITHOUT_GOLDENS.contains(&room) || WITHOUT_GOLDEN.iter().any(|(known, _)| *known == code)
    };
    let bare: Vec<_> = explained.difference(&goldens).filter(|code| !excused(code)).collect();
    assert!(bare.is_empty(), "no file in tests/goldens/diagnostics/, and no reason for that: {bare:?}");
    let is_needed = |code: &str| explained.contains(code) && !goldens.contains(code);
    let gone: Vec<_> = WITHOUT_GOLDEN.iter().filter(|(code, _)| !is_needed(code)).collect();
    assert!(gone.is_empty(), "reasons that are needed no more: {gone:?}");
}

#[test]
fn every_section_has_the_same_form() {
    let mut wrong = Vec::new();
    for one in explanations() {
        let code = one.code;
        let mut complain = |what: String| wrong.push(format!("{code}: {what}"));
        let summary = one.summary();
        if !summary.ends_with('.') || summary.chars().count() > 150 {
            complain(format!("the first sentence is no sentence, or too long: {summary}"));
        }
        for part in ["\n\n**Why it happens.** ", "\n\n**What to do.** "] {
            if one.text.matches(part).count() != 1 {
                complain(format!("{part:?} is not there once"));
            }
        }
        let words = one.text.split_whitespace().count();
        if !(50..=190).contains(&words) {
            complain(format!("{words} words"));
        }
        let kinds: Vec<&str> = blocks(&one).iter().map(|block| block.kind).collect();
        if ![&[][..], &["wrong"], &["wrong", "right"]].contains(&kinds.as_slice()) {
            complain(format!("the blocks are {kinds:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_pages_are_those_of_the_folder_in_order() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = fs::read_dir(root.join("docs/errors")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut files: BTreeSet<String> = names.map(|name| name.into_string().unwrap()).collect();
    assert!(files.remove("README.md"));
    let rooms: BTreeSet<String> = explanations().map(|one| format!("{}.md", one.room())).collect();
    assert_eq!(files, rooms, "each room has its page, and each page is part of the program");
    let all: Vec<_> = explanations().collect();
    for room in all.chunk_by(|a, b| a.room() == b.room()) {
        let page = fs::read_to_string(root.join(format!("docs/errors/{}.md", room[0].room()))).unwrap();
        assert_eq!(page.matches("\n## ").count(), room.len(), "{}: sections of another room", room[0].room());
        assert!(room.is_sorted_by_key(|one| one.code), "{}: not in the order of the alphabet", room[0].room());
    }
}

#[test]
fn what_is_called_wrong_gives_the_code_and_what_is_called_right_is_clean() {
    let desk = Desk::new();
    let mut problems = Vec::new();
    let mut count = 0;
    for one in explanations() {
        for block in blocks(&one) {
            count += 1;
            let problem = match (block.kind, one.room()) {
                ("wrong", "check" | "syntax") => lacks(&check(&desk, &block), one.code),
                ("wrong", _) => lacks(&run(&desk, &block), one.code),
                _ => trouble_of(&desk, &block),
            };
            problems.extend(problem.map(|problem| format!("{} ({}): {problem}", one.code, block.kind)));
        }
    }
    assert!(count > 150, "only {count} blocks");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_command_shows_a_section_a_group_or_all() {
    let desk = Desk::new();
    let one = desk.sluice(&["explain", "NULL-RECEIVER"]).expect(0);
    assert_eq!(one.stderr, "");
    for part in ["run::null-receiver\n\n", "\nWhy it happens. ", "\n    // wrong\n", "\nWhat to do. "] {
        assert!(one.stdout.contains(part), "{part:?}:\n{}", one.stdout);
    }
    assert!(!one.stdout.contains("```") && !one.stdout.contains("**"), "{}", one.stdout);
    assert!(one.stdout.lines().all(|line| line.chars().count() <= 100), "{}", one.stdout);
    let coloured = desk.sluice(&["explain", "null-receiver", "--color", "always"]).expect(0).stdout;
    assert!(coloured.starts_with("\x1b[1;36mrun::null-receiver\x1b[0m"), "{coloured:?}");
    let two = desk.sluice(&["explain", "cli::read", "argument-count"]).expect(0).stdout;
    for code in ["cli::read\n", "\ncheck::argument-count\n", "\nrun::argument-count\n"] {
        assert!(two.contains(code), "{code:?}:\n{two}");
    }
    let room = desk.sluice(&["explain", "limits"]).expect(0).stdout;
    assert!(room.starts_with("limits::depth  ") && !room.contains("run::"), "{room}");
    let all = desk.sluice(&["explain"]).expect(0).stdout;
    for one in explanations() {
        assert!(all.contains(one.code), "{}", one.code);
    }
}

#[test]
fn an_unknown_code_leads_to_the_nearest() {
    let desk = Desk::new();
    desk.sluice(&["explain", "run::nul-receiver"])
        .complains(1, &["cli::unknown-code", "did you mean `run::null-receiver`?"]);
    let far = desk.sluice(&["explain", "cli::read", "frobnicate"]).complains(1, &["`sluice explain` lists all codes"]);
    assert_eq!(far.stdout, "");
    let document = desk.sluice(&["explain", "frobnicate", "--json"]).expect(1).json();
    assert_eq!(document["error"]["code"], "cli::unknown-code");
}

#[test]
fn json_has_stable_fields() {
    let desk = Desk::new();
    let document = desk.sluice(&["explain", "divide-by-zero", "--json"]).expect(0).json();
    let one = &document["explanations"][0];
    assert_eq!(one["code"], "run::divide-by-zero");
    assert_eq!(one["summary"], "A number was divided by zero.");
    assert!(one["text"].as_str().unwrap().contains("```deluge"));
    let all = desk.sluice(&["explain", "--json"]).expect(0).json();
    assert_eq!(all["explanations"].as_array().unwrap().len(), explanations().count());
}

/// A script in a page; its first line says what it shows, and options for the command.
struct Block<'a> {
    kind: &'a str,
    options: Vec<&'a str>,
    script: &'a str,
}

fn blocks<'a>(section: &Explanation) -> Vec<Block<'a>> {
    let parts = section.text.split("```").skip(1).step_by(2);
    let scripts = parts.map(|part| part.strip_prefix("deluge\n").expect("a block is Deluge"));
    let block = |script: &'a str| {
        let mut words = script.lines().next().unwrap().split_whitespace().skip(1);
        Block { kind: words.next().expect("a block says what it shows"), options: words.collect(), script }
    };
    scripts.map(block).collect()
}

/// The codes that checking finds.
fn check(desk: &Desk, block: &Block<'_>) -> Vec<String> {
    desk.write("script.dg", block.script);
    // The other options are those of a run.
    let options = if block.options.first() == Some(&"--dialect") { &block.options[..] } else { &[][..] };
    let done = desk.sluice(&[&["check", "script.dg", "--json"], options].concat());
    let found = done.json();
    let found = found[0]["diagnostics"].as_array().unwrap_or_else(|| panic!("{}", done.all())).clone();
    found.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

/// The code that ends the run, if one does.
fn run(desk: &Desk, block: &Block<'_>) -> Vec<String> {
    let done = desk.run(block.script, &[&["--json"], &block.options[..]].concat());
    done.json()["error"]["code"].as_str().map(str::to_owned).into_iter().collect()
}

fn lacks(found: &[String], code: &str) -> Option<String> {
    (!found.iter().any(|one| one == code)).then(|| format!("gives {found:?}"))
}

/// What is wrong with a script that should check and run, without sending anything.
fn trouble_of(desk: &Desk, block: &Block<'_>) -> Option<String> {
    let found = check(desk, block);
    if !found.is_empty() {
        return Some(format!("checking finds {found:?}"));
    }
    let done = desk.run(block.script, &[&["--dry-run"], &block.options[..]].concat());
    (done.code != 0).then(|| format!("running it dry ends with {}", done.all()))
}
