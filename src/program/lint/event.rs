//! Statements for the person before the form, in a function: nobody is there to see them (help page "alert").

use super::connection::given;
use super::{Finding, View, walk};
use crate::program::bound::{Constant, ExpressionKind};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    if view.is_body {
        return;
    }
    walk::expressions(view.function.body, &mut |expression| {
        let ExpressionKind::Task(task, slots, values) = &expression.kind else { return };
        let verb = match given(task, slots, values, "verb").map(|verb| &verb.kind) {
            Some(ExpressionKind::Constant(Constant::Text(verb))) if task.name == "client statement" => verb,
            _ => return,
        };
        if *verb == "alert" {
            let message = "'ALERT' task can be used only in on load, on validate and on change actions";
            let help = "return the message, and show it where the function is called; info writes to the log";
            found.push(Finding::new(expression.span, message, "in a function", help));
        }
    });
}
