//! Attributes of `invokeurl` that do not do what they seem to: two that exclude each other, and two of old scripts that
//! are accepted and change nothing. Someone who writes `useraccess : true` counts on the credentials of the user who runs
//! the script, which here is a setting of the connection.

use super::connection::given;
use super::{Finding, View, walk};
use crate::catalogue::Task;
use crate::program::bound::{Constant, Expression, ExpressionKind};

/// `body` and `parameters` of one request.
pub(super) fn both_bodies(view: &View<'_>, found: &mut Vec<Finding>) {
    for request in requests(view) {
        let (Some(body), Some(parameters)) = (request.get("body"), request.get("parameters")) else { continue };
        let is_null = |value: &Expression| matches!(value.kind, ExpressionKind::Constant(Constant::Null));
        if !is_null(body) && !is_null(parameters) {
            let help = "keep one of them; what belongs into the query can be written at the end of the url";
            let message = "body and parameters cannot be given together";
            found.push(Finding::new(body.span, message, "one body", help).beside(parameters.span, "another one"));
        }
    }
}

/// `useraccess` and `connection_timeout`.
pub(super) fn without_effect(view: &View<'_>, found: &mut Vec<Finding>) {
    const OLD: [(&str, &str); 2] = [
        ("useraccess", "leave it out; whose credentials are used is a setting of the connection"),
        ("connection_timeout", "leave it out; how long a request may take is a setting of the run"),
    ];
    for request in requests(view) {
        for (name, help) in OLD {
            if let Some(value) = request.get(name) {
                found.push(Finding::new(value.span, format!("{name} has no effect"), "not used", help));
            }
        }
    }
}

/// One `invokeurl`.
struct Request<'f> {
    task: &'f Task,
    slots: &'f [u16],
    values: &'f [Expression<'f>],
}

impl<'f> Request<'f> {
    fn get(&self, attribute: &str) -> Option<&'f Expression<'f>> {
        given(self.task, self.slots, self.values, attribute)
    }
}

fn requests<'f>(view: &View<'f>) -> Vec<Request<'f>> {
    let mut requests = Vec::new();
    walk::expressions(view.function.body, &mut |expression| {
        let ExpressionKind::Task(task, slots, values) = &expression.kind else { return };
        if task.name == "invokeurl" {
            requests.push(Request { task, slots, values });
        }
    });
    requests
}
