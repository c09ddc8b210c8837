//! The declared result of a CRM function must be one of the types that CRM's editor offers (help page "functions" of the
//! developer documentation); Creator's functions may name forms.

use super::{Finding, View};
use crate::diagnostic::suggest;
use crate::program::Type;
use crate::source::Span;
use crate::syntax::Dialect;

/// Types that [`Type`] does not tell apart.
const OTHERS: &[&str] = &["file", "collection", "time", "key-value", "object"];
const OFFERED: &[&str] = &["void", "string", "int", "float", "boolean", "date", "map", "list"];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    if view.is_body || view.options.dialect != Dialect::Crm {
        return;
    }
    let header = view.function.span;
    let name: String =
        view.source.slice(header).chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).collect();
    if Type::parse(&name) != Type::Any || OTHERS.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
        return;
    }
    let near =
        suggest(&name, OFFERED.iter().copied()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    let start = header.start as usize;
    let help = format!("{near}CRM's functions give {}; Zoho reports this as: Invalid return Type", OFFERED.join(", "));
    let span = Span::new(start, start + name.len());
    found.push(Finding::new(span, format!("`{name}` is no type that a CRM function can give"), "not a type", help));
}
