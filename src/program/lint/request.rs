//! Requests inside loops: one a turn is slow, and the platform counts them. A loop over a short literal list is how
//! scripts write a fixed number of turns, and a turn that leaves the loop after its request sends only one.

use super::{Finding, View, walk};
use crate::catalogue::{Form, Task};
use crate::program::bound::{Expression, ExpressionKind, Function, Slot, Statement, StatementKind};
use crate::source::Span;

/// A literal list of so many elements is short.
const SHORT: usize = 20;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    let lists = short_lists(view.function.body);
    walk::statements(view.function.body, &mut |statement| {
        let StatementKind::Each { iterable, body, .. } = &statement.kind else { return };
        if is_short(iterable, &lists) {
            return;
        }
        let Some(request) = first_request(body, view, &lists) else { return };
        let header = Span { start: statement.span.start, end: iterable.span.end };
        let message = "every turn of this loop makes a request";
        let finding = Finding::new(request.span, message, "sent once a turn", advice(request));
        found.push(finding.beside(header, "in this loop"));
    });
}

/// For every function whether calling it sends a request.
pub(super) fn senders(functions: &[Function]) -> Vec<bool> {
    let mut sends = vec![false; functions.len()];
    let mut callers: Vec<Vec<usize>> = vec![Vec::new(); functions.len()];
    for (number, function) in functions.iter().enumerate() {
        walk::expressions(function.body, &mut |expression| match &expression.kind {
            ExpressionKind::Task(task, ..) if is_request(task) => {
                sends.iter_mut().skip(number).take(1).for_each(|s| *s = true)
            }
            ExpressionKind::Call(called, _) => {
                callers.iter_mut().skip(usize::from(*called)).take(1).for_each(|list| list.push(number));
            }
            _ => {}
        });
    }
    let mut open: Vec<usize> = (0..functions.len()).filter(|number| sends.get(*number) == Some(&true)).collect();
    while let Some(number) = open.pop() {
        for caller in callers.get(number).into_iter().flatten() {
            if let Some(sends) = sends.get_mut(*caller).filter(|sends| !**sends) {
                *sends = true;
                open.push(*caller);
            }
        }
    }
    sends
}

/// The first request of a turn, unless the turn is the last one then. Inner loops speak for themselves.
fn first_request<'f>(body: &'f [Statement<'f>], view: &View<'_>, lists: &[Slot]) -> Option<&'f Expression<'f>> {
    let is_last = body.last().is_some_and(|last| {
        matches!(last.kind, StatementKind::Break | StatementKind::Return(_) | StatementKind::Throw(_))
    });
    if is_last {
        return None;
    }
    body.iter().find_map(|statement| {
        let mut request = None;
        walk::own(statement, &mut |expression| {
            walk::within(expression, &mut |expression| {
                if request.is_none() && sends(expression, view) {
                    request = Some(expression);
                }
            });
        });
        walk::blocks(statement, &mut |block| {
            let is_own = match &statement.kind {
                StatementKind::Each { iterable, .. } => is_short(iterable, lists),
                _ => true,
            };
            if request.is_none() && is_own {
                request = first_request(block, view, lists);
            }
        });
        request
    })
}

fn sends(expression: &Expression, view: &View<'_>) -> bool {
    match &expression.kind {
        ExpressionKind::Task(task, ..) => is_request(task),
        ExpressionKind::Call(number, _) => view.sends.get(usize::from(*number)) == Some(&true),
        _ => false,
    }
}

/// Whether the task asks a server; mails, Creator's own records and what does not run here do not count as requests.
fn is_request(task: &Task) -> bool {
    match &task.form {
        Form::Call(_) => task.absent.is_none(),
        Form::Bracket(_) => ["invokeurl", "invokeapi"].iter().any(|name| task.name.to_lowercase().ends_with(name)),
        Form::Statement(_) => false,
    }
}

/// Variables that hold a short literal list and nothing else.
fn short_lists(body: &[Statement]) -> Vec<Slot> {
    let (mut short, mut other) = (Vec::new(), Vec::new());
    walk::statements(body, &mut |statement| match &statement.kind {
        StatementKind::Set(slot, value) if is_short(value, &[]) => short.push(*slot),
        StatementKind::Set(slot, _) | StatementKind::Each { variable: slot, .. } => other.push(*slot),
        _ => {}
    });
    short.retain(|slot| !other.contains(slot));
    short
}

fn is_short(iterable: &Expression, lists: &[Slot]) -> bool {
    match &iterable.kind {
        ExpressionKind::List(items) => items.len() <= SHORT,
        ExpressionKind::Variable(slot) => lists.contains(slot),
        _ => false,
    }
}

fn advice(request: &Expression) -> String {
    let name = match &request.kind {
        ExpressionKind::Task(task, ..) => task.name.to_lowercase(),
        _ => return "collect what is needed and send it after the loop in one request".to_owned(),
    };
    let advice = match name.rsplit('.').next().unwrap_or_default() {
        "createrecord" | "create" => "collect the records in a list and create up to 100 at once with bulkCreate",
        "updaterecord" | "update" | "upsert" => {
            "collect the records in a list and change up to 100 at once with bulkUpdate"
        }
        "getrecordbyid" | "getrecordsbyid" => {
            "read the records before the loop, up to 200 at once, with searchRecords or getRecords"
        }
        "searchrecords" | "getrecords" => {
            "search once before the loop, with criteria that cover every turn and 200 records a page"
        }
        _ => "look for a request that takes all of it at once, or move it out of the loop",
    };
    advice.to_owned()
}
