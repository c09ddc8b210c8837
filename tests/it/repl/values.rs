//! Long values on a screen: cut, and shown whole when that is asked for.

use super::prompt;
use super::terminal::golden;
use crate::cli::harness::Desk;

#[test]
fn a_list_of_5_000_rows_is_cut() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    prompt.enter("rows = List()");
    prompt.enter(
        "for each n in \"x,\".repeat(5000).toList() { rows.add({\"id\": rows.size(), \"name\": \"Customer\"}); }",
    );
    prompt.clear();
    prompt.enter("rows");
    golden("many_rows.txt", &prompt.screen());
    prompt.enter(":full");
    golden("many_rows_in_full.txt", &prompt.screen());
}
