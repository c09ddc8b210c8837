//! The transcripts of the guide are real. What stands after `> ` (and after `… ` in its later lines) is fed to the prompt by
//! standard input, and what it prints is compared. Where an input's output ends cannot be seen from outside, so each input is
//! tried by running all inputs up to it and leaving out what was there before.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::cli::harness::{Desk, is_update};
use crate::cli::server::{Answer, Seen, Server};

const PAGE: &str = "docs/guide/repl.md";
const FENCE: &str = "```repl";

#[test]
fn the_transcripts_of_the_guide_are_what_the_prompt_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
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
        assert_eq!(found, page, "{PAGE} differs; UPDATE=1 cargo test repl writes it anew");
    }
}

/// A transcript with what the prompt prints today.
fn played(transcript: &str) -> String {
    let server = Server::start(shop);
    let (mut shown, mut typed) = (String::new(), String::new());
    let mut before = (String::new(), String::new());
    for input in inputs(transcript) {
        typed.push_str(&input);
        let after = session(&server, &typed);
        for (at, line) in input.lines().enumerate() {
            shown.push_str(if at == 0 { "> " } else { "… " });
            shown.push_str(line);
            shown.push('\n');
        }
        for (after, before) in [(&after.0, &before.0), (&after.1, &before.1)] {
            shown.push_str(after.strip_prefix(before.as_str()).unwrap_or_else(|| {
                panic!("the output before is another one after {input:?}: {before:?}, now {after:?}")
            }));
        }
        before = after;
    }
    shown
}

/// What is typed, one text for each `> `.
fn inputs(transcript: &str) -> Vec<String> {
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

/// The two streams of a prompt that these lines are fed to.
fn session(server: &Server, typed: &str) -> (String, String) {
    let desk = Desk::project(&format!("[network.routes]\n\"api.shop.example\" = \"{}\"\n", server.url("")));
    desk.write("functions/invoice.dg", "decimal withTax(decimal amount)\n{\n\treturn amount * 1.19;\n}\n");
    desk.write("orders.dg", "orders = [{\"id\": 1, \"total\": 120.50}, {\"id\": 2, \"total\": 80}];\n");
    let done = desk.call(&["repl"]).input(typed).done();
    let normal = |text: &str| super::terminal::without_times(&desk.normal(&server.normal(text)));
    (normal(&done.stdout), normal(&done.stderr))
}

/// The service that the guide speaks with.
fn shop(seen: &Seen) -> Answer {
    match seen.path() {
        "/orders" => Answer::json(200, json!({"data": [{"id": 1, "total": 120.5}, {"id": 2, "total": 80}]})),
        _ => Answer::json(404, json!({"code": "INVALID_URL", "message": "there is nothing here"})),
    }
}
