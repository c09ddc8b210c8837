//! Statements behind a `return`, `throw`, `break` or `continue`, or behind an `if` or `try` all of whose branches leave.

use super::{Finding, View, walk};
use crate::program::bound::Statement;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    block(&view.function.body, found);
}

fn block(statements: &[Statement], found: &mut Vec<Finding>) {
    for (at, statement) in statements.iter().enumerate() {
        walk::blocks(statement, &mut |inner| block(inner, found));
        if walk::leaves(statement)
            && let Some(next) = statements.get(at + 1)
        {
            let help = "delete it, or move it before what leaves the block";
            let finding = Finding::new(next.span, "this statement is never reached", "never reached", help);
            found.push(finding.beside(statement.span, "this always leaves"));
            // One finding for a block is enough: everything after the first is dead for the same reason.
            return;
        }
    }
}
