//! A function that declares a result and gives it on some ways only. That it gives none at all is an error, which the
//! resolver reports.

use super::{Finding, View, walk};
use crate::program::Type;
use crate::program::bound::StatementKind;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    let function = view.function;
    if view.is_body || function.returns == Type::Void || walk::block_leaves(function.body) {
        return;
    }
    let mut returns = None;
    walk::statements(function.body, &mut |statement| {
        if matches!(statement.kind, StatementKind::Return(Some(_))) {
            returns.get_or_insert(statement.span);
        }
    });
    let Some(first) = returns else { return };
    let declared = view.source.slice(function.span).split([' ', '\t', '\n']).next().unwrap_or_default().to_owned();
    let message = format!("`{}` does not return a value on every way through it", function.name);
    let help = format!(
        "end it with a return; Zoho's words are: Missing return statement: Provide {declared} expression to return"
    );
    let finding = Finding::new(function.span, message, "its end can be reached, which gives null", help);
    found.push(finding.beside(first, "here it returns one"));
}
