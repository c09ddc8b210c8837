//! Long values on a screen: cut, and shown whole when that is asked for.

use super::prompt;
use crate::cli::harness::Desk;

#[test]
fn a_list_of_5_000_rows_is_cut() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    prompt.enter("rows = List()");
    prompt.enter(
        "for each n in \"x,\".repeat(4999).toList() { rows.add({\"id\": rows.size() + 1, \"name\": \"Customer\"}); }",
    );
    prompt.clear();
    prompt.enter("rows");
    prompt.golden("many_rows.txt");
    prompt.enter(":full");
    prompt.golden("many_rows_in_full.txt");
}
