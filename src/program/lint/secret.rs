//! Credentials written into a script, where everyone who may read the script may read them. What is a credential is known
//! by the name beside it, as in traces; what only looks like one (a placeholder, the name of a field) is left alone.

use super::{Finding, View, walk};
use crate::http::{is_sensitive_field, is_sensitive_header};
use crate::program::bound::{Constant, Expression, ExpressionKind, StatementKind, StepKind};
use crate::source::Span;
use crate::syntax::ast::Operator;

/// A shorter value may be an ordinary word.
const SHORTEST: usize = 8;
/// Words that stand before a token.
const SCHEMES: &[&str] = &["bearer ", "basic ", "zoho-oauthtoken ", "zoho-authtoken ", "token ", "apikey "];
/// Parts of values that are to be filled in.
const PLACEHOLDERS: &[&str] = &[
    "your",
    "xxx",
    "...",
    "…",
    "<",
    ">",
    "{",
    "}",
    "*",
    "example",
    "placeholder",
    "changeme",
    "dummy",
    "todo",
    "replace",
    "redacted",
    "insert_",
    "_here",
    "secret_key",
    "my_",
    "abc123",
    "123456",
    "sample",
    "test",
];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    let mut report = |literal: &Expression, secret: &str| {
        // The value alone is underlined, and the command line masks what is underlined.
        let whole = view.source.slice(literal.span);
        let span = whole.find(secret).map_or(literal.span, |at| {
            let start = literal.span.start as usize + at;
            Span::new(start, start + secret.len())
        });
        if found.iter().any(|known: &Finding| known.span == span) {
            return;
        }
        let help = "create a connection with `sluice connections create` and name it: connection : \"link_name\"; then renew \
                    the secret";
        found.push(Finding::new(
            span,
            "a secret stands in the script: use a connection",
            "anyone who reads it has it",
            help,
        ));
    };
    walk::expressions(view.function.body, &mut |expression| match &expression.kind {
        ExpressionKind::Map(pairs) => pairs.iter().for_each(|(key, value)| pair(key, value, &mut report)),
        ExpressionKind::Chain(_, steps) => {
            for step in steps.iter() {
                if let StepKind::Method(_, arguments) = &step.kind
                    && let [key, value] = arguments
                {
                    pair(key, value, &mut report);
                }
            }
        }
        ExpressionKind::Operators(first, rest) => joined(first, rest, &mut report),
        ExpressionKind::Constant(Constant::Text(text)) => in_text(text, &mut |secret| report(expression, secret)),
        _ => {}
    });
    walk::statements(view.function.body, &mut |statement| {
        if let StatementKind::Set(slot, value) = &statement.kind
            && let ExpressionKind::Constant(Constant::Text(text)) = &value.kind
            && view.function.variables.get(usize::from(*slot)).is_some_and(|name| is_sensitive_field(name))
            && looks_secret(without_scheme(text))
        {
            report(value, without_scheme(text));
        }
    });
}

/// A key and its value, in a map or in `put`.
fn pair(key: &Expression, value: &Expression, report: &mut dyn FnMut(&Expression, &str)) {
    let (ExpressionKind::Constant(Constant::Text(name)), ExpressionKind::Constant(Constant::Text(text))) =
        (&key.kind, &value.kind)
    else {
        return;
    };
    let secret = without_scheme(text);
    if is_sensitive_header(name) && looks_secret(secret) {
        report(value, secret);
    }
}

/// `"Bearer " + "…"` and `"…?authtoken=" + "…"`: the part before says what the next one is.
fn joined(first: &Expression, rest: &[(Operator, Expression)], report: &mut dyn FnMut(&Expression, &str)) {
    let mut before = first;
    for (operator, operand) in rest.iter() {
        if let (
            Operator::Add,
            ExpressionKind::Constant(Constant::Text(start)),
            ExpressionKind::Constant(Constant::Text(text)),
        ) = (operator, &before.kind, &operand.kind)
        {
            let is_scheme = SCHEMES.iter().any(|scheme| start.to_lowercase().ends_with(scheme));
            let name = start.strip_suffix('=').map(last_word);
            let value = text.split('&').next().unwrap_or_default();
            if (is_scheme || name.is_some_and(is_sensitive_field)) && looks_secret(value) {
                report(operand, value);
            }
        }
        before = operand;
    }
}

/// A token of Zoho's, a token after its scheme at the beginning, parameters of a URL, and a password before its host.
fn in_text(text: &str, report: &mut dyn FnMut(&str)) {
    if is_zoho_token(without_scheme(text)) {
        return report(without_scheme(text));
    }
    let token = without_scheme(text);
    if token.len() < text.len() && !token.contains(' ') && token.len() >= 16 && looks_secret(token) {
        report(token);
    }
    for (at, _) in text.match_indices('=') {
        let (name, value) = text.split_at(at);
        let value = value.get(1..).unwrap_or_default();
        let end = value.find(|c: char| c == '&' || c == '#' || c == '"' || c == '\'' || c.is_whitespace());
        let value = value.get(..end.unwrap_or(value.len())).unwrap_or_default();
        let starts_parameter = name.strip_suffix(last_word(name)).is_some_and(|rest| rest.ends_with(['?', '&']));
        if starts_parameter && is_sensitive_field(last_word(name)) && looks_secret(value) {
            report(value);
        }
    }
    let host = text.split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
    if let Some((user, _)) = host.and_then(|host| host.rsplit_once('@'))
        && let Some((_, password)) = user.split_once(':')
        && looks_secret(password)
    {
        report(password);
    }
}

/// `1000.` and twice 32 hexadecimal digits, as Zoho's OAuth tokens and API keys are.
fn is_zoho_token(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let is_hex = |part: &&str| part.len() == 32 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let varied = |part: &&str| part.chars().any(|c| !part.starts_with(c));
    matches!(parts.as_slice(), [kind, first, second]
        if kind.len() == 4 && kind.starts_with("100") && is_hex(first) && is_hex(second) && varied(first) && varied(second))
}

fn last_word(text: &str) -> &str {
    let start = text.rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')));
    start.map_or(text, |at| {
        text.get(at..).and_then(|rest| rest.get(rest.chars().next()?.len_utf8()..)).unwrap_or_default()
    })
}

fn without_scheme(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let scheme = SCHEMES.iter().find(|scheme| lower.starts_with(**scheme));
    scheme.and_then(|scheme| text.get(scheme.len()..)).unwrap_or(text).trim()
}

/// Whether a value can be a credential: long enough, without blanks, with a digit, and nothing to be filled in.
fn looks_secret(value: &str) -> bool {
    let lower = value.to_lowercase();
    let is_name = is_sensitive_field(value) || is_sensitive_header(value);
    let is_filled = !PLACEHOLDERS.iter().any(|part| lower.contains(part));
    let varied = value.chars().any(|c| c.is_ascii_digit()) && value.chars().any(|c| !c.is_ascii_digit());
    let same = value.chars().all(|c| value.starts_with(c));
    value.len() >= SHORTEST && !value.contains(char::is_whitespace) && !is_name && is_filled && varied && !same
}
