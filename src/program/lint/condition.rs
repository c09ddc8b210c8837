//! A condition whose outcome does not depend on anything.

use super::{Finding, View, walk};
use crate::program::bound::{Constant, Expression, ExpressionKind, StatementKind};
use crate::syntax::ast::Operator;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    let mut judge = |condition: &Expression| {
        let Some(outcome) = outcome(condition) else { return };
        let help = match outcome {
            true => "delete the condition, or test what was meant; everything after an `else` is never reached",
            false => "delete the branch, or test what was meant",
        };
        let message = format!("this condition is always {outcome}");
        let label = if outcome { "always true" } else { "always false" };
        found.push(Finding::new(condition.span, message, label, help));
    };
    walk::statements(view.function.body, &mut |statement| {
        if let StatementKind::If(branches, _) = &statement.kind {
            branches.iter().for_each(|(condition, _)| judge(condition));
        }
    });
    walk::expressions(view.function.body, &mut |expression| {
        if let ExpressionKind::Conditional(parts) = &expression.kind {
            let [condition, ..] = parts;
            judge(condition);
        }
    });
}

fn outcome(condition: &Expression) -> Option<bool> {
    match &condition.kind {
        ExpressionKind::Constant(Constant::Boolean(value)) => Some(*value),
        ExpressionKind::Not(operand) => outcome(operand).map(|value| !value),
        ExpressionKind::And(operands) => lazily(operands, false),
        ExpressionKind::Or(operands) => lazily(operands, true),
        ExpressionKind::Operators(left, rest) => match rest {
            [(operator, right)] => comparison(left, *operator, right),
            _ => None,
        },
        _ => None,
    }
}

/// `&&` and `||`: one operand that settles it is enough, else all must be known.
fn lazily(operands: &[Expression], settles: bool) -> Option<bool> {
    let outcomes: Vec<_> = operands.iter().map(outcome).collect();
    if outcomes.contains(&Some(settles)) {
        return Some(settles);
    }
    outcomes.iter().all(Option::is_some).then_some(!settles)
}

fn comparison(left: &Expression, operator: Operator, right: &Expression) -> Option<bool> {
    let equal = match (&left.kind, &right.kind) {
        (ExpressionKind::Variable(left), ExpressionKind::Variable(right)) if left == right => true,
        (ExpressionKind::Constant(Constant::Text(left)), ExpressionKind::Constant(Constant::Text(right))) => {
            left == right
        }
        (ExpressionKind::Constant(Constant::Number(left)), ExpressionKind::Constant(Constant::Number(right))) => {
            return Some(match operator {
                Operator::Equal => left == right,
                Operator::NotEqual => left != right,
                Operator::Less => left < right,
                Operator::LessOrEqual => left <= right,
                Operator::Greater => left > right,
                Operator::GreaterOrEqual => left >= right,
                _ => return None,
            });
        }
        _ => return None,
    };
    match operator {
        Operator::Equal => Some(equal),
        Operator::NotEqual => Some(!equal),
        _ => None,
    }
}
