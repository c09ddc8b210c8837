//! Reads tokens up to the end of a leaf. All that matters is whether the last token ends a value: what may follow
//! then is an operator, and a further value tells that something is missing in between.

use super::Context;
use super::bracket::BracketKind;
use super::look::is_assignment;
use super::words::{Keyword, is_type};
use crate::syntax::error::{Foreign, Problem};
use crate::syntax::token::{Kind, Raw};

/// What ends the leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// `;`
    Statement,
    /// The parenthesis that closes the first one.
    Condition,
    /// The brace of the block.
    Loop,
}

/// How reading goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// With the next token.
    On,
    /// The leaf is complete.
    Done,
    /// The leaf is broken: what is left of it is passed over.
    Broken,
}

impl Context<'_> {
    /// Reads up to the end of the leaf.
    pub(super) fn scan(&mut self, goal: Goal) {
        while !self.reading.stopped {
            match self.scan_token(goal) {
                Flow::On => {}
                Flow::Done => return,
                Flow::Broken => return self.skip(goal),
            }
        }
    }

    fn scan_token(&mut self, goal: Goal) -> Flow {
        match self.kind(0) {
            Raw::Word => self.word_token(goal),
            Raw::Number if self.period_ago() => Flow::On,
            Raw::Number => self.value(goal, Kind::Number),
            Raw::Decimal => self.value(goal, Kind::Decimal),
            Raw::DoubleText => self.value(goal, Kind::DoubleText),
            Raw::SingleText => self.value(goal, Kind::SingleText),
            Raw::ParenOpen => self.paren_open(goal),
            Raw::SquareOpen => self.square_open(goal),
            Raw::BraceOpen => self.brace_open(goal),
            Raw::ParenClose => self.close(goal, BracketKind::Paren),
            Raw::SquareClose => self.close(goal, BracketKind::List),
            Raw::BraceClose => self.close(goal, BracketKind::Literal),
            Raw::Semicolon => self.semicolon(goal),
            Raw::Comma => self.comma(),
            Raw::Colon => self.colon(),
            Raw::Dot => self.dot(),
            Raw::BadNumber => self.fail(Problem::NumberFormat),
            Raw::OpenText => self.open_text(goal),
            Raw::OpenComment => {
                self.open_comment();
                Flow::On
            }
            Raw::Bad => self.bad_character(),
            Raw::End => self.end_of_input(goal),
            kind if is_assignment(kind) => self.assignment(goal, kind),
            kind => self.operator(goal, kind),
        }
    }

    /// Reports and gives the leaf up.
    pub(super) fn fail(&mut self, problem: Problem) -> Flow {
        self.report(problem, self.token(0).span());
        Flow::Broken
    }

    fn value(&mut self, goal: Goal, kind: Kind) -> Flow {
        if self.operand {
            return self.adjacent(goal);
        }
        self.take(kind);
        self.operand = true;
        Flow::On
    }

    fn word_token(&mut self, goal: Goal) -> Flow {
        if self.last() == Some(Kind::ParenOpen) && self.fresh_line(0) && self.next_attribute().is_some() {
            self.close_empty_call();
        }
        if self.innermost() == Some(BracketKind::Task) && self.attribute() {
            return Flow::On;
        }
        if self.innermost() == Some(BracketKind::Fields) && self.field() {
            return Flow::On;
        }
        if self.operand {
            return match self.operator_word() || self.clause() {
                true => Flow::On,
                false => self.adjacent(goal),
            };
        }
        match self.keyword(0) {
            Some(Keyword::True) => self.take(Kind::True),
            Some(Keyword::False) => self.take(Kind::False),
            Some(Keyword::Null) => self.take(Kind::Null),
            Some(Keyword::If) if self.kind(1) == Raw::ParenOpen => {
                self.take(Kind::IfValue);
                return Flow::On;
            }
            Some(Keyword::Not) if self.begins_value(1) && !matches!(self.kind(1), Raw::Minus | Raw::Plus) => {
                self.complain(Problem::WordOperator("not"), self.token(0).span());
                self.take(Kind::Not);
                return Flow::On;
            }
            Some(Keyword::Info | Keyword::Return | Keyword::For | Keyword::Try | Keyword::Else)
                if self.fresh_line(0) && self.begins_keyword_statement() =>
            {
                let found = format!("`{}`", self.word(0));
                return self.fail(Problem::Unexpected { found, expected: "an expression".into() });
            }
            _ if self.inserts_record() => return Flow::On,
            _ if self.last() == Some(Kind::In) && self.period() => {}
            _ => self.name(),
        }
        self.operand = true;
        Flow::On
    }

    /// A name; `List:String` before a parenthesis is one.
    fn name(&mut self) {
        let (first, last) = (self.token(0), self.token(2));
        let tight = first.end() == self.token(1).start && self.token(1).end() == last.start;
        if self.kind(1) == Raw::Colon
            && self.kind(3) == Raw::ParenOpen
            && tight
            && self.is_word(0, "list")
            && is_type(self.word(2))
        {
            self.emit(Kind::Name, first.span().to(last.span()));
            self.at += 3;
        } else {
            self.take(Kind::Name);
        }
    }

    fn dot(&mut self) -> Flow {
        self.close_empty_call();
        if self.get_all() {
            return Flow::On;
        }
        self.take(Kind::Dot);
        self.operand = self.kind(0) == Raw::Word;
        if self.operand {
            self.take(Kind::Name);
        }
        Flow::On
    }

    fn comma(&mut self) -> Flow {
        self.close_empty_call();
        self.logic = None;
        let closes = matches!(self.kind(1), Raw::ParenClose | Raw::SquareClose | Raw::BraceClose);
        if closes && self.operand && !self.brackets.is_empty() {
            self.complain(Problem::TrailingComma, self.token(0).span());
            self.at += 1;
            return Flow::On;
        }
        let in_fields = self.innermost() == Some(BracketKind::Fields);
        if in_fields && self.operand && self.field_end(1).is_some() {
            self.at += 1;
            return Flow::On;
        }
        let another_file = self.holds_files && self.is_word(1, "file");
        let in_task = self.innermost() == Some(BracketKind::Task);
        if in_task && self.operand && !another_file && self.attribute_end(1).is_some() {
            self.at += 1;
            return Flow::On;
        }
        self.take(Kind::Comma);
        self.operand = false;
        Flow::On
    }

    fn colon(&mut self) -> Flow {
        if self.operand && self.is_word(1, "ui") && self.brackets.is_empty() {
            return self.dot();
        }
        self.logic = None;
        self.take(Kind::Colon);
        self.operand = false;
        Flow::On
    }

    /// Between parentheses and in literals nothing is assigned, so `=` compares there (24 of 921 public scripts and
    /// one of Zoho's pages write it so).
    fn assignment(&mut self, goal: Goal, kind: Raw) -> Flow {
        self.close_empty_call();
        let place = self.token(0).span();
        let compares = !self.brackets.is_empty() || goal != Goal::Statement;
        match self.innermost() {
            Some(BracketKind::Task) => return self.fail(Problem::AttributeForm),
            Some(BracketKind::Fields) => return self.fail(Problem::FieldForm),
            _ => {}
        }
        if compares && kind == Raw::Assign {
            // In criteria Zoho's own pages write a single `=`.
            if self.innermost() != Some(BracketKind::Criteria) {
                self.complain(Problem::SingleEquals, place);
            }
            self.take(Kind::Equal);
            self.operand = false;
            return Flow::On;
        }
        if self.leaf.assigned {
            return self.fail(Problem::NotDeluge(Foreign::ChainedAssignment));
        }
        self.leaf.assigned = true;
        self.take(match kind {
            Raw::AddAssign => Kind::AddAssign,
            Raw::SubtractAssign => Kind::SubtractAssign,
            Raw::MultiplyAssign => Kind::MultiplyAssign,
            Raw::DivideAssign => Kind::DivideAssign,
            Raw::RemainderAssign => Kind::RemainderAssign,
            _ => Kind::Assign,
        });
        self.operand = false;
        Flow::On
    }

    fn semicolon(&mut self, goal: Goal) -> Flow {
        let in_task = self.innermost() == Some(BracketKind::Task);
        if in_task && (self.kind(1) == Raw::SquareClose || self.attribute_end(1).is_some()) {
            let expected = "the next attribute or `]`".into();
            self.report(Problem::Unexpected { found: "`;`".into(), expected }, self.token(0).span());
            self.at += 1;
            return Flow::On;
        }
        self.close_brackets(0);
        if goal == Goal::Statement {
            self.take(Kind::Semicolon);
        }
        Flow::Done
    }

    fn bad_character(&mut self) -> Flow {
        let place = self.token(0).span();
        let letter = self.text.get(place.range()).and_then(|text| text.chars().next()).unwrap_or_default();
        self.fail(match letter {
            '#' => Problem::NotDeluge(Foreign::HashComment),
            '`' => Problem::NotDeluge(Foreign::Backtick),
            '&' | '|' | '^' | '~' => Problem::NotDeluge(Foreign::SingleLogic),
            letter => Problem::UnknownCharacter(letter),
        })
    }

    fn end_of_input(&mut self, goal: Goal) -> Flow {
        // A `return` needs no value. A statement with an error is not mended by what follows.
        let ends_here =
            self.operand && !self.awaits_square() || self.leaf.reported || self.last() == Some(Kind::Return);
        self.reading.unfinished |= goal != Goal::Statement || !self.brackets.is_empty() || !ends_here;
        let ends_input = self.settings.is_input && self.blocks.is_empty() && ends_here;
        let may_end = self.brackets.is_empty() && (ends_input || self.needs_no_semicolon());
        self.close_brackets(0);
        if goal == Goal::Statement {
            if !may_end {
                self.report(Problem::MissingSemicolon, self.after_previous());
            }
            self.supply(Kind::Semicolon);
        }
        Flow::Done
    }
}
