//! `=`, `!=`, `<` and their like. With sets of nodes they ask whether any pair holds (XPath 1.0, section 3.4); no pairs are
//! made for that: one set is remembered, or its smallest and largest number are.

use std::collections::HashSet;

use super::ast::Operator;
use super::object::{Object, number};
use super::tree::{Item, Tree};
use crate::value::xml::Problem;

pub(super) fn compare<'a>(
    tree: &Tree<'a, '_>,
    operator: Operator,
    left: &Object<'a>,
    right: &Object<'a>,
) -> Result<bool, Problem> {
    match (operator, left, right) {
        (Operator::Equal | Operator::NotEqual, ..) => equal(tree, operator == Operator::Equal, left, right),
        (_, Object::Boolean(_), _) | (_, _, Object::Boolean(_)) => {
            Ok(ordered(operator, f64::from(left.to_boolean()), f64::from(right.to_boolean())))
        }
        _ => {
            let (left, right) = (range(tree, left)?, range(tree, right)?);
            let (Some((least, most)), Some((low, high))) = (left, right) else { return Ok(false) };
            // If any pair holds, then the one that is farthest apart.
            Ok(match operator {
                Operator::Less | Operator::LessOrEqual => ordered(operator, least, high),
                _ => ordered(operator, most, low),
            })
        }
    }
}

fn equal<'a>(tree: &Tree<'a, '_>, wanted: bool, left: &Object<'a>, right: &Object<'a>) -> Result<bool, Problem> {
    match (left, right) {
        (Object::Boolean(value), other) | (other, Object::Boolean(value)) => {
            Ok((other.to_boolean() == *value) == wanted)
        }
        (Object::Nodes(left), Object::Nodes(right)) => equal_sets(tree, wanted, left, right),
        (Object::Nodes(nodes), Object::Number(value)) | (Object::Number(value), Object::Nodes(nodes)) => {
            any(nodes, |node| Ok((number(&tree.text(node)?) == *value) == wanted))
        }
        (Object::Nodes(nodes), Object::Text(text)) | (Object::Text(text), Object::Nodes(nodes)) => {
            any(nodes, |node| Ok((tree.text(node)? == *text) == wanted))
        }
        (Object::Number(_), _) | (_, Object::Number(_)) => {
            Ok((left.to_number(tree)? == right.to_number(tree)?) == wanted)
        }
        (Object::Text(left), Object::Text(right)) => {
            tree.spend_text(left.len())?;
            Ok((left == right) == wanted)
        }
    }
}

fn equal_sets(tree: &Tree<'_, '_>, wanted: bool, left: &[Item], right: &[Item]) -> Result<bool, Problem> {
    let texts = left.iter().map(|node| tree.text(*node)).collect::<Result<HashSet<_>, _>>()?;
    if wanted {
        return any(right, |node| Ok(texts.contains(&tree.text(node)?)));
    }
    // Two different texts on one side differ from whatever is on the other; one text may be everywhere.
    match texts.len() {
        0 => Ok(false),
        1 => any(right, |node| Ok(!texts.contains(&tree.text(node)?))),
        _ => Ok(!right.is_empty()),
    }
}

fn any(nodes: &[Item], mut holds: impl FnMut(Item) -> Result<bool, Problem>) -> Result<bool, Problem> {
    for node in nodes {
        if holds(*node)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The smallest and the largest number; nothing for no node, or when none is a number.
fn range<'a>(tree: &Tree<'a, '_>, object: &Object<'a>) -> Result<Option<(f64, f64)>, Problem> {
    let Object::Nodes(nodes) = object else {
        let number = object.to_number(tree)?;
        return Ok((!number.is_nan()).then_some((number, number)));
    };
    let mut range: Option<(f64, f64)> = None;
    for node in nodes {
        let number = number(&tree.text(*node)?);
        if !number.is_nan() {
            let (least, most) = range.unwrap_or((number, number));
            range = Some((least.min(number), most.max(number)));
        }
    }
    Ok(range)
}

fn ordered(operator: Operator, left: f64, right: f64) -> bool {
    match operator {
        Operator::Less => left < right,
        Operator::LessOrEqual => left <= right,
        Operator::Greater => left > right,
        _ => left >= right,
    }
}
