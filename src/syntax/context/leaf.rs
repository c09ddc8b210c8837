//! Leaves: simple statements and headers. A leaf that is broken is put down as something the grammar can read, so
//! that the block that a header opens stays in its place.

use super::Context;
use crate::source::Span;
use crate::syntax::token::{Kind, Token};

/// Which piece of a script a leaf is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::syntax) enum LeafKind {
    /// A simple statement with its `;`.
    #[default]
    Statement,
    /// `if (…)` or `else if (…)`.
    Condition,
    /// `for each x in …`
    Loop,
    /// The header of a function definition.
    Function,
}

/// A piece of the terminals, from `start` up to `end`, not including it.
#[derive(Clone, Copy, Debug)]
pub(in crate::syntax) struct Leaf {
    pub kind: LeafKind,
    pub start: u32,
    pub end: u32,
    /// Whether an error was reported; a further one would only be its consequence.
    pub reported: bool,
}

impl Leaf {
    /// Its place among the terminals.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The leaf that is being read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct State {
    pub kind: LeafKind,
    pub start: usize,
    pub reported: bool,
    pub broken: bool,
    pub assigned: bool,
    /// Whether the fields of a record are still to come: `insert into` or `update` has been read.
    pub writes_record: bool,
    /// Whether a fetch is being put in order or cut to a range.
    pub arranged: bool,
}

impl Context<'_> {
    /// A new leaf begins at the next terminal.
    pub(super) fn begin_leaf(&mut self, kind: LeafKind) {
        let here = self.token(0).start;
        let reported = self.broken_until.is_some_and(|end| !self.line_ends_between(end, here));
        self.leaf = State { kind, start: self.reading.tokens.len(), reported, ..State::default() };
        self.brackets.clear();
        self.operand = false;
        self.logic = None;
    }

    /// The leaf ends behind the last terminal.
    pub(super) fn finish_leaf(&mut self) {
        let State { kind, start, reported, broken, .. } = self.leaf;
        self.brackets.clear();
        if reported {
            self.broken_until = Some(self.previous_end());
        }
        if broken {
            let tokens = self.reading.tokens.split_off(start);
            let begin = tokens.first().map_or(self.previous_end(), |token| token.start);
            let whole = Span { start: begin, end: self.previous_end().max(begin) };
            put_broken(kind, &tokens, whole, &mut self.reading.tokens);
        } else if !self.settings.without_leaves {
            let end = self.reading.tokens.len() as u32;
            self.reading.leaves.push(Leaf { kind, start: start as u32, end, reported });
        }
    }
}

/// Writes to `out` what the grammar reads in place of a broken leaf whose terminals were `tokens`.
pub(in crate::syntax) fn put_broken(kind: LeafKind, tokens: &[Token], whole: Span, out: &mut Vec<Token>) {
    let supplied = |kind| Token::new(kind, whole.after());
    match kind {
        LeafKind::Statement => out.push(Token::new(Kind::BrokenStatement, whole)),
        LeafKind::Condition => {
            out.extend(tokens.first());
            out.extend([Kind::ParenOpen, Kind::BrokenValue, Kind::ParenClose].map(supplied));
        }
        LeafKind::Loop => {
            out.extend(tokens.first());
            match tokens.get(1) {
                Some(name) if name.kind == Kind::Name => out.push(*name),
                _ => out.push(supplied(Kind::Name)),
            }
            out.extend([Kind::HeaderIn, Kind::BrokenValue].map(supplied));
        }
        LeafKind::Function => {
            out.extend(tokens.iter().take_while(|token| token.kind != Kind::ParenOpen));
            out.extend([Kind::ParenOpen, Kind::ParenClose].map(supplied));
        }
    }
}
