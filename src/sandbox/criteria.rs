//! Search criteria of CRM and Bigin, such as `((Email:equals:ann@example.com) and (Last_Name:starts_with:B))`. They are
//! turned into postfix order once and then judged per record with a small stack, so nesting costs no recursion. As on
//! the platform, at most ten conditions are taken, `and` binds before `or`, and a backslash frees `(`, `)` and `,` in a
//! value.

use super::records::{Record, comparable};

const CONDITION_LIMIT: usize = 10;

pub(super) struct Criteria(Vec<Step>);

/// What is wrong with a text that is no criteria.
pub(super) enum Fault {
    Form,
    Operator { field: String, operator: String },
    TooMany,
}

enum Step {
    Condition { field: String, operator: Operator, value: String },
    And,
    Or,
}

#[derive(Clone, Copy)]
enum Operator {
    Equals,
    NotEqual,
    StartsWith,
    Contains,
    In,
}

/// What waits on the stack while the text is read.
#[derive(PartialEq)]
enum Waiting {
    Group,
    And,
    Or,
}

impl Criteria {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let (mut rest, mut steps, mut waiting) = (text.trim(), Vec::new(), Vec::new());
        let (mut conditions, mut operand_next) = (0, true);
        while !rest.is_empty() {
            if operand_next {
                rest = rest.strip_prefix('(').ok_or(Fault::Form)?.trim_start();
                conditions += usize::from(!rest.starts_with('('));
                if conditions > CONDITION_LIMIT || waiting.len() > 2 * CONDITION_LIMIT {
                    return Err(Fault::TooMany);
                }
                if rest.starts_with('(') {
                    waiting.push(Waiting::Group);
                } else {
                    let (condition, after) = condition(rest)?;
                    steps.push(condition);
                    (rest, operand_next) = (after, false);
                }
            } else if let Some(after) = rest.strip_prefix(')') {
                unwind(&mut waiting, &mut steps, |top| *top != Waiting::Group);
                waiting.pop().ok_or(Fault::Form)?;
                rest = after;
            } else if let Some(after) = word(rest, "and") {
                unwind(&mut waiting, &mut steps, |top| *top == Waiting::And);
                waiting.push(Waiting::And);
                (rest, operand_next) = (after, true);
            } else {
                let after = word(rest, "or").ok_or(Fault::Form)?;
                unwind(&mut waiting, &mut steps, |top| *top != Waiting::Group);
                waiting.push(Waiting::Or);
                (rest, operand_next) = (after, true);
            }
            rest = rest.trim_start();
        }
        unwind(&mut waiting, &mut steps, |top| *top != Waiting::Group);
        if operand_next || !waiting.is_empty() { Err(Fault::Form) } else { Ok(Self(steps)) }
    }

    pub fn accepts(&self, record: &Record) -> bool {
        let mut stack = Vec::new();
        for step in &self.0 {
            let result = match step {
                Step::Condition { field, operator, value } => {
                    operator.holds(&record.get(field).map(comparable).unwrap_or_default(), value)
                }
                // Both sides are taken off the stack before they are joined.
                Step::And => stack.pop() == Some(true) && stack.last() == Some(&true),
                Step::Or => stack.pop() == Some(true) || stack.last() == Some(&true),
            };
            if !matches!(step, Step::Condition { .. }) {
                stack.pop();
            }
            stack.push(result);
        }
        stack.pop() == Some(true)
    }
}

impl Operator {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "equals" => Operator::Equals,
            "not_equal" => Operator::NotEqual,
            "starts_with" => Operator::StartsWith,
            "contains" => Operator::Contains,
            "in" => Operator::In,
            _ => return None,
        })
    }

    /// Compares without regard to case, as the platform's search does.
    fn holds(self, actual: &str, wanted: &str) -> bool {
        let actual = actual.to_lowercase();
        let plain = |text: &str| unescaped(text).to_lowercase();
        match self {
            Operator::Equals => actual == plain(wanted),
            Operator::NotEqual => actual != plain(wanted),
            Operator::StartsWith => actual.starts_with(&plain(wanted)),
            Operator::Contains => actual.contains(&plain(wanted)),
            Operator::In => split_unescaped(wanted, ',').iter().any(|part| actual == plain(part.trim())),
        }
    }
}

/// Moves what waits on top, as long as it is to be applied first, behind the steps.
fn unwind(waiting: &mut Vec<Waiting>, steps: &mut Vec<Step>, first: impl Fn(&Waiting) -> bool) {
    while waiting.last().is_some_and(&first) {
        steps.push(if waiting.pop() == Some(Waiting::And) { Step::And } else { Step::Or });
    }
}

/// Reads `field:operator:value)` and gives what follows.
fn condition(text: &str) -> Result<(Step, &str), Fault> {
    let end = position_unescaped(text, ')').ok_or(Fault::Form)?;
    let (inside, after) = (text.get(..end).unwrap_or_default(), text.get(end + 1..).unwrap_or_default());
    let mut parts = inside.splitn(3, ':').map(str::trim);
    let (Some(field), Some(operator), Some(value)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Fault::Form);
    };
    if field.is_empty() || position_unescaped(value, '(').is_some() {
        return Err(Fault::Form);
    }
    let unknown = || Fault::Operator { field: field.to_owned(), operator: operator.to_owned() };
    let operator = Operator::parse(operator).ok_or_else(unknown)?;
    Ok((Step::Condition { field: field.to_owned(), operator, value: value.to_owned() }, after))
}

/// What follows a joining word, which must end at a blank or a bracket.
fn word<'a>(text: &'a str, wanted: &str) -> Option<&'a str> {
    let start = text.get(..wanted.len())?;
    let after = text.get(wanted.len()..)?;
    (start.eq_ignore_ascii_case(wanted) && after.starts_with([' ', '(', '\t', '\n'])).then_some(after)
}

fn position_unescaped(text: &str, wanted: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(position, character)| {
        let free = !escaped;
        escaped = free && character == '\\';
        (free && character == wanted).then_some(position)
    })
}

fn split_unescaped(mut text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    while let Some(position) = position_unescaped(text, separator) {
        parts.push(text.get(..position).unwrap_or_default());
        text = text.get(position + separator.len_utf8()..).unwrap_or_default();
    }
    parts.push(text);
    parts
}

fn unescaped(text: &str) -> String {
    let mut escaped = false;
    let is_kept = |character: &char| {
        let free = !escaped;
        escaped = free && *character == '\\';
        !escaped
    };
    text.chars().filter(is_kept).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Criteria, Fault, Record};
    use serde_json::json;

    fn holds(criteria: &str) -> bool {
        let record: Record = serde_json::from_value(json!({
            "Email": "ann@example.com", "Last_Name": "Byrne (Jr)", "Account_Name": {"id": "1", "name": "Acme"}, "Age": 7,
        }))
        .unwrap();
        Criteria::parse(criteria).ok().unwrap().accepts(&record)
    }

    #[test]
    fn conditions_join_as_on_the_platform() {
        assert!(holds("(Email:equals:ANN@example.com)"));
        assert!(holds("((Email:equals:ann@example.com) and (Last_Name:starts_with:by))"));
        assert!(!holds("((Email:equals:ann@example.com)and(Last_Name:starts_with:z))"));
        assert!(holds("(Account_Name:equals:acme)"));
        assert!(holds("(Age:in:1,7,9)"));
        assert!(holds(r"(Last_Name:equals:Byrne \(Jr\))"));
        assert!(holds("(Missing:not_equal:x)"));
        // `and` binds first: false and (…) or true.
        assert!(holds("((Age:equals:1) and (Age:equals:7) or (Age:equals:7))"));
        assert!(holds("((Age:equals:7) or (Age:equals:7) and (Age:equals:1))"));
        assert!(!holds("(((Age:equals:7) or (Age:equals:7)) and (Age:equals:1))"));
    }

    #[test]
    fn other_texts_are_refused() {
        let refused = ["", "Email:equals:x", "(Email:equals:x", "(Email:equals:x))", "((Email:equals:x)", "(Email)"];
        for text in refused {
            assert!(matches!(Criteria::parse(text), Err(Fault::Form)), "{text}");
        }
        assert!(matches!(Criteria::parse("(a:equals:1) (b:equals:2)"), Err(Fault::Form)));
        assert!(matches!(Criteria::parse("(a:equals:Foo (Pty) Ltd)"), Err(Fault::Form)));
        assert!(matches!(Criteria::parse("(a:sounds_like:1)"), Err(Fault::Operator { .. })));
        assert!(matches!(Criteria::parse(&["(a:equals:1)"; 11].join(" or ")), Err(Fault::TooMany)));
        assert!(matches!(Criteria::parse(&"(".repeat(1_000_000)), Err(Fault::TooMany)));
    }
}
