//! Operators: signs and words that compare, the two ranks of `&&` and `||`, and operators that Deluge does not have.

use super::Context;
use super::expression::{Flow, Goal};
use super::look::is_assignment;
use super::words::Keyword;
use crate::source::Span;
use crate::syntax::error::{Foreign, Problem};
use crate::syntax::token::{Kind, Raw};

impl Context<'_> {
    /// Reads an operator written with signs.
    pub(super) fn operator(&mut self, goal: Goal, raw: Raw) -> Flow {
        if raw == Raw::Bang && self.operand {
            return self.adjacent(goal);
        }
        if !matches!(raw, Raw::Bang | Raw::Plus | Raw::Minus) {
            self.close_empty_call();
        }
        let kind = match raw {
            Raw::Plus | Raw::Minus if self.increments(raw) => return self.fail(Problem::NotDeluge(Foreign::Increment)),
            Raw::Plus => Kind::Plus,
            Raw::Minus => Kind::Minus,
            Raw::Star => Kind::Star,
            Raw::Slash => Kind::Slash,
            Raw::Percent => Kind::Percent,
            Raw::Equal => Kind::Equal,
            Raw::NotEqual => Kind::NotEqual,
            Raw::Less if self.template() => {
                self.stop(Problem::NotDeluge(Foreign::PageTemplate), self.token(0).span());
                return Flow::Done;
            }
            Raw::Less => Kind::Less,
            Raw::LessOrEqual => Kind::LessOrEqual,
            Raw::Greater => Kind::Greater,
            Raw::GreaterOrEqual => Kind::GreaterOrEqual,
            Raw::Bang => Kind::Not,
            Raw::And | Raw::Or => {
                self.logic(raw);
                return Flow::On;
            }
            Raw::ForeignComparison => {
                self.report(Problem::NotDeluge(Foreign::StrictEquality), self.token(0).span());
                Kind::Equal
            }
            Raw::Question => return self.fail(Problem::NotDeluge(Foreign::Ternary)),
            _ => return self.fail(Problem::NotDeluge(Foreign::Arrow)),
        };
        self.take(kind);
        self.operand = false;
        Flow::On
    }

    /// Reads an operator written as a word, behind a value; false if the word is none.
    pub(super) fn operator_word(&mut self) -> bool {
        if is_assignment(self.kind(1)) {
            return false;
        }
        let span = self.token(0).span();
        match self.keyword(0) {
            Some(Keyword::In) => self.take(Kind::In),
            Some(Keyword::Not) if self.is_word(1, "in") => self.take_two(Kind::NotIn),
            Some(Keyword::Is) if self.is_word(1, "not") => self.take_two(Kind::NotEqual),
            Some(Keyword::Is) => self.take(Kind::Equal),
            Some(Keyword::And) if self.begins_value(1) => {
                self.complain(Problem::WordOperator("and"), span);
                self.logic(Raw::And);
            }
            Some(Keyword::Or) if self.begins_value(1) => {
                self.complain(Problem::WordOperator("or"), span);
                self.logic(Raw::Or);
            }
            _ => return false,
        }
        self.operand = false;
        true
    }

    fn take_two(&mut self, kind: Kind) {
        let span: Span = self.token(0).span().to(self.token(1).span());
        self.emit(kind, span);
        self.at += 2;
    }

    /// `&&` or `||`. Which one binds tighter depends on the service, so a mix without parentheses is doubtful.
    fn logic(&mut self, raw: Raw) {
        let or_is_tight = self.settings.or_is_tight;
        if self.logic.is_some_and(|seen| seen != raw) {
            self.complain(Problem::MixedLogic { or_first: or_is_tight }, self.token(0).span());
        }
        self.logic = Some(raw);
        let tight = (raw == Raw::Or) == or_is_tight;
        self.take(if tight { Kind::Tight } else { Kind::Loose });
        self.operand = false;
    }

    /// `++` or `--` that is not a sum with a signed number.
    fn increments(&self, raw: Raw) -> bool {
        let doubled = self.kind(1) == raw && self.token(0).end() == self.token(1).start;
        doubled
            && if self.operand {
                !self.begins_value(2) || self.fresh_line(2)
            } else {
                raw == Raw::Plus && self.kind(2) == Raw::Word
            }
    }

    /// `<%`, which begins code in a page.
    fn template(&self) -> bool {
        matches!(self.kind(1), Raw::Percent | Raw::RemainderAssign) && self.token(0).end() == self.token(1).start
    }
}
