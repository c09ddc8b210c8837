//! Bracket tasks: `invokeurl [ url : … type : GET ]`. Attributes have no separator; a value ends where the next
//! `name :` stands. The name is fused with its colon here, so that the grammar sees one terminal.

use super::Context;
use super::bracket::BracketKind;
use crate::source::Span;
use crate::syntax::token::{Kind, Raw};

impl Context<'_> {
    /// How far ahead the colon of an attribute stands whose name begins `ahead`; `None` if none begins there. Names
    /// may be hyphenated (`content-type`) or, in mails, of two words (`reply to`, `content type`).
    pub(super) fn attribute_end(&self, ahead: usize) -> Option<usize> {
        if self.kind(ahead) != Raw::Word {
            return None;
        }
        let mut end = ahead + 1;
        let touches = |at: usize| self.token(at).end() == self.token(at + 1).start;
        while self.kind(end) == Raw::Minus && self.kind(end + 1) == Raw::Word && touches(end - 1) && touches(end) {
            end += 2;
        }
        let two_words = ["reply", "content", "response"].iter().any(|word| self.is_word(ahead, word));
        if end == ahead + 1 && two_words && self.kind(end) == Raw::Word {
            end += 1;
        }
        (self.kind(end) == Raw::Colon).then_some(end)
    }

    /// Reads an attribute's name and colon; false if none stands here.
    pub(super) fn attribute(&mut self) -> bool {
        let Some(end) = self.attribute_end(0) else { return false };
        let behind_name = self.last() == Some(Kind::Attribute);
        if self.holds_files && self.is_word(0, "file") && (behind_name || self.last() == Some(Kind::Comma)) {
            // `attachments : file : report, file : other` (send-mail page); the word says nothing that we need.
            self.at += 2;
            return true;
        }
        // A name right behind a colon begins the next attribute if it is followed by a colon itself: a value is missing.
        if behind_name && end > 1 || !behind_name && !self.operand && self.last() != Some(Kind::TaskOpen) {
            return false;
        }
        self.holds_files = self.is_word(0, "attachments");
        let span = Span { start: self.token(0).start, end: self.token(end - 1).end() };
        self.emit(Kind::Attribute, span);
        self.at += end + 1;
        self.operand = false;
        self.logic = None;
        true
    }

    /// Whether a task's bracket is open and the token at hand begins its next attribute.
    pub(super) fn next_attribute(&self) -> Option<usize> {
        let task = self.brackets.iter().rposition(|bracket| bracket.kind == BracketKind::Task)?;
        self.attribute_end(0).map(|_| task)
    }
}
