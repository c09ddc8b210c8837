//! Connections that tasks name, or leave out.

use super::{Finding, View, walk};
use crate::catalogue::{Form, Task};
use crate::diagnostic::suggest;
use crate::program::bound::{Constant, Expression, ExpressionKind};
use crate::syntax::Dialect;

/// A link name that the project does not have. Without a project nothing is known of connections.
pub(super) fn unknown(view: &View<'_>, found: &mut Vec<Finding>) {
    let Some(known) = &view.options.connections else { return };
    walk::expressions(view.function.body, &mut |expression| {
        let Some(given) = named(expression) else { return };
        let ExpressionKind::Constant(Constant::Text(name)) = &given.kind else { return };
        if known.iter().any(|known| known == name) {
            return;
        }
        let near = suggest(name, known.iter().map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean \"{near}\"? `sluice connections list` shows all"),
            None => "create it with `sluice connections create`".to_owned(),
        };
        let message = format!("there is no connection with the link name \"{name}\"");
        found.push(Finding::new(given.span, message, "not in this project", help));
    });
}

/// An integration task without connection, which Cliq refuses.
pub(super) fn missing(view: &View<'_>, found: &mut Vec<Finding>) {
    if view.options.dialect != Dialect::Cliq {
        return;
    }
    walk::expressions(view.function.body, &mut |expression| {
        let ExpressionKind::Task(task, slots, _) = &expression.kind else { return };
        let Form::Call(parameters) = &task.form else { return };
        let has_one = parameters.iter().any(|parameter| parameter.name == "connection");
        if has_one && !slots.iter().any(|slot| is_connection(task, *slot)) {
            let message = format!("`{}` names no connection", task.name);
            let help = format!(
                "name one as the last argument; Zoho reports this in Cliq as: {} is not supported for this function",
                task.name
            );
            found.push(Finding::new(expression.span, message, "no connection", help));
        }
    });
}

/// The name of the connection that a task is given.
pub(in crate::program) fn named<'f>(expression: &Expression<'f>) -> Option<&'f Expression<'f>> {
    let ExpressionKind::Task(task, slots, values) = &expression.kind else { return None };
    slots.iter().position(|slot| is_connection(task, *slot)).and_then(|at| values.get(at))
}

fn is_connection(task: &Task, slot: u16) -> bool {
    let at = usize::from(slot);
    match &task.form {
        Form::Bracket(attributes) | Form::Statement(attributes) => {
            attributes.get(at).is_some_and(|attribute| attribute.name == "connection")
        }
        Form::Call(parameters) => parameters.get(at).is_some_and(|parameter| parameter.name == "connection"),
    }
}

/// The value that a task is given for an attribute or parameter.
pub(super) fn given<'f>(
    task: &Task,
    slots: &[u16],
    values: &'f [Expression<'f>],
    name: &str,
) -> Option<&'f Expression<'f>> {
    let slot = match &task.form {
        Form::Bracket(attributes) | Form::Statement(attributes) => {
            attributes.iter().position(|attribute| attribute.name == name)
        }
        Form::Call(parameters) => parameters.iter().position(|parameter| parameter.name == name),
    }?;
    slots.iter().position(|given| usize::from(*given) == slot).and_then(|at| values.get(at))
}
