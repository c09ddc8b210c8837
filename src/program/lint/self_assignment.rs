//! `x = x;`

use super::{Finding, View, walk};
use crate::program::bound::{ExpressionKind, StatementKind};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    walk::statements(view.function.body, &mut |statement| {
        if let StatementKind::Set(slot, value) = &statement.kind
            && matches!(&value.kind, ExpressionKind::Variable(read) if read == slot)
        {
            let help = "delete it, or assign what was meant";
            found.push(Finding::new(
                statement.span,
                "this statement does nothing",
                "a variable assigned to itself",
                help,
            ));
        }
    });
}
