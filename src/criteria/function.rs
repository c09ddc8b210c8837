//! The functions of criteria: those of the help page "criteria", their siblings of the language, and `isNull` and
//! `isBlank`, which the pages advise in place of comparing with null.

use super::term::{Ask, Case, Check, Operand, Part, Relation, Term};

/// What a function asks.
#[derive(Clone, Copy)]
pub(super) enum Function {
    Null,
    Empty,
    Blank,
    Equals,
    /// A part of a text; whether it must not be there.
    Part(Part, Case, bool),
}

/// The function of a name, in any case as all functions.
pub(super) fn named(name: &str) -> Option<Function> {
    let text = |part, case| Some(Function::Part(part, case, false));
    match name.to_ascii_lowercase().as_str() {
        "isnull" => Some(Function::Null),
        "isempty" => Some(Function::Empty),
        "isblank" => Some(Function::Blank),
        "equals" => Some(Function::Equals),
        "contains" => text(Part::Anywhere, Case::Counts),
        "containsignorecase" => text(Part::Anywhere, Case::Ignored),
        "notcontains" => Some(Function::Part(Part::Anywhere, Case::Counts, true)),
        "startswith" => text(Part::Start, Case::Counts),
        "startswithignorecase" => text(Part::Start, Case::Ignored),
        "endswith" => text(Part::End, Case::Counts),
        "endswithignorecase" => text(Part::End, Case::Ignored),
        "equalsignorecase" => text(Part::Whole, Case::Ignored),
        _ => None,
    }
}

impl Function {
    pub fn takes_argument(self) -> bool {
        matches!(self, Function::Equals | Function::Part(..))
    }

    /// The condition. `object` is there if the function takes an argument.
    pub fn term(self, subject: Operand, object: Option<Operand>) -> Term {
        let check = |ask| Term::Check(Check { subject, ask, loose: false });
        match (self, object) {
            (Function::Empty, _) => check(Ask::Empty),
            (Function::Blank, _) => check(Ask::Blank),
            (Function::Equals, Some(object)) => check(Ask::Compare(Relation::Equal, object)),
            (Function::Part(part, case, absent), Some(object)) => check(Ask::Part(part, object, case)).is(!absent),
            (Function::Null | Function::Equals | Function::Part(..), _) => check(Ask::Null),
        }
    }
}
