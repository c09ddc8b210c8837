//! Statements behind a `return`, `throw`, `break` or `continue`, or behind an `if` or `try` all of whose branches leave. A
//! lone `return` at the end of a function is left alone there: Zoho's editor asks for it, since it looks at no branches.

use super::{Finding, View, walk};
use crate::program::bound::{Statement, StatementKind};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    let body = view.function.body;
    let asked_for = match body {
        [.., before, last] => {
            matches!(before.kind, StatementKind::If(..) | StatementKind::Try { .. })
                && matches!(last.kind, StatementKind::Return(_))
        }
        _ => false,
    };
    let counted = if asked_for { body.len() - 1 } else { body.len() };
    block(body.get(..counted).unwrap_or_default(), found);
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
