//! Forms that only Zoho Creator has: records of a form, its fields, and statements for the person before it. Their words
//! are free elsewhere; what stands behind them tells.

use super::Context;
use super::bracket::BracketKind;
use super::expression::Goal;
use super::leaf::LeafKind;
use crate::syntax::error::Problem;
use crate::syntax::token::{Kind, Raw};

/// Statements of one word before a field.
const FIELD_VERBS: [&str; 6] = ["show", "hide", "enable", "disable", "clear", "focus"];

impl Context<'_> {
    /// Reads a statement of Creator; false if there is none.
    pub(super) fn creator_statement(&mut self) -> bool {
        let is = |name: &str| self.is_word(0, name);
        let next_is = |name: &str| self.is_word(1, name);
        let next = self.kind(1);
        let verb = match next {
            Raw::Word if is("insert") && next_is("into") => {
                self.simple();
                return true;
            }
            Raw::Word if is("update") && self.updates_records() => {
                self.begin_leaf(LeafKind::Statement);
                self.take(Kind::Update);
                self.leaf.writes_record = true;
                return self.rest_of_statement();
            }
            Raw::Word if is("delete") && next_is("from") => {
                self.begin_leaf(LeafKind::Statement);
                self.take_words(Kind::DeleteFrom, 2);
                return self.rest_of_statement();
            }
            Raw::Word if is("cancel") && (next_is("submit") || next_is("delete")) => 2,
            Raw::Word if is("success") && next_is("message") => 2,
            Raw::Semicolon if is("reload") => 1,
            Raw::Word | Raw::Number | Raw::DoubleText | Raw::SingleText | Raw::ParenOpen if is("alert") => 1,
            Raw::Word if FIELD_VERBS.iter().any(|verb| is(verb)) => 1,
            Raw::DoubleText if is("application") => {
                self.stop(Problem::ApplicationExport, self.token(0).span());
                return true;
            }
            _ => return false,
        };
        self.begin_leaf(LeafKind::Statement);
        let complete = matches!(self.kind(verb), Raw::Semicolon);
        self.take_words(Kind::Client, verb);
        self.operand = complete;
        self.rest_of_statement()
    }

    fn rest_of_statement(&mut self) -> bool {
        self.scan(Goal::Statement);
        self.end_simple();
        true
    }

    /// Emits the next words as one terminal, behind which a value may stand.
    fn take_words(&mut self, kind: Kind, count: usize) {
        let last = self.token(count.saturating_sub(1));
        self.emit(kind, self.token(0).span().to(last.span()));
        self.at += count;
        self.operand = false;
    }

    /// `insert into` where a value stands; false if something else does.
    pub(super) fn inserts_record(&mut self) -> bool {
        let inserts = self.is_word(0, "insert") && self.is_word(1, "into") && self.kind(2) == Raw::Word;
        if inserts {
            self.take_words(Kind::InsertInto, 2);
            self.leaf.writes_record = true;
        }
        inserts
    }

    /// Whether `update` is followed by a name, perhaps with criteria, and by fields.
    fn updates_records(&self) -> bool {
        let mut at = 1;
        while self.kind(at + 1) == Raw::Dot && self.kind(at + 2) == Raw::Word {
            at += 2;
        }
        self.kind(at) == Raw::Word && self.kind(at + 1) == Raw::SquareOpen
    }

    /// Whether the `[` at hand opens the fields of a record. A fetch that is updated has its criteria before.
    pub(super) fn fields_follow(&mut self) -> bool {
        if !self.leaf.writes_record || !self.brackets.is_empty() {
            return false;
        }
        match self.last() {
            Some(Kind::CriteriaClose) => true,
            Some(Kind::Name) if !self.criteria_before_fields() => self.fuse_name(Kind::FormName),
            _ => false,
        }
    }

    /// Whether another `[` stands right behind the bracket at hand.
    fn criteria_before_fields(&self) -> bool {
        let mut depth = 0usize;
        for ahead in 0.. {
            match self.kind(ahead) {
                Raw::SquareOpen => depth += 1,
                Raw::SquareClose if depth <= 1 => return self.kind(ahead + 1) == Raw::SquareOpen,
                Raw::SquareClose => depth -= 1,
                Raw::Semicolon | Raw::End => return false,
                _ => {}
            }
        }
        false
    }

    /// How far ahead the `=` of a field stands whose name begins `ahead`; `None` if none begins there.
    pub(super) fn field_end(&self, ahead: usize) -> Option<usize> {
        if self.kind(ahead) != Raw::Word {
            return None;
        }
        let mut end = ahead + 1;
        while self.kind(end) == Raw::Dot && self.kind(end + 1) == Raw::Word {
            end += 2;
        }
        (self.kind(end) == Raw::Assign).then_some(end)
    }

    /// Reads a field's name and its `=`; false if none stands here.
    pub(super) fn field(&mut self) -> bool {
        let Some(end) = self.field_end(0) else { return false };
        if !self.operand && self.last() != Some(Kind::FieldsOpen) {
            return false;
        }
        let span = self.token(0).span().to(self.token(end - 1).span());
        self.emit(Kind::FieldName, span);
        self.at += end + 1;
        self.operand = false;
        self.logic = None;
        true
    }

    /// Reads `sort by Field desc`, `range from` or its `to`, behind records; false if none stands here.
    pub(super) fn clause(&mut self) -> bool {
        if self.is_word(0, "sort") && self.is_word(1, "by") && self.kind(2) == Raw::Word {
            self.take_words(Kind::SortBy, 2);
            self.leaf.arranged = true;
            return self.sort_field();
        }
        if self.is_word(0, "range") && self.is_word(1, "from") {
            self.take_words(Kind::RangeFrom, 2);
            self.leaf.arranged = true;
            return true;
        }
        if self.leaf.arranged && self.is_word(0, "to") && self.begins_value(1) {
            self.take_words(Kind::RangeTo, 1);
            return true;
        }
        false
    }

    /// The field that records are sorted by, as one terminal, and the order.
    fn sort_field(&mut self) -> bool {
        let mut end = 0;
        while self.kind(end + 1) == Raw::Dot && self.kind(end + 2) == Raw::Word && !self.is_word(end + 2, "getall") {
            end += 2;
        }
        self.take_words(Kind::FormName, end + 1);
        for (word, kind) in [("asc", Kind::Ascending), ("desc", Kind::Descending)] {
            if self.is_word(0, word) {
                self.take(kind);
            }
        }
        self.operand = true;
        true
    }

    /// Reads `.getall()` behind a clause; false if it does not stand here.
    pub(super) fn get_all(&mut self) -> bool {
        let stands = self.leaf.arranged
            && self.is_word(1, "getall")
            && self.kind(2) == Raw::ParenOpen
            && self.kind(3) == Raw::ParenClose;
        if stands {
            self.take_words(Kind::GetAll, 4);
            self.operand = true;
        }
        stands
    }

    /// Reads a span of time behind `in` in criteria: `this month`, `next 3 weeks`, `2 years ago` begins with a number and
    /// is read by [`Context::period_ago`].
    pub(super) fn period(&mut self) -> bool {
        if !self.stands_in_criteria() {
            return false;
        }
        let direction = ["this", "last", "next"].iter().any(|word| self.is_word(0, word));
        let counted = usize::from(self.kind(1) == Raw::Number);
        let period = direction && self.is_period(1 + counted);
        if period {
            self.take_words(Kind::Period, 2 + counted);
        }
        period
    }

    /// Reads `2 years ago` behind `in` in criteria; false if it does not stand here.
    pub(super) fn period_ago(&mut self) -> bool {
        let stands = self.stands_in_criteria()
            && self.last() == Some(Kind::In)
            && self.kind(0) == Raw::Number
            && self.is_period(1)
            && self.is_word(2, "ago");
        if stands {
            self.take_words(Kind::Period, 3);
            self.operand = true;
        }
        stands
    }

    /// Whether a condition of criteria is at hand, perhaps in parentheses.
    fn stands_in_criteria(&self) -> bool {
        let outer = self.brackets.iter().rev().find(|bracket| bracket.kind != BracketKind::Paren);
        outer.is_some_and(|bracket| bracket.kind == BracketKind::Criteria)
    }

    fn is_period(&self, ahead: usize) -> bool {
        const PERIODS: [&str; 8] = ["day", "days", "week", "weeks", "month", "months", "year", "years"];
        PERIODS.iter().any(|word| self.is_word(ahead, word))
    }

    /// Whether what stands in the `[` at hand can only be the place of an element, as in other languages: a number, a
    /// text, or a sum, but no condition.
    pub(super) fn is_index(&self) -> bool {
        use Raw::*;
        let mut ahead = 1;
        let mut names_only = true;
        while ahead < 200 {
            match self.kind(ahead) {
                Equal | Assign | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual | And | Or | Bang
                | ParenOpen => return false,
                Word if ["is", "in", "not"].iter().any(|word| self.is_word(ahead, word)) => return false,
                SquareClose | Semicolon | BraceOpen | BraceClose | End => break,
                Word | Dot => {}
                _ => names_only = false,
            }
            ahead += 1;
        }
        // `Form[]` takes all records, `Form[Flag]` those whose box is ticked. Who writes `list[i]` is told when the names
        // are settled.
        !names_only
    }
}
