//! The guide's page of mistakes. Each has a script, what the command in the next block shows for it, and often the mended
//! script. `UPDATE=1 cargo test --test it mistakes` writes what is shown anew.

use std::fs;
use std::path::Path;

use super::super::harness::{Desk, is_update};
use super::{Block, trouble_of};

#[test]
fn the_mistakes_of_the_guide_show_what_the_page_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide/mistakes.md");
    let page = fs::read_to_string(&path).unwrap();
    assert!(page.matches("\n## ").count() >= 10, "ten mistakes were promised");
    let mut made = String::new();
    let mut problems = Vec::new();
    for (at, section) in page.split("\n## ").enumerate() {
        if at == 0 {
            made.push_str(section);
            continue;
        }
        made.push_str("\n## ");
        made.push_str(&remade(section, &mut problems));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    if is_update() {
        fs::write(&path, &made).unwrap();
    }
    assert!(made == page || is_update(), "docs/guide/mistakes.md is stale, UPDATE=1 writes it anew:\n{made}");
}

/// The section with what its command really shows.
fn remade(section: &str, problems: &mut Vec<String>) -> String {
    let title = section.lines().next().unwrap();
    let mut parts: Vec<String> = section.split("```").map(str::to_owned).collect();
    let scripts: Vec<usize> = (1..parts.len()).step_by(2).filter(|at| parts[*at].starts_with("deluge\n")).collect();
    let shown = (1..parts.len()).step_by(2).find(|at| parts[*at].starts_with("text\n")).expect("a block of text");
    let script = parts[scripts[0]].strip_prefix("deluge\n").unwrap();
    let command = parts[shown].lines().nth(1).unwrap().to_owned();
    let words: Vec<&str> = command.strip_prefix("$ sluice ").expect("the command").split_whitespace().collect();
    let desk = Desk::new();
    desk.write("script.dg", script);
    let done = desk.sluice(&words);
    parts[shown] = format!("text\n{command}\n{}\n", format!("{}{}", done.stdout, done.stderr).trim_end());
    for at in &scripts[1..] {
        let script = parts[*at].strip_prefix("deluge\n").unwrap();
        let problem = trouble_of(&desk, &Block { kind: "right", options: Vec::new(), script });
        problems.extend(problem.map(|problem| format!("{title}: the mended script: {problem}")));
    }
    parts.join("```")
}
