//! What Tab shows, with the lines about each, and that it goes by the values that are there.

use super::prompt;
use super::terminal::Terminal;
use crate::cli::credentials;
use crate::cli::harness::Desk;

/// Types a beginning, presses Tab, and keeps the screen that has `wanted`.
fn completed(prompt: &Terminal<'_>, beginning: &str, wanted: &str, name: &str) {
    prompt.clear();
    prompt.write_and_see(beginning);
    prompt.press("Tab");
    prompt.see(wanted);
    prompt.golden(name);
    prompt.interrupt();
}

#[test]
fn menus() {
    let desk = Desk::project("");
    credentials::service(&desk, "shop", "type = \"api_key\"\nparameters = [{ key = \"key\" }]");
    credentials::connect(&desk, "shop_eu", "shop", &[], &[("key", "walnut-1")]).expect(0);
    credentials::connect(&desk, "shop_us", "shop", &[], &[("key", "walnut-2")]).expect(0);
    let prompt = prompt!(&desk);
    prompt.enter("name = \"Ada\"");
    prompt.enter("order = {\"id\": 7, \"total\": 120.50, \"customer\": {\"name\": \"Ada\", \"city\": \"Cork\"}}");
    completed(&prompt, "name.to", "toUpperCase", "completion_text.txt");
    completed(&prompt, "order.get(\"", "customer", "completion_keys.txt");
    completed(&prompt, "invokeurl [ url: \"https://shop.example\" ", "connection", "completion_attributes.txt");
    completed(&prompt, "invokeurl [ url: \"https://shop.example\" type: P", "PATCH", "completion_methods.txt");
    completed(
        &prompt,
        "invokeurl [ url: \"https://shop.example\" connection: \"sh",
        "shop_us",
        "completion_connections.txt",
    );
    completed(&prompt, ":re", "replay  ", "completion_commands.txt");
}

#[test]
fn a_single_completion_is_put_in() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    prompt.enter("customerName = \"Ada\"");
    prompt.write_and_see("customerN");
    prompt.press("Tab");
    prompt.see("> customerName");
    prompt.write(".toUpp");
    prompt.press("Tab");
    prompt.see("> customerName.toUpperCase(");
}

#[test]
fn a_long_list_can_be_left() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    prompt.write_and_see("x = ");
    prompt.press("Tab");
    prompt.see("--More--");
    prompt.press("C-c");
    prompt.see("\n> x =");
    prompt.write("abs(-5); x");
    prompt.press("Enter");
    prompt.see("\n5\n>");
    // In the line Ctrl-C and q are what they were.
    prompt.write_and_see("quotient");
    prompt.interrupt();
    prompt.enter("2 + 2");
    prompt.see("\n4\n>");
}
