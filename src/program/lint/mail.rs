//! Addresses of `sendmail` that Zoho's editor refuses (help pages "send mail" and "error messages"). Only what is written
//! as a literal can be judged; a verified address in a variable is sent from all the same.

use super::connection::given;
use super::kinds::{is_certain, overlap};
use super::{Finding, View, walk};
use crate::program::bound::{Constant, Expression, ExpressionKind};
use crate::value::Kinds;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    walk::expressions(view.function.body, &mut |expression| {
        let ExpressionKind::Task(task, slots, values) = &expression.kind else { return };
        if task.name != "sendmail" {
            return;
        }
        let attribute = |name| given(task, slots, values, name);
        let (from, to) = (attribute("from"), attribute("to"));
        let takes = |value: &Expression, kinds| {
            let known = view.known.of(value);
            !is_certain(known) || overlap(known, kinds)
        };
        let wrong = from.filter(|from| !takes(from, Kinds::TEXT));
        if let Some(wrong) = wrong.or(to.filter(|to| !takes(to, Kinds::TEXT.or(Kinds::LIST)))) {
            let help = "write an address in quotes, zoho.adminuserid or zoho.loginuserid";
            return found.push(Finding::new(wrong.span, "Invalid email address found", "not an address", help));
        }
        let Some(from) = from.filter(|from| matches!(from.kind, ExpressionKind::Constant(Constant::Text(_)))) else {
            return;
        };
        let help = "send from zoho.adminuserid, zoho.loginuserid or an address that was verified in Zoho";
        let (span, message) = match (attribute("bcc"), attribute("cc"), to) {
            (Some(bcc), ..) => (
                bcc.span,
                "Invalid BCC: From address is not zoho.adminuserid or zoho.loginuserid so BCC address is not allowed",
            ),
            (_, Some(cc), _) => (
                cc.span,
                "Invalid CC: From address is not zoho.adminuserid or zoho.loginuserid so CC address is not allowed",
            ),
            (_, _, Some(to)) if !matches!(to.kind, ExpressionKind::System("adminuserid")) => (
                from.span,
                "In cases where From: address is not a zoho.adminuserid or zoho.loginuserid, the To: address can only be \
                 zoho.adminuserid and the sendmail task cannot have any CC: or BCC: address.",
            ),
            _ => return,
        };
        found.push(Finding::new(span, message, "refused unless the sender is verified", help));
    });
}
