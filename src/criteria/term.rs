//! What all notations are read into: conditions, and how they are joined. It is a tree only until it is flattened; its
//! depth is that of the brackets in the text.

use super::constant::Constant;
use super::moving::Moving;
use super::period::Period;

/// A condition, or several.
#[derive(Debug)]
pub(super) enum Term {
    Check(Check),
    All(Vec<Term>),
    Any(Vec<Term>),
    Not(Box<Term>),
}

/// One condition.
#[derive(Debug)]
pub(super) struct Check {
    pub subject: Operand,
    pub ask: Ask,
    /// Whether values are compared by their texts without regard to case, as searches do.
    pub loose: bool,
}

/// What a condition is about.
#[derive(Debug)]
pub(super) enum Operand {
    /// The place of a field in the list of fields.
    Field(usize),
    Constant(Box<Constant>),
    Moving(Moving),
}

/// What is asked of the subject.
#[derive(Debug)]
pub(super) enum Ask {
    /// Whether a box is ticked.
    Ticked,
    Null,
    Empty,
    /// Empty, or blanks alone.
    Blank,
    Compare(Relation, Operand),
    /// Whether it, or one of its elements, is one of several.
    Among(Box<Constant>),
    Between(Box<Constant>, Box<Constant>),
    Within(Period),
    /// Whether its text has the other text somewhere.
    Part(Part, Operand, Case),
}

/// Comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
}

/// Where one text is looked for in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Anywhere,
    Start,
    End,
    Whole,
}

/// Whether letters of another case count as the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Counts,
    Ignored,
}

impl Relation {
    /// Whether it asks which is larger.
    pub fn is_order(self) -> bool {
        matches!(self, Relation::Less | Relation::LessOrEqual | Relation::Greater | Relation::GreaterOrEqual)
    }

    /// As expressions write it.
    pub fn sign(self) -> &'static str {
        match self {
            Relation::Equal => "==",
            Relation::NotEqual => "!=",
            Relation::Less => "<",
            Relation::LessOrEqual => "<=",
            Relation::Greater => ">",
            Relation::GreaterOrEqual => ">=",
            Relation::In => "in",
            Relation::NotIn => "not in",
        }
    }
}

impl Term {
    /// The opposite.
    pub fn not(self) -> Self {
        Term::Not(Box::new(self))
    }

    /// The opposite if `wanted` is false.
    pub fn is(self, wanted: bool) -> Self {
        if wanted { self } else { self.not() }
    }
}
