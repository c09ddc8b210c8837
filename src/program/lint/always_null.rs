//! A function called on, or a field read of, something that can only be null.

use super::{Finding, View, walk};
use crate::program::bound::{Expression, ExpressionKind, StatementKind, Step, StepKind};
use crate::source::Span;
use crate::value::{Kind, Kinds};

const HELP: &str = "give it a value before, or test it with isNull() first";

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    walk::expressions(view.function.body, &mut |expression| {
        if let ExpressionKind::Chain(head, steps) = &expression.kind
            && let Some((span, step)) = null_receiver(head, steps, view)
        {
            let message = match &step.kind {
                StepKind::Method(group, _) => {
                    let name = view.catalogue.group(*group).map_or("", |group| group.name);
                    format!("Value is empty and '{name}' function cannot be applied")
                }
                StepKind::Field(name) => format!("null has no field `{name}`"),
            };
            found.push(Finding::new(span, message, "always null", HELP));
        }
    });
    walk::statements(view.function.body, &mut |statement| match &statement.kind {
        StatementKind::SetField(of, name, _) if is_null(of, view) => {
            found.push(Finding::new(of.span, format!("null has no field `{name}`"), "always null", HELP));
        }
        StatementKind::Each { iterable, .. } if is_null(iterable, view) => {
            let message = "Null value occurred while performing for each operation";
            found.push(Finding::new(iterable.span, message, "always null", HELP));
        }
        _ => {}
    });
}

/// The first place in a chain that is certainly null while something that null cannot do is asked of it.
fn null_receiver<'f>(head: &Expression, steps: &'f [Step<'f>], view: &View<'_>) -> Option<(Span, &'f Step<'f>)> {
    let first = steps.first()?;
    if is_null(head, view) {
        return refuses_null(first, view).then_some((head.span, first));
    }
    let (ExpressionKind::Map(pairs), StepKind::Method(group, arguments)) = (&head.kind, &first.kind) else {
        return None;
    };
    let next = steps.get(1)?;
    let [key] = arguments else { return None };
    let is_get = view.catalogue.group(*group).is_some_and(|group| group.name.eq_ignore_ascii_case("get"));
    let ExpressionKind::Constant(wanted) = &key.kind else { return None };
    let is_absent = pairs.iter().all(|(key, _)| matches!(&key.kind, ExpressionKind::Constant(key) if key != wanted));
    (is_get && is_absent && refuses_null(next, view)).then_some((first.span, next))
}

fn is_null(expression: &Expression, view: &View<'_>) -> bool {
    view.known.of(expression) == Kinds::NULL
}

fn refuses_null(step: &Step, view: &View<'_>) -> bool {
    match &step.kind {
        StepKind::Method(group, _) => view.catalogue.group(*group).is_some_and(|group| group.on(Kind::Null).is_none()),
        StepKind::Field(_) => true,
    }
}
