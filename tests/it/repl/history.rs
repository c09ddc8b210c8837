//! Inputs of earlier sessions, and what of them is on the disk.

use std::fs;

use super::prompt;
use super::terminal::Terminal;
use crate::cli::harness::Desk;

#[test]
fn an_input_is_found_after_a_restart() {
    let desk = Desk::project("");
    {
        let prompt = prompt!(&desk);
        prompt.enter("orders = [{\"id\": 1}, {\"id\": 2}]");
        prompt.enter("orders.size() + 40");
        prompt.enter("name = \"Ada\"");
        prompt.write_and_see(":quit");
        prompt.press("Enter");
        assert_eq!(prompt.ended(), 0);
    }
    let prompt = Terminal::prompt(&desk, &[]);
    prompt.press("C-r");
    prompt.write("ORD");
    prompt.golden("history_search.txt");
    prompt.press("C-r");
    prompt.see("orders = [");
    prompt.submit();
    // A hint, faint behind what is typed.
    prompt.write_and_see("orders.");
    prompt.see("orders.size() + 40");
    prompt.golden_of("history_hint.txt", Terminal::colours);
    prompt.press("Right");
    prompt.submit();
    prompt.see("\n42");
}

#[test]
fn the_file_is_private_and_without_secrets() {
    let desk = Desk::project("");
    let file = desk.home("repl_history");
    fs::create_dir_all(desk.home("")).unwrap();
    fs::write(&file, "#V2\ninfo 1\n").unwrap();
    let prompt = prompt!(&desk);
    prompt.enter("m = {\"access_token\": \"walnut-tree\", \"a\": \"b\"}");
    prompt.enter(" hidden = 1");
    prompt.enter("m.get(\"a\")");
    prompt.enter("info 1");
    // Not even a program that is killed loses what was typed.
    drop(prompt);
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        "#V2\nm = {\"access_token\": \"[redacted]\", \"a\": \"b\"}\nm.get(\"a\")\ninfo 1\n"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_damaged_file_is_a_note() {
    let desk = Desk::project("");
    fs::create_dir_all(desk.home("")).unwrap();
    fs::write(desk.home("repl_history"), b"\xff\xfe\0").unwrap();
    let prompt = prompt!(&desk);
    prompt.see("repl_history");
    prompt.enter("1 + 2");
    prompt.see("\n3");
}
