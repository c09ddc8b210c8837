//! Terms as a flat list. Each step holds one condition and two places to go on, for "certainly" and for "not", so that
//! `&&` and `||` skip what cannot matter and judging needs neither recursion nor a stack. Opposites are moved down to the
//! conditions on the way: then "unknown" may count as "not", for nothing above turns it round again.

use super::term::{Check, Term};

/// The record matches.
pub(super) const YES: u32 = u32::MAX;
/// The record does not match.
pub(super) const NO: u32 = u32::MAX - 1;

/// One condition.
#[derive(Debug)]
pub(super) struct Step {
    pub check: Check,
    /// Whether the opposite is wanted.
    pub negated: bool,
    /// The step to go on with when it certainly holds.
    pub yes: u32,
    /// The step to go on with otherwise.
    pub no: u32,
}

/// The steps of a term, and the first of them. The last one is written first, since each must know those behind it.
pub(super) fn flatten(term: Term) -> (Vec<Step>, u32) {
    let mut steps = Vec::new();
    let start = emit(term, false, YES, NO, &mut steps);
    (steps, start)
}

/// Recursion is as deep as the brackets of the text, which are limited.
fn emit(term: Term, negated: bool, yes: u32, no: u32, steps: &mut Vec<Step>) -> u32 {
    match (term, negated) {
        (Term::Check(check), _) => {
            let place = steps.len() as u32;
            steps.push(Step { check, negated, yes, no });
            place
        }
        (Term::Not(term), _) => emit(*term, !negated, yes, no, steps),
        (Term::All(terms), false) | (Term::Any(terms), true) => {
            terms.into_iter().rev().fold(yes, |next, term| emit(term, negated, next, no, steps))
        }
        (Term::Any(terms), false) | (Term::All(terms), true) => {
            terms.into_iter().rev().fold(no, |next, term| emit(term, negated, yes, next, steps))
        }
    }
}
