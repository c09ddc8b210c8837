//! The demonstration: it needs nothing but the program, shows both ways through the script and a token that ended, and
//! leaves nothing behind.

use super::harness::{Desk, Done};

fn demo(options: &[&str]) -> Done {
    let desk = Desk::new();
    let temporary = desk.path("temporary");
    std::fs::create_dir(&temporary).unwrap();
    let call = desk.call(&[&["demo"], options].concat()).env("TMPDIR", temporary.to_str().unwrap());
    let done = call.done().expect(0);
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0, "something was left behind");
    assert!(!desk.home("").exists(), "the user's folder was touched");
    done
}

#[test]
fn both_branches_run_and_a_token_ends_on_the_way() {
    let done = demo(&[]);
    for part in ["has been saved", "The contact has been added.", "updating Nora Byrne", "creating a customer"] {
        assert!(done.stdout.contains(part), "{part}:\n{}", done.stdout);
    }
    let row = |words: &[&str]| {
        done.stdout.lines().any(|line| {
            let cells: Vec<&str> = line.split_whitespace().collect();
            cells.len() == 5 && words.iter().all(|word| cells.contains(word)) && cells[4].parse::<f64>().is_ok()
        })
    };
    assert!(row(&["GET", "contacts_bigin", "200"]), "{}", done.stdout);
    assert!(row(&["PUT", "books", "200"]), "{}", done.stdout);
    assert!(row(&["POST", "books", "401"]), "{}", done.stdout);
    assert!(row(&["POST", "/oauth/v2/token", "books", "200"]), "{}", done.stdout);
    assert!(row(&["POST", "books", "201"]), "{}", done.stdout);
    assert_eq!(done.stderr, "");
    shows_no_token(&done);
}

#[test]
fn a_trace_of_the_demonstration_shows_no_secret() {
    let done = demo(&["--trace"]);
    assert!(done.stderr.contains("> PUT ") && done.stderr.contains("[redacted]"), "{}", done.stderr);
    assert!(done.stderr.contains("books.zoho.com is routed to http://127.0.0.1:"), "{}", done.stderr);
    shows_no_token(&done);
}

/// The sandbox's tokens have the shape of Zoho's: 32 hexadecimal digits twice, with dots.
fn shows_no_token(done: &Done) {
    let text = done.all();
    let digits = |word: &str| word.len() >= 32 && word.chars().all(|letter| letter.is_ascii_hexdigit());
    let word = text.split(|letter: char| !letter.is_ascii_alphanumeric()).find(|word| digits(word));
    assert_eq!(word, None, "a token or a secret is shown:\n{text}");
}
