//! Getting over what is broken: values without anything between them, a text without its closing quote, and the rest
//! of a leaf that makes no sense.

use super::Context;
use super::bracket::BracketKind;
use super::expression::{Flow, Goal};
use crate::source::Span;
use crate::syntax::error::Problem;
use crate::syntax::token::{Kind, Raw};

/// What a `]` closes.
const SQUARE: &[BracketKind] = &[BracketKind::List, BracketKind::Task, BracketKind::Criteria, BracketKind::Fields];

/// What of a block stands in a text that has lost its closing quote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Swallowed {
    #[default]
    Nothing,
    /// Its `{`.
    Brace,
    /// All of it.
    Block,
}

impl Context<'_> {
    /// A value stands right behind a value. On a new line, or where it looks like a statement, a `;` or a closing
    /// bracket is missing; elsewhere nobody knows, and the leaf is broken.
    pub(super) fn adjacent(&mut self, goal: Goal) -> Flow {
        let fresh = self.fresh_line(0);
        let opens_block = self.kind(0) == Raw::BraceOpen && goal != Goal::Statement;
        if self.brackets.is_empty() {
            return self.adjacent_outside_brackets(goal, fresh);
        }
        if opens_block {
            self.close_brackets(0);
            return Flow::Done;
        }
        if fresh && let Some(task) = self.next_attribute() {
            let inside_literal = matches!(self.innermost(), Some(BracketKind::Literal));
            if self.brackets.len() > task + 1 && !inside_literal {
                self.close_brackets(task + 1);
                return Flow::On;
            }
        }
        let key_follows = self.kind(1) == Raw::Colon;
        let opened_on_line =
            self.brackets.last().is_some_and(|b| !self.line_ends_between(b.opener.end, self.previous_end()));
        if fresh && !key_follows && self.begins_statement() && (opened_on_line || self.begins_assignment_or_verb()) {
            self.close_brackets(0);
            if goal == Goal::Statement {
                self.supply(Kind::Semicolon);
            }
            return Flow::Done;
        }
        match self.innermost() {
            Some(BracketKind::Task) => return self.fail(Problem::AttributeForm),
            Some(BracketKind::Fields) => return self.fail(Problem::FieldForm),
            _ => {}
        }
        self.fail(Problem::TwoValues)
    }

    fn adjacent_outside_brackets(&mut self, goal: Goal, fresh: bool) -> Flow {
        if goal != Goal::Statement {
            return Flow::Done;
        }
        let behind_task = self.needs_no_semicolon();
        let first = self.reading.tokens.get(self.leaf.start).map(|token| token.kind);
        if behind_task && (fresh || matches!(first, Some(Kind::TaskName | Kind::InsertInto | Kind::Update))) {
            self.supply(Kind::Semicolon);
            return Flow::Done;
        }
        let only_a_name = first == Some(Kind::Name) && self.reading.tokens.len() == self.leaf.start + 1;
        if !fresh && only_a_name && self.kind(0) == Raw::Word && self.kind(1) == Raw::Assign {
            return self.fail(Problem::BlankInName);
        }
        if fresh || self.begins_statement() {
            self.report(Problem::MissingSemicolon, self.after_previous());
            self.supply(Kind::Semicolon);
            return Flow::Done;
        }
        self.fail(Problem::TwoValues)
    }

    fn begins_assignment_or_verb(&self) -> bool {
        self.kind(1) == Raw::Assign || self.begins_keyword_statement()
    }

    /// A text without its closing quote has taken in the rest of its line, and with it what closed the brackets that
    /// were opened there.
    pub(super) fn open_text(&mut self, goal: Goal) -> Flow {
        let text = self.token(0);
        self.report(Problem::UnterminatedText, Span { start: text.start, end: text.start + 1 });
        if self.end_at_open_text(goal) { Flow::Done } else { Flow::Broken }
    }

    /// Passes over a text without its closing quote; whether the leaf ends with it.
    fn end_at_open_text(&mut self, goal: Goal) -> bool {
        let text = self.token(0);
        self.reading.unfinished = true;
        self.leaf.broken = true;
        while self.brackets.last().is_some_and(|b| !self.line_ends_between(b.opener.end, text.start)) {
            self.brackets.pop();
        }
        let many_lines = !self.brackets.is_empty();
        let begin =
            self.reading.tokens.get(self.leaf.start).filter(|_| !many_lines).map_or(text.start, |token| token.start);
        let taken = self.text.get(begin as usize..text.end() as usize).unwrap_or_default();
        let line = taken.rsplit(['\n', '\r']).next().unwrap_or_default();
        let (opened, closed) = (line.matches('{').count(), line.matches('}').count());
        if many_lines {
            for _ in closed..opened {
                if self.may_nest() {
                    self.push_bracket(BracketKind::Literal);
                }
            }
        }
        self.at += 1;
        if many_lines {
            return false;
        }
        if goal != Goal::Statement {
            self.swallowed = match opened {
                _ if self.kind(0) == Raw::BraceOpen => Swallowed::Nothing,
                0 => Swallowed::Nothing,
                _ if closed < opened => Swallowed::Brace,
                _ => Swallowed::Block,
            };
            return true;
        }
        self.swallowed_closers = closed.saturating_sub(opened);
        !self.continues()
    }

    /// Whether the token at hand cannot begin a statement, so that it goes on with the one before.
    fn continues(&self) -> bool {
        !matches!(self.kind(0), Raw::Word | Raw::BraceOpen | Raw::BraceClose | Raw::End)
    }

    /// Passes over the rest of a broken leaf, up to where it must end.
    pub(super) fn skip(&mut self, goal: Goal) {
        self.leaf.broken = true;
        let first = self.at;
        while !self.reading.stopped {
            match self.kind(0) {
                Raw::End => {
                    self.reading.unfinished |= !self.brackets.is_empty();
                    return;
                }
                Raw::OpenComment => self.open_comment(),
                Raw::OpenText => {
                    if self.end_at_open_text(goal) {
                        return;
                    }
                }
                Raw::Semicolon if self.innermost() == Some(BracketKind::Body) => self.at += 1,
                Raw::Semicolon => {
                    self.at += usize::from(goal == Goal::Statement);
                    return;
                }
                Raw::BraceOpen if goal == Goal::Loop && !self.brackets.is_empty() => {
                    self.skip_open(BracketKind::Literal)
                }
                Raw::BraceOpen if goal != Goal::Statement => return,
                Raw::BraceOpen => self.skip_open(BracketKind::Body),
                Raw::ParenOpen => self.skip_open(BracketKind::Paren),
                Raw::SquareOpen => self.skip_open(BracketKind::List),
                Raw::BraceClose if !self.skip_close(&[BracketKind::Literal, BracketKind::Body]) => return,
                Raw::ParenClose if self.skip_close(&[BracketKind::Paren]) => {
                    if goal == Goal::Condition && self.brackets.is_empty() {
                        self.at += 1;
                        return;
                    }
                    self.at += 1;
                }
                Raw::SquareClose if self.skip_close(SQUARE) => {
                    self.at += 1;
                    if goal == Goal::Statement && self.brackets.is_empty() && self.fresh_line(0) && !self.continues() {
                        return;
                    }
                }
                Raw::Word if self.brackets.is_empty() && self.at > first && self.fresh_line(0) && self.ends_skip() => {
                    return;
                }
                _ => self.at += 1,
            }
        }
    }

    /// Whether the word at hand, the first of its line, begins a new statement: nothing before it asks for a value.
    fn ends_skip(&self) -> bool {
        use Raw::*;
        let before = self.at.checked_sub(1).and_then(|at| self.raw.get(at)).map_or(End, |token| token.kind);
        let ends_value = matches!(
            before,
            Word | Number
                | Decimal
                | DoubleText
                | SingleText
                | OpenText
                | ParenClose
                | SquareClose
                | BraceClose
                | BadNumber
                | Bad
        );
        ends_value && self.begins_statement()
    }

    fn skip_open(&mut self, kind: BracketKind) {
        if self.may_nest() {
            self.push_bracket(kind);
            self.at += 1;
        }
    }

    /// Drops the open brackets down to the innermost of these kinds; false if there is none. Does not move.
    fn skip_close(&mut self, kinds: &[BracketKind]) -> bool {
        let found = self.brackets.iter().rposition(|bracket| kinds.contains(&bracket.kind));
        if let Some(at) = found {
            self.brackets.truncate(at);
        }
        found.is_some()
    }

    /// Passes over balanced parentheses and all that is in them.
    pub(super) fn skip_parentheses(&mut self) {
        self.skip_balanced(Raw::ParenOpen, Raw::ParenClose);
    }

    /// Passes over balanced braces and all that is in them.
    pub(super) fn skip_braces(&mut self) {
        self.skip_balanced(Raw::BraceOpen, Raw::BraceClose);
    }

    fn skip_balanced(&mut self, open: Raw, close: Raw) {
        let mut depth = 0usize;
        loop {
            match self.kind(0) {
                kind if kind == open => depth += 1,
                kind if kind == close => depth = depth.saturating_sub(1),
                Raw::BraceOpen | Raw::End => return,
                _ if depth == 0 => return,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// An open comment takes in the rest of the source, so that nothing behind it can be judged.
    pub(super) fn open_comment(&mut self) {
        let start = self.token(0).start;
        self.complain(Problem::UnterminatedComment, Span { start, end: start + 2 });
        self.quiet = true;
        self.reading.unfinished = true;
        self.at = self.raw.len();
        self.leaf.broken = true;
    }
}
