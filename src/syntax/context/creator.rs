//! Forms that only Zoho Creator has: records, fields of a form, pages. They are recognised and passed over, with one
//! error that names them.

use super::Context;
use super::expression::Goal;
use super::leaf::LeafKind;
use crate::syntax::error::{Foreign, Problem};
use crate::syntax::token::Raw;

impl Context<'_> {
    /// Reads a statement of Creator; false if there is none.
    pub(super) fn creator_statement(&mut self) -> bool {
        let word = self.word(0);
        let is = |name: &str| word.eq_ignore_ascii_case(name);
        let next_is = |name: &str| self.is_word(1, name);
        let next = self.kind(1);
        let form = match next {
            Raw::Word if is("insert") && next_is("into") => "`insert into`",
            Raw::Word if is("delete") && next_is("from") => "`delete from`",
            Raw::Word if is("update") && matches!(self.kind(2), Raw::SquareOpen | Raw::Dot) => "`update`",
            Raw::Word if is("cancel") && (next_is("submit") || next_is("delete")) => "`cancel`",
            Raw::Word if is("success") && next_is("message") => "`success message`",
            Raw::Semicolon if is("reload") => "`reload`",
            Raw::Word | Raw::DoubleText | Raw::SingleText | Raw::ParenOpen if is("alert") => "`alert`",
            Raw::Word if is("show") || is("hide") => "`show` or `hide`",
            Raw::Word if is("enable") || is("disable") => "`enable` or `disable`",
            Raw::Word if is("clear") || is("focus") => "`clear` or `focus`",
            Raw::DoubleText if is("application") => {
                self.stop(Problem::CreatorForm("an application's export"), self.token(0).span());
                return true;
            }
            _ => return false,
        };
        self.begin_leaf(LeafKind::Statement);
        self.report(Problem::CreatorForm(form), self.token(0).span());
        self.at += 1;
        self.skip(Goal::Statement);
        self.end_simple();
        true
    }

    /// What `name[…]` without attributes is: reading an element as in other languages, or a fetch with criteria.
    pub(super) fn name_before_square(&self) -> Problem {
        use Raw::*;
        let mut ahead = 1;
        while ahead < 200 {
            match self.kind(ahead) {
                Equal | Assign | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual | And | Or | Bang => {
                    return Problem::CreatorForm("a fetch `Form[criteria]`");
                }
                Word if self.is_word(ahead, "is") || self.is_word(ahead, "in") => {
                    return Problem::CreatorForm("a fetch `Form[criteria]`");
                }
                SquareClose | Semicolon | BraceOpen | BraceClose | End => break,
                _ => ahead += 1,
            }
        }
        Problem::NotDeluge(Foreign::Index)
    }
}
