//! The operators of CRM, which its search texts and its rules share.

use super::Options;
use super::constant::Constant;
use super::error::{Fault, Problem};
use super::expression::describe;
use super::term::{Ask, Case, Check, Operand, Part, Relation, Term};
use crate::source::Span;
use crate::value::Data;

/// What a field is compared with: as one value, and as several.
pub(super) struct Values {
    pub whole: Data,
    pub parts: Vec<Data>,
}

/// What CRM writes for "has no value".
const EMPTY: &str = "${EMPTY}";

/// The condition of an operator. `places` are those of the operator and of the whole condition.
pub(super) fn term(
    field: usize,
    operator: &str,
    values: Values,
    options: &Options,
    places: [Span; 2],
) -> Result<Term, Fault> {
    let [place, whole] = places;
    let constant = |data: Data| Box::new(Constant::new(data, options));
    let check = |ask| Term::Check(Check { subject: Operand::Field(field), ask, loose: true });
    let compare = |relation: Relation, data: Data| -> Result<Term, Fault> {
        let constant = constant(data);
        if relation.is_order() && !constant.has_order() {
            return Err(Fault::operand(relation, describe(&constant.data), whole));
        }
        Ok(check(Ask::Compare(relation, Operand::Constant(constant))))
    };
    let is_empty = values.whole == Data::Null || values.whole == Data::Text(EMPTY.to_owned());
    let part = |part, data| check(Ask::Part(part, Operand::Constant(constant(data)), Case::Ignored));
    let Values { whole: value, parts } = values;
    Ok(match operator.to_ascii_lowercase().as_str() {
        "equals" | "equal" if is_empty => check(Ask::Empty),
        "not_equal" | "not_equals" if is_empty => check(Ask::Empty).not(),
        "equals" | "equal" => compare(Relation::Equal, value)?,
        "not_equal" | "not_equals" => compare(Relation::NotEqual, value)?,
        "contains" => part(Part::Anywhere, value),
        "not_contains" => part(Part::Anywhere, value).not(),
        "starts_with" => part(Part::Start, value),
        "ends_with" => part(Part::End, value),
        "greater_than" => compare(Relation::Greater, value)?,
        "greater_equal" => compare(Relation::GreaterOrEqual, value)?,
        "less_than" => compare(Relation::Less, value)?,
        "less_equal" => compare(Relation::LessOrEqual, value)?,
        name @ ("between" | "not_between") => {
            let Ok([low, high]) = <[Data; 2]>::try_from(parts) else { return Err(Fault::new(Problem::Between, whole)) };
            let (low, high) = (constant(low), constant(high));
            for bound in [&low, &high] {
                if !bound.has_order() {
                    let problem = Problem::Operand { operator: name.to_owned(), what: describe(&bound.data) };
                    return Err(Fault::new(problem, whole));
                }
            }
            check(Ask::Between(low, high)).is(name == "between")
        }
        name @ ("in" | "not_in") => check(Ask::Among(constant(Data::list(parts)))).is(name == "in"),
        _ => return Err(Fault::new(Problem::UnknownOperator(operator.to_owned()), place)),
    })
}
