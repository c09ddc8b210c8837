//! Typing: a first session, several lines, pasting, colours while typing, the keys of vi.

use super::prompt;
use super::terminal::Terminal;
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
