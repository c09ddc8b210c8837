//! Operators between values whose kinds are certain and that they do not join.

use super::kinds::{NUMERIC, is_certain, overlap};
use super::{Finding, View, walk};
use crate::program::bound::ExpressionKind;
use crate::syntax::ast::Operator;
use crate::value::{Kind, Kinds};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    walk::expressions(view.function.body, &mut |expression| {
        let ExpressionKind::Operators(first, rest) = &expression.kind else { return };
        // What stands further right works on a result, which is known only when the first two go together.
        let Some((operator, second)) = rest.first() else { return };
        let (left, right) = (view.known.of(first), view.known.of(second));
        if !matches!(
            operator,
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Remainder
        ) {
            return;
        }
        let sign = operator.sign();
        if !is_certain(left) || !is_certain(right) || goes_together(left, *operator, right) {
            return;
        }
        let message = format!(
            "In Criteria left expression is of type {} and right expression is of type {} and the operator {sign} is not valid",
            name(left),
            name(right)
        );
        let help = match left == Kinds::DATE {
            true => "dates are moved by functions: addDay(1), subMonth(2)",
            false => "convert first, for example with toLong(), toDecimal() or toString()",
        };
        found.push(Finding::new(first.span.to(second.span), message, "these do not go together", help));
    });
}

fn goes_together(left: Kinds, operator: Operator, right: Kinds) -> bool {
    let numbers = overlap(left, NUMERIC) && overlap(right, NUMERIC);
    numbers
        || match operator {
            Operator::Add => overlap(left.or(right), Kinds::TEXT),
            Operator::Subtract => overlap(left, Kinds::DATE) && overlap(right, Kinds::DATE),
            _ => false,
        }
}

/// As Zoho's messages name types.
fn name(kinds: Kinds) -> String {
    let names: Vec<_> =
        Kind::ALL.into_iter().filter(|kind| kinds.has(*kind) && *kind != Kind::Braces).map(Kind::name).collect();
    names.join(" or ")
}
