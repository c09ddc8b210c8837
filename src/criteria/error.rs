//! What can be wrong with criteria. Errors of form in expressions are those of `syntax`, with places in the criteria.

use std::fmt;

use super::term::Relation;
use super::{MAX_DEPTH, MAX_TERMS, MAX_TEXT};
use crate::diagnostic::{Colour, Diagnostic, render, suggest};
use crate::source::{Source, Span};

/// Criteria that do not compile. Printing it draws every problem with its place.
pub struct Refused {
    /// The text.
    pub source: Source,
    /// What was found, at least one.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostics.iter().try_for_each(|found| f.write_str(&render(found, &self.source, Colour::Off)))
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Refused {}

/// A problem and its place.
#[derive(Debug)]
pub(super) struct Fault {
    problem: Problem,
    span: Span,
}

#[derive(Debug)]
pub(super) enum Problem {
    Empty,
    TextTooLong,
    TooManyTerms,
    TooDeep,
    /// A search text that is not in its form, and what to do.
    SearchForm(&'static str),
    /// The JSON of a rule that is not in its form, and how it is.
    RuleForm(String),
    UnknownOperator(String),
    UnknownFunction(String),
    ArgumentCount {
        function: String,
        wanted: usize,
    },
    /// A value or a statement where a condition is needed.
    NotACondition,
    /// `a == b == c`
    Chained,
    /// A bracket or a `;` that ends the criteria before their end.
    Ended,
    /// A text that is compared with a constant.
    NoField,
    /// Something that is not a constant, a field, or a date that moves.
    NotAnOperand,
    /// Arithmetic with fields.
    FieldArithmetic,
    /// A constant that the operator cannot compare.
    Operand {
        operator: String,
        what: String,
    },
    /// `between` without its two values.
    Between,
    BadDate(String),
    NumberRange,
    Arithmetic(String),
}

/// Operators of search texts and rules.
pub(super) const WORDS: [&str; 16] = [
    "equals",
    "equal",
    "not_equal",
    "not_equals",
    "contains",
    "not_contains",
    "starts_with",
    "ends_with",
    "greater_than",
    "greater_equal",
    "less_than",
    "less_equal",
    "between",
    "not_between",
    "in",
    "not_in",
];

/// Functions of expressions.
pub(super) const FUNCTIONS: [&str; 12] = [
    "contains",
    "containsIgnoreCase",
    "notContains",
    "startsWith",
    "startsWithIgnoreCase",
    "endsWith",
    "endsWithIgnoreCase",
    "equals",
    "equalsIgnoreCase",
    "isEmpty",
    "isBlank",
    "isNull",
];

/// Functions of `today` and `now`.
const SHIFTS: [&str; 14] = [
    "addDay",
    "addWeek",
    "addMonth",
    "addYear",
    "addHour",
    "addMinutes",
    "addSeconds",
    "subDay",
    "subWeek",
    "subMonth",
    "subYear",
    "subHour",
    "subMinutes",
    "subSeconds",
];

impl Fault {
    pub fn new(problem: Problem, span: Span) -> Self {
        Self { problem, span }
    }

    /// A constant that a comparison cannot take.
    pub fn operand(relation: Relation, what: impl Into<String>, span: Span) -> Self {
        Self::new(Problem::Operand { operator: relation.sign().to_owned(), what: what.into() }, span)
    }

    pub fn diagnostic(self) -> Diagnostic {
        let message = self.problem.message();
        let found = Diagnostic::error(self.problem.code(), message).help(self.problem.help());
        found.at(self.span, "")
    }
}

impl Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::Empty => "criteria::empty",
            Problem::TextTooLong | Problem::TooManyTerms | Problem::TooDeep => "criteria::too-large",
            Problem::SearchForm(_) => "criteria::search-form",
            Problem::RuleForm(_) => "criteria::rule-form",
            Problem::UnknownOperator(_) => "criteria::unknown-operator",
            Problem::UnknownFunction(_) => "criteria::unknown-function",
            Problem::ArgumentCount { .. } => "criteria::argument-count",
            Problem::NotACondition | Problem::Chained | Problem::Ended | Problem::NoField => "criteria::no-condition",
            Problem::NotAnOperand | Problem::FieldArithmetic | Problem::Arithmetic(_) => "criteria::no-constant",
            Problem::Operand { .. } | Problem::Between => "criteria::operand",
            Problem::BadDate(_) => "criteria::bad-date",
            Problem::NumberRange => "criteria::number-range",
        }
    }

    fn message(&self) -> String {
        match self {
            Problem::Empty => "There are no criteria".into(),
            Problem::TextTooLong => format!("These criteria have more than {} KiB", MAX_TEXT / 1024),
            Problem::TooManyTerms => format!("These criteria have more than {MAX_TERMS} conditions"),
            Problem::TooDeep => format!("Brackets are nested more than {MAX_DEPTH} deep"),
            Problem::SearchForm(_) => "This is no search text in its form".into(),
            Problem::RuleForm(what) => format!("This is no rule's criteria in their form: {what}"),
            Problem::UnknownOperator(name) => format!("There is no operator `{name}`"),
            Problem::UnknownFunction(name) => format!("There is no function `{name}` for criteria"),
            Problem::ArgumentCount { function, wanted: 0 } => format!("`{function}` takes no argument"),
            Problem::ArgumentCount { function, wanted } => format!("`{function}` takes {wanted} argument"),
            Problem::NotACondition => "This is no condition".into(),
            Problem::Chained => "Several comparisons follow each other without `&&` or `||`".into(),
            Problem::Ended => "The criteria end here, and more follows".into(),
            Problem::NoField => "No field stands on either side of the comparison".into(),
            Problem::NotAnOperand => "This is neither a constant nor a field".into(),
            Problem::FieldArithmetic => "Criteria do not compute with fields".into(),
            Problem::Arithmetic(what) => format!("This cannot be computed: {what}"),
            Problem::Operand { operator, what } => format!("`{operator}` cannot compare {what}"),
            Problem::Between => "`between` needs two values".into(),
            Problem::BadDate(text) => format!("There is no date `{text}`"),
            Problem::NumberRange => "The number is too large".into(),
        }
    }

    fn help(&self) -> String {
        match self {
            Problem::Empty => "write a condition; `true` takes every record".into(),
            Problem::TextTooLong | Problem::TooManyTerms => {
                "compare with a list: `City in {\"Cork\", \"Dublin\"}`".into()
            }
            Problem::TooDeep => "take away brackets that change nothing".into(),
            Problem::SearchForm(help) => (*help).into(),
            Problem::RuleForm(_) => {
                "a condition has `comparator`, `field` and `value`, a group `group_operator` and `group`".into()
            }
            Problem::UnknownOperator(name) => unknown_operator(name),
            Problem::UnknownFunction(name) => match suggest(name, FUNCTIONS.into_iter().chain(SHIFTS)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", FUNCTIONS.join(", ")),
            },
            Problem::ArgumentCount { function, .. } => format!("write `Field.{function}(…)`"),
            Problem::NotACondition => "compare a field with a value: `City == \"Cork\"`".into(),
            Problem::Chained => "join them: `a == 1 && b == 1`".into(),
            Problem::Ended => "write one condition; join several with `&&` or `||`".into(),
            Problem::NoField => "write the name of a field without quotes: `City == \"Cork\"`".into(),
            Problem::NotAnOperand => {
                "compare with a text, a number, a date, a list of these, null, another field, or `today` and `now`"
                    .into()
            }
            Problem::FieldArithmetic => "move the computation to the constant, or keep the result in a field".into(),
            Problem::Arithmetic(_) => "write the result itself".into(),
            Problem::Operand { operator, .. } if matches!(operator.as_str(), "<" | "<=" | ">" | ">=" | "between") => {
                "numbers, dates and times have an order; compare other values with `==`".into()
            }
            Problem::Operand { .. } => "write a text, a number, a date or a list".into(),
            Problem::Between => "write them with a comma between: `(Amount:between:10,20)`".into(),
            Problem::BadDate(_) => "write a day of the calendar, such as '2026-03-29' or '2026-03-29 10:00:00'".into(),
            Problem::NumberRange => "whole numbers have 64 bits, decimals 28 digits".into(),
        }
    }
}

/// What may have been meant by an operator of a search text.
fn unknown_operator(name: &str) -> String {
    let lower = name.to_lowercase();
    let meant = match lower.as_str() {
        "=" | "==" | "is" | "eq" => Some("equals"),
        "!=" | "<>" | "isn't" | "is_not" | "ne" => Some("not_equal"),
        ">" | "gt" | "after" => Some("greater_than"),
        ">=" | "ge" => Some("greater_equal"),
        "<" | "lt" | "before" => Some("less_than"),
        "<=" | "le" => Some("less_equal"),
        "like" => Some("contains"),
        _ => suggest(&lower, WORDS),
    };
    match meant {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", WORDS.join(", ")),
    }
}

/// What may have been meant by a word that stands where an expression needs an operator.
pub(super) fn meant_by_word(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "equals" | "equal" | "eq" => "did you mean `==`?",
        "isn't" | "isnt" | "not_equal" | "ne" | "<>" => "did you mean `!=`?",
        "like" | "contains" | "matches" => "did you mean `Field.contains(\"…\")`?",
        "starts_with" | "startswith" | "starts" => "did you mean `Field.startsWith(\"…\")`?",
        "ends_with" | "endswith" | "ends" => "did you mean `Field.endsWith(\"…\")`?",
        "greater_than" | "greater_equal" => "did you mean `>` or `>=`?",
        "less_than" | "less_equal" => "did you mean `<` or `<=`?",
        "between" => "did you mean `Field >= … && Field <= …`?",
        _ => return None,
    })
}
