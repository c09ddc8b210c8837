//! Function definitions: `type [function] dotted.name(type name, …) {`.

use super::Context;
use super::block::BlockKind;
use super::leaf::LeafKind;
use super::words::is_type;
use crate::source::Span;
use crate::syntax::error::{Foreign, Problem};
use crate::syntax::token::{Kind, Raw};

impl Context<'_> {
    /// Whether a definition begins at the token at hand: two names, parentheses with nothing but names, and a brace.
    pub(super) fn function_follows(&self) -> bool {
        let Some(mut ahead) = self.parameters_ahead() else { return false };
        // Without a type before the name it is a definition only if its parameters have types, or if it has none.
        let without_type = self.kind(1) == Raw::ParenOpen;
        let parameters = self.kind(ahead) == Raw::ParenClose || self.kind(ahead + 1) == Raw::Word;
        if without_type && !parameters {
            return false;
        }
        loop {
            match self.kind(ahead) {
                Raw::ParenClose => {
                    let next = self.kind(ahead + 1);
                    // At a prompt the brace may come with the next line.
                    let comes = self.settings.is_input && next == Raw::End && !without_type && is_type(self.word(0));
                    return next == Raw::BraceOpen || comes;
                }
                Raw::BraceOpen => return true,
                Raw::Word | Raw::Comma | Raw::Colon => ahead += 1,
                _ => return false,
            }
        }
    }

    /// How far ahead a definition's first parameter stands, if it has the form of one so far.
    fn parameters_ahead(&self) -> Option<usize> {
        let mut ahead = match self.kind(1) {
            Raw::ParenOpen => 0,
            _ => 1,
        };
        if self.kind(ahead) == Raw::Colon && self.kind(ahead + 1) == Raw::Word {
            ahead += 2;
        }
        if self.is_word(ahead, "function") && self.kind(ahead + 1) == Raw::Word {
            ahead += 1;
        }
        loop {
            if self.kind(ahead) != Raw::Word {
                return None;
            }
            match self.kind(ahead + 1) {
                Raw::Dot => ahead += 2,
                Raw::ParenOpen => return Some(ahead + 2),
                _ => return None,
            }
        }
    }

    /// Reads the header and opens the body.
    pub(super) fn function_header(&mut self) {
        if !self.supply_braces_before_function() {
            self.complain(Problem::NotDeluge(Foreign::NestedFunction), self.token(0).span());
            while !matches!(self.kind(0), Raw::BraceOpen | Raw::End) {
                self.at += 1;
            }
            return self.open_bare_block();
        }
        self.begin_leaf(LeafKind::Function);
        let start = self.token(0).start;
        self.emit(Kind::Function, Span { end: start, start });
        if self.is_word(0, "function") {
            self.report(Problem::NotDeluge(Foreign::UntypedFunction), self.token(0).span());
        }
        if self.kind(1) == Raw::ParenOpen {
            self.report(Problem::NotDeluge(Foreign::UntypedFunction), self.token(0).span());
            self.emit(Kind::Name, Span { end: start, start });
        } else {
            self.take(Kind::Name);
        }
        if self.kind(0) == Raw::Colon {
            self.take(Kind::Colon);
            self.take(Kind::Name);
        }
        if self.is_word(0, "function") && self.kind(1) == Raw::Word {
            self.at += 1;
        }
        while matches!(self.kind(0), Raw::Word | Raw::Dot) {
            self.take(if self.kind(0) == Raw::Dot { Kind::Dot } else { Kind::Name });
        }
        let opening = self.token(0).span();
        self.take(Kind::ParenOpen);
        loop {
            match self.kind(0) {
                Raw::Word => self.take(Kind::Name),
                Raw::Colon => self.take(Kind::Colon),
                Raw::Comma if self.kind(1) == Raw::ParenClose => {
                    self.complain(Problem::TrailingComma, self.token(0).span());
                    self.at += 1;
                }
                Raw::Comma => self.take(Kind::Comma),
                Raw::ParenClose => break self.take(Kind::ParenClose),
                _ => {
                    let place = self.before_current();
                    self.report(Problem::MissingCloser { closer: ')', opener: opening }, place);
                    break self.supply(Kind::ParenClose);
                }
            }
        }
        self.finish_leaf();
        self.open_block(BlockKind::Function, "function");
    }
}
