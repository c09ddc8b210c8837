//! Looking at raw tokens ahead without moving.

use super::Context;
use super::words::{Keyword, keyword};
use crate::source::Span;
use crate::syntax::token::{Raw, RawToken};

impl<'s> Context<'s> {
    /// The raw token `ahead` places from the one at hand.
    pub(super) fn token(&self, ahead: usize) -> RawToken {
        match self.raw.get(self.at + ahead) {
            Some(token) => *token,
            None => self.end(),
        }
    }

    #[cold]
    fn end(&self) -> RawToken {
        let end = self.text.len() as u32;
        RawToken::new(Raw::End, Span { start: end, end })
    }

    /// Its kind.
    pub(super) fn kind(&self, ahead: usize) -> Raw {
        self.raw.get(self.at + ahead).map_or(Raw::End, |token| token.kind)
    }

    /// Its text, if it is a word; else nothing.
    pub(super) fn word(&self, ahead: usize) -> &'s str {
        match self.token(ahead) {
            token if token.kind == Raw::Word => self.text.get(token.span().range()).unwrap_or_default(),
            _ => "",
        }
    }

    /// Whether it is this word, in any case.
    pub(super) fn is_word(&self, ahead: usize, word: &str) -> bool {
        self.kind(ahead) == Raw::Word && self.word(ahead).eq_ignore_ascii_case(word)
    }

    /// Which keyword it is.
    pub(super) fn keyword(&self, ahead: usize) -> Option<Keyword> {
        keyword(self.word(ahead))
    }

    /// Where the token before the one at hand ends.
    pub(super) fn previous_end(&self) -> u32 {
        self.at.checked_sub(1).and_then(|at| self.raw.get(at)).map_or(0, |token| token.end())
    }

    /// The empty place behind the token before.
    pub(super) fn after_previous(&self) -> Span {
        let end = self.previous_end();
        Span { start: end, end }
    }

    /// Where to say that a closing bracket is missing before the token at hand: behind the token before if that is on
    /// the same line, else on the next line, where a bracket on a line of its own would stand.
    pub(super) fn before_current(&self) -> Span {
        let (from, to) = (self.previous_end(), self.token(0).start);
        let gap = self.text.get(from as usize..to as usize).unwrap_or_default();
        let place = match gap.find('\n') {
            Some(at) => {
                let line = gap.get(at + 1..).unwrap_or_default();
                to - line.trim_start_matches([' ', '\t']).len() as u32
            }
            None => from,
        };
        Span { start: place, end: place }
    }

    /// Whether a line ends between the token `ahead` and the one before it.
    pub(super) fn fresh_line(&self, ahead: usize) -> bool {
        let before = (self.at + ahead).checked_sub(1).and_then(|at| self.raw.get(at));
        before.is_none_or(|before| self.line_ends_between(before.end(), self.token(ahead).start))
    }

    /// Whether a line ends between two offsets.
    pub(super) fn line_ends_between(&self, start: u32, end: u32) -> bool {
        self.text
            .as_bytes()
            .get(start as usize..end as usize)
            .is_some_and(|gap| gap.iter().any(|b| matches!(b, b'\n' | b'\r')))
    }

    /// Whether the token can be the first of a value.
    pub(super) fn begins_value(&self, ahead: usize) -> bool {
        use Raw::*;
        matches!(
            self.kind(ahead),
            Word | Number
                | Decimal
                | DoubleText
                | SingleText
                | OpenText
                | ParenOpen
                | SquareOpen
                | BraceOpen
                | Bang
                | Minus
                | Plus
        )
    }

    /// Whether the token at hand looks like the first of a statement, by what follows it.
    pub(super) fn begins_statement(&self) -> bool {
        if self.kind(0) != Raw::Word {
            return false;
        }
        match self.kind(1) {
            kind if is_assignment(kind) => true,
            Raw::Dot | Raw::ParenOpen | Raw::SquareOpen => true,
            _ => self.begins_keyword_statement(),
        }
    }

    /// Whether the token at hand begins a statement that a word names: `info x`, `for each`, `return;`.
    pub(super) fn begins_keyword_statement(&self) -> bool {
        let value = self.begins_value(1) && !matches!(self.kind(1), Raw::Minus | Raw::Plus | Raw::SquareOpen);
        match self.keyword(0) {
            Some(Keyword::Info | Keyword::Throw) => value,
            Some(Keyword::Return) => value || self.kind(1) == Raw::Semicolon,
            Some(Keyword::Break | Keyword::Continue) => matches!(self.kind(1), Raw::Semicolon | Raw::BraceClose),
            Some(Keyword::For) => self.is_word(1, "each"),
            Some(Keyword::Try) => self.kind(1) == Raw::BraceOpen,
            Some(Keyword::Else) => self.kind(1) == Raw::BraceOpen || self.is_word(1, "if"),
            _ => false,
        }
    }

    /// How far the line of `offset` is indented, a tab counting as four; `None` if its begin is far away.
    pub(super) fn indentation(&self, offset: u32) -> Option<usize> {
        let before = self.text.as_bytes().get(..offset as usize)?;
        let near = before.get(before.len().saturating_sub(1000)..)?;
        let start = match near.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')) {
            Some(at) => at + 1,
            None if near.len() == before.len() => 0,
            None => return None,
        };
        let blanks = near.get(start..)?.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
        Some(blanks.map(|byte| if *byte == b'\t' { 4 } else { 1 }).sum())
    }
}

/// `=`, `+=` and the like.
pub(super) fn is_assignment(kind: Raw) -> bool {
    use Raw::*;
    matches!(kind, Assign | AddAssign | SubtractAssign | MultiplyAssign | DivideAssign | RemainderAssign)
}
