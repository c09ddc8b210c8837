//! The context pass, between lexer and grammar. It walks the raw tokens once, keeping the open blocks and the open
//! brackets of the statement at hand, and gives every token its role: that is what keeps the grammar free of
//! conflicts. Since it knows where statements begin and end, it is also where damage is confined: it supplies the
//! bracket or `;` that is missing, and puts a broken statement down as one token. A [`Leaf`] is a piece between such
//! borders; each leaf gives at most one error.
//!
//! `statement.rs` decides what a statement is, `block.rs` opens and closes blocks, `expression.rs` reads up to the
//! end of a leaf, `bracket.rs` and `task.rs` tell brackets apart, `repair.rs` gets over what is broken, and `look.rs`
//! looks ahead.

mod block;
mod bracket;
mod creator;
mod expression;
mod foreign;
mod function;
mod leaf;
mod look;
mod operator;
mod repair;
mod statement;
mod task;
pub(super) mod words;

use block::Frame;
use bracket::Bracket;
pub(super) use leaf::{Leaf, LeafKind, put_broken};
use repair::Swallowed;

use super::error::{Located, Problem};
use super::token::{Kind, Raw, RawToken, Token};
use crate::source::Span;

/// Blocks and brackets may be nested this deep, counted together.
const MAX_DEPTH: usize = 200;
/// After so many errors the rest is not read: no person reads them, and each costs time.
pub(super) const MAX_ERRORS: usize = 200;
const MAX_WARNINGS: usize = 100;

/// How a source is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Settings {
    /// Whether `||` is read before `&&`.
    pub or_is_tight: bool,
    /// How many blocks may be closed where the indentation says that they end. Used when their `}` are missing.
    pub closed_by_indentation: usize,
    /// Whether the last statement may lack its `;`, as at a prompt.
    pub is_input: bool,
    /// Whether [`Reading::leaves`] is left empty: a source without errors needs none.
    pub without_leaves: bool,
}

/// What the pass makes of a source.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The terminals for the grammar, brackets balanced.
    pub tokens: Vec<Token>,
    /// The pieces of `tokens` that have not been found broken, in order.
    pub leaves: Vec<Leaf>,
    /// What was found, in order of discovery.
    pub problems: Vec<Located>,
    /// How many blocks were closed without a `}` where it had to be guessed, or at the end of the source.
    pub unclosed_blocks: usize,
    /// Whether the source ends where more must follow; the `;` of its last statement alone may be missing.
    pub unfinished: bool,
    /// Whether the source ends behind the block of an `if`.
    pub else_may_follow: bool,
    /// Whether reading was given up; the tokens are then of no use.
    pub stopped: bool,
}

/// Reads all of `raw`, which are the tokens of `text`.
pub(super) fn read(text: &str, raw: &[RawToken], settings: Settings) -> Reading {
    let braces = raw.iter().fold(0_isize, |open, token| match token.kind {
        Raw::BraceOpen => open + 1,
        Raw::BraceClose => open - 1,
        _ => open,
    });
    let mut context = Context {
        text,
        raw,
        at: 0,
        settings,
        surplus: usize::try_from(braces).unwrap_or_default(),
        reading: Reading { tokens: Vec::with_capacity(raw.len() + 16), ..Reading::default() },
        errors: 0,
        blocks: Vec::new(),
        brackets: Vec::new(),
        leaf: leaf::State::default(),
        operand: false,
        logic: None,
        holds_files: false,
        swallowed: Swallowed::Nothing,
        swallowed_closers: 0,
        broken_until: None,
        quiet: false,
    };
    context.run();
    context.reading
}

struct Context<'s> {
    text: &'s str,
    raw: &'s [RawToken],
    /// Index of the raw token that is looked at.
    at: usize,
    settings: Settings,
    /// How many more `{` than `}` the source has: so many `}` may be supplied inside it.
    surplus: usize,
    reading: Reading,
    errors: usize,
    /// Open blocks.
    blocks: Vec<Frame>,
    /// Open brackets of the leaf.
    brackets: Vec<Bracket>,
    leaf: leaf::State,
    /// Whether the last token ends a value, so that an operator may follow, and not another value.
    operand: bool,
    /// Which of `&&` and `||` was seen at this level of brackets.
    logic: Option<Raw>,
    /// Whether the attribute that is being read is a mail's `attachments`.
    holds_files: bool,
    /// What a text without its closing quote has taken in of the block behind the header.
    swallowed: Swallowed,
    /// How many `}` such a text has taken in behind a statement.
    swallowed_closers: usize,
    /// Where the last leaf with an error ended: what follows on its line is not judged.
    broken_until: Option<u32>,
    /// Whether errors are no longer told, as an open comment has taken in the rest.
    quiet: bool,
}

impl Context<'_> {
    fn run(&mut self) {
        while !self.reading.stopped && self.kind(0) != Raw::End {
            let before = self.at;
            self.statement();
            if self.at == before && !self.reading.stopped {
                // Every statement takes at least one token; should one ever not, this keeps the pass from hanging.
                self.complain(Problem::TwoValues, self.token(0).span());
                self.at += 1;
            }
        }
        if !self.reading.stopped {
            self.close_at_end();
        }
    }

    /// Emits a terminal.
    fn emit(&mut self, kind: Kind, span: Span) {
        self.reading.tokens.push(Token::new(kind, span));
    }

    /// Emits the raw token at hand as a terminal and goes on.
    fn take(&mut self, kind: Kind) {
        let token = self.token(0).with(kind);
        self.reading.tokens.push(token);
        self.at += 1;
    }

    /// Emits a terminal that the source does not hold, behind the last token.
    fn supply(&mut self, kind: Kind) {
        let end = self.previous_end();
        self.emit(kind, Span { start: end, end });
    }

    /// The kind of the last terminal.
    fn last(&self) -> Option<Kind> {
        self.reading.tokens.last().map(|token| token.kind)
    }

    /// Reports, whatever else the leaf has reported.
    fn complain(&mut self, problem: Problem, span: Span) {
        if self.quiet {
            return;
        }
        if !problem.is_error() {
            if self.reading.problems.len() - self.errors < MAX_WARNINGS {
                self.reading.problems.push(Located { problem, span });
            }
            return;
        }
        self.errors += 1;
        self.reading.problems.push(Located { problem, span });
        if self.errors > MAX_ERRORS {
            self.stop(Problem::TooMany, span);
        }
    }

    /// Reports an error of the leaf, unless it has one already.
    fn report(&mut self, problem: Problem, span: Span) {
        if !self.leaf.reported {
            self.leaf.reported = true;
            self.complain(problem, span);
        }
    }

    /// Reports and gives up reading.
    fn stop(&mut self, problem: Problem, span: Span) {
        if !self.reading.stopped {
            self.reading.stopped = true;
            self.reading.problems.push(Located { problem, span });
        }
    }

    /// Whether one more bracket may be opened; if not, reading is given up.
    fn may_nest(&mut self) -> bool {
        let may = self.blocks.len() + self.brackets.len() < MAX_DEPTH;
        if !may {
            self.stop(Problem::TooDeep(MAX_DEPTH), self.token(0).span());
        }
        may
    }
}
