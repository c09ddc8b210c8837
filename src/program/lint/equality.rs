//! NUMBER compared with TEXT. It is done by printed form, because scripts test `responseCode == "200"`; where both types
//! are certain, one of them was not meant.

use super::{Finding, View, walk};
use crate::program::bound::ExpressionKind;
use crate::syntax::ast::Operator;
use crate::value::Kinds;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    let number = |kinds: Kinds| kinds == Kinds::NUMBER || kinds == Kinds::DECIMAL;
    walk::expressions(&view.function.body, &mut |expression| {
        let ExpressionKind::Operators(left, rest) = &expression.kind else { return };
        let [(operator @ (Operator::Equal | Operator::NotEqual), right)] = rest.as_slice() else { return };
        let (left, right) = (view.known.of(left), view.known.of(right));
        if !(number(left) && right == Kinds::TEXT || left == Kinds::TEXT && number(right)) {
            return;
        }
        let sign = if *operator == Operator::Equal { "==" } else { "!=" };
        let message = format!("`{sign}` compares {} with {}", left.names(), right.names());
        let help =
            "write both sides as the same type; here the number's digits are compared with the text, as in \"200\"";
        found.push(Finding::new(expression.span, message, "two types", help));
    });
}
