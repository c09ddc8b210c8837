//! Which operands the operators between them take in. The grammar reads a run of operands flat, whatever stands between
//! them; here it becomes a tree, by five ranks: products bind tightest, then sums, comparisons with a `!` before them, and
//! the two ranks of `&&` and `||`, whose order the dialect decides.

use std::iter::Peekable;
use std::vec::IntoIter;

use super::ast::{Expression, Operator};
use super::tree::{logic, not, operators};

/// What stands between two operands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Infix {
    /// An operator of a product, a sum or a comparison.
    Operator(Operator),
    /// The one of `&&` and `||` that is read first.
    TightLogic,
    /// The other one.
    LooseLogic,
}

/// An operand in a run of them.
#[derive(Clone, Debug)]
pub(super) struct Operand<'s> {
    /// What stands before it; without meaning for the first.
    pub infix: Infix,
    /// Where the `!`s before it begin, and how many they are.
    pub bangs: Option<(u32, usize)>,
    /// The value.
    pub value: Expression<'s>,
}

impl<'s> Operand<'s> {
    /// The first of a run.
    pub fn first(value: Expression<'s>) -> Self {
        Self { infix: Infix::LooseLogic, bangs: None, value }
    }

    /// The same behind `count` times `!`.
    pub fn not(self, start: u32, count: usize) -> Self {
        Self { bangs: Some((start, count)), ..self }
    }
}

type Operands<'s> = Peekable<IntoIter<Operand<'s>>>;

/// The tree of a run, which has at least one operand.
pub(super) fn tree(run: Vec<Operand<'_>>, or_is_tight: bool) -> Expression<'_> {
    let mut operands = run.into_iter().peekable();
    loose(&mut operands, or_is_tight)
}

fn loose<'s>(operands: &mut Operands<'s>, or_is_tight: bool) -> Expression<'s> {
    let first = tight(operands, or_is_tight);
    let mut rest = Vec::new();
    while operands.peek().is_some_and(|next| next.infix == Infix::LooseLogic) {
        rest.push(tight(operands, or_is_tight));
    }
    if rest.is_empty() { first } else { logic(first, rest, or_is_tight) }
}

fn tight<'s>(operands: &mut Operands<'s>, or_is_tight: bool) -> Expression<'s> {
    let first = comparison(operands);
    let mut rest = Vec::new();
    while operands.peek().is_some_and(|next| next.infix == Infix::TightLogic) {
        rest.push(comparison(operands));
    }
    if rest.is_empty() { first } else { logic(first, rest, !or_is_tight) }
}

/// A `!` at the beginning takes in the whole comparison; on the right side only the operand.
fn comparison<'s>(operands: &mut Operands<'s>) -> Expression<'s> {
    let before = bangs(operands);
    let first = sum(operands);
    let mut rest = Vec::new();
    while let Some(operator) = next_of(operands, Rank::Comparison) {
        let before = bangs(operands);
        rest.push((operator, negated(before, sum(operands))));
    }
    negated(before, if rest.is_empty() { first } else { operators(first, rest) })
}

fn sum<'s>(operands: &mut Operands<'s>) -> Expression<'s> {
    let first = product(operands);
    let mut rest = Vec::new();
    while let Some(operator) = next_of(operands, Rank::Sum) {
        rest.push((operator, product(operands)));
    }
    if rest.is_empty() { first } else { operators(first, rest) }
}

fn product<'s>(operands: &mut Operands<'s>) -> Expression<'s> {
    let first = value(operands);
    let mut rest = Vec::new();
    while let Some(operator) = next_of(operands, Rank::Product) {
        rest.push((operator, value(operands)));
    }
    if rest.is_empty() { first } else { operators(first, rest) }
}

fn value<'s>(operands: &mut Operands<'s>) -> Expression<'s> {
    // Every function above looks first whether there is a next one.
    operands.next().map_or_else(Expression::broken, |operand| operand.value)
}

fn bangs(operands: &mut Operands<'_>) -> Option<(u32, usize)> {
    operands.peek().and_then(|operand| operand.bangs)
}

fn negated(bangs: Option<(u32, usize)>, value: Expression<'_>) -> Expression<'_> {
    match bangs {
        None => value,
        Some((start, count)) => not(start, count, value),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Rank {
    Comparison,
    Sum,
    Product,
}

/// The operator before the next operand, if it is of this rank.
fn next_of(operands: &mut Operands<'_>, rank: Rank) -> Option<Operator> {
    match operands.peek()?.infix {
        Infix::Operator(operator) if rank_of(operator) == rank => Some(operator),
        _ => None,
    }
}

fn rank_of(operator: Operator) -> Rank {
    match operator {
        Operator::Add | Operator::Subtract => Rank::Sum,
        Operator::Multiply | Operator::Divide | Operator::Remainder => Rank::Product,
        _ => Rank::Comparison,
    }
}
