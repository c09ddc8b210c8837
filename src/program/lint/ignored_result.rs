//! A function of the script that declares a result, called as if it had none. Answers of tasks are often of no interest,
//! and built-ins that only compute are an error of their own.

use super::{Finding, View, walk};
use crate::program::Type;
use crate::program::bound::{ExpressionKind, StatementKind};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    walk::statements(view.function.body, &mut |statement| {
        let StatementKind::Do(call) = &statement.kind else { return };
        let ExpressionKind::Call(number, _) = &call.kind else { return };
        let Some(called) = view.functions.get(usize::from(*number)) else { return };
        if matches!(called.returns, Type::Any | Type::Void) {
            return;
        }
        let (name, returns) = (&called.name, called.returns.name());
        let help = format!(
            "assign it, or declare the function as void; Zoho reports this as: Not able to find '{name}' function"
        );
        let message = format!("`{name}` gives {returns}, and nobody takes it");
        found.push(Finding::new(call.span, message, "the result is dropped", help));
    });
}
