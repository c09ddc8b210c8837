//! The transcripts of the guide are real. What stands after `> ` (and after `… ` in its later lines) is fed to the prompt by
//! standard input, and what it prints, to either stream, is compared. To see where the output of an input ends, a command that
//! changes nothing is fed after each one.

use std::fs::{self, File};
use std::path::Path;

use serde_json::json;

use crate::cli::harness::{Desk, is_update};
use crate::cli::server::{Answer, Seen, Server};

const PAGES: [&str; 2] = ["docs/guide/repl.md", "README.md"];
const FENCE: &str = "```repl";

/// Neither `_` nor the number of inputs takes notice of it.
const MARK: &str = ":type \"mark\"";
const SHOWN_MARK: &str = "TEXT, 4 characters\n";

#[test]
fn the_transcripts_of_the_guide_and_the_readme_are_what_the_prompt_prints() {
    PAGES.iter().for_each(|page| check(page));
}

fn check(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let page = fs::read_to_string(&path).unwrap();
    let fence = format!("{FENCE}\n");
    let mut parts = page.split(&fence);
    let mut found = parts.next().unwrap().to_owned();
    for part in parts {
        let (transcript, rest) = part.split_once("```\n").unwrap();
        found.push_str(&format!("{FENCE}\n{}```\n{rest}", played(transcript)));
    }
    assert!(found.contains(FENCE));
    if is_update() {
        fs::write(path, found).unwrap();
        return;
    }
    for (found, page) in found.split(FENCE).zip(page.split(FENCE)) {
        assert_eq!(found, page, "{name} differs; UPDATE=1 cargo test repl writes it anew");
    }
}

/// A transcript with what the prompt prints today.
fn played(transcript: &str) -> String {
    let inputs = inputs(transcript);
    let typed: String = inputs.iter().map(|input| format!("{input}{MARK}\n")).collect();
    let printed = session(&typed);
    let mut printed = printed.split(SHOWN_MARK);
    let mut shown = String::new();
    for input in inputs {
        for (at, line) in input.lines().enumerate() {
            shown.push_str(format!("{} {line}", if at == 0 { ">" } else { "…" }).trim_end());
            shown.push('\n');
        }
        shown.push_str(printed.next().unwrap());
    }
    // What the end of the session says.
    shown + printed.next().unwrap()
}

/// What is typed, one text for each `> `.
pub fn inputs(transcript: &str) -> Vec<String> {
    let mut inputs: Vec<String> = Vec::new();
    for line in transcript.lines() {
        if let Some(first) = line.strip_prefix("> ") {
            inputs.push(format!("{first}\n"));
        } else if let Some(later) = line.strip_prefix('…') {
            let input = inputs.last_mut().expect("a transcript begins with an input");
            input.push_str(later.strip_prefix(' ').unwrap_or(later));
            input.push('\n');
        }
    }
    inputs
}

/// What a prompt prints that these lines are fed to.
fn session(typed: &str) -> String {
    let server = Server::start(shop);
    let desk = Desk::project(&format!("[network.routes]\n\"api.shop.example\" = \"{}\"\n", server.url("")));
    desk.write("functions/invoice.dg", "decimal withTax(decimal amount)\n{\n\treturn amount * 1.19;\n}\n");
    desk.write("orders.dg", "orders = [{\"id\": 1, \"total\": 120.50}, {\"id\": 2, \"total\": 80}];\n");
    desk.write("session.txt", typed);
    let file = |name| File::options().read(true).append(true).create(true).open(desk.path(name)).unwrap();
    let mut command = desk.command(&["repl"]);
    command.stdin(file("session.txt")).stdout(file("printed.txt")).stderr(file("printed.txt"));
    command.status().unwrap();
    let printed = fs::read_to_string(desk.path("printed.txt")).unwrap();
    super::terminal::without_times(&desk.normal(&server.normal(&printed)))
}

/// The service that the guide speaks with.
fn shop(seen: &Seen) -> Answer {
    match seen.path() {
        "/orders" => Answer::json(200, json!({"data": [{"id": 1, "total": 120.5}, {"id": 2, "total": 80}]})),
        _ => Answer::json(404, json!({"code": "INVALID_URL", "message": "there is nothing here"})),
    }
}
