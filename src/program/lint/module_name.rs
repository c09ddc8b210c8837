//! The module of an integration task, where it is certain that it is no name: CRM's own modules and custom ones have
//! names of letters, digits and blanks.

use super::connection::given;
use super::{Finding, View, walk};
use crate::program::bound::{Constant, ExpressionKind};
use crate::value::Kinds;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    walk::expressions(view.function.body, &mut |expression| {
        let ExpressionKind::Task(task, slots, values) = &expression.kind else { return };
        let Some(module) = given(task, slots, values, "module") else { return };
        let kinds = view.known.of(module);
        let is_name = match &module.kind {
            ExpressionKind::Constant(Constant::Text(name)) => {
                !name.is_empty()
                    && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ' ' | '-' | '.' | '$'))
            }
            _ => !super::kinds::is_certain(kinds) || super::kinds::overlap(kinds, Kinds::TEXT),
        };
        if !is_name {
            let index = values.iter().position(|value| std::ptr::eq(value, module)).unwrap_or_default() + 1;
            let message = format!("Invalid module name for the function {} at index {index}", task.name);
            let help = "write the module's API name in quotes, such as \"Contacts\"";
            found.push(Finding::new(module.span, message, "not a module", help));
        }
    });
}
