//! The criteria of CRM's rules as its API gives them: conditions `{comparator, field: {api_name}, value}` and groups
//! `{group_operator, group}`, one within the other.

use super::comparator::{self, Values};
use super::error::{Fault, Problem};
use super::field::Fields;
use super::term::Term;
use super::{MAX_DEPTH, Options};
use crate::source::Span;
use crate::value::Data;

/// Reads the JSON of a rule.
pub(super) fn read_text(text: &str, options: &Options, fields: &mut Fields) -> Result<Term, Fault> {
    let whole = Span::new(0, text.len());
    let rule = Data::from_json(text).map_err(|problem| Fault::new(Problem::RuleForm(problem), whole))?;
    read(&rule, options, fields, whole)
}

/// Reads a rule. `place` is where its problems are shown.
pub(super) fn read(rule: &Data, options: &Options, fields: &mut Fields, place: Span) -> Result<Term, Fault> {
    Reader { options, fields, place }.term(rule, 0)
}

struct Reader<'o> {
    options: &'o Options,
    fields: &'o mut Fields,
    place: Span,
}

impl Reader<'_> {
    fn term(&mut self, rule: &Data, depth: usize) -> Result<Term, Fault> {
        if depth >= MAX_DEPTH {
            return Err(Fault::new(Problem::TooDeep, self.place));
        }
        match rule.get("group") {
            Some(Data::List { items, .. }) => {
                let operator = text_of(rule.get("group_operator")).unwrap_or("AND");
                let terms = items.iter().map(|item| self.term(item, depth + 1)).collect::<Result<Vec<_>, _>>()?;
                match operator {
                    _ if terms.is_empty() => Err(self.fault("a group has no conditions")),
                    operator if operator.eq_ignore_ascii_case("and") => Ok(Term::All(terms)),
                    operator if operator.eq_ignore_ascii_case("or") => Ok(Term::Any(terms)),
                    _ => Err(self.fault("`group_operator` is neither AND nor OR")),
                }
            }
            Some(_) => Err(self.fault("`group` is no list")),
            None => self.condition(rule),
        }
    }

    fn condition(&mut self, rule: &Data) -> Result<Term, Fault> {
        let field = rule.get("field").or_else(|| rule.get("api_name"));
        let field = text_of(field).or_else(|| text_of(field?.get("api_name")));
        let Some(field) = field else { return Err(self.fault("a condition names no field")) };
        let comparator = text_of(rule.get("comparator"));
        let Some(comparator) = comparator else { return Err(self.fault("a condition has no comparator")) };
        let value = rule.get("value").cloned().unwrap_or_default();
        let parts = match &value {
            Data::List { items, .. } => items.clone(),
            Data::Null => Vec::new(),
            one => vec![one.clone()],
        };
        let place = self.fields.place(field);
        comparator::term(place, comparator, Values { whole: value, parts }, self.options, [self.place, self.place])
    }

    fn fault(&self, what: &str) -> Fault {
        Fault::new(Problem::RuleForm(what.to_owned()), self.place)
    }
}

fn text_of(data: Option<&Data>) -> Option<&str> {
    match data {
        Some(Data::Text(text)) => Some(text),
        _ => None,
    }
}
