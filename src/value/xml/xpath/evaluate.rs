//! The value of an expression at a node. It recurses as deep as the brackets of the path, never as deep as the document.

use super::ast::{Expression, Operator, Path, Start, Step};
use super::object::Object;
use super::tree::{Item, Tree};
use super::{axis, compare, functions};
use crate::value::xml::Problem;

/// Evaluates at one node, which is then the only one.
pub(super) fn evaluate<'a>(tree: &Tree<'a, '_>, expression: &Expression, at: Item) -> Result<Object<'a>, Problem> {
    value(tree, expression, Context { node: at, position: 1, size: 1 })
}

/// Where an expression is evaluated: a node, and which of how many it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    pub(super) node: Item,
    pub(super) position: usize,
    pub(super) size: usize,
}

pub(super) fn value<'a>(tree: &Tree<'a, '_>, expression: &Expression, at: Context) -> Result<Object<'a>, Problem> {
    tree.spend(1)?;
    match expression {
        Expression::Number(number) => Ok(Object::Number(*number)),
        Expression::Text(text) => {
            tree.spend_text(text.len())?;
            Ok(Object::text(text.clone()))
        }
        Expression::Chain(first, others) => chain(tree, first, others, at),
        Expression::Negated(negative, inner) => {
            let number = value(tree, inner, at)?.to_number(tree)?;
            Ok(Object::Number(if *negative { -number } else { number }))
        }
        Expression::Union(parts) => {
            let mut nodes = Vec::new();
            for part in parts {
                nodes.append(&mut value(tree, part, at)?.into_nodes()?);
            }
            Ok(Object::Nodes(in_order(nodes)))
        }
        Expression::Path(path) => follow(tree, path, at).map(Object::Nodes),
        Expression::Call(function, arguments) => functions::call(tree, *function, arguments, at),
    }
}

fn chain<'a>(
    tree: &Tree<'a, '_>,
    first: &Expression,
    others: &[(Operator, Expression)],
    at: Context,
) -> Result<Object<'a>, Problem> {
    let mut left = value(tree, first, at)?;
    for (operator, other) in others {
        left = match operator {
            Operator::Or => Object::Boolean(left.to_boolean() || value(tree, other, at)?.to_boolean()),
            Operator::And => Object::Boolean(left.to_boolean() && value(tree, other, at)?.to_boolean()),
            Operator::Plus | Operator::Minus | Operator::Times | Operator::Divide | Operator::Remainder => {
                let right = value(tree, other, at)?.to_number(tree)?;
                Object::Number(arithmetic(*operator, left.to_number(tree)?, right))
            }
            _ => {
                let right = value(tree, other, at)?;
                Object::Boolean(compare::compare(tree, *operator, &left, &right)?)
            }
        };
    }
    Ok(left)
}

fn arithmetic(operator: Operator, left: f64, right: f64) -> f64 {
    match operator {
        Operator::Plus => left + right,
        Operator::Minus => left - right,
        Operator::Times => left * right,
        Operator::Divide => left / right,
        _ => left % right,
    }
}

fn follow(tree: &Tree<'_, '_>, path: &Path, at: Context) -> Result<Vec<Item>, Problem> {
    let mut nodes = match &path.start {
        Start::Here => vec![at.node],
        Start::Root => vec![tree.start()],
        Start::Nodes(expression, predicates) => {
            let nodes = value(tree, expression, at)?.into_nodes()?;
            filter(tree, nodes, predicates)?
        }
    };
    for step in &path.steps {
        nodes = take(tree, step, nodes)?;
    }
    Ok(nodes)
}

fn take(tree: &Tree<'_, '_>, step: &Step, from: Vec<Item>) -> Result<Vec<Item>, Problem> {
    let mut found = Vec::new();
    for node in from {
        let candidates = axis::nodes(tree, node, step.axis, &step.test)?;
        found.append(&mut filter(tree, candidates, &step.predicates)?);
    }
    Ok(in_order(found))
}

/// The nodes that meet every predicate; a number asks for the node at that position.
fn filter(tree: &Tree<'_, '_>, mut nodes: Vec<Item>, predicates: &[Expression]) -> Result<Vec<Item>, Problem> {
    for predicate in predicates {
        let size = nodes.len();
        let mut kept = Vec::new();
        for (at, node) in nodes.into_iter().enumerate() {
            let position = at + 1;
            let meets = match value(tree, predicate, Context { node, position, size })? {
                Object::Number(wanted) => wanted == functions::counted(position),
                other => other.to_boolean(),
            };
            if meets {
                kept.push(node);
            }
        }
        nodes = kept;
    }
    Ok(nodes)
}

/// In the order of the document, each once.
fn in_order(mut nodes: Vec<Item>) -> Vec<Item> {
    if !nodes.is_sorted_by(|one, next| one < next) {
        nodes.sort_unstable();
        nodes.dedup();
    }
    nodes
}
