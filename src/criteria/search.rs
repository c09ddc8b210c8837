//! Search texts of CRM: `((Last_Name:equals:Burns)and(Email:starts_with:p))`. `and` binds before `or`, and a backslash
//! frees `(`, `)`, `,` and itself in a value. Values are texts whatever the field, so each is compared as what the record
//! holds, without regard to case.

use super::comparator::{self, Values};
use super::error::{Fault, Problem};
use super::field::Fields;
use super::term::Term;
use super::{MAX_DEPTH, MAX_TERMS, Options};
use crate::source::Span;
use crate::value::Data;

/// Whether a text is a search text and no expression: behind its brackets stand a name and a colon.
pub(super) fn is_search(text: &str) -> bool {
    let inside = text.trim_start_matches(|letter: char| letter == '(' || letter.is_whitespace());
    let name = inside.trim_start_matches(|letter: char| letter.is_alphanumeric() || "_.$ ".contains(letter));
    name.len() < inside.len() && name.starts_with(':')
}

/// What waits until it is known what follows.
#[derive(Clone, Copy, PartialEq)]
enum Waiting {
    Group(usize),
    And,
    Or,
}

/// Reads a search text.
pub(super) fn read(text: &str, options: &Options, fields: &mut Fields) -> Result<Term, Fault> {
    let mut reader = Reader { text, at: 0, terms: Vec::new(), waiting: Vec::new() };
    let (mut operand_next, mut conditions) = (true, 0);
    reader.blanks();
    while reader.at < text.len() {
        if operand_next {
            let open = reader.at;
            if !reader.take("(") {
                return Err(reader.fault(BRACKETS));
            }
            reader.blanks();
            if reader.rest().starts_with('(') {
                let groups = reader.waiting.iter().filter(|one| matches!(one, Waiting::Group(_))).count();
                if groups >= MAX_DEPTH {
                    return Err(Fault::new(Problem::TooDeep, Span::new(open, open + 1)));
                }
                reader.waiting.push(Waiting::Group(open));
            } else {
                conditions += 1;
                if conditions > MAX_TERMS {
                    return Err(Fault::new(Problem::TooManyTerms, Span::new(open, open + 1)));
                }
                let term = reader.condition(options, fields)?;
                reader.terms.push(term);
                operand_next = false;
            }
        } else if reader.rest().starts_with(')') {
            reader.unwind(|top| !matches!(top, Waiting::Group(_)));
            if reader.waiting.pop().is_none() {
                return Err(reader.fault("take away this bracket: none is open"));
            }
            reader.at += 1;
        } else if reader.word("and") {
            reader.unwind(|top| *top == Waiting::And);
            reader.waiting.push(Waiting::And);
            operand_next = true;
        } else if reader.word("or") {
            reader.unwind(|top| !matches!(top, Waiting::Group(_)));
            reader.waiting.push(Waiting::Or);
            operand_next = true;
        } else {
            return Err(reader.fault("join conditions with `and` or `or`"));
        }
        reader.blanks();
    }
    reader.unwind(|top| !matches!(top, Waiting::Group(_)));
    if let Some(Waiting::Group(open)) = reader.waiting.last() {
        return Err(Fault::new(Problem::SearchForm("close this bracket"), Span::new(*open, open + 1)));
    }
    match reader.terms.pop() {
        Some(term) if !operand_next => Ok(term),
        _ => Err(reader.fault("a condition is missing at the end")),
    }
}

const BRACKETS: &str = "write each condition in brackets: `(Last_Name:equals:Burns)`";

struct Reader<'t> {
    text: &'t str,
    at: usize,
    terms: Vec<Term>,
    waiting: Vec<Waiting>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn take(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        self.at += if found { wanted.len() } else { 0 };
        found
    }

    /// Takes a joining word, which must end at a blank or a bracket.
    fn word(&mut self, wanted: &str) -> bool {
        let rest = self.rest();
        let (Some(start), Some(after)) = (rest.get(..wanted.len()), rest.get(wanted.len()..)) else { return false };
        let ends = after.is_empty() || after.starts_with(|letter: char| letter == '(' || letter.is_whitespace());
        let found = start.eq_ignore_ascii_case(wanted) && ends;
        self.at += if found { wanted.len() } else { 0 };
        found
    }

    /// Reads `field:operator:value)`.
    fn condition(&mut self, options: &Options, fields: &mut Fields) -> Result<Term, Fault> {
        let (start, rest) = (self.at, self.rest());
        let end = unescaped(rest, ')').ok_or_else(|| {
            let open = self.text.get(..start).and_then(|before| before.rfind('(')).unwrap_or(start);
            Fault::new(
                Problem::SearchForm("close this bracket; a bracket in a value is written `\\)`"),
                Span::new(open, open + 1),
            )
        })?;
        let inside = rest.get(..end).unwrap_or_default();
        let span = Span::new(start, start + end);
        self.at += end + 1;
        let mut parts = inside.splitn(3, ':');
        let (Some(field), Some(operator), Some(value)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(Fault::new(
                Problem::SearchForm("write a field, an operator and a value with colons between"),
                span,
            ));
        };
        if field.trim().is_empty() {
            return Err(Fault::new(Problem::SearchForm("a field's name is missing before the colon"), span));
        }
        if let Some(open) = unescaped(value, '(') {
            let place = start + field.len() + operator.len() + 2 + open;
            return Err(Fault::new(
                Problem::SearchForm("write a bracket in a value with `\\` before it"),
                Span::new(place, place + 1),
            ));
        }
        let start_of_operator = start + field.len() + 1;
        let places = [Span::new(start_of_operator, start_of_operator + operator.len()), span];
        let values = Values { whole: Data::Text(freed(value.trim())), parts: split(value) };
        let subject = fields.place(field.trim());
        comparator::term(subject, operator.trim(), values, options, places)
    }

    /// Joins what waits on top, as long as it is to be joined first.
    fn unwind(&mut self, first: impl Fn(&Waiting) -> bool) {
        while self.waiting.last().is_some_and(&first) {
            let (Some(joint), Some(right), Some(left)) = (self.waiting.pop(), self.terms.pop(), self.terms.pop())
            else {
                return;
            };
            // A run of the same joint is one node, so that the tree is no deeper than the brackets.
            self.terms.push(match (joint, left) {
                (Waiting::And, Term::All(mut terms)) => {
                    terms.push(right);
                    Term::All(terms)
                }
                (Waiting::And, left) => Term::All(vec![left, right]),
                (_, Term::Any(mut terms)) => {
                    terms.push(right);
                    Term::Any(terms)
                }
                (_, left) => Term::Any(vec![left, right]),
            });
        }
    }

    fn fault(&self, help: &'static str) -> Fault {
        let letter = self.rest().chars().next().map_or(0, char::len_utf8);
        let start = if letter == 0 { self.text.trim_end().len().saturating_sub(1) } else { self.at };
        let start = (0..=start).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or_default();
        let end =
            self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(start, |one| start + one.len_utf8());
        Fault::new(Problem::SearchForm(help), Span::new(start, end))
    }
}

/// Where a sign stands without a backslash before it.
fn unescaped(text: &str, wanted: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(place, letter)| {
        let free = !escaped;
        escaped = free && letter == '\\';
        (free && letter == wanted).then_some(place)
    })
}

/// The parts between commas.
fn split(mut text: &str) -> Vec<Data> {
    let mut parts = Vec::new();
    while let Some(place) = unescaped(text, ',') {
        parts.push(Data::Text(freed(text.get(..place).unwrap_or_default().trim())));
        text = text.get(place + 1..).unwrap_or_default();
    }
    parts.push(Data::Text(freed(text.trim())));
    parts
}

/// A value without the backslashes that free signs; before another letter a backslash is itself.
fn freed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('\\', Some(next @ ('(' | ')' | ',' | '\\' | ':'))) => {
                out.push(*next);
                letters.next();
            }
            (letter, _) => out.push(letter),
        }
    }
    out
}
