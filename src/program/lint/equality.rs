//! NUMBER compared with TEXT. It is done by printed form, because scripts test `responseCode == "200"`; where both types
//! are certain, one of them was not meant. A comparison with `""` is left alone: that is how scripts ask for nothing.

use super::{Finding, View, walk};
use crate::program::bound::{Constant, Expression, ExpressionKind};
use crate::syntax::ast::Operator;
use crate::value::Kinds;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    let number = |kinds: Kinds| kinds == Kinds::NUMBER || kinds == Kinds::DECIMAL;
    walk::expressions(view.function.body, &mut |expression| {
        let ExpressionKind::Operators(left, rest) = &expression.kind else { return };
        let [(operator @ (Operator::Equal | Operator::NotEqual), right)] = rest else { return };
        if is_empty_text(left) || is_empty_text(right) {
            return;
        }
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

fn is_empty_text(expression: &Expression) -> bool {
    matches!(&expression.kind, ExpressionKind::Constant(Constant::Text(text)) if text.is_empty())
}
