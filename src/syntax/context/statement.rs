//! What kind of statement begins at the token at hand. A word that is assigned to is a variable, whatever it is called.

use super::Context;
use super::block::BlockKind;
use super::expression::Goal;
use super::leaf::LeafKind;
use super::look::is_assignment;
use super::words::{Keyword, is_reserved, is_type};
use crate::source::Span;
use crate::syntax::error::{Foreign, Problem};
use crate::syntax::token::{Kind, Raw};

impl Context<'_> {
    /// Reads one statement, or the header or the closing brace of a block.
    pub(super) fn statement(&mut self) {
        self.close_by_indentation();
        match self.kind(0) {
            Raw::Semicolon => {
                self.at += 1;
                self.statement_done();
            }
            Raw::BraceClose => self.close_block(),
            // At a prompt it is a value to look at; a script has no use for one.
            Raw::BraceOpen if self.settings.is_input && self.blocks.is_empty() => self.simple(),
            Raw::BraceOpen => {
                let expected = "a statement".into();
                self.complain(Problem::Unexpected { found: "`{`".into(), expected }, self.token(0).span());
                self.open_bare_block();
            }
            Raw::Word => self.word_statement(),
            Raw::Less | Raw::Equal | Raw::Greater | Raw::ForeignComparison if self.merge_conflict() => {}
            _ => self.simple(),
        }
    }

    fn word_statement(&mut self) {
        let next = self.kind(1);
        if is_assignment(next) && is_reserved(self.word(0)) {
            self.begin_leaf(LeafKind::Statement);
            self.report(Problem::ReservedName(self.word(0).to_owned()), self.token(0).span());
            self.skip(Goal::Statement);
            self.end_simple();
            return;
        }
        if is_assignment(next) || next == Raw::Dot {
            return self.simple();
        }
        match self.keyword(0) {
            Some(Keyword::If) if self.asks_if_value() => self.simple(),
            Some(Keyword::If) => self.if_header(Kind::If, 1),
            Some(Keyword::Else) => self.stray_else(),
            Some(Keyword::For) if next == Raw::Word || next == Raw::ParenOpen => self.for_header(),
            Some(Keyword::Try) => {
                self.take(Kind::Try);
                self.open_block(BlockKind::Try, "try");
            }
            Some(Keyword::Catch) => self.stray_catch(),
            Some(Keyword::Info) => self.verb(Kind::Info),
            Some(Keyword::Throw) => self.verb(Kind::Throw),
            Some(Keyword::Return) => self.verb(Kind::Return),
            Some(Keyword::Break) if next != Raw::ParenOpen => self.verb(Kind::Break),
            Some(Keyword::Continue) if next != Raw::ParenOpen => self.verb(Kind::Continue),
            _ if self.function_follows() => self.function_header(),
            _ if next == Raw::Word && is_type(self.word(0)) => self.declaration(),
            _ if self.foreign_statement() || self.creator_statement() => {}
            _ => self.simple(),
        }
    }

    /// Whether `if(a, b, c)` stands at a prompt as an expression to look at: a comma tells it from a header.
    fn asks_if_value(&self) -> bool {
        if !self.settings.is_input || !self.blocks.is_empty() {
            return false;
        }
        let mut depth = 0_usize;
        for ahead in 1.. {
            match self.kind(ahead) {
                Raw::ParenOpen | Raw::SquareOpen | Raw::BraceOpen => depth += 1,
                Raw::ParenClose | Raw::SquareClose | Raw::BraceClose if depth <= 1 => return false,
                Raw::ParenClose | Raw::SquareClose | Raw::BraceClose => depth -= 1,
                Raw::Comma if depth == 1 => return true,
                Raw::Semicolon | Raw::End => return false,
                _ => {}
            }
        }
        false
    }

    /// A statement that ends at `;`.
    pub(super) fn simple(&mut self) {
        self.begin_leaf(LeafKind::Statement);
        self.scan(Goal::Statement);
        self.end_simple();
    }

    /// A simple statement behind a word that names it.
    fn verb(&mut self, kind: Kind) {
        self.begin_leaf(LeafKind::Statement);
        self.take(kind);
        self.operand = matches!(kind, Kind::Break | Kind::Continue);
        if kind == Kind::Return && self.fresh_line(0) && self.begins_keyword_statement() {
            self.report(Problem::MissingSemicolon, self.after_previous());
            self.supply(Kind::Semicolon);
        } else {
            self.scan(Goal::Statement);
        }
        self.end_simple();
    }

    /// The leaf of a simple statement is read.
    pub(super) fn end_simple(&mut self) {
        self.finish_leaf();
        self.statement_done();
        let closers = std::mem::take(&mut self.swallowed_closers);
        self.close_blocks_of_line(closers, self.previous_end());
    }

    /// `string name = "x";`: an old page shows such declarations; the type is left out.
    fn declaration(&mut self) {
        let kind_after_name = self.kind(2);
        let place = self.token(0).span();
        if kind_after_name == Raw::Assign {
            self.complain(Problem::DeclaredType, place);
            self.at += 1;
            self.simple();
        } else if kind_after_name == Raw::Semicolon {
            self.begin_leaf(LeafKind::Statement);
            self.report(Problem::NotDeluge(Foreign::Declaration), place);
            self.skip(Goal::Statement);
            self.end_simple();
        } else {
            self.simple();
        }
    }

    /// `if (…)` or `else if (…)`, whose words are the next `words` tokens.
    pub(super) fn if_header(&mut self, kind: Kind, words: usize) {
        let last = self.token(words.saturating_sub(1));
        self.begin_leaf(LeafKind::Condition);
        self.emit(kind, Span { start: self.token(0).start, end: last.end() });
        self.at += words;
        if self.kind(0) == Raw::ParenOpen {
            self.scan(Goal::Condition);
            self.operators_behind_condition();
        } else {
            self.report(Problem::Header("`if`: the condition stands in parentheses"), self.before_current());
            self.skip_to_block();
        }
        self.finish_leaf();
        self.open_block(BlockKind::If, if kind == Kind::If { "if" } else { "else if" });
    }

    /// `if(a) && (b)`: the parentheses should have taken in all of it.
    fn operators_behind_condition(&mut self) {
        use Raw::*;
        if matches!(self.kind(0), And | Or | Equal | NotEqual | Less | Greater | LessOrEqual | GreaterOrEqual | Dot) {
            let form = "`if`: one pair of parentheses takes in the whole condition";
            self.report(Problem::Header(form), self.token(0).span());
            self.skip_to_block();
        }
    }

    /// `for each x in …`, `for each index i in …`, and what people write instead.
    fn for_header(&mut self) {
        if self.is_word(1, "each") && self.kind(2) == Raw::Word {
            return self.loop_header(2);
        }
        if self.kind(1) == Raw::Word && self.is_word(2, "in") {
            self.complain(Problem::NotDeluge(Foreign::For), self.token(0).span());
            return self.loop_header(1);
        }
        if self.kind(1) == Raw::ParenOpen || self.is_word(1, "each") {
            return self.foreign_loop(Foreign::For);
        }
        self.simple();
    }

    /// A loop's header, whose words are the next `words` tokens. `index` is a word of the header only if a name
    /// follows it: `for each index in times` has a variable called `index`.
    pub(super) fn loop_header(&mut self, words: usize) {
        let mut words = words;
        let mut kind = Kind::ForEach;
        let named =
            self.kind(words + 1) == Raw::Word && (!self.is_word(words + 1, "in") || self.is_word(words + 2, "in"));
        if self.is_word(words, "index") && named {
            words += 1;
            kind = Kind::ForEachIndex;
        }
        self.begin_leaf(LeafKind::Loop);
        let end = self.token(words.saturating_sub(1)).end();
        self.emit(kind, Span { start: self.token(0).start, end });
        self.at += words;
        self.take(Kind::Name);
        if self.is_word(0, "in") {
            self.take(Kind::HeaderIn);
            self.scan(Goal::Loop);
        } else {
            self.report(Problem::Header("`for each`: `in` stands behind the variable"), self.before_current());
            self.skip_to_block();
        }
        self.finish_leaf();
        self.open_block(BlockKind::Loop, "for each");
    }
}
