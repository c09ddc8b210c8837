//! What is probably not meant, found before anything runs. A check reads settled functions and reports; it never changes
//! them, and none knows another. [`CHECKS`] is the one place where a check is added. They run for `sluice check` alone.
//! Where a name did not settle, checks that would report what merely follows from that are left out.

mod always_null;
mod argument;
mod attributes;
mod condition;
mod connection;
mod duplicate_key;
mod equality;
mod event;
mod ignored_result;
mod kinds;
mod mail;
mod missing_return;
mod module_name;
mod operand;
mod request;
mod return_type;
mod secret;
mod self_assignment;
mod silence;
mod unreachable;
mod unused;
mod walk;

pub(super) use connection::named as connection_of;
pub use kinds::result_kinds;
pub use silence::silence;
pub(super) use walk::expressions;

use super::Options;
use super::bound::Function;
use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Span};
use kinds::Known;

/// One check: the code of what it reports, how serious that is when a project does not say otherwise, and the check.
struct Check {
    code: &'static str,
    level: Severity,
    /// Whether it says something of what is not there, and so needs every name to be settled.
    needs_all: bool,
    run: fn(&View<'_>, &mut Vec<Finding>),
}

const CHECKS: &[Check] = &[
    warning("check::unreachable", unreachable::check),
    complete("check::unused-variable", unused::variables),
    complete("check::unused-parameter", unused::parameters),
    warning("check::ignored-result", ignored_result::check),
    complete("check::missing-return", missing_return::check),
    warning("check::return-type", return_type::check),
    warning("check::no-effect", self_assignment::check),
    complete("check::always-null", always_null::check),
    warning("check::constant-condition", condition::check),
    warning("check::number-equals-text", equality::check),
    warning("check::duplicate-key", duplicate_key::check),
    warning("check::secret-literal", secret::check),
    warning("check::unknown-connection", connection::unknown),
    complete("check::missing-connection", connection::missing),
    warning("check::request-in-loop", request::check),
    warning("check::mail-address", mail::check),
    warning("check::ignored-attribute", attributes::without_effect),
    warning("check::outside-event", event::check),
    warning("check::module-name", module_name::check),
    error("check::body-and-parameters", attributes::both_bodies),
    error("check::argument-type", argument::check),
    error("check::operand-types", operand::check),
];

/// What a check reads.
struct View<'f> {
    /// The function to be looked at, which stands in the script itself.
    function: &'f Function<'f>,
    /// Whether it is the statements outside functions.
    is_body: bool,
    /// Every function, those of other files included, by the numbers of calls.
    functions: &'f [Function<'f>],
    /// What is known of the values in the function.
    known: &'f Known<'f>,
    /// For every function whether it, or one that it calls, sends a request.
    sends: &'f [bool],
    catalogue: &'f Catalogue,
    source: &'f Source,
    options: &'f Options,
}

/// What a check found; its code and level are in the table.
struct Finding {
    span: Span,
    message: String,
    label: &'static str,
    /// A second place that explains the first.
    beside: Option<(Span, &'static str)>,
    help: String,
}

/// Runs the checks over the functions of the script; `failed` tells that null stands for what did not settle in them.
pub(super) fn lint(
    functions: &[Function],
    failed: bool,
    source: &Source,
    catalogue: &Catalogue,
    options: &Options,
) -> Vec<Diagnostic> {
    let sends = request::senders(functions);
    let mut diagnostics = Vec::new();
    for (number, function) in functions.iter().enumerate().filter(|(_, function)| function.file == 0) {
        let known = Known::new(function, functions, catalogue, failed);
        let is_body = number == 0;
        let view = View { function, is_body, functions, known: &known, sends: &sends, catalogue, source, options };
        for check in CHECKS.iter().filter(|check| !(failed && check.needs_all)) {
            let mut found = Vec::new();
            (check.run)(&view, &mut found);
            diagnostics.extend(found.into_iter().map(|finding| finding.diagnostic(check)));
        }
    }
    diagnostics
}

/// The codes of all checks.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    CHECKS.iter().map(|check| check.code)
}

/// Whether this is the code of a check that reports errors, which a project or a comment may lower all the same: the
/// script could run.
pub fn may_be_lowered(code: &str) -> bool {
    CHECKS.iter().any(|check| check.code == code && check.level == Severity::Error)
}

impl Finding {
    fn new(span: Span, message: impl Into<String>, label: &'static str, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), label, beside: None, help: help.into() }
    }

    fn beside(mut self, span: Span, label: &'static str) -> Self {
        self.beside = Some((span, label));
        self
    }

    fn diagnostic(self, check: &Check) -> Diagnostic {
        let mut diagnostic = Diagnostic::warning(check.code, self.message).at(self.span, self.label).help(self.help);
        diagnostic.severity = check.level;
        self.beside.into_iter().fold(diagnostic, |diagnostic, (span, label)| diagnostic.at(span, label))
    }
}

const fn warning(code: &'static str, run: fn(&View<'_>, &mut Vec<Finding>)) -> Check {
    Check { code, level: Severity::Warning, needs_all: false, run }
}

/// A warning that is given only when every name is settled.
const fn complete(code: &'static str, run: fn(&View<'_>, &mut Vec<Finding>)) -> Check {
    Check { needs_all: true, ..warning(code, run) }
}

const fn error(code: &'static str, run: fn(&View<'_>, &mut Vec<Finding>)) -> Check {
    Check { code, level: Severity::Error, needs_all: false, run }
}
