//! What goes wrong: the same diagnostics as in files, and the state that stays.

use super::prompt;
use crate::cli::harness::Desk;

#[test]
fn an_error_has_its_underline() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    prompt.enter("total = 12");
    prompt.enter("total.toUpperCas()");
    prompt.enter("info 1 / (total - 12)");
    prompt.enter("_error");
    prompt.golden("errors.txt");
}

#[test]
fn a_command_that_is_not_there() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    prompt.enter(":lod orders.dg");
    prompt.enter(":load");
    prompt.enter(":load nowhere.dg");
    prompt.enter(":explain run::nothing");
    prompt.golden("unknown_command.txt");
}

#[test]
fn a_function_is_defined_anew() {
    let desk = Desk::project("");
    let prompt = prompt!(&desk);
    prompt.enter("int twice(int n) { return n * 2; }");
    prompt.enter("int thrice(int n) { return twice(n) + n; }");
    prompt.enter("thrice(10)");
    prompt.enter("int twice(int n) { return n * 200; }");
    prompt.enter("thrice(10)");
    prompt.enter(":functions");
    prompt.golden("redefinition.txt");
}
