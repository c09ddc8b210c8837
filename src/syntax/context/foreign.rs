//! Statements of other languages, recognised so that the message can name what Deluge has instead, and so that the
//! rest of the source is still read.

use super::Context;
use super::block::BlockKind;
use super::expression::Goal;
use super::leaf::LeafKind;
use crate::syntax::error::{Foreign, Problem};
use crate::syntax::token::{Kind, Raw};

impl Context<'_> {
    /// Reads a statement that begins with another language's word; false if there is none.
    pub(super) fn foreign_statement(&mut self) -> bool {
        let word = self.word(0);
        let next = self.kind(1);
        let is = |name: &str| word.eq_ignore_ascii_case(name);
        match next {
            Raw::ParenOpen if is("while") => self.foreign_loop(Foreign::While),
            Raw::ParenOpen if is("foreach") => self.foreign_loop(Foreign::For),
            Raw::Word if is("foreach") && self.is_word(2, "in") => {
                self.complain(Problem::NotDeluge(Foreign::For), self.token(0).span());
                self.loop_header(1);
            }
            Raw::ParenOpen if is("switch") => self.foreign_block(Foreign::Switch),
            Raw::BraceOpen if is("do") => self.foreign_block(Foreign::Do),
            Raw::BraceOpen if is("finally") => {
                self.complain(Problem::NotDeluge(Foreign::Finally), self.token(0).span());
                self.at += 1;
                self.open_bare_block();
            }
            Raw::ParenOpen if self.foreign_else_if() => {
                self.complain(Problem::NotDeluge(Foreign::ElseIf), self.token(0).span());
                self.if_header(Kind::If, 1);
            }
            _ => return false,
        }
        true
    }

    /// Whether `elseif(` or the like stands here.
    pub(super) fn foreign_else_if(&self) -> bool {
        let word = self.word(0);
        self.kind(1) == Raw::ParenOpen && ["elseif", "elsif", "elif"].iter().any(|name| name.eq_ignore_ascii_case(word))
    }

    /// A loop with a header in parentheses. Its block is read as that of an `if`, for the errors in it.
    pub(super) fn foreign_loop(&mut self, foreign: Foreign) {
        self.begin_leaf(LeafKind::Condition);
        self.report(Problem::NotDeluge(foreign), self.token(0).span());
        self.take(Kind::If);
        self.leaf.broken = true;
        while self.kind(0) == Raw::Word {
            self.at += 1;
        }
        self.skip_parentheses();
        self.finish_leaf();
        self.open_block(BlockKind::If, "for each");
    }

    /// `switch (…) {…}` and `do {…} while (…);`, passed over as a whole.
    fn foreign_block(&mut self, foreign: Foreign) {
        self.begin_leaf(LeafKind::Statement);
        self.report(Problem::NotDeluge(foreign), self.token(0).span());
        self.leaf.broken = true;
        self.at += 1;
        self.skip_parentheses();
        self.skip_braces();
        if foreign == Foreign::Do && self.is_word(0, "while") {
            self.skip(Goal::Statement);
        }
        self.end_simple();
    }

    /// Passes over the mark that a merge leaves, with its line; false if there is none.
    pub(super) fn merge_conflict(&mut self) -> bool {
        let start = self.token(0).start as usize;
        let rest = self.text.get(start..).unwrap_or_default();
        if !["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| rest.starts_with(mark)) {
            return false;
        }
        self.complain(Problem::NotDeluge(Foreign::MergeConflict), self.token(0).span());
        self.at += 1;
        while self.kind(0) != Raw::End && !self.fresh_line(0) {
            self.at += 1;
        }
        true
    }
}
