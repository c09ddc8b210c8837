//! Brackets within a leaf. A closing bracket closes what it fits, and what is open inside that with an error; so one
//! lost bracket costs one message.

use super::Context;
use super::expression::{Flow, Goal};
use super::leaf::LeafKind;
use super::words::is_task;
use crate::source::Span;
use crate::syntax::error::{Foreign, Problem};
use crate::syntax::token::{Kind, Raw};

/// How many tokens of a literal are looked at to find its end.
const MOST_LITERAL: usize = 2_000;

/// Which bracket is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BracketKind {
    Paren,
    List,
    Task,
    /// Of a fetch: `Form[criteria]`.
    Criteria,
    /// Of `insert into` and `update`: `[ Field = value … ]`.
    Fields,
    Literal,
    /// Braces in something broken, which may hold statements.
    Body,
}

/// An open bracket of a leaf.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bracket {
    pub kind: BracketKind,
    pub opener: Span,
    /// What `logic` was outside.
    outer_logic: Option<Raw>,
}

impl BracketKind {
    fn closer(self) -> (char, Kind) {
        match self {
            BracketKind::Paren => (')', Kind::ParenClose),
            BracketKind::List => (']', Kind::ListClose),
            BracketKind::Task => (']', Kind::TaskClose),
            BracketKind::Criteria => (']', Kind::CriteriaClose),
            BracketKind::Fields => (']', Kind::FieldsClose),
            BracketKind::Literal | BracketKind::Body => ('}', Kind::LiteralClose),
        }
    }

    /// Whether the closing bracket of `other` closes this one.
    fn fits(self, other: BracketKind) -> bool {
        self.closer().0 == other.closer().0
    }
}

impl Context<'_> {
    /// The kind of the innermost open bracket.
    pub(super) fn innermost(&self) -> Option<BracketKind> {
        self.brackets.last().map(|bracket| bracket.kind)
    }

    /// Opens a bracket with the token at hand.
    pub(super) fn open(&mut self, bracket: BracketKind, kind: Kind) -> Flow {
        if !self.may_nest() {
            return Flow::Done;
        }
        self.push_bracket(bracket);
        self.take(kind);
        self.operand = false;
        Flow::On
    }

    /// Notes that the token at hand opens a bracket.
    pub(super) fn push_bracket(&mut self, kind: BracketKind) {
        let opener = self.token(0).span();
        self.brackets.push(Bracket { kind, opener, outer_logic: self.logic.take() });
    }

    pub(super) fn paren_open(&mut self, goal: Goal) -> Flow {
        if self.operand && self.last() != Some(Kind::Name) {
            return self.adjacent(goal);
        }
        self.open(BracketKind::Paren, Kind::ParenOpen)
    }

    pub(super) fn brace_open(&mut self, goal: Goal) -> Flow {
        if !self.operand && goal != Goal::Statement && self.fresh_line(0) && !self.literal_follows() {
            self.close_empty_call();
        }
        if self.operand {
            return self.adjacent(goal);
        }
        self.open(BracketKind::Literal, Kind::LiteralOpen)
    }

    /// Whether the `{` at hand opens a literal: what stands behind its `}` goes on with the call.
    fn literal_follows(&self) -> bool {
        let mut depth = 0usize;
        for ahead in 0..MOST_LITERAL {
            match self.kind(ahead) {
                Raw::BraceOpen => depth += 1,
                Raw::BraceClose if depth <= 1 => {
                    return matches!(self.kind(ahead + 1), Raw::Comma | Raw::ParenClose | Raw::Dot);
                }
                Raw::BraceClose => depth -= 1,
                Raw::Semicolon | Raw::End => return false,
                _ => {}
            }
        }
        false
    }

    /// `[`: a list where a value stands; behind a name the attributes of a task, the fields of a record or the criteria
    /// of a fetch, or what Deluge does not have.
    pub(super) fn square_open(&mut self, goal: Goal) -> Flow {
        if !self.operand {
            return self.open(BracketKind::List, Kind::ListOpen);
        }
        if self.fields_follow() {
            self.leaf.writes_record = false;
            return self.open(BracketKind::Fields, Kind::FieldsOpen);
        }
        let known = self.names_task();
        if self.last() != Some(Kind::Name) {
            if self.fresh_line(0) {
                return self.adjacent(goal);
            }
            return self.fail(Problem::NotDeluge(Foreign::Index));
        }
        let has_attributes = self.attribute_end(1).is_some();
        let empty = known && self.kind(1) == Raw::SquareClose;
        if known && !has_attributes && !empty {
            return self.fail(Problem::AttributeForm);
        }
        if !known && !has_attributes {
            if self.is_index() || !self.fuse_name(Kind::FormName) {
                return self.fail(Problem::NotDeluge(Foreign::Index));
            }
            return self.open(BracketKind::Criteria, Kind::CriteriaOpen);
        }
        if !self.fuse_name(Kind::TaskName) {
            return self.fail(Problem::NotDeluge(Foreign::Index));
        }
        self.open(BracketKind::Task, Kind::TaskOpen)
    }

    /// Whether the last terminal names a task whose attributes follow in brackets.
    fn names_task(&self) -> bool {
        let name = self.reading.tokens.last().filter(|token| token.kind == Kind::Name);
        name.is_some_and(|token| is_task(self.text.get(token.span().range()).unwrap_or_default()))
    }

    /// Whether the `[` of a task or a new record is still to come, as it mostly stands in a line of its own.
    pub(super) fn awaits_square(&self) -> bool {
        self.leaf.writes_record || self.names_task()
    }

    /// Makes the dotted name at the end of the terminals one terminal; false if something else stands before it.
    pub(super) fn fuse_name(&mut self, fused: Kind) -> bool {
        let tokens = &mut self.reading.tokens;
        let end = tokens.last().map_or(0, |token| token.end());
        let mut first = tokens.len().saturating_sub(1);
        let kind = |at: usize| tokens.get(at).map(|token| token.kind);
        while first > self.leaf.start + 1 && kind(first - 1) == Some(Kind::Dot) {
            if kind(first - 2) != Some(Kind::Name) {
                return false;
            }
            first -= 2;
        }
        let Some(start) = tokens.get(first).map(|token| token.start) else { return false };
        tokens.truncate(first);
        self.emit(fused, Span { start, end });
        true
    }

    /// Whether the last terminal closes a task or the fields of a record: a `;` behind it may be left out.
    pub(super) fn needs_no_semicolon(&self) -> bool {
        matches!(self.last(), Some(Kind::TaskClose | Kind::FieldsClose))
    }

    /// Reads a closing bracket.
    pub(super) fn close(&mut self, goal: Goal, closing: BracketKind) -> Flow {
        let Some(at) = self.brackets.iter().rposition(|bracket| bracket.kind.fits(closing)) else {
            return self.close_nothing(goal, closing);
        };
        self.close_brackets(at + 1);
        if let Some(bracket) = self.brackets.pop() {
            self.logic = bracket.outer_logic;
            self.take(bracket.kind.closer().1);
        }
        self.operand = true;
        if goal == Goal::Condition && self.brackets.is_empty() { Flow::Done } else { Flow::On }
    }

    /// A closing bracket that fits no bracket of the leaf: a `}` ends the block, and with it the leaf.
    fn close_nothing(&mut self, goal: Goal, closing: BracketKind) -> Flow {
        if closing != BracketKind::Literal {
            self.report(Problem::ExtraCloser(closing.closer().0), self.token(0).span());
            self.at += 1;
            return Flow::On;
        }
        if self.kind(1) == Raw::OpenText && !self.fresh_line(1) {
            // A quote was lost before the brace, which then belongs to a text.
            self.at += 1;
            return self.open_text(goal);
        }
        let ends_with_task = self.brackets.is_empty() && self.needs_no_semicolon();
        self.close_brackets(0);
        if goal == Goal::Statement {
            if !ends_with_task {
                self.report(Problem::MissingSemicolon, self.after_previous());
            }
            self.supply(Kind::Semicolon);
        }
        Flow::Done
    }

    /// Closes open brackets until only `keep` are left, with an error if there are any.
    pub(super) fn close_brackets(&mut self, keep: usize) {
        if let Some(innermost) = self.brackets.last().filter(|_| self.brackets.len() > keep) {
            let problem = Problem::MissingCloser { closer: innermost.kind.closer().0, opener: innermost.opener };
            self.report(problem, self.before_current());
        }
        while self.brackets.len() > keep {
            if let Some(bracket) = self.brackets.pop() {
                self.logic = bracket.outer_logic;
                self.supply(bracket.kind.closer().1);
            }
        }
        self.operand = true;
    }

    /// `name(` directly before an operator, a dot or a comma has lost its `)`.
    pub(super) fn close_empty_call(&mut self) {
        let tokens = &self.reading.tokens;
        let before = tokens.len().checked_sub(2).and_then(|at| tokens.get(at)).map(|token| token.kind);
        if self.last() == Some(Kind::ParenOpen) && before == Some(Kind::Name) && self.leaf.kind != LeafKind::Function {
            let outer = self.brackets.len().saturating_sub(1);
            self.close_brackets(outer);
        }
    }
}
