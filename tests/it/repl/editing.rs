//! Typing: a first session, several lines, pasting, colours while typing, the keys of vi.

use super::prompt;
use super::terminal::{Terminal, terminal_missing};
use crate::cli::harness::Desk;

#[test]
fn a_first_session() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    prompt.enter("7 / 2");
    prompt.enter("name = \"Ada\"");
    prompt.enter("\"Dear \" + name.toUpperCase()");
    prompt.enter("orders = [{\"id\": 1, \"total\": 120.50}, {\"id\": 2, \"total\": 80}]");
    prompt.enter("orders");
    prompt.enter("_.size()");
    prompt.golden("first_session.txt");
    prompt.press("C-d");
    assert_eq!(prompt.ended(), 0);
}

#[test]
fn the_first_session_of_the_readme() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    let readme = include_str!("../../../README.md");
    let (_, transcript) = readme.split_once("```repl\n").unwrap();
    let (transcript, _) = transcript.split_once("```\n").unwrap();
    let inputs = super::guide::inputs(transcript);
    for input in &inputs {
        let (first, last) = input.trim_end().rsplit_once('\n').unwrap_or(("", input.trim_end()));
        for line in first.lines() {
            prompt.write_and_see(line);
            prompt.press("Enter");
        }
        prompt.enter(last);
    }
    prompt.golden("readme_session.txt");
}

#[test]
fn an_input_goes_on_until_it_is_whole() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    prompt.write_and_see("for each n in {1, 2}");
    prompt.press("Enter");
    prompt.write_and_see("{");
    prompt.press("Enter");
    prompt.write_and_see("    info n;");
    prompt.press("Enter");
    prompt.enter("}");
    prompt.write_and_see("void f(");
    prompt.press("Enter");
    prompt.press("Enter");
    prompt.submit();
    prompt.golden("several_lines.txt");
}

#[test]
fn a_script_is_pasted_whole() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    let script = "// the total of each customer\norders = [{\"name\": \"Ada\", \"total\": 120.50}, {\"name\": \"Brook\", \"total\": 80}];\ntotals = Map();\n\nfor each order in orders\n{\n\tname = order.get(\"name\");\n\ttotals.put(name, ifnull(totals.get(name), 0) + order.get(\"total\"));\n}\ninfo totals;\nif(totals.get(\"Ada\") > 100)\n{\n\tinfo \"a good customer\";\n}";
    prompt.paste(script);
    prompt.see("a good customer");
    prompt.submit();
    prompt.enter("totals.keys()");
    prompt.golden("pasted_script.txt");
}

#[test]
fn a_script_that_is_taller_than_the_screen_is_pasted_whole() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    let lines: String = (1..=200).map(|n| format!("total = total + {n};\n")).collect();
    prompt.paste(&format!("total = 0;\n{lines}info \"in all \" + total"));
    prompt.see("info \"in all");
    prompt.submit();
    prompt.see("\nin all 20100\n>");
    prompt.clear();
    prompt.enter("total + 1");
    prompt.see("\n20101\n>");
}

#[test]
fn an_input_is_written_in_an_editor() {
    let desk = Desk::project("");
    if terminal_missing() {
        return;
    }
    desk.write("editor", "#!/bin/sh\ncat \"$1\" >seen.txt\necho 'total * 2' >\"$1\"\n");
    let program = [env!("CARGO_BIN_EXE_sluice"), "repl"];
    let prompt = Terminal::start(&desk, &program, &[("VISUAL", "sh editor")]);
    prompt.see(">");
    prompt.enter("total = 21");
    prompt.enter(":edit");
    prompt.see("\n42\n>");
    assert_eq!(std::fs::read_to_string(desk.path("seen.txt")).unwrap().trim_end(), "total = 21");
}

#[test]
fn what_is_typed_has_colours() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    prompt.write_and_see("if(total > 10.5) { info \"many\".toUpperCase(); } // why");
    prompt.golden_of("colours_of_code.txt", Terminal::colours);
    prompt.interrupt();
    prompt.clear();
    prompt.enter("{\"name\": \"Ada\", \"total\": 120.50, \"paid\": true, \"note\": null}");
    prompt.golden_of("colours_of_values.txt", Terminal::colours);
}

#[test]
fn without_colour_there_is_none() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk, "--color", "never");
    prompt.enter("{\"name\": \"Ada\"}");
    prompt.enter("1 / 0");
    prompt.write_and_see("info \"many\"");
    assert_eq!(prompt.colours(), prompt.screen());
}

#[test]
fn the_keys_of_vi() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk, "--editing-mode", "vi");
    prompt.write_and_see("1 + 2");
    prompt.press("Escape");
    prompt.write("0x");
    prompt.see(">  + 2");
    prompt.write("i4");
    prompt.see("> 4 + 2");
    prompt.submit();
    prompt.see("\n6");
}
