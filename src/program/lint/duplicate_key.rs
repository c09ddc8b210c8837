//! A key that a map literal has twice: the first value is lost.

use std::collections::HashMap;

use super::{Finding, View, walk};
use crate::program::bound::{Constant, ExpressionKind};
use crate::source::Span;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    walk::expressions(view.function.body, &mut |expression| {
        let ExpressionKind::Map(pairs) = &expression.kind else { return };
        let mut seen: HashMap<(bool, String), Span> = HashMap::with_capacity(pairs.len());
        for (key, _) in pairs.iter() {
            // Keys are typed: 1 and "1" are two.
            let name = match &key.kind {
                ExpressionKind::Constant(Constant::Text(text)) => (true, (*text).to_owned()),
                ExpressionKind::Constant(Constant::Number(number)) => (false, number.to_string()),
                _ => continue,
            };
            let message = format!("the key `{}` stands in this map twice", name.1);
            if let Some(first) = seen.insert(name, key.span) {
                let help = "delete one of them; the last value counts";
                found.push(Finding::new(key.span, message, "again here", help).beside(first, "its value is lost"));
            }
        }
    });
}
