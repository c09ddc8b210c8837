//! How the grammar's rules build the tree. Each function takes what a rule has read and gives one node; runs of
//! operators, calls, signs and `!` stay flat.

use lalrpop_util::ParseError;

use super::ast::{Arrangement, Expression, ExpressionKind, Link, Name, Operator, Statement, StatementKind, Target};
use super::error::Problem;
use super::token::Kind;
use crate::source::Span;

/// The text of a token.
pub(super) fn slice(text: &str, start: u32, end: u32) -> &str {
    text.get(start as usize..end as usize).unwrap_or_default()
}

/// A token as a name.
pub(super) fn name(text: &str, start: u32, end: u32) -> Name<'_> {
    Name { text: slice(text, start, end), span: Span { start, end } }
}

/// A statement from `start` to `end`.
pub(super) fn statement(start: u32, kind: StatementKind<'_>, end: u32) -> Box<Statement<'_>> {
    Box::new(Statement { kind, span: Span { start, end } })
}

/// An assignment, if `place` is something that can be assigned to: a variable, or a field at the end of a chain.
pub(super) fn assign<'s>(
    place: Expression<'s>,
    operator: Option<Operator>,
    value: Expression<'s>,
) -> Result<StatementKind<'s>, ParseError<u32, Kind, Problem>> {
    let span = place.span;
    let target = match place.kind {
        ExpressionKind::Name(text) => Some(Target::Variable(Name { text, span })),
        ExpressionKind::Chain(first, links) => field(*first, links),
        _ => None,
    };
    match target {
        Some(target) => Ok(StatementKind::Assign { target, operator, value }),
        None => Err(ParseError::User {
            error: Problem::Unexpected {
                found: "another expression".into(),
                expected: "a variable or a field before `=`".into(),
            },
        }),
    }
}

fn field<'s>(first: Expression<'s>, mut links: Vec<Link<'s>>) -> Option<Target<'s>> {
    let last = links.pop()?;
    if last.arguments.is_some() {
        return None;
    }
    let owner = if links.is_empty() { first } else { chain(first, links) };
    Some(Target::Field(Box::new(owner), last.name))
}

/// Operands of `&&` (`and`) or of `||`.
pub(super) fn logic<'s>(first: Expression<'s>, mut rest: Vec<Expression<'s>>, and: bool) -> Expression<'s> {
    let span = rest.last().map_or(first.span, |last| first.span.to(last.span));
    rest.insert(0, first);
    Expression { kind: if and { ExpressionKind::And(rest) } else { ExpressionKind::Or(rest) }, span }
}

/// Operands of operators of one rank.
pub(super) fn operators<'s>(first: Expression<'s>, rest: Vec<(Operator, Expression<'s>)>) -> Expression<'s> {
    let span = rest.last().map_or(first.span, |(_, last)| first.span.to(last.span));
    Expression { kind: ExpressionKind::Operators(Box::new(first), rest), span }
}

/// A value followed by `.name` and `.name(…)`.
pub(super) fn chain<'s>(first: Expression<'s>, links: Vec<Link<'s>>) -> Expression<'s> {
    let span = links.last().map_or(first.span, |last| first.span.to(last.span));
    Expression { kind: ExpressionKind::Chain(Box::new(first), links), span }
}

/// Records put in order or cut to a range, up to `end`.
pub(super) fn arranged<'s>(value: Expression<'s>, arrangement: Box<Arrangement<'s>>, end: u32) -> Expression<'s> {
    let span = Span { start: value.span.start, end };
    Expression { kind: ExpressionKind::Arranged(Box::new(value), arrangement), span }
}

/// A value behind `count` times `!`. Two are kept of an even number, since `!!x` still asks for a boolean.
pub(super) fn not(start: u32, count: usize, value: Expression<'_>) -> Expression<'_> {
    let span = Span { start, end: value.span.end };
    let once = Expression { kind: ExpressionKind::Not(Box::new(value)), span };
    if count % 2 == 1 { once } else { Expression { kind: ExpressionKind::Not(Box::new(once)), span } }
}

/// A value behind signs.
pub(super) fn signed(start: u32, negative: bool, value: Expression<'_>) -> Expression<'_> {
    let span = Span { start, end: value.span.end };
    if negative {
        Expression { kind: ExpressionKind::Negate(Box::new(value)), span }
    } else {
        Expression { kind: value.kind, span }
    }
}

/// An attribute's value; several, separated by commas, are a list (the addresses of a mail).
pub(super) fn one_or_list(mut values: Vec<Expression<'_>>) -> Expression<'_> {
    let whole = values.first().zip(values.last()).map(|(first, last)| first.span.to(last.span));
    match (values.len(), whole) {
        (1, _) | (_, None) => values.pop().unwrap_or_else(Expression::broken),
        (_, Some(span)) => Expression { kind: ExpressionKind::List(values), span },
    }
}
