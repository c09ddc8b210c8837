//! Which operands the operators between them take in. The grammar reads a run of operands flat, whatever stands between
//! them; here it becomes a tree, by five ranks: products bind tightest, then sums, comparisons with a `!` before them, and
//! the two ranks of `&&` and `||`, whose order the dialect decides.

use super::ast::{Expression, ExpressionKind, Operator};
use super::tree::Builder;
use crate::source::Span;

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
#[derive(Clone, Copy, Debug)]
pub(super) struct Operand<'s> {
    /// What stands before it; without meaning for the first.
    pub infix: Infix,
    /// Where the `!`s before it begin, and how many they are.
    pub bangs: Option<(u32, u32)>,
    /// The value.
    pub value: Expression<'s>,
}

impl<'s> Operand<'s> {
    /// The first of a run.
    pub fn first(value: Expression<'s>) -> Self {
        Self { infix: Infix::LooseLogic, bangs: None, value }
    }

    /// The same behind `count` times `!`.
    pub fn not(self, start: u32, count: u32) -> Self {
        Self { bangs: Some((start, count)), ..self }
    }
}

/// The operands of a run that have not been read.
type Rest<'r, 's> = std::slice::Iter<'r, Operand<'s>>;

impl<'s> Builder<'s> {
    /// Writes the first two operands of a run; gives their count.
    pub fn two_operands(&mut self, first: Expression<'s>, second: Operand<'s>) -> usize {
        self.operands.push(Operand::first(first));
        self.operands.further(1, second)
    }

    /// The tree of the last `count` operands, which are one at least.
    pub fn operation(&mut self, count: usize) -> Expression<'s> {
        // Most runs are an operator with two operands, and there is nothing to be settled.
        if let [first, Operand { infix: Infix::Operator(operator), bangs: None, value }] = self.operands.last(count)
            && first.bangs.is_none()
        {
            let (first, term) = (first.value, (*operator, *value));
            self.operands.drop_last(count);
            self.terms.push(term);
            return self.operators(first, 1);
        }
        // The stack is put aside, since the lists of the tree are written to others of this builder.
        let mut operands = std::mem::take(&mut self.operands);
        let tree = self.loose(&mut operands.last(count).iter());
        operands.drop_last(count);
        self.operands = operands;
        tree
    }

    fn loose(&mut self, rest: &mut Rest<'_, 's>) -> Expression<'s> {
        let first = self.tight(rest);
        let mut count = 1;
        while follows(rest, Infix::LooseLogic) {
            if count == 1 {
                self.expressions.push(first);
            }
            let next = self.tight(rest);
            count = self.expressions.further(count, next);
        }
        self.logic(first, count, self.or_is_tight)
    }

    fn tight(&mut self, rest: &mut Rest<'_, 's>) -> Expression<'s> {
        let first = self.comparison(rest);
        let mut count = 1;
        while follows(rest, Infix::TightLogic) {
            if count == 1 {
                self.expressions.push(first);
            }
            let next = self.comparison(rest);
            count = self.expressions.further(count, next);
        }
        self.logic(first, count, !self.or_is_tight)
    }

    /// The last `count` expressions as operands of `&&` (`and`) or of `||`; the first alone is none.
    fn logic(&mut self, first: Expression<'s>, count: usize, and: bool) -> Expression<'s> {
        if count == 1 {
            return first;
        }
        let all = self.expressions.take(count, self.arena);
        let span = all.last().map_or(first.span, |last| first.span.to(last.span));
        Expression { kind: if and { ExpressionKind::And(all) } else { ExpressionKind::Or(all) }, span }
    }

    /// A `!` at the beginning takes in the whole comparison; on the right side only the operand.
    fn comparison(&mut self, rest: &mut Rest<'_, 's>) -> Expression<'s> {
        let before = bangs(rest);
        let first = self.sum(rest);
        let mut count = 0;
        while let Some(operator) = next_of(rest, Rank::Comparison) {
            let before = bangs(rest);
            let next = self.sum(rest);
            let next = self.negated(before, next);
            count = self.terms.further(count, (operator, next));
        }
        let whole = self.operators(first, count);
        self.negated(before, whole)
    }

    fn sum(&mut self, rest: &mut Rest<'_, 's>) -> Expression<'s> {
        let first = self.product(rest);
        let mut count = 0;
        while let Some(operator) = next_of(rest, Rank::Sum) {
            let next = self.product(rest);
            count = self.terms.further(count, (operator, next));
        }
        self.operators(first, count)
    }

    fn product(&mut self, rest: &mut Rest<'_, 's>) -> Expression<'s> {
        let first = value(rest);
        let mut count = 0;
        while let Some(operator) = next_of(rest, Rank::Product) {
            count = self.terms.further(count, (operator, value(rest)));
        }
        self.operators(first, count)
    }

    /// The first operand and the last `count` operators of one rank with theirs.
    fn operators(&mut self, first: Expression<'s>, count: usize) -> Expression<'s> {
        if count == 0 {
            return first;
        }
        let terms = self.terms.take(count, self.arena);
        let span = terms.last().map_or(first.span, |(_, last)| first.span.to(last.span));
        Expression { kind: ExpressionKind::Operators(self.arena.alloc(first), terms), span }
    }

    /// A value behind `!`s. Two are kept of an even number, since `!!x` still asks for a boolean.
    fn negated(&self, bangs: Option<(u32, u32)>, value: Expression<'s>) -> Expression<'s> {
        let Some((start, count)) = bangs else { return value };
        let span = Span { start, end: value.span.end };
        let not = |value| Expression { kind: ExpressionKind::Not(self.arena.alloc(value)), span };
        if count % 2 == 1 { not(value) } else { not(not(value)) }
    }
}

fn value<'s>(rest: &mut Rest<'_, 's>) -> Expression<'s> {
    // Every function above looks first whether there is a next one.
    rest.next().map_or_else(Expression::broken, |operand| operand.value)
}

fn bangs(rest: &Rest<'_, '_>) -> Option<(u32, u32)> {
    rest.as_slice().first().and_then(|operand| operand.bangs)
}

fn follows(rest: &Rest<'_, '_>, infix: Infix) -> bool {
    rest.as_slice().first().is_some_and(|next| next.infix == infix)
}

#[derive(Clone, Copy, PartialEq)]
enum Rank {
    Comparison,
    Sum,
    Product,
}

/// The operator before the next operand, if it is of this rank.
fn next_of(rest: &Rest<'_, '_>, rank: Rank) -> Option<Operator> {
    match rest.as_slice().first()?.infix {
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
