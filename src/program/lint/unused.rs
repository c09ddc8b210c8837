//! Variables and parameters that nothing reads. Scripts keep the answer of a task in a variable that they never read,
//! because the editor's examples do; only values whose computation has no effect count. A name that begins with `_` says
//! that it is not used on purpose.

use super::{Finding, View, walk};
use crate::catalogue::Gives;
use crate::program::bound::{Expression, ExpressionKind, Slot, Statement, StatementKind, StepKind};
use crate::source::Span;

/// Categories whose functions the platform calls with the arguments of its own choice.
const CALLED_BY_PLATFORM: &[&str] = &["automation", "button", "schedule", "related_list", "validation_rule"];

pub(super) fn variables(view: &View<'_>, found: &mut Vec<Finding>) {
    let function = view.function;
    let mut sets: Vec<Option<Span>> = vec![None; function.variables.len()];
    let mut is_needed = reads(view);
    let need = |is_needed: &mut Vec<bool>, slot: Slot| {
        if let Some(needed) = is_needed.get_mut(usize::from(slot)) {
            *needed = true;
        }
    };
    walk::statements(function.body, &mut |statement| match &statement.kind {
        StatementKind::Set(slot, value) if is_pure(value, view) => {
            if let Some(set) = sets.get_mut(usize::from(*slot)) {
                set.get_or_insert_with(|| name_of_target(view, *slot, statement, value));
            }
        }
        // A loop needs its variable, `catch` its own, and an effect may need a place for its result.
        StatementKind::Set(slot, _) | StatementKind::Each { variable: slot, .. } => need(&mut is_needed, *slot),
        StatementKind::Try { variable: Some(slot), .. } => need(&mut is_needed, *slot),
        _ => {}
    });
    let slots = function.variables.iter().zip(sets).zip(is_needed).skip(function.parameters.len());
    for ((name, set), needed) in slots {
        if let (Some(span), false, false) = (set, needed, name.starts_with('_')) {
            let help = "delete the assignment, or use the variable; a name that begins with `_` is left alone";
            found.push(Finding::new(
                span,
                format!("the variable `{name}` is never read"),
                "assigned, never read",
                help,
            ));
        }
    }
}

pub(super) fn parameters(view: &View<'_>, found: &mut Vec<Finding>) {
    let function = view.function;
    let category = function.name.split('.').next().unwrap_or_default();
    // `input` reaches every parameter by its name.
    if function.input.is_some() || CALLED_BY_PLATFORM.iter().any(|known| known.eq_ignore_ascii_case(category)) {
        return;
    }
    let is_read = reads(view);
    let names = function.variables.iter().take(function.parameters.len());
    for (at, (name, is_read)) in names.zip(is_read).enumerate() {
        // A REST call hands over its request in this one whether it is wanted or not.
        if !is_read && !name.starts_with('_') && *name != "crmAPIRequest" {
            let help = "delete it here and in every call, or let its name begin with `_`";
            let span = name_in_header(view, at, name);
            found.push(Finding::new(span, format!("the parameter `{name}` is never read"), "never read", help));
        }
    }
}

/// For every variable whether something reads it.
fn reads(view: &View<'_>) -> Vec<bool> {
    let mut reads = vec![false; view.function.variables.len()];
    walk::expressions(view.function.body, &mut |expression| {
        if let ExpressionKind::Variable(slot) = &expression.kind
            && let Some(read) = reads.get_mut(usize::from(*slot))
        {
            *read = true;
        }
    });
    reads
}

/// Whether computing the value changes nothing.
fn is_pure(value: &Expression, view: &View<'_>) -> bool {
    let gives_only = |group: &u16| {
        let rows = view.catalogue.group(*group).map(|group| group.rows()).unwrap_or_default();
        rows.iter().all(|row| row.gives == Gives::Value)
    };
    let mut pure = true;
    walk::within(value, &mut |expression| {
        pure &= match &expression.kind {
            ExpressionKind::Call(..) | ExpressionKind::Task(..) | ExpressionKind::Missing(..) => false,
            ExpressionKind::Builtin(group, _) => gives_only(group),
            ExpressionKind::Chain(_, steps) => steps.iter().all(|step| match &step.kind {
                StepKind::Method(group, _) => gives_only(group),
                StepKind::Field(_) => true,
            }),
            _ => true,
        };
    });
    pure
}

/// The name on the left of an assignment; the tree keeps only the places of the statement and the value.
fn name_of_target(view: &View<'_>, slot: Slot, statement: &Statement, value: &Expression) -> Span {
    let name = view.function.variables.get(usize::from(slot)).map_or("", AsRef::as_ref);
    let start = statement.span.start;
    let before = view.source.slice(Span { start, end: value.span.start.max(start) });
    match before.rfind(name) {
        Some(at) => Span::new(start as usize + at, start as usize + at + name.len()),
        None => statement.span,
    }
}

/// The parameter at a position between the parentheses of the header.
fn name_in_header(view: &View<'_>, at: usize, name: &str) -> Span {
    let header = view.function.span;
    let text = view.source.slice(header);
    let place = text.find('(').and_then(|open| {
        let mut start = open + 1;
        for piece in text.get(start..)?.split(',').take(at) {
            start += piece.len() + 1;
        }
        let piece = text.get(start..)?.split([',', ')']).next()?;
        Some(start + piece.rfind(name)?)
    });
    place.map_or(header, |place| {
        let start = header.start as usize + place;
        Span::new(start, start + name.len())
    })
}
