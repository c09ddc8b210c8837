//! Arguments and receivers of built-ins whose kind is certain and that no row of that name takes. The rows are the ones
//! that running looks at, so what is reported here fails whenever it is reached. Text where a map or list is wanted is left
//! alone: scripts that Zoho saved take JSON text apart with `get`.

use super::kinds::{NUMERIC, is_certain, overlap};
use super::{Finding, View, walk};
use crate::catalogue::{Builtin, Form, Group};
use crate::program::bound::{Constant, Expression, ExpressionKind, StepKind};
use crate::source::Span;
use crate::value::{Decimal, Kind, Kinds};

/// What counts and positions are given as: also a number in quotes.
const COUNT: Kinds = NUMERIC.or(Kinds::TEXT);

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    walk::expressions(view.function.body, &mut |expression| match &expression.kind {
        ExpressionKind::Builtin(number, arguments) => {
            let Some(group) = view.catalogue.group(*number) else { return };
            plain_call(group, arguments, view, found);
        }
        ExpressionKind::Task(task, _, arguments) if task.is_of_application() => {
            let Form::Call(parameters) = &task.form else { return };
            for (at, (parameter, argument)) in parameters.iter().zip(*arguments).enumerate() {
                let kinds = view.known.of(argument);
                if is_certain(kinds) && !overlap(kinds, parameter.kinds) {
                    found.push(mismatch(&task.name, at + 1, argument.span, kinds, parameter.kinds));
                }
            }
        }
        ExpressionKind::Chain(head, steps) => {
            let mut receiver = (view.known.of(head), head.span);
            for step in steps.iter() {
                if let StepKind::Method(number, arguments) = &step.kind
                    && let Some(group) = view.catalogue.group(*number)
                {
                    method(group, receiver, arguments, view, found);
                }
                receiver = (view.known.after(&step.kind), step.span);
            }
        }
        _ => {}
    });
}

/// `name(a, b)`: the row without receiver when the number of arguments fits it, else the first argument is the receiver.
fn plain_call(group: &Group, arguments: &[Expression], view: &View<'_>, found: &mut Vec<Finding>) {
    if let Some(row) = group.plain()
        && (row.arity().0..=row.arity().1).contains(&arguments.len())
    {
        return given(group.name, &[row], arguments, view, found);
    }
    if let Some((receiver, rest)) = arguments.split_first() {
        method(group, (view.known.of(receiver), receiver.span), rest, view, found);
    }
}

fn method(
    group: &Group,
    (receiver, span): (Kinds, Span),
    arguments: &[Expression],
    view: &View<'_>,
    found: &mut Vec<Finding>,
) {
    let certain = is_certain(receiver);
    let mut rows: Vec<&'static Builtin> = Vec::new();
    for kind in Kind::ALL.into_iter().filter(|kind| receiver.has(*kind)) {
        rows.extend(group.on(kind).filter(|row| !rows.iter().any(|known| std::ptr::eq(*known, *row))));
    }
    if !rows.is_empty() {
        given(group.name, &rows, arguments, view, found);
    } else if certain && group.is_method() {
        let takes = group.rows().iter().fold(Kinds::NONE, |all, row| all.or(row.on)).except(Kinds::NULL);
        if is_json_text(receiver, takes) {
            return;
        }
        found.push(mismatch(group.name, 0, span, receiver, takes));
    }
}

fn given(name: &str, rows: &[&Builtin], arguments: &[Expression], view: &View<'_>, found: &mut Vec<Finding>) {
    for (at, argument) in arguments.iter().enumerate() {
        let parameters = || rows.iter().filter_map(|row| row.parameters.get(at));
        if parameters().next().is_none() {
            continue;
        }
        let takes = parameters().fold(Kinds::NONE, |all, parameter| all.or(parameter.kinds));
        let kinds = view.known.of(argument);
        let is_wrong = is_certain(kinds) && !overlap(kinds, takes) && !is_json_text(kinds, takes);
        let no_count = parameters().all(|parameter| parameter.kinds == COUNT) && is_text_without_number(argument);
        if is_wrong || no_count {
            let takes = if is_wrong { takes } else { NUMERIC };
            found.push(mismatch(name, at + 1, argument.span, kinds, takes));
        }
    }
}

fn is_json_text(kinds: Kinds, takes: Kinds) -> bool {
    overlap(kinds, Kinds::TEXT) && overlap(takes, Kinds::MAP.or(Kinds::LIST))
}

fn is_text_without_number(argument: &Expression) -> bool {
    matches!(&argument.kind, ExpressionKind::Constant(Constant::Text(text)) if Decimal::parse(text.trim()).is_none())
}

fn mismatch(name: &str, index: usize, span: Span, kinds: Kinds, takes: Kinds) -> Finding {
    let message = format!("Argument type mismatches for the function {name} at index {index}");
    let help = format!("{name} takes {} here, and this is {}", takes.names(), kinds.names());
    Finding::new(span, message, "of another type", help)
}
