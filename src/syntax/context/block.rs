//! Blocks: which are open, what may follow one that closes, and where a `}` is missing.

use super::Context;
use super::expression::Goal;
use super::repair::Swallowed;
use crate::source::Span;
use crate::syntax::error::{Foreign, Problem};
use crate::syntax::token::{Kind, Raw};

/// What a block belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    Function,
    If,
    Else,
    Loop,
    Try,
    Catch,
    /// Braces that should not be there; their statements belong to the block around.
    Bare,
}

/// An open block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    kind: BlockKind,
    /// Whether the source has no braces: the block then takes in one statement.
    implicit: bool,
    opener: Span,
    ends: LikelyEnd,
}

/// Where a block ends if its `}` is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LikelyEnd {
    /// Nothing tells: what is in the block is not indented deeper than its braces.
    Unknown,
    /// With its line, on which its first statement stands, too.
    Line,
    /// Before the first line that is indented no deeper than this.
    Indentation(usize),
}

impl Context<'_> {
    /// Opens the block that a header asks for; `word` is what the header is called.
    pub(super) fn open_block(&mut self, kind: BlockKind, word: &'static str) {
        if self.reading.stopped {
            return;
        }
        while self.kind(0) == Raw::ParenClose {
            self.complain(Problem::ExtraCloser(')'), self.token(0).span());
            self.at += 1;
        }
        if self.kind(0) == Raw::Semicolon && self.kind(1) == Raw::BraceOpen {
            let expected = "`{`".into();
            self.complain(Problem::Unexpected { found: "`;`".into(), expected }, self.token(0).span());
            self.at += 1;
        }
        if !self.may_nest() {
            return;
        }
        let swallowed = std::mem::take(&mut self.swallowed);
        let lost = swallowed != Swallowed::Nothing;
        let explicit = lost || self.kind(0) == Raw::BraceOpen;
        let opener = if explicit && !lost { self.token(0).span() } else { self.after_previous() };
        if !explicit {
            self.complain_missing_braces(kind, word);
        }
        let ends = self.ends_by_indentation(opener);
        self.blocks.push(Frame { kind, implicit: !explicit, opener, ends });
        self.emit(Kind::BlockOpen, opener);
        if explicit && !lost {
            self.at += 1;
        }
        if swallowed == Swallowed::Block {
            self.blocks.pop();
            self.supply(Kind::BlockClose);
            self.after_block(kind);
        }
    }

    fn complain_missing_braces(&mut self, kind: BlockKind, word: &'static str) {
        let place = self.before_current();
        match (self.kind(0), kind) {
            (Raw::End, _) => {
                self.reading.unfinished = true;
                self.complain(Problem::MissingBlock(word), place);
            }
            (Raw::BraceClose, _) => self.complain(Problem::MissingBlock(word), place),
            (_, BlockKind::If | BlockKind::Else) => self.complain(Problem::MissingBraces(word), place),
            _ => self.complain(Problem::MissingBlock(word), place),
        }
    }

    /// Passes over a `{` that opens nothing, so that its `}` finds a partner.
    pub(super) fn open_bare_block(&mut self) {
        if self.may_nest() {
            let opener = self.token(0).span();
            self.blocks.push(Frame { kind: BlockKind::Bare, implicit: false, opener, ends: LikelyEnd::Unknown });
            self.at += 1;
        }
    }

    /// Reads a `}`.
    pub(super) fn close_block(&mut self) {
        while self.blocks.last().is_some_and(|frame| frame.implicit) {
            self.supply_block_end();
        }
        match self.blocks.pop() {
            Some(Frame { kind: BlockKind::Bare, .. }) => {
                self.at += 1;
                self.statement_done();
            }
            Some(frame) => {
                self.take(Kind::BlockClose);
                self.after_block(frame.kind);
            }
            None => {
                self.complain(Problem::ExtraCloser('}'), self.token(0).span());
                self.at += 1;
            }
        }
    }

    /// A statement is complete: blocks without braces end with it.
    pub(super) fn statement_done(&mut self) {
        while let Some(frame) = self.blocks.last().copied().filter(|frame| frame.implicit) {
            self.blocks.pop();
            self.supply(Kind::BlockClose);
            if frame.kind == BlockKind::If && self.is_word(0, "else") || frame.kind == BlockKind::Try {
                return self.after_block(frame.kind);
            }
        }
    }

    /// A block has closed; `else` and `catch` go on with its statement.
    fn after_block(&mut self, kind: BlockKind) {
        match kind {
            BlockKind::If if self.is_word(0, "else") => self.else_clause(),
            BlockKind::If if self.foreign_else_if() => {
                self.complain(Problem::NotDeluge(Foreign::ElseIf), self.token(0).span());
                self.if_header(Kind::ElseIf, 1);
            }
            BlockKind::Try if self.is_word(0, "catch") => self.catch_clause(),
            BlockKind::Try => {
                self.reading.unfinished |= self.kind(0) == Raw::End;
                self.complain(Problem::TryWithoutCatch, self.after_previous());
                self.supply_catch();
                self.statement_done();
            }
            kind => {
                self.reading.else_may_follow |= kind == BlockKind::If && self.kind(0) == Raw::End;
                self.statement_done();
            }
        }
    }

    fn else_clause(&mut self) {
        if self.is_word(1, "if") {
            self.if_header(Kind::ElseIf, 2);
        } else {
            self.take(Kind::Else);
            self.open_block(BlockKind::Else, "else");
        }
    }

    fn catch_clause(&mut self) {
        self.take(Kind::Catch);
        if self.kind(0) == Raw::ParenOpen {
            let typed = self.kind(1) == Raw::Word && self.kind(2) == Raw::Word;
            let name = if typed { 2 } else { 1 };
            if typed {
                self.complain(Problem::NotDeluge(Foreign::TypedCatch), self.token(1).span());
            }
            match (self.kind(name), self.kind(name + 1)) {
                (Raw::Word, Raw::ParenClose) => self.catch_variable(name, 1),
                (Raw::Word, Raw::BraceOpen) => {
                    let opener = self.token(0).span();
                    let end = self.token(name).end();
                    let place = Span { start: end, end };
                    self.complain(Problem::MissingCloser { closer: ')', opener }, place);
                    self.catch_variable(name, 0);
                }
                _ => {
                    self.complain(Problem::Header("`catch (e)`"), self.token(0).span());
                    self.skip_parentheses();
                }
            }
        }
        self.open_block(BlockKind::Catch, "catch");
    }

    /// Emits the variable of a `catch`, `name` tokens ahead, and passes over `closers` more tokens behind it.
    fn catch_variable(&mut self, name: usize, closers: usize) {
        self.take(Kind::ParenOpen);
        self.at += name - 1;
        self.take(Kind::Name);
        self.supply(Kind::ParenClose);
        self.at += closers;
    }

    /// An `else` that follows no block of an `if`: if braces are missing, one belongs before it.
    pub(super) fn stray_else(&mut self) {
        if self.supply_brace_before(BlockKind::If) {
            return self.else_clause();
        }
        self.complain(Problem::Dangling("else"), self.token(0).span());
        if self.is_word(1, "if") {
            self.at += 1;
            return self.if_header(Kind::If, 1);
        }
        self.take(Kind::If);
        for kind in [Kind::ParenOpen, Kind::BrokenValue, Kind::ParenClose] {
            self.supply(kind);
        }
        self.open_block(BlockKind::Else, "else");
    }

    /// A `catch` that follows no block of a `try`.
    pub(super) fn stray_catch(&mut self) {
        let next = self.kind(1);
        if next != Raw::ParenOpen && next != Raw::BraceOpen {
            return self.simple();
        }
        if self.supply_brace_before(BlockKind::Try) {
            return self.catch_clause();
        }
        self.complain(Problem::Dangling("catch"), self.token(0).span());
        self.supply(Kind::Try);
        self.supply(Kind::BlockOpen);
        self.supply(Kind::BlockClose);
        self.catch_clause();
    }

    /// Closes the open blocks up to the innermost one of that kind, if the source has too few `}`.
    fn supply_brace_before(&mut self, kind: BlockKind) -> bool {
        let Some(at) = self.blocks.iter().rposition(|frame| frame.kind == kind && !frame.implicit) else {
            return false;
        };
        if self.surplus == 0 {
            return false;
        }
        let opener = self.blocks.last().map_or_else(Span::default, |frame| frame.opener);
        self.complain(Problem::MissingCloser { closer: '}', opener }, self.before_current());
        while self.blocks.len() > at + 1 {
            self.supply_block_end();
        }
        self.surplus = self.surplus.saturating_sub(1);
        self.reading.unclosed_blocks += 1;
        self.blocks.pop();
        self.supply(Kind::BlockClose);
        true
    }

    /// Closes all blocks before a function definition, if the source has too few `}`.
    pub(super) fn supply_braces_before_function(&mut self) -> bool {
        let Some(opener) = self.blocks.last().map(|frame| frame.opener) else { return true };
        if self.surplus == 0 {
            return false;
        }
        self.complain(Problem::MissingCloser { closer: '}', opener }, self.before_current());
        self.reading.unclosed_blocks += self.blocks.len();
        while !self.blocks.is_empty() {
            self.supply_block_end();
        }
        true
    }

    /// Closes up to `count` blocks that were opened on the line that ends at `offset`, whose `}` a text has taken in.
    pub(super) fn close_blocks_of_line(&mut self, count: usize, offset: u32) {
        for _ in 0..count {
            let on_line = |frame: &&Frame| !frame.implicit && !self.line_ends_between(frame.opener.end, offset);
            let Some(kind) = self.blocks.last().filter(on_line).map(|frame| frame.kind) else { return };
            self.supply_block_end();
            if kind == BlockKind::If {
                self.after_block(kind);
            }
        }
    }

    /// Closes the innermost block without a `}` in the source.
    fn supply_block_end(&mut self) {
        let Some(frame) = self.blocks.pop() else { return };
        if !frame.implicit {
            self.surplus = self.surplus.saturating_sub(1);
        }
        if frame.kind != BlockKind::Bare {
            self.supply(Kind::BlockClose);
        }
        if frame.kind == BlockKind::Try {
            self.supply_catch();
        }
    }

    fn supply_catch(&mut self) {
        for kind in [Kind::Catch, Kind::BlockOpen, Kind::BlockClose] {
            self.supply(kind);
        }
    }

    /// Where the block that begins at hand ends if its `}` is missing. Zoho's own layout does not indent the body of a
    /// function, so the first line of the block has to show that it means something.
    fn ends_by_indentation(&self, opener: Span) -> LikelyEnd {
        if self.settings.closed_by_indentation == 0 || self.kind(0) != Raw::BraceOpen {
            return LikelyEnd::Unknown;
        }
        if !self.fresh_line(1) {
            return LikelyEnd::Line;
        }
        match (self.indentation(opener.start), self.indentation(self.token(1).start)) {
            (Some(outer), Some(inner)) if inner > outer => LikelyEnd::Indentation(outer),
            _ => LikelyEnd::Unknown,
        }
    }

    /// Closes blocks that end before the statement at hand by their indentation, as far as `}` are missing. A brace
    /// that stands further left than the block's line closes a block around it.
    pub(super) fn close_by_indentation(&mut self) {
        while self.settings.closed_by_indentation > 0 && self.fresh_line(0) {
            let Some(Frame { kind, implicit: false, opener, ends }) = self.blocks.last().copied() else { return };
            let closes = self.kind(0) == Raw::BraceClose;
            let belongs_outside = match (ends, self.indentation(self.token(0).start)) {
                (LikelyEnd::Line, _) => true,
                (LikelyEnd::Indentation(outer), Some(here)) => here < outer || here == outer && !closes,
                _ => false,
            };
            if !belongs_outside {
                return;
            }
            self.settings.closed_by_indentation -= 1;
            self.surplus = self.surplus.saturating_sub(1);
            self.complain(Problem::MissingCloser { closer: '}', opener }, self.before_current());
            self.blocks.pop();
            if kind != BlockKind::Bare {
                self.supply(Kind::BlockClose);
                self.after_block(kind);
            }
        }
    }

    /// The source ends; whatever is open is closed.
    pub(super) fn close_at_end(&mut self) {
        let mut explicit = self.blocks.iter().filter(|frame| !frame.implicit);
        let count = explicit.clone().count();
        if let Some(opener) = explicit.next_back().map(|frame| frame.opener) {
            self.reading.unfinished = true;
            self.reading.unclosed_blocks += if self.quiet { 0 } else { count };
            self.complain(Problem::UnclosedBlocks { count, opener }, self.before_current());
        }
        while !self.blocks.is_empty() {
            self.supply_block_end();
        }
    }

    /// Passes over what stands between a header and its block.
    pub(super) fn skip_to_block(&mut self) {
        self.brackets.clear();
        self.skip(Goal::Loop);
    }
}
